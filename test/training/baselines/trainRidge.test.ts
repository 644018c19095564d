import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { ridgeRegression } from "../../../src/core/statistics/ridgeRegression.js";
import { trainRidge } from "../../../src/training/baselines/trainRidge.js";

const { X, y, x_new } = (
  JSON.parse(readFileSync(new URL("../../golden/e_linear.json", import.meta.url), "utf8")) as {
    readonly cases: {
      readonly ols: { readonly input: { readonly X: number[][]; readonly y: number[]; readonly x_new: number[][] } };
    };
  }
).cases.ols.input;
const names = ["a", "b", "c", "d"];
const features = makeMatrix(names, Float32Array.from(X.flat()));
const fresh = makeMatrix(names, Float32Array.from(x_new.flat()));
/** A second target, unknown in every third row. */
const targets = y.flatMap((value, row) => [value, row % 3 === 0 ? NaN : 10 - 2 * value]);

describe("trainRidge", () => {
  const model = trainRidge(features, targets, ["size", "yield"], { alpha: 0 });

  it("fits each target to the rows where it is known, and predicts them row by row as a network does", () => {
    expect(model.targets).toEqual(["size", "yield"]);
    expect(model.fits.map(({ rows }) => rows)).toEqual([60, 40]);
    const each = [0, 1].map((t) =>
      ridgeRegression(
        features,
        y.map((_, row) => targets[2 * row + t]),
      ).predict(fresh),
    );
    expect([...model.predictTargets(fresh)]).toEqual([each[0][0], each[1][0], each[0][1], each[1][1]]);
  });

  it("gives prediction intervals of statsmodels' width, up to the rounding of features to floats", () => {
    const { low, high, level } = model.predictIntervals(fresh);
    expect(level).toBe(0.95);
    expect([low[0], high[0], low[2], high[2]]).toEqual(
      [1.5424504060282835, 3.668163543986874, 2.1244011047188387, 4.3838486528475675].map(
        (value) => expect.closeTo(value, 6) as number,
      ),
    );
    const wider = model.predictIntervals(fresh, { level: 0.99 });
    expect(wider.low.every((value, i) => value < low[i])).toBe(true);
  });

  it("penalises by default", () => {
    expect(trainRidge(features, y, ["size"]).fits[0].coefficients).toEqual(
      ridgeRegression(features, y, { alpha: 1 }).coefficients,
    );
  });

  it.each([
    ["no targets", () => trainRidge(features, [], []), "at least one target is needed"],
    [
      "a wrong number of targets",
      () => trainRidge(features, y, ["a", "b"]),
      "2 targets per row of the features are needed; got 60 numbers for 60 rows",
    ],
    [
      "other features than those of training",
      () => model.predictTargets(makeMatrix(["a", "b", "d", "c"], new Float32Array(4))),
      "column 2 is d, not c",
    ],
    ["a level of 0", () => model.predictIntervals(fresh, { level: 0 }), "the level must lie in (0, 1); got 0"],
  ])("refuses %s", (_, act, words) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(words);
  });
});
