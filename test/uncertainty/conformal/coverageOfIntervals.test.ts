import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { coverageOfIntervals } from "../../../src/uncertainty/conformal/coverageOfIntervals.js";

const truth = Array.from({ length: 100 }, (_, row) => row);
const intervals = (halfWidth: (row: number) => number): { low: Float64Array; high: Float64Array } => ({
  low: Float64Array.from(truth, (value, row) => value - halfWidth(row)),
  high: Float64Array.from(truth, (value, row) => value + halfWidth(row)),
});
const alpha = 0.2;

describe("coverageOfIntervals", () => {
  it("compares the mean width with that of the interval without a model", () => {
    // Of 0 .. 98 the ranks 90 and 10 from below: 89 - 9.
    const report = coverageOfIntervals(
      intervals(() => 10),
      truth,
      { alpha, reference: truth.slice(0, 99) },
    );
    expect(report).toMatchObject({
      n: 100,
      coverage: 1,
      meanWidth: 20,
      marginalWidth: 80,
      relativeWidth: 0.25,
      reason: null,
    });
    expect(report.interval!.low).toBeCloseTo(0.05 ** (1 / 100), 12);
  });

  it("an empty interval covers nothing and has no width", () => {
    expect(
      coverageOfIntervals(
        intervals((row) => (row < 10 ? -1 : 1)),
        truth,
        { alpha, reference: truth },
      ),
    ).toMatchObject({ coverage: 0.9, meanWidth: 1.8 });
  });

  it("is null with a reason where an interval is unbounded, reference values are too few, or all are one", () => {
    expect(
      coverageOfIntervals(
        intervals((row) => (row === 3 ? Infinity : 1)),
        truth,
        { alpha, reference: truth },
      ),
    ).toMatchObject({ coverage: 1, meanWidth: null, relativeWidth: null, reason: "an interval is unbounded" });
    expect(
      coverageOfIntervals(
        intervals(() => 1),
        truth,
        { alpha, reference: truth.slice(0, 8) },
      ),
    ).toMatchObject({
      marginalWidth: null,
      relativeWidth: null,
      reason: "alpha = 0.2 needs at least 9 reference values; got 8",
    });
    expect(
      coverageOfIntervals(
        intervals(() => 1),
        truth,
        { alpha, reference: truth.map(() => 5) },
      ),
    ).toMatchObject({ marginalWidth: 0, relativeWidth: null, reason: "the reference values are constant" });
  });

  it("draws groups where rows come in them", () => {
    const { interval } = coverageOfIntervals(
      intervals((row) => (row % 20 === 0 ? -1 : 1)),
      truth,
      { alpha, reference: truth, groups: truth.map((row) => row % 10) },
      seededRandom(1),
    );
    expect(interval!.method).toContain("by group");
  });

  it("refuses values, ends and lengths that do not fit", () => {
    const call =
      (low: readonly number[], values: readonly number[]): (() => unknown) =>
      () =>
        coverageOfIntervals({ low: Float64Array.from(low), high: Float64Array.from(low) }, values, {
          alpha,
          reference: truth,
        });
    expect(call([1], [1, 2])).toThrow("got 1 for 2");
    expect(call([1, NaN], [1, 2])).toThrow("row 1 has 2 in [NaN, NaN]");
    expect(call([1], [Infinity])).toThrow("row 0 has Infinity");
    expect(call([], [])).toThrow("at least one row is needed");
  });
});
