import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { drillVariants } from "../../src/deployment/drillVariants.js";

const plan = { alpha: 0.05, difference: 0.03, planned: 4000 };
const random = seededRandom(71);

describe("drillVariants", () => {
  it("calls equal variants different in at most alpha of streams, rows of a batch alike or not", () => {
    for (const batchSpread of [0, 0.2, 0.5]) {
      const alike = drillVariants(plan, { a: 0.14, b: 0.14 }, random.fork(`alike ${batchSpread}`), { batchSpread });
      expect(alike.called.value).toBeLessThanOrEqual(0.05);
      expect(alike.lost.value).toBeLessThanOrEqual(0.05);
      expect(alike.medianRows).toBeNull();
    }
  });

  it("finds 5 points more errors in most streams, and keeps the true difference", () => {
    const apart = drillVariants(plan, { a: 0.14, b: 0.19 }, random.fork("apart"), { streams: 100 });
    expect(apart.called.value).toBeGreaterThan(0.8);
    expect(apart.lost.value).toBeLessThanOrEqual(0.05);
    expect(apart.medianRows).toBeLessThan(1500);
  });

  it("refuses shares and counts out of range by name", () => {
    expect(() => drillVariants(plan, { a: 0, b: 0.1 }, random)).toThrow("an error share must lie in (0, 1); got 0");
    expect(() => drillVariants(plan, { a: 0.1, b: 0.1 }, random, { rows: 0 })).toThrow("rows must be an integer");
    expect(() => drillVariants(plan, { a: 0.1, b: 0.1 }, random, { batchSpread: NaN })).toThrow("batch spread");
  });
});
