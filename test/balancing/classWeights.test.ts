import { describe, expect, it } from "vitest";
import { classWeights } from "../../src/balancing/classWeights.js";
import { countsOf, golden } from "./someRows.js";

const { labels } = golden;

describe("classWeights", () => {
  it("balanced: every class weighs the same in sum, and rows 1 on average", () => {
    const weights = classWeights(labels);
    const counts = countsOf(labels);
    counts.forEach((count, label) => expect(count * weights[label]).toBeCloseTo(20, 12));
  });

  it("effectiveNumber: alike at β = 0, in proportion to 1/n towards 1, and as the paper's formula between", () => {
    expect(Array.from(classWeights(labels, { method: "effectiveNumber", beta: 0 }))).toEqual([1, 1, 1]);
    const near = classWeights(labels, { method: "effectiveNumber", beta: 1 - 1e-12 });
    expect(near[2] / near[0]).toBeCloseTo(40 / 6, 6);
    const between = classWeights(labels, { method: "effectiveNumber", beta: 0.9 });
    expect(between[2] / between[0]).toBeCloseTo((1 - 0.9 ** 40) / (1 - 0.9 ** 6), 12);
    expect(between.reduce((a, b) => a + b, 0)).toBeCloseTo(3, 12);
  });

  it("refuses a class without rows and a β outside [0, 1)", () => {
    expect(() => classWeights(labels, { classes: ["a", "b", "c", "d"] })).toThrow(
      'every class needs at least one row; "d" has none',
    );
    expect(() => classWeights(labels, { method: "effectiveNumber", beta: 1 })).toThrow(
      "beta must lie in [0, 1); got 1",
    );
    expect(() => classWeights(new Uint8Array(0))).toThrow("at least one row is needed");
  });
});
