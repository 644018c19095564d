import { expect, it } from "vitest";
import { chiSquareQuantile } from "../../../src/core/statistics/chiSquareQuantile.js";
import { chiSquareTail } from "../../../src/core/statistics/chiSquareTail.js";

it("chiSquareQuantile has the tabled values, and chiSquareTail takes it back", () => {
  expect(chiSquareQuantile(0.95, 1)).toBeCloseTo(3.841458820694124, 9);
  expect(chiSquareQuantile(0.95, 9)).toBeCloseTo(16.918977604620448, 9);
  for (const p of [0.001, 0.5, 0.9999]) expect(chiSquareTail(chiSquareQuantile(p, 7), 7)).toBeCloseTo(1 - p, 12);
});
