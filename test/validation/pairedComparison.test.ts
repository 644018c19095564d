import { describe, expect, it } from "vitest";
import { boxMuller } from "../../src/core/random/boxMuller.js";
import { type Random, seededRandom } from "../../src/core/random/Random.js";
import { explainedOfRows } from "../../src/core/statistics/explainedOfRows.js";
import { meanOfRows } from "../../src/core/statistics/meanOfRows.js";
import { pairedDifference } from "../../src/core/statistics/pairedDifference.js";
import { studentPower } from "../../src/core/statistics/studentPower.js";
import { studentQuantile } from "../../src/core/statistics/studentQuantile.js";
import { detectableDifference } from "../../src/validation/detectableDifference.js";
import { groupsToShow } from "../../src/validation/groupsToShow.js";
import { judgeComparison } from "../../src/validation/judgeComparison.js";
import { pairedComparison, type PairedComparison } from "../../src/validation/pairedComparison.js";
import { medianError, powerAt } from "../../src/validation/powerAt.js";

const normal = (random: Random): number => boxMuller(1 - random(), random())[0];

/** Rows of groups of these sizes, as names of groups. */
const groupsOf = (sizes: readonly number[]): string[] =>
  sizes.flatMap((size, group) => Array.from({ length: size }, () => `group ${group}`));

const thirteenPapers = [19, 12, 11, 6, 4, 1, 1, 1, 1, 1, 1, 1, 1];

/** Comparisons of losses of which the first are smaller by `gain`, apart from what a group and a row add. */
function losses(sizes: readonly number[], gain: number, samples: number): PairedComparison[] {
  const groups = groupsOf(sizes);
  return Array.from({ length: samples }, (_, sample) => {
    const random = seededRandom(20).fork(sizes.join()).fork(sample);
    const common = new Map(groups.map((group) => [group, 0]));
    for (const group of common.keys()) common.set(group, 0.5 * normal(random));
    const hard = groups.map(() => normal(random) ** 2);
    const first = hard.map((loss, row) => loss - gain + common.get(groups[row])! + 0.5 * normal(random));
    return pairedComparison(groups, meanOfRows(first), meanOfRows(hard), random.fork("interval"), {
      better: "smaller",
      draws: 200,
    });
  });
}

const share = (values: readonly boolean[]): number => values.filter(Boolean).length / values.length;

describe("pairedComparison", () => {
  it("has the interval of pairedDifference, the sign of the better rival, and its standard error", () => {
    const groups = groupsOf([4, 4, 4, 4, 4, 4]);
    const truth = groups.map((_, row) => Math.sin(row));
    const told = [0.1, 0.3].map((part) => truth.map((one, row) => one + part * Math.cos(7 * row)));
    const [first, second] = told.map((one) => explainedOfRows(truth, one));
    const comparison = pairedComparison(groups, first, second, seededRandom(1), { unit: "paper" });
    const { difference, interval } = pairedDifference(groups, first, second, seededRandom(1), { unit: "paper" });
    expect(comparison.gain).toEqual({ value: difference, interval, reason: null });
    expect(comparison).toMatchObject({ n: 24, groups: 6, effective: 6, spread: { freedom: 5, alpha: 0.05 } });
    // Student's 0.975 quantile of 5 degrees of freedom.
    expect((interval.high - interval.low) / 2 / comparison.spread!.standardError).toBeCloseTo(2.570582, 5);
    const turned = pairedComparison(groups, first, second, seededRandom(1), { better: "smaller" });
    expect(turned.gain.value).toBe(-difference);
    expect(turned.bounds!.level).toBeCloseTo(0.9, 12);
  });

  it.each([
    ["13 papers", thirteenPapers],
    ["22 recipes", Array.from({ length: 22 }, () => 3)],
    ["60 recipes", Array.from({ length: 60 }, (_, group) => 1 + (group % 3))],
  ] as const)("states a power that holds: %s find what they say they find, as often", (_, sizes) => {
    const samples = sizes.length < 50 ? 1000 : 300;
    const still = losses(sizes, 0, samples);
    const errors = still.map(({ spread }) => spread!.standardError).sort((a, b) => a - b);
    const middle = { ...still[0].spread!, standardError: errors[samples / 2] };
    const found = (all: readonly PairedComparison[]): number => share(all.map(({ bounds }) => bounds!.low > 0));
    // 1,000 samples leave 0.7 % of play at 5 %, and 1.3 % at 80 %.
    expect(found(still)).toBeLessThan(0.07);
    const detectable = detectableDifference(middle);
    expect(Math.abs(found(losses(sizes, detectable, samples)) - 0.8)).toBeLessThan(0.05);
    const half = found(losses(sizes, detectable / 2, samples));
    expect(Math.abs(half - powerAt(detectable / 2, middle))).toBeLessThan(0.05);
    // Stated from one sample, the power is as often above as below, within what is uncertain of `half`.
    const over = share(still.map(({ spread }) => powerAt(detectable / 2, spread!) > half));
    expect(Math.abs(over - 0.5)).toBeLessThan(0.2);
  });

  it("says why there is no interval over one paper, and what number there is", () => {
    const comparison = pairedComparison(["a", "a"], meanOfRows([1, 2]), meanOfRows([2, 2]), seededRandom(1), {
      unit: "paper",
    });
    expect(comparison).toMatchObject({ gain: { value: -0.5, interval: null }, bounds: null, spread: null, groups: 1 });
    expect(comparison.gain.reason).toContain("at least 2 groups are needed; got 1");
    expect(judgeComparison(comparison, { margin: 0.1 })).toMatchObject({
      verdict: "cannot be told",
      power: null,
      reason: expect.stringContaining("at least 2 groups") as string,
    });
    expect(pairedComparison([], meanOfRows([]), meanOfRows([]), seededRandom(1)).gain.value).toBeNull();
  });

  it("refuses statistics that are not finite, and a level that is none", () => {
    const nothing = explainedOfRows([1, 1], [1, 2]);
    expect(() => pairedComparison(["a", "b"], nothing, meanOfRows([0, 0]), seededRandom(1))).toThrow(
      "both statistics must be finite on all 2 rows; their difference is -Infinity; leave out rows",
    );
    const none = meanOfRows([0, 0]);
    expect(() => pairedComparison(["a", "b"], none, none, seededRandom(1), { alpha: 0.5 })).toThrow("twice alpha");
  });
});

describe("judgeComparison", () => {
  /** A comparison whose bounds are those of a gain that scatters so. */
  const comparisonOf = (gain: number, standardError: number, freedom = 12): PairedComparison => {
    const reach = 1.782287555649159 * standardError;
    const interval = { low: gain - reach, high: gain + reach, level: 0.9, method: "Student" };
    return {
      gain: { value: gain, interval, reason: null },
      bounds: interval,
      spread: { standardError, freedom, alpha: 0.05 },
      n: 60,
      groups: freedom + 1,
      effective: freedom + 1,
    };
  };
  const verdictOf = (gain: number, standardError: number, margin = 0.1): string =>
    judgeComparison(comparisonOf(gain, standardError), { margin }).verdict;

  it("says better, not worse by more than the margin, worse, or that it cannot be told", () => {
    expect(verdictOf(0.2, 0.05)).toBe("better");
    expect(verdictOf(-0.01, 0.03)).toBe("not worse by more than the margin");
    expect(verdictOf(-0.2, 0.05)).toBe("worse");
    expect(verdictOf(-0.05, 0.1)).toBe("cannot be told");
    // Certainly worse, and certainly by less than what matters.
    expect(verdictOf(-0.04, 0.01)).toBe("not worse by more than the margin");
  });

  it("claims no pass by luck: a bound above the margin with a power below a half", () => {
    const lucky = judgeComparison(comparisonOf(0.15, 0.1), { margin: 0.05 });
    expect(lucky.verdict).toBe("cannot be told");
    expect(lucky.power).toBeLessThan(0.5);
    expect(lucky.reason).toContain("would pass with a power of 0.12 only, below 0.5");
    expect(judgeComparison(comparisonOf(0.15, 0.1), { margin: 0.05, leastPower: 0.1 }).verdict).toBe(
      "not worse by more than the margin",
    );
  });

  it("gives a gain whose bound is above 0 a power of about a half at least, so that better needs no other", () => {
    for (const freedom of [1, 3, 12, 100]) {
      const limit = studentQuantile(0.95, freedom);
      expect(studentPower(limit, { freedom })).toBeGreaterThan(0.49);
    }
  });

  it("refuses a margin below 0 and a least power of 1", () => {
    expect(() => judgeComparison(comparisonOf(0, 1), { margin: -1 })).toThrow("the margin must be at least 0; got -1");
    expect(() => judgeComparison(comparisonOf(0, 1), { margin: 1, leastPower: 1 })).toThrow("must lie in [0, 1)");
  });
});

describe("powerAt and groupsToShow", () => {
  it("say what thirteen papers can show: 6 to 12 % of a margin of 0.05 where the gain scatters by 0.1 to 0.3", () => {
    expect(powerAt(0.05, { standardError: 0.3, freedom: 4.8, alpha: 0.05 })).toBeCloseTo(0.068, 2);
    expect(powerAt(0, { standardError: 0.3, freedom: 4.8, alpha: 0.05 })).toBeCloseTo(0.05, 8);
  });

  it("know rivals that differ alike in every group, and refuse what is no number", () => {
    const alike = { standardError: 0, freedom: 4, alpha: 0.05 };
    expect([powerAt(0.1, alike), powerAt(0, alike), powerAt(-0.1, alike)]).toEqual([1, 0.05, 0]);
    expect(detectableDifference(alike)).toBe(0);
    expect(() => powerAt(Number.NaN, alike)).toThrow("the difference must be finite");
  });

  it("need so many groups that the power is reached, and not with one fewer", () => {
    const spread = { standardError: 0.1, freedom: 12, alpha: 0.05 };
    const groups = groupsToShow(0.1, spread)!;
    const one = medianError(spread) * Math.sqrt(13);
    const powerOf = (count: number): number =>
      studentPower((0.1 / one) * Math.sqrt(count), { freedom: count - 1, alpha: 0.05 });
    expect(powerOf(groups)).toBeGreaterThanOrEqual(0.8);
    expect(powerOf(groups - 1)).toBeLessThan(0.8);
    expect(groupsToShow(1e-9, spread)).toBeNull();
    expect(() => groupsToShow(0, spread)).toThrow("must be above 0; got 0; give the gain that would matter");
  });
});
