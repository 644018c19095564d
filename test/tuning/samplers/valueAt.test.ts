import { describe, expect, it } from "vitest";
import type { Parameter } from "../../../src/tuning/Parameter.js";
import { valueAt } from "../../../src/tuning/samplers/valueAt.js";

const many = 10_000;
const spread = (parameter: Parameter): readonly unknown[] =>
  Array.from({ length: many }, (_, k) => valueAt(parameter, (k + 0.5) / many));

describe("valueAt", () => {
  it.each<[string, Parameter, Record<string, number>]>([
    ["choices", { kind: "categorical", choices: ["a", null] }, { a: 0.5, null: 0.5 }],
    ["whole numbers", { kind: "integer", low: 1, high: 4 }, { 1: 0.25, 2: 0.25, 3: 0.25, 4: 0.25 }],
    [
      "steps, also where they end early",
      { kind: "float", low: 0, high: 1, step: 0.4 },
      { 0: 1 / 3, 0.4: 1 / 3, 0.8: 1 / 3 },
    ],
    [
      "whole ratios",
      { kind: "integer", low: 1, high: 2, log: true },
      { 1: Math.log(3) / Math.log(5), 2: Math.log(5 / 3) / Math.log(5) },
    ],
  ])("gives each of %s its share", (_, parameter, shares) => {
    const counts: Record<string, number> = {};
    for (const value of spread(parameter)) counts[String(value)] = (counts[String(value)] ?? 0) + 1 / many;
    expect(Object.keys(counts).sort()).toEqual(Object.keys(shares).sort());
    for (const [value, share] of Object.entries(shares)) expect(counts[value]).toBeCloseTo(share, 3);
  });

  it("spreads ratios evenly over their logarithms", () => {
    const values = spread({ kind: "float", low: 1e-4, high: 1, log: true }) as number[];
    expect(values.filter((value) => value < 1e-3).length / many).toBeCloseTo(0.25, 3);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(1e-4);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
  });
});
