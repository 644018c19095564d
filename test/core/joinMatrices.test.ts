import { expect, it } from "vitest";
import { joinMatrices } from "../../src/core/joinMatrices.js";
import { makeMatrix } from "../../src/core/Matrix.js";

it("joinMatrices puts columns side by side, names with them", () => {
  const one = makeMatrix(["a", "b"], Float32Array.of(1, 2, 3, 4));
  const other = makeMatrix(["c"], Float32Array.of(5, 6));
  const joined = joinMatrices([one, other]);
  expect(joined.names).toEqual(["a", "b", "c"]);
  expect([...joined.values]).toEqual([1, 2, 5, 3, 4, 6]);
  expect(() => joinMatrices([one, makeMatrix(["c"], Float32Array.of(5))])).toThrow("2 rows are needed in each; got 1");
});
