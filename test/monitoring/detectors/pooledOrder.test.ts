import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kolmogorovSteps } from "../../../src/core/statistics/kolmogorovSmirnov.js";
import { normalQuantile } from "../../../src/core/statistics/normalQuantile.js";
import { differenceOfMeans } from "../../../src/monitoring/detectors/differenceOfMeans.js";
import { pooledOrder } from "../../../src/monitoring/detectors/pooledOrder.js";
import { merged } from "../../../src/monitoring/detectors/SortedSample.js";
import { sortedWasserstein } from "../../../src/monitoring/detectors/wassersteinDistance.js";

// Of -0 and 0, which are equal, either may come first.
const number = fc
  .oneof(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.integer({ min: -3, max: 3 }))
  .map((value) => value + 0);
const sample = fc.array(number, { minLength: 1, maxLength: 40 }).map((values) => Float64Array.from(values).sort());

/** Van der Waerden's score of a number, from how many lie below it and how many equal it. */
function scoresOf(values: Float64Array, all: Float64Array): Float64Array {
  return values.map((value) => {
    const below = all.filter((one) => one < value).length;
    const equal = all.filter((one) => one === value).length;
    return normalQuantile((2 * below + equal + 1) / 2 / (all.length + 1));
  });
}

/** Largest distance of distribution functions times both sizes, number by number. */
function stepsOf(one: Float64Array, other: Float64Array): number {
  const upTo = (values: Float64Array, bound: number): number => values.filter((value) => value <= bound).length;
  return Math.max(
    ...[...one, ...other].map((at) => Math.abs(upTo(one, at) * other.length - upTo(other, at) * one.length)),
  );
}

describe("pooledOrder", () => {
  it("gives in one walk, to the last bit, what three tests find on their own, with ties and without", () => {
    fc.assert(
      fc.property(sample, sample, (there, here) => {
        const { steps, wasserstein, scores, means } = pooledOrder(there, here);
        expect(means.numbers).toEqual(differenceOfMeans({ reference: there, current: here }));
        expect(means.scores).toEqual(differenceOfMeans(scores));
        expect(steps).toBe(kolmogorovSteps(here, there));
        expect(steps).toBe(stepsOf(there, here));
        expect(wasserstein).toBe(sortedWasserstein(there, here));
        const all = merged(there, here);
        expect(all).toEqual(Float64Array.of(...there, ...here).sort());
        expect(scores.reference).toEqual(scoresOf(there, all));
        expect(scores.current).toEqual(scoresOf(here, all));
      }),
      { numRuns: 300 },
    );
  });

  it("remembers scores of one size for the next samples, whose ties are their own", () => {
    const [plain, tied] = [Float64Array.of(1, 2, 3), Float64Array.of(2, 2, 2)];
    const first = pooledOrder(plain, Float64Array.of(4)).scores.reference;
    expect(pooledOrder(tied, Float64Array.of(4)).scores.reference).toEqual(
      Float64Array.of(first[1], first[1], first[1]),
    );
    expect(pooledOrder(plain, Float64Array.of(4)).scores.reference).toEqual(first);
  });
});
