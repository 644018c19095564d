import { describe, expect, it } from "vitest";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { conformalIntervals } from "../../../src/uncertainty/conformal/conformalIntervals.js";
import { coverageOfIntervals } from "../../../src/uncertainty/conformal/coverageOfIntervals.js";
import {
  fitConformalIntervals,
  type ConformalIntervalOptions,
} from "../../../src/uncertainty/conformal/fitConformalIntervals.js";
import type { RegressionOutput } from "../../../src/uncertainty/conformal/intervalNonconformity.js";
import { regression } from "../../support/goldenConformal.js";
import { againstLaw, coverageOverResplits } from "../../support/resplits.js";

const {
  input: { y, mu, sigma, lo, hi },
  expected,
} = regression;
const halves = (values: readonly number[]): readonly [number[], number[]] => [values.slice(0, 100), values.slice(100)];
const [[seenTruth, newTruth], [mu0, mu1], [sigma0, sigma1], [lo0, lo1], [hi0, hi1]] = [y, mu, sigma, lo, hi].map(
  halves,
);

describe("conformalIntervals", () => {
  it.each<readonly [keyof typeof expected, RegressionOutput, RegressionOutput]>([
    ["absolute", { centre: mu0 }, { centre: mu1 }],
    ["normalised", { centre: mu0, spread: sigma0 }, { centre: mu1, spread: sigma1 }],
    ["cqr", { low: lo0, high: hi0 }, { low: lo1, high: hi1 }],
  ])("has the threshold, coverage and width of the golden script, also after JSON: %s", (name, seen, fresh) => {
    const fitted = JSON.parse(JSON.stringify(fitConformalIntervals(seen, seenTruth, { alpha: 0.1 }))) as ReturnType<
      typeof fitConformalIntervals
    >;
    const { coverage, meanWidth } = coverageOfIntervals(conformalIntervals(fitted, fresh), newTruth, {
      alpha: 0.1,
      reference: seenTruth,
    });
    expect(Math.abs(fitted.thresholds[0].value! - expected[name].qhat)).toBeLessThan(1e-10);
    expect(Math.abs(coverage - expected[name].coverage)).toBeLessThan(1e-10);
    expect(Math.abs(meanWidth! - expected[name].mean_width)).toBeLessThan(1e-10);
  });

  it("one-sided leaves the other end open, and its end is nearer than the two-sided one", () => {
    const at = (side: ConformalIntervalOptions["side"]): ReturnType<typeof conformalIntervals> =>
      conformalIntervals(fitConformalIntervals({ centre: mu0 }, seenTruth, { alpha: 0.1, side }), { centre: mu1 });
    const [both, upper, lower] = [at("both"), at("upper"), at("lower")];
    expect(new Set(upper.low)).toEqual(new Set([-Infinity]));
    expect(new Set(lower.high)).toEqual(new Set([Infinity]));
    expect(upper.high[0]).toBeLessThan(both.high[0]);
    expect(lower.low[0]).toBeGreaterThan(both.low[0]);
  });

  it("is the whole line where calibration rows are too few, and for a stratum that was never seen", () => {
    const few = fitConformalIntervals({ centre: mu0.slice(0, 8) }, seenTruth.slice(0, 8), { alpha: 0.1 });
    expect(few.thresholds[0].reason).toBe("alpha = 0.1 needs at least 9 calibration rows; got 8");
    expect(conformalIntervals(few, { centre: [1] })).toEqual({
      low: new Float64Array([-Infinity]),
      high: new Float64Array([Infinity]),
    });
    const labs = fitConformalIntervals({ centre: mu0 }, seenTruth, {
      alpha: 0.1,
      strata: seenTruth.map((_, row) => row % 2),
    });
    const { low, high } = conformalIntervals(labs, { centre: [0, 0, 0] }, { strata: [0, 1, 7] });
    expect(high[0]).not.toBe(high[1]);
    expect([low[2], high[2]]).toEqual([-Infinity, Infinity]);
  });

  it("covers by the beta-binomial law over 200 splits, one-sided too; a spread that knows the noise narrows", () => {
    const random = seededRandom(3);
    const n = 600;
    const spread = Float64Array.from({ length: n }, () => 0.1 + 2 * random() ** 2);
    // The centre is wrong throughout: coverage holds all the same.
    const truth = spread.map((one) => one * (0.3 + boxMuller(1 - random(), random())[0]));
    const take = (values: Float64Array, rows: Uint32Array): Float64Array =>
      Float64Array.from(rows, (row) => values[row]);
    const widths = { absolute: 0, normalised: 0 };
    for (const [kind, side] of [
      ["absolute", "both"],
      ["absolute", "upper"],
      ["normalised", "both"],
      ["normalised", "lower"],
    ] as const) {
      const coverages = coverageOverResplits(n, 100, 200, random.fork(kind), (calibrate, test) => {
        const output = (rows: Uint32Array): RegressionOutput => ({
          centre: new Float64Array(rows.length),
          spread: kind === "absolute" ? undefined : take(spread, rows),
        });
        const fitted = fitConformalIntervals(output(calibrate), take(truth, calibrate), { alpha: 0.1, side });
        const { coverage, meanWidth } = coverageOfIntervals(
          conformalIntervals(fitted, output(test)),
          take(truth, test),
          { alpha: 0.1, reference: take(truth, calibrate) },
        );
        if (side === "both") widths[kind] += meanWidth! / 200;
        return coverage;
      });
      const seen = againstLaw(coverages, 100, 0.1, 500);
      expect(Math.abs(seen.meanInErrors)).toBeLessThan(3.5);
      expect(Math.abs(seen.spreadRatio - 1)).toBeLessThan(0.2);
    }
    expect(widths.normalised).toBeLessThan(0.95 * widths.absolute);
  });

  it("refuses what is not finite, spreads of 0, crossed quantiles, another kind of output and missing strata", () => {
    const fit =
      (output: RegressionOutput, truth: readonly number[]): (() => unknown) =>
      () =>
        fitConformalIntervals(output, truth, { alpha: 0.5 });
    expect(fit({ centre: [1, NaN] }, [1, 2])).toThrow("predictions must be finite; row 1 has NaN");
    expect(fit({ centre: [1, 2] }, [1, Infinity])).toThrow("true values must be finite; row 1 has Infinity");
    expect(fit({ centre: [1, 2], spread: [1, 0] }, [1, 2])).toThrow("above 0; row 1 has 0; add a floor to it");
    expect(fit({ centre: [1, 2], spread: [1] }, [1, 2])).toThrow("got 2 and 1");
    expect(fit({ low: [1, 2], high: [2, 1] }, [1, 2])).toThrow("row 1 has 2 and 1; sort the two");
    expect(fit({ low: [1, 2], high: [2] }, [1, 2])).toThrow("got 2 and 1");
    expect(fit({ centre: [1, 2] }, [1])).toThrow("got 2 for 1");
    expect(() => fitConformalIntervals({ centre: [1] }, [1], { alpha: 1 })).toThrow("must lie between 0 and 1");
    const fitted = fitConformalIntervals({ centre: mu0 }, seenTruth, {
      alpha: 0.1,
      strata: seenTruth.map(() => "Basel"),
    });
    expect(() => conformalIntervals(fitted, { centre: mu1, spread: sigma1 })).toThrow(
      'kind fitted, "absolute"; got "normalised"',
    );
    expect(() => conformalIntervals(fitted, { centre: mu1 })).toThrow("the stratum of each of the 50 rows; got 0");
  });
});
