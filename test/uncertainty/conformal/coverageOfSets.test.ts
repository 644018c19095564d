import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { conformalSets } from "../../../src/uncertainty/conformal/conformalSets.js";
import { coverageOfSets } from "../../../src/uncertainty/conformal/coverageOfSets.js";
import { fitConformalSets } from "../../../src/uncertainty/conformal/fitConformalSets.js";
import { drawGaussianClasses, exactPosterior } from "../../support/gaussianClasses.js";
import { classification } from "../../support/goldenConformal.js";
import { overconfident } from "../../support/resplits.js";

const { input, expected } = classification;
const fitted = fitConformalSets(input.probs.slice(0, 120).flat(), input.y.slice(0, 120), { alpha: 0.1 });
const labels = input.y.slice(120);
const sets = conformalSets(fitted, input.probs.slice(120).flat());

describe("coverageOfSets", () => {
  it("counts coverage, size, singletons and classes as the golden script does", () => {
    const golden = expected["0.1"].LAC as (typeof expected)[string][string] & {
      readonly sizes_hist: readonly number[];
    };
    const report = coverageOfSets(fitted, sets, labels);
    expect(report).toMatchObject({
      n: 80,
      coverage: golden.coverage,
      meanSize: golden.mean_size,
      singletons: golden.sizes_hist[1] / 80,
      empties: golden.sizes_hist[0] / 80,
      oracleSize: null,
    });
    expect(report.classes.map(({ covered, n }) => [covered, n])).toEqual(
      [0, 1, 2, 3, 4].map((k) => golden.coverage_by_class[k]),
    );
    expect(coverageOfSets({ alpha: 0.1, classes: 5 }, sets, labels)).toEqual(report);
    expect(report.worstClass).toBeNull();
    expect(report.worstClassReason).toBe("class 2: alpha = 0.1 needs at least 9 test rows; got 2");
  });

  const shares = [0.6, 0.3, 0.1];
  const calibrate = drawGaussianClasses(4000, shares, seededRandom(1));
  const test = drawGaussianClasses(8000, shares, seededRandom(2));
  const truth = exactPosterior(test.points, shares);

  it("finds true probabilities within the window of the rubric, at the oracle's size", () => {
    const exact = fitConformalSets(exactPosterior(calibrate.points, shares), calibrate.labels, { alpha: 0.1 });
    const report = coverageOfSets(exact, conformalSets(exact, truth), test.labels, { truth });
    expect(report.interval!.low).toBeGreaterThan(0.87);
    expect(report.interval!.high).toBeLessThan(0.93);
    expect(report.interval!.level).toBe(0.9);
    expect(Math.abs(report.meanSize - report.oracleSize!)).toBeLessThan(0.03);
    expect(report.empties + report.singletons).toBeLessThan(1);
  });

  it('finds the class that coverage of all rows hides, and that strata "class" mends', () => {
    const model = overconfident(exactPosterior(calibrate.points, shares), 3);
    const [pooled, byClass] = [undefined, "class" as const].map((strata) => {
      const fit = fitConformalSets(model, calibrate.labels, { alpha: 0.1, strata });
      return coverageOfSets(fit, conformalSets(fit, overconfident(truth, 3)), test.labels, { truth });
    });
    expect(pooled.coverage).toBeGreaterThan(0.88);
    // The class in the middle, which both others hide.
    expect(pooled.worstClass!.label).toBe(1);
    expect(pooled.worstClass!.interval.high).toBeLessThan(0.87);
    expect(pooled.worstClass!.interval.low).toBe(Math.min(...pooled.classes.map(({ interval }) => interval!.low)));
    expect(byClass.worstClass!.interval.low).toBeGreaterThan(0.85);
    expect(byClass.classes.every(({ law, coverage }) => coverage! > law!.low - 0.02)).toBe(true);
    expect(byClass.meanSize).toBeGreaterThan(byClass.oracleSize!);
  });

  it("draws groups where rows come in them, and gives equal results for equal streams", () => {
    const groups = Array.from(test.labels, (_, row) => row % 40);
    const fit = fitConformalSets(exactPosterior(calibrate.points, shares), calibrate.labels, { alpha: 0.1 });
    const made = conformalSets(fit, truth);
    const report = coverageOfSets(fit, made, test.labels, { groups }, seededRandom(3));
    expect(report.interval!.method).toContain("by group");
    expect(coverageOfSets(fit, made, test.labels, { groups }, seededRandom(3))).toEqual(report);
    expect(coverageOfSets(fit, made, test.labels, { groups: groups.map(() => 0) }, seededRandom(3))).toMatchObject({
      interval: null,
      worstClass: null,
    });
  });

  it("refuses labels, sets, true probabilities and groups that do not fit", () => {
    expect(() => coverageOfSets(fitted, sets, labels.with(1, 5))).toThrow("row 1 has 5");
    expect(() => coverageOfSets(fitted, [1], labels)).toThrow("got 1 for 80 labels");
    expect(() => coverageOfSets(fitted, sets, labels, { truth: [1] })).toThrow("80 rows and 5 classes; got 1 numbers");
    expect(() => coverageOfSets(fitted, sets, labels, { groups: labels })).toThrow("needs a random stream");
  });
});
