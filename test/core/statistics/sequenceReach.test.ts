import { expect, it } from "vitest";
import { sequenceReach } from "../../../src/core/statistics/sequenceReach.js";
import { sequence } from "../sequentialGolden.js";

it("sequenceReach agrees with the reference's half-widths", () => {
  expect(sequence.expected.length).toBeGreaterThan(3);
  for (const { s2, n, alpha, tuning, halfwidth } of sequence.expected)
    expect(Math.abs(sequenceReach(s2, n, { alpha, planned: tuning }) - halfwidth)).toBeLessThan(1e-10);
});

it("sequenceReach is narrowest, relative to a look at one fixed size, about the planned rows", () => {
  const relative = (rows: number): number => sequenceReach(1, rows, { alpha: 0.05, planned: 1000 }) * Math.sqrt(rows);
  const at = [10, 100, 1000, 10_000, 100_000].map(relative);
  expect(Math.min(...at)).toBe(at[2]);
});
