import { expect, it } from "vitest";
import { complementaryError } from "../../../src/core/statistics/complementaryError.js";

it.each([
  // erfc of the C library, by Python 3.11.
  [0, 1],
  [0.5, 0.4795001221869535],
  [1, 0.15729920705028513],
  [1.999999, 0.004677755648073953],
  [2, 0.004677734981047266],
  [3, 2.2090496998585441e-5],
  [5, 1.5374597944280349e-12],
  [10, 2.088487583762545e-45],
  [-1, 1.8427007929497149],
])("complementaryError(%f) is %f to 1e-12 relative, far out too", (x, expected) => {
  expect(Math.abs(complementaryError(x) / expected - 1)).toBeLessThan(1e-12);
});
