import fc from "fast-check";
import { expect, it } from "vitest";
import { fisherExact } from "../../../src/core/statistics/fisherExact.js";

it("fisherExact agrees with SciPy on 90 of 100 against 75 of 100, and with the tea of the lady", () => {
  expect(fisherExact([90, 10], [75, 25])).toBeCloseTo(0.008503571478623954, 12);
  expect(fisherExact([4, 0], [0, 4])).toBeCloseTo(2 / 70, 12);
  expect(fisherExact([3, 1], [1, 3])).toBeCloseTo(34 / 70, 12);
});

it("fisherExact does not depend on the order of samples, and is 1 where nothing is counted", () => {
  const count = fc.integer({ min: 0, max: 60 });
  fc.assert(
    fc.property(count, count, count, count, (a, b, c, d) => {
      const p = fisherExact([a, b], [c, d]);
      expect(p).toBeCloseTo(fisherExact([c, d], [a, b]), 9);
      expect(p).toBeCloseTo(fisherExact([b, a], [d, c]), 9);
      expect(p > 0 && p <= 1).toBe(true);
    }),
  );
  expect(fisherExact([0, 5], [0, 9])).toBe(1);
});
