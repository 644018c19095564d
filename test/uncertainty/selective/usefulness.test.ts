import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { rocAuc } from "../../../src/core/metrics/rocAuc.js";
import { outOfDomainAuc } from "../../../src/uncertainty/domain/outOfDomainAuc.js";
import { riskCoverage } from "../../../src/uncertainty/selective/riskCoverage.js";
import { usefulness } from "../../../src/uncertainty/selective/usefulness.js";

/** Errors come with a chance of half the uncertainty: the correlation is (0.5/√12) / √(0.25 · 0.75) = 1/3. */
function draw(rows: number, seed: number): { readonly errors: Uint8Array; readonly uncertainty: Float64Array } {
  const random = seededRandom(seed);
  const uncertainty = Float64Array.from({ length: rows }, () => random());
  return { uncertainty, errors: Uint8Array.from(uncertainty, (chance) => Number(random() < chance / 2)) };
}

describe("usefulness", () => {
  it("has intervals around its values that cover the truth in about 95 of 100 draws", () => {
    let covered = 0;
    for (let seed = 0; seed < 100; seed++) {
      const { errors, uncertainty } = draw(200, seed);
      const { correlation, riskCoverageArea } = usefulness(errors, uncertainty, seededRandom(seed), { draws: 300 });
      if (correlation.interval!.low <= 1 / 3 && correlation.interval!.high >= 1 / 3) covered++;
      expect(riskCoverageArea.value).toBeCloseTo(riskCoverage(errors, uncertainty).area, 12);
      expect(riskCoverageArea.interval!.low).toBeLessThan(riskCoverageArea.value!);
      expect(riskCoverageArea.interval!.high).toBeGreaterThan(riskCoverageArea.value!);
    }
    expect(covered).toBeGreaterThanOrEqual(88);
  });

  it("widens when rows come in groups that are wrong together", () => {
    const { errors, uncertainty } = draw(200, 1);
    const tenTimes = Uint32Array.from({ length: 2000 }, (_, i) => i % 200);
    const repeated = { errors: errors.filter(() => true), groups: Array.from(tenTimes) };
    const all = {
      errors: Uint8Array.from(tenTimes, (row) => repeated.errors[row]),
      uncertainty: Float64Array.from(tenTimes, (row) => uncertainty[row]),
    };
    const width = (groups?: readonly number[]): number => {
      const { high, low } = usefulness(all.errors, all.uncertainty, seededRandom(2), { draws: 300, groups }).correlation
        .interval!;
      return high - low;
    };
    expect(width(repeated.groups)).toBeGreaterThan(2.5 * width());
  });

  it("gives null with the reason where all rows are right, uncertainty is one number, or there is one group", () => {
    const right = usefulness([0, 0, 0], [0.1, 0.2, 0.3], seededRandom(1), { draws: 50 });
    expect(right.correlation).toEqual({
      value: null,
      interval: null,
      reason: "0 of 3 rows are wrong: from errors all alike nothing can be told",
    });
    expect(right.riskCoverageArea).toEqual({ value: 0, interval: null, reason: right.correlation.reason });
    expect(usefulness([0, 1, 0], [1, 1, 1], seededRandom(1), { draws: 50 }).correlation.reason).toContain(
      "same on all rows",
    );
    const alone = usefulness([0, 1, 0], [1, 2, 3], seededRandom(1), { groups: ["lab", "lab", "lab"], unit: "lab" });
    expect(alone.correlation).toMatchObject({
      value: 0,
      interval: null,
      reason: "an interval needs at least two of each lab; got 1",
    });
  });

  it("claims nothing from a single error: its interval holds 0", () => {
    const { low, high } = usefulness(
      [1, ...new Array<number>(30).fill(0)],
      Array.from({ length: 31 }, (_, i) => 1 - i / 31),
      seededRandom(1),
    ).correlation.interval!;
    expect(low).toBeLessThanOrEqual(0);
    expect(high).toBeGreaterThan(0.2);
  });

  it("refuses a single row and groups that do not fit", () => {
    expect(() => usefulness([1], [1], seededRandom(1))).toThrow("at least two rows");
    expect(() => usefulness([1, 0], [1, 2], seededRandom(1), { groups: ["a"] })).toThrow("got 1 for 2 rows");
  });
});

describe("outOfDomainAuc", () => {
  it("is the AUROC of outside against inside, with an interval around it", () => {
    const random = seededRandom(5);
    const inside = Float64Array.from({ length: 300 }, () => random());
    const outside = Float64Array.from({ length: 200 }, () => 0.3 + random());
    const { value, interval } = outOfDomainAuc(inside, outside, seededRandom(6), { draws: 500 });
    expect(value).toBe(rocAuc([...inside.map(() => 0), ...outside.map(() => 1)], [...inside, ...outside]));
    // P(u < 0.3 + v) = 1 - 0.7² / 2
    expect(interval!.low).toBeLessThan(0.755);
    expect(interval!.high).toBeGreaterThan(0.755);
    expect(interval!.high - interval!.low).toBeLessThan(0.12);
  });

  it("is null without rows of one kind, has no interval from one group, and refuses a group on both sides", () => {
    expect(outOfDomainAuc([1], [], seededRandom(1))).toEqual({
      value: null,
      interval: null,
      reason: "rows of both kinds are needed; got 1 from inside and 0 from outside",
    });
    expect(
      outOfDomainAuc([1, 2], [3, 4], seededRandom(1), { groups: ["a", "b", "c", "c"], unit: "lab" }),
    ).toMatchObject({ value: 1, interval: null, reason: "an interval needs at least two of each lab; got 1" });
    expect(outOfDomainAuc([1, 2], [3, 4], seededRandom(1))).toMatchObject({
      value: 1,
      interval: null,
      reason: expect.stringContaining("do not overlap") as string,
    });
    expect(() => outOfDomainAuc([1, 2], [3, 4], seededRandom(1), { groups: ["a", "b", "b", "c"] })).toThrow(
      '"b" has rows of both kinds',
    );
    expect(() => outOfDomainAuc([1, NaN], [3], seededRandom(1))).toThrow("row 1 has NaN");
  });
});
