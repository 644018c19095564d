import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalMassBins } from "../../../src/core/metrics/equalMassBins.js";
import { equalMassCuts } from "../../../src/core/metrics/equalMassCuts.js";
import { lowerBound } from "../../../src/core/lowerBound.js";

const probability = fc.double({ min: 0, max: 1, noNaN: true });

describe("equalMassCuts", () => {
  it("ends each bin with its last value: 10 values in 3 bins are 4, 3 and 3", () => {
    expect([...equalMassCuts([0.9, 0, 0.1, 0.2, 0.8, 0.3, 0.4, 0.5, 0.6, 0.7], 3)]).toEqual([0.3, 0.6]);
  });

  it("fills bins as equalMassBins does where all values differ", () => {
    fc.assert(
      fc.property(fc.uniqueArray(probability, { minLength: 15, maxLength: 60 }), (values) => {
        const rows = new Uint32Array(15);
        const cuts = equalMassCuts(values);
        for (const value of values) rows[lowerBound(cuts, value)]++;
        const sorted = Float64Array.from(values).sort();
        expect([...rows]).toEqual([...equalMassBins(sorted, new Uint32Array(sorted.length).fill(1), 15).rows]);
      }),
    );
  });

  it("keeps equal values in one bin and does not hang on the order of rows", () => {
    expect([...equalMassCuts([0.5, 0.9, 0.9, 0.9, 0.9, 0.9], 3)]).toEqual([0.9, 0.9]);
    fc.assert(
      fc.property(fc.array(probability, { minLength: 1, maxLength: 40 }), (values) => {
        const cuts = equalMassCuts(values, 7);
        expect(equalMassCuts([...values].reverse(), 7)).toEqual(cuts);
        expect([...cuts]).toEqual([...cuts].sort((a, b) => a - b));
      }),
    );
  });

  it("leaves the last bins empty where there are fewer values than bins", () => {
    expect([...equalMassCuts([0.2, 0.1], 4)]).toEqual([0.1, 0.2, 0.2]);
  });

  it("refuses no values, values that are no probabilities, and half a bin", () => {
    expect(() => equalMassCuts([])).toThrow("at least one probability is needed; got none");
    expect(() => equalMassCuts([0.5, 1.1])).toThrow("row 1 has 1.1");
    expect(() => equalMassCuts([0.5, NaN])).toThrow("row 1 has NaN");
    expect(() => equalMassCuts([0.5], 1.5)).toThrow("bins must be an integer of at least 1; got 1.5");
  });
});
