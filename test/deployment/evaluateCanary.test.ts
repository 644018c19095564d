import { describe, expect, it } from "vitest";
import { type Random, seededRandom } from "../../src/core/random/Random.js";
import {
  type ArmOutcome,
  type ArmRequest,
  type CanaryPlan,
  type CanaryState,
  evaluateCanary,
  observeOutcomes,
  observeRequests,
  startCanary,
} from "../../src/deployment/evaluateCanary.js";

const plan: CanaryPlan = { share: 0.2, alpha: 0.01, margin: 0.03, leastOutcomes: 2000, mostAwaited: 1000 };

interface Bad {
  readonly wrong?: number;
  readonly failed?: number;
  readonly invalid?: number;
  readonly slow?: number;
}

/** A canary that is worse by so much, judged after each 200 requests, whose outcomes come 200 late. */
function drill(random: Random, bad: Bad, canaryRequests = 3000): { state: CanaryState; verdict: string; at: number } {
  let state = startCanary(plan);
  let late: ArmOutcome[] = [];
  for (let id = 0; id < canaryRequests / plan.share;) {
    const wrong = 0.14 * Math.exp(0.4 * (random() - 0.5));
    const requests: ArmRequest[] = [];
    const outcomes: ArmOutcome[] = [];
    for (let i = 0; i < 200; i++, id++) {
      const arm = random() < plan.share ? "canary" : "champion";
      const more = (harm: keyof Bad): number => (arm === "canary" ? (bad[harm] ?? 0) : 0);
      const failed = random() < 0.001 + more("failed");
      const invalid = !failed && random() < more("invalid");
      requests.push({ id: String(id), arm, failed, invalid, slow: random() < 0.01 + more("slow") });
      if (!failed && !invalid) outcomes.push({ id: String(id), wrong: random() < wrong + more("wrong") });
    }
    state = observeOutcomes(observeRequests(state, requests), late);
    late = outcomes;
    const { verdict, harms } = evaluateCanary(state);
    if (verdict === "abort") return { state, verdict, at: harms.failed.canary.rows };
  }
  return { state, verdict: evaluateCanary(state).verdict, at: Infinity };
}

const drills = (name: string, bad: Bad, count: number): ReturnType<typeof drill>[] =>
  Array.from({ length: count }, (_, i) => drill(seededRandom(21).fork(name).fork(i), bad));

describe("evaluateCanary", () => {
  it.each([
    ["errs 5 points more often", { wrong: 0.05 }, 20],
    ["crashes", { failed: 0.05 }, 20],
    ["gives NaN", { invalid: 0.05 }, 20],
    ["is slow", { slow: 0.05 }, 20],
  ])("aborts a canary that %s, within 3,000 requests", (name, bad, count) => {
    expect(drills(name, bad, count).filter(({ verdict }) => verdict === "abort").length).toBe(count);
  });

  it("keeps a canary that is no worse, looked at after each batch, and passes most with the numbers", () => {
    const kept = drills("same", {}, 30);
    expect(kept.filter(({ verdict }) => verdict === "abort")).toHaveLength(0);
    const passed = kept.filter(({ verdict }) => verdict === "pass");
    expect(passed.length).toBeGreaterThan(15);
    const report = evaluateCanary(passed[0].state);
    expect(report.reason).toMatch(/^error share at most -?0\.0[0-2]\d+ above the champion's, margin 0\.03$/);
    expect(report.difference.interval!.high).toBeLessThanOrEqual(0.03);
  });

  it("never passes a canary that errs 5 points more often, even where it is not aborted yet", () => {
    const states = drills("worse", { wrong: 0.05 }, 20);
    expect(states.filter(({ verdict }) => verdict === "pass")).toHaveLength(0);
  });

  const request = (id: string, arm: "canary" | "champion"): ArmRequest => ({
    id,
    arm,
    failed: false,
    invalid: false,
    slow: false,
  });

  it("halts on no data: no request at all, none for one arm, or outcomes that do not come", () => {
    const start = startCanary(plan);
    expect(evaluateCanary(start)).toMatchObject({
      verdict: "halt",
      reason: expect.stringContaining("no request") as string,
    });
    const one = observeRequests(start, [request("a", "champion")]);
    expect(evaluateCanary(one).verdict).toBe("halt");
    const many = Array.from({ length: 1001 }, (_, i) => request(String(i), i % 5 === 0 ? "canary" : "champion"));
    const waiting = observeRequests(start, many);
    expect(evaluateCanary(waiting)).toMatchObject({
      verdict: "halt",
      reason: "1001 requests await an outcome, at most 1000 may",
      difference: { interval: null },
    });
    const some = observeOutcomes(waiting, [{ id: "0", wrong: false }]);
    expect(evaluateCanary(some)).toMatchObject({
      verdict: "continue",
      reason: "1 outcomes of the canary, 2000 are needed",
    });
  });

  it("keeps evidence of harm once found, though later rows look better", () => {
    const { state } = drill(seededRandom(1), { failed: 0.2 });
    const better = observeRequests(
      state,
      Array.from({ length: 2000 }, (_, i) => request(`later ${i}`, i % 5 === 0 ? "canary" : "champion")),
    );
    expect(evaluateCanary(better)).toMatchObject({
      verdict: "abort",
      reason: expect.stringMatching(/^failed \d+ of/) as string,
    });
  });

  it("goes on from JSON as if it had never stopped, hostile ids included", () => {
    const ids = ["__proto__", "constructor", "a"];
    let [kept, revived] = [0, 1].map(() => startCanary(plan));
    const revive = (state: CanaryState): CanaryState => JSON.parse(JSON.stringify(state)) as CanaryState;
    const requests = ids.map((id) => request(id, "canary"));
    [kept, revived] = [observeRequests(kept, requests), revive(observeRequests(revived, requests))];
    expect(Object.keys(revived.awaited).sort()).toEqual(ids.slice().sort());
    for (const id of ids) {
      kept = observeOutcomes(kept, [{ id, wrong: true }]);
      revived = revive(observeOutcomes(revived, [{ id, wrong: true }]));
    }
    expect(revived).toEqual(kept);
    expect(Object.keys(revived.awaited)).toEqual([]);
  });

  it("refuses requests told twice, outcomes that come twice or of nobody, and plans out of range, by name", () => {
    const one = observeRequests(startCanary(plan), [request("a", "canary")]);
    expect(() => observeRequests(one, [request("a", "canary")])).toThrow("each request must be told once");
    expect(() => observeRequests(one, [request("b", "canary"), request("b", "canary")])).toThrow('id "b"');
    const known = observeOutcomes(one, [{ id: "a", wrong: true }]);
    expect(() => observeOutcomes(known, [{ id: "a", wrong: true }])).toThrow("one that had its outcome");
    expect(() => observeOutcomes(one, [{ id: "c", wrong: true }])).toThrow('id "c": an outcome must be of a request');
    const crashed = observeRequests(one, [{ ...request("d", "canary"), failed: true }]);
    expect(() => observeOutcomes(crashed, [{ id: "d", wrong: true }])).toThrow("gave no valid answer");
    for (const [name, bad] of [
      ["share", 0],
      ["alpha", NaN],
      ["margin", 1],
      ["leastOutcomes", 0.5],
      ["mostAwaited", 0],
    ] as const)
      expect(() => startCanary({ ...plan, [name]: bad })).toThrow(`got ${bad}; a plan is fixed before`);
  });
});
