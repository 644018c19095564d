import { sampleCorrelation } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { attainableCorrelation } from "../../../src/uncertainty/selective/attainableCorrelation.js";
import { correlationOfRows, errorCorrelation } from "../../../src/uncertainty/selective/errorCorrelation.js";

const random = seededRandom(1);
const uncertainty = Float64Array.from({ length: 20_000 }, () => random());
const errors = uncertainty.map((chance) => Number(random() < 0.6 * chance));

describe("errorCorrelation", () => {
  it("is Pearson's, over all rows or some", () => {
    expect(errorCorrelation(errors, uncertainty)).toBeCloseTo(
      sampleCorrelation(Array.from(errors), Array.from(uncertainty)),
      10,
    );
    const rows = Uint32Array.of(3, 3, 9, 100, 7, 8, 9, 10, 11, 12);
    expect(correlationOfRows(errors, uncertainty, rows)).toBeCloseTo(
      sampleCorrelation(
        Array.from(rows, (row) => errors[row]),
        Array.from(rows, (row) => uncertainty[row]),
      ),
      10,
    );
  });

  it("is null where errors or uncertainty do not vary, and refuses NaN", () => {
    expect(errorCorrelation([0, 0], [0.1, 0.2])).toBeNull();
    expect(errorCorrelation([1, 1], [0.1, 0.2])).toBeNull();
    expect(errorCorrelation([0, 1, 0], [0.1, 0.1, 0.1])).toBeNull();
    expect(errorCorrelation([0, 1], [0, 0])).toBeNull();
    expect(() => errorCorrelation([0, 1], [0, NaN])).toThrow("row 1 has NaN");
  });
});

describe("attainableCorrelation", () => {
  it("is what an uncertainty that knows the true probabilities comes to", () => {
    const truth = Float64Array.from(Array.from(uncertainty).flatMap((chance) => [1 - 0.6 * chance, 0.6 * chance]));
    const always = Float64Array.from({ length: truth.length }, (_, i) => (i % 2 === 0 ? 0.9 : 0.1));
    const best = attainableCorrelation(always, truth, uncertainty.length)!;
    // e is uniform on [0, 0.6]: sd 0.6/√12, mean 0.3.
    expect(best).toBeCloseTo(0.6 / Math.sqrt(12) / Math.sqrt(0.21), 2);
    // Standard error of a correlation from 20,000 rows: 0.007.
    expect(Math.abs(errorCorrelation(errors, uncertainty)! - best)).toBeLessThan(0.025);
  });

  it("is null where every prediction is surely right, and refuses what is no probability", () => {
    expect(attainableCorrelation([1, 0, 0.7, 0.3], [1, 0, 1, 0], 2)).toBeNull();
    expect(() => attainableCorrelation([1, 0], [0.5, 0.6], 1)).toThrow("row 0 sums to 1.1");
    expect(() => attainableCorrelation([1, 0], [0.5, 0.2, 0.3], 1)).toThrow("one shape");
  });
});
