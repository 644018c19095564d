import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalMassBins, meanGap } from "../../src/core/equalMassBins.js";

function sumsOf(sorted: readonly number[], counts: readonly number[], events: readonly number[], bins: number): Float64Array {
  const sums = new Float64Array(3 * bins);
  equalMassBins(Float64Array.from(sorted), Uint32Array.from(counts), Uint8Array.from(events), sums);
  return sums;
}

describe("equalMassBins", () => {
  it("gives the first bins the surplus rows, and leaves bins empty where rows are fewer", () => {
    expect(Array.from(sumsOf([0.1, 0.2, 0.3, 0.4, 0.5], [1, 1, 1, 1, 1], [0, 0, 1, 1, 1], 2)).map((sum) => Math.round(10 * sum) / 10)).toEqual([3, 0.6, 1, 2, 0.9, 2]);
    expect(Array.from(sumsOf([0.25, 0.5], [1, 1], [0, 1], 4))).toEqual([1, 0.25, 0, 1, 0.5, 1, 0, 0, 0, 0, 0, 0]);
  });

  it("shares the events of equal probabilities between the bins that they straddle, whatever their order", () => {
    const order = (events: readonly number[]) => sumsOf([0.5, 0.5, 0.5, 0.5], [1, 1, 1, 1], events, 2);
    expect(order([1, 0, 0, 0])).toEqual(order([0, 0, 0, 1]));
    expect(Array.from(order([1, 0, 0, 0]))).toEqual([2, 1, 0.5, 2, 1, 0.5]);
  });

  it("takes a count of c for a row that comes c times, 0 for one that is left out", () => {
    const row = fc.record({ probability: fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8), count: fc.integer({ min: 0, max: 3 }), event: fc.integer({ min: 0, max: 1 }) });
    fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 6 }), (rows, bins) => {
      fc.pre(rows.some(({ count }) => count > 0));
      const sorted = [...rows].sort((a, b) => a.probability - b.probability);
      const repeated = sorted.flatMap((one) => Array<typeof one>(one.count).fill(one));
      const counted = sumsOf(sorted.map(({ probability }) => probability), sorted.map(({ count }) => count), sorted.map(({ event }) => event), bins);
      const written = sumsOf(repeated.map(({ probability }) => probability), repeated.map(() => 1), repeated.map(({ event }) => event), bins);
      counted.forEach((sum, at) => expect(sum).toBeCloseTo(written[at], 12));
      expect(meanGap(counted)).toBeCloseTo(meanGap(written), 12);
    }));
  });
});
