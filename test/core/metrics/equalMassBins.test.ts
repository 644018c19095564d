import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventsOf, meanGap } from "../../../src/core/metrics/Bins.js";
import { equalMassBins } from "../../../src/core/metrics/equalMassBins.js";

interface Sums {
  readonly rows: readonly number[];
  readonly probabilities: readonly number[];
  readonly events: readonly number[];
  readonly gap: number;
}

function sumsOf(sorted: readonly number[], counts: readonly number[], events: readonly number[], bins: number): Sums {
  const howOften = Uint32Array.from(counts);
  const made = equalMassBins(Float64Array.from(sorted), howOften, bins);
  const hits = eventsOf(made, howOften, Uint8Array.from(events));
  return {
    rows: Array.from(made.rows),
    probabilities: Array.from(made.probabilities),
    events: Array.from(hits),
    gap: meanGap(made, hits),
  };
}

describe("equalMassBins", () => {
  it("gives the first bins the surplus rows, and leaves bins empty where rows are fewer", () => {
    const five = sumsOf([0.1, 0.2, 0.3, 0.4, 0.5], [1, 1, 1, 1, 1], [0, 0, 1, 1, 1], 2);
    expect([five.rows, five.events]).toEqual([
      [3, 2],
      [1, 2],
    ]);
    five.probabilities.forEach((sum, bin) => expect(sum).toBeCloseTo([0.6, 0.9][bin], 14));
    expect(sumsOf([0.25, 0.5], [1, 1], [0, 1], 4)).toEqual({
      rows: [1, 1, 0, 0],
      probabilities: [0.25, 0.5, 0, 0],
      events: [0, 1, 0, 0],
      gap: 0.375,
    });
  });

  it("shares the events of equal probabilities between the bins that they straddle, whatever their order", () => {
    const order = (events: readonly number[]): Sums => sumsOf([0.5, 0.5, 0.5, 0.5], [1, 1, 1, 1], events, 2);
    expect(order([1, 0, 0, 0])).toEqual(order([0, 0, 0, 1]));
    expect(order([1, 0, 0, 0])).toEqual({ rows: [2, 2], probabilities: [1, 1], events: [0.5, 0.5], gap: 0.25 });
    expect(
      sumsOf([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.75], [1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0, 1], 3).events,
    ).toEqual([1.5, 1, 1.5]);
  });

  it("takes a count of c for a row that comes c times, 0 for one that is left out", () => {
    const row = fc.record({
      probability: fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8),
      count: fc.integer({ min: 0, max: 3 }),
      event: fc.integer({ min: 0, max: 1 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 6 }), (rows, bins) => {
        fc.pre(rows.some(({ count }) => count > 0));
        const sorted = [...rows].sort((a, b) => a.probability - b.probability);
        const repeated = sorted.flatMap((one) => Array<typeof one>(one.count).fill(one));
        const counted = sumsOf(
          sorted.map(({ probability }) => probability),
          sorted.map(({ count }) => count),
          sorted.map(({ event }) => event),
          bins,
        );
        const written = sumsOf(
          repeated.map(({ probability }) => probability),
          repeated.map(() => 1),
          repeated.map(({ event }) => event),
          bins,
        );
        expect(counted.rows).toEqual(written.rows);
        counted.probabilities.forEach((sum, bin) => expect(sum).toBeCloseTo(written.probabilities[bin], 12));
        counted.events.forEach((sum, bin) => expect(sum).toBeCloseTo(written.events[bin], 12));
        expect(counted.gap).toBeCloseTo(written.gap, 12);
      }),
    );
  });

  it("keeps all rows and events", () => {
    const row = fc.record({
      probability: fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8),
      event: fc.integer({ min: 0, max: 1 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (rows, bins) => {
        const sorted = [...rows].sort((a, b) => a.probability - b.probability);
        const sums = sumsOf(
          sorted.map(({ probability }) => probability),
          sorted.map(() => 1),
          sorted.map(({ event }) => event),
          bins,
        );
        const total = (values: readonly number[]): number => values.reduce((a, b) => a + b);
        expect(total(sums.rows)).toBe(rows.length);
        expect(total(sums.events)).toBeCloseTo(total(rows.map(({ event }) => event)), 10);
      }),
    );
  });
});
