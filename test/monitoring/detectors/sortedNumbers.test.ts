import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { dealtNumbers, sortedNumbers } from "../../../src/monitoring/detectors/sortedNumbers.js";

/** To toEqual -0 is not 0, and NaN is NaN. */
const asComparison = (values: ArrayLike<number>): Float64Array => Float64Array.from(values).sort();

describe("sortedNumbers", () => {
  it("deals numbers by their bits into the order of Float64Array's own sort, down to -0, infinities and NaN", () => {
    const odd = fc.constantFrom(0, -0, NaN, Infinity, -Infinity, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE);
    const number = fc.oneof(fc.double(), odd, fc.integer({ min: -3, max: 3 }), fc.float());
    fc.assert(
      fc.property(fc.array(number, { maxLength: 300 }), (values) => {
        expect(dealtNumbers(values)).toEqual(asComparison(values));
      }),
      { numRuns: 500 },
    );
  });

  it("keeps that order where numbers differ in late digits only, in early ones only, or not at all", () => {
    const random = seededRandom(1);
    const make: readonly (() => number)[] = [
      () => 1 + random() * 2 ** -30,
      () => 1 + Math.floor(1000 * random()) * 2 ** -52,
      () => Math.fround(random()),
      () => Math.floor(4 * random()),
      () => (random() - 0.5) * 10 ** Math.floor(600 * random() - 300),
      () => 7,
    ];
    for (const one of make)
      for (const length of [1, 2, 399, 400, 5000]) {
        const values = Float64Array.from({ length }, one);
        const given = values.slice();
        for (const sorted of [dealtNumbers(values), sortedNumbers(values)])
          expect(sorted).toEqual(asComparison(values));
        expect(values).toEqual(given);
      }
  });

  it("sorts no numbers, and numbers in order or against it", () => {
    expect(dealtNumbers([])).toEqual(new Float64Array());
    const up = Float64Array.from({ length: 3000 }, (_, i) => i - 1500);
    expect(dealtNumbers(up)).toEqual(up);
    expect(dealtNumbers(up.slice().reverse())).toEqual(up);
  });
});
