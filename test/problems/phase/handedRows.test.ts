import { expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { handedRows } from "../../../src/problems/phase/handedRows.js";

it("handedRows holds the rows that learn and choose, in their order, and no other", () => {
  const taught = makeMatrix(["x"], Float32Array.of(10, 11, 12, 13, 14));
  const labels = Uint8Array.of(0, 1, 2, 3, 4);
  const { data, rows } = handedRows({ taught, labels }, Uint32Array.of(1, 4), Uint32Array.of(0));
  expect([...data.features.values]).toEqual([11, 14, 10]);
  expect([...data.labels]).toEqual([1, 4, 0]);
  expect([[...rows.train], [...rows.tune]]).toEqual([[0, 1], [2]]);
});
