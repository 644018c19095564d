import { describe, expect, it } from "vitest";
import { makeMatrix, selectMatrixRows } from "../../src/core/Matrix.js";

describe("makeMatrix", () => {
  it("counts rows from the values and the names", () => {
    expect(makeMatrix(["a", "b"], Float32Array.of(1, 2, 3, 4, 5, 6))).toMatchObject({ rows: 3, columns: 2 });
    expect(makeMatrix(["a"], new Float32Array(0)).rows).toBe(0);
  });

  it("names row and column of a value that is not finite", () => {
    expect(() => makeMatrix(["a", "b"], Float32Array.of(1, 2, 3, Number.NaN))).toThrow(
      "row 1, column b must be finite; got NaN",
    );
    expect(() => makeMatrix(["a", "b"], Float32Array.of(Infinity, 2))).toThrow("row 0, column a");
  });

  it("refuses values that do not fill whole rows, and a matrix without columns", () => {
    expect(() => makeMatrix(["a", "b"], new Float32Array(3))).toThrow("multiple of the 2 columns; got 3");
    expect(() => makeMatrix([], new Float32Array(0))).toThrow(RangeError);
  });
});

describe("selectMatrixRows", () => {
  it("picks rows in the given order, repeats included, into a matrix of its own", () => {
    const matrix = makeMatrix(["a", "b"], Float32Array.of(1, 2, 3, 4, 5, 6));
    const picked = selectMatrixRows(matrix, Uint32Array.of(2, 0, 2));
    expect(picked).toEqual(makeMatrix(["a", "b"], Float32Array.of(5, 6, 1, 2, 5, 6)));
    picked.values.fill(0);
    expect(Array.from(matrix.values)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
