import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import {
  foldRollout,
  type RolloutEvent,
  type RolloutState,
  startRollout,
  verdictOf,
} from "../../src/serving/rollout.js";

const canary = { share: 0.5, alpha: 0.01, margin: 0.05, leastOutcomes: 200, mostAwaited: 10_000 };
const plan = { champion: "a", challenger: "b", canary, shadow: false };

/** Requests with outcomes behind them, drawn for either arm. */
function events(count: number, wrong: { readonly canary: number; readonly champion: number }): RolloutEvent[] {
  const random = seededRandom(5);
  return Array.from({ length: count }, (_, i): RolloutEvent[] => {
    const arm = random() < canary.share ? "canary" : "champion";
    const id = String(i);
    return [
      { kind: "request", id, arm, failed: false, invalid: false, slow: false },
      { kind: "outcome", id, arm, isWrong: random() < wrong[arm], isShadowWrong: null },
    ];
  }).flat();
}

const after = (all: readonly RolloutEvent[], state = startRollout(plan)): RolloutState =>
  all.reduce(foldRollout, state);

describe("a rollout", () => {
  it("without any request is held: no data is never a pass", () => {
    const { decision, reasons } = verdictOf(startRollout(plan));
    expect(decision).toBe("hold");
    expect(reasons.map(({ says }) => says)).toEqual(["hold", "hold"]);
    expect(verdictOf(startRollout({ ...plan, canary: null, shadow: true })).decision).toBe("hold");
  });

  it("is rolled back where the challenger errs more, and would be promoted where it does not", () => {
    expect(verdictOf(after(events(1500, { canary: 0.4, champion: 0.14 }))).decision).toBe("rollback");
    expect(verdictOf(after(events(12_000, { canary: 0.12, champion: 0.14 }))).decision).toBe("promote");
  });

  it("is rolled back where the challenger crashes", () => {
    const crashes = events(400, { canary: 0.1, champion: 0.1 }).map((event) =>
      event.kind === "request" && event.arm === "canary" ? { ...event, failed: true } : event,
    );
    const own = crashes.filter((event) => event.kind !== "outcome" || event.arm === "champion");
    const { decision, reasons } = verdictOf(after(own));
    expect(decision).toBe("rollback");
    expect(reasons[0].because).toContain("failed");
  });

  it("counts what awaits its outcome without holding it, and halts where outcomes do not come", () => {
    const requests = events(12_000, { canary: 0, champion: 0 }).filter(({ kind }) => kind === "request");
    const state = after(requests);
    expect(state.awaited).toBe(12_000);
    expect(Object.keys(state.canary!.awaited)).toEqual([]);
    expect(verdictOf(state).reasons[0].because).toContain("12000 requests await an outcome");
  });

  it("compares a shadow by the outcomes on which one alone was right", () => {
    const start = startRollout({ ...plan, canary: null, shadow: true });
    const seen = Array.from({ length: 300 }, (): RolloutEvent[] => [
      { kind: "shadow", failed: false, alike: false },
      { kind: "outcome", id: "x", arm: null, isWrong: false, isShadowWrong: true },
    ]).flat();
    const state = after(seen, start);
    expect(state.shadow).toEqual({
      ...{ requests: 300, unanswered: 0, alike: 0, outcomes: 300 },
      ...{ onlyChampionRight: 300, onlyChallengerRight: 0 },
    });
    expect(verdictOf(state).decision).toBe("rollback");
  });

  it("is ended by a decision, which keeps why", () => {
    const state = after([{ kind: "decision", decision: "rollback", why: "harm", evidence: "e" }]);
    expect(state.ended).toEqual({ decision: "rollback", why: "harm", evidence: "e" });
  });
});
