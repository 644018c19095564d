import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { drillCanary } from "../../src/deployment/drillCanary.js";
import type { CanaryPlan } from "../../src/deployment/evaluateCanary.js";

const plan: CanaryPlan = { share: 0.2, alpha: 0.01, margin: 0.03, leastOutcomes: 2000, mostAwaited: 1000 };
const random = seededRandom(61);

describe("drillCanary", () => {
  it("aborts canaries that err 5 points more often, crash, give NaN or are slow, and passes none", () => {
    for (const harm of ["wrong", "failed", "invalid", "slow"] as const) {
      const drilled = drillCanary(plan, { [harm]: 0.05 }, random.fork(harm), { drills: 15 });
      expect([harm, drilled.aborted.value, drilled.passed]).toEqual([harm, 1, 0]);
      expect(drilled.medianRequests).toBeLessThan(harm === "wrong" ? 1500 : 400);
    }
  });

  it("keeps canaries that are alike, with its bound, and says that there was no abort in the middle", () => {
    const alike = drillCanary(plan, {}, random.fork("alike"), { drills: 15 });
    expect(alike).toMatchObject({ kept: { value: 1 }, aborted: { value: 0 }, medianRequests: null, drills: 15 });
    expect(alike.kept.interval.low).toBeCloseTo(0.025 ** (1 / 15), 9);
  });

  it("is the same for the same stream", () => {
    const once = drillCanary(plan, { failed: 0.05 }, random.fork("again"), { drills: 5 });
    expect(drillCanary(plan, { failed: 0.05 }, random.fork("again"), { drills: 5 })).toEqual(once);
  });

  it("refuses shares and counts out of range by name", () => {
    expect(() => drillCanary(plan, { wrong: 0.9 }, random)).toThrow("shares of requests must lie in [0, 1)");
    expect(() => drillCanary(plan, { wrong: -0.14 }, random)).toThrow("wrong answers must be above 0");
    expect(() => drillCanary(plan, { slow: NaN }, random)).toThrow("got NaN");
    expect(() => drillCanary(plan, {}, random, { drills: 0 })).toThrow("drills must be an integer of at least 1");
    expect(() => drillCanary(plan, {}, random, { batchSpread: -1 })).toThrow("the batch spread must lie in [0, 2]");
  });
});
