import { describe, expect, it } from "vitest";
import { categoryColumn, makeTable, type Table } from "../../src/core/Table.js";
import { featureShares } from "../../src/monitoring/featureShares.js";

const schema = {
  size: { kind: "number", unit: "nm", meaning: "" },
  phase: { kind: "category", unit: "", meaning: "" },
} as const;
const table = (sizes: readonly number[], phases: readonly string[]): Table =>
  makeTable(schema, { size: Float64Array.from(sizes), phase: categoryColumn(phases) });

describe("featureShares", () => {
  it("shares rows with a value out over bins that both tables have in common", () => {
    const { edges, reference, current } = featureShares(
      "size",
      table([0, 12, NaN, 24], ["a", "a", "a", "a"]),
      table([24, 24], ["a", "a"]),
    );
    expect([edges!.length, edges![0], edges![24]]).toEqual([25, 0, 24]);
    expect([reference[0], reference[12], reference[23]]).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect([current[0], current[23]]).toEqual([0, 1]);
  });

  it("names levels of either table, the most frequent first, and the rest together", () => {
    const many = Array.from({ length: 20 }, (_, k) => `level ${k}`);
    const { levels, reference, current } = featureShares(
      "phase",
      table(
        many.map(() => 1),
        many,
      ),
      table([1], ["new"]),
    );
    expect([levels!.length, levels![0], levels![11]]).toEqual([12, "new", "others"]);
    expect(reference.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(current.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it("gives a constant a bin of its own, and refuses a table without a value", () => {
    const { edges, reference } = featureShares("size", table([5], ["a"]), table([5], ["a"]));
    expect([edges!.length, reference]).toEqual([2, [1]]);
    expect(() => featureShares("size", table([NaN], ["a"]), table([5], ["a"]))).toThrow("must have values of size");
    expect(() => featureShares("phase", table([5], [""]), table([5], ["a"]))).toThrow("must have values of phase");
  });
});
