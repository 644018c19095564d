import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { treeOrder } from "../../src/neighbours/treeOrder.js";

describe("treeOrder", () => {
  it("keeps every row once, and all leaves are full but the last", () => {
    const random = seededRandom(1);
    for (const rows of [1, 7, 8, 9, 100, 1001]) {
      const order = treeOrder(
        Float32Array.from({ length: rows * 3 }, random),
        3,
        Uint32Array.from({ length: rows }, (_, row) => row),
        { leaf: 8 },
      );
      expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, row) => row));
    }
  });

  it("puts rows on a line into leaves that do not overlap", () => {
    const random = seededRandom(2);
    const values = Float32Array.from({ length: 640 }, random);
    const order = treeOrder(
      values,
      1,
      Uint32Array.from({ length: 640 }, (_, row) => row),
      { leaf: 16 },
    );
    const leaves = Array.from({ length: 40 }, (_, leaf) =>
      Array.from(order.slice(16 * leaf, 16 * leaf + 16), (row) => values[row]),
    );
    for (let leaf = 1; leaf < 40; leaf++)
      expect(Math.max(...leaves[leaf - 1])).toBeLessThanOrEqual(Math.min(...leaves[leaf]));
  });

  it("ends on equal rows", () => {
    expect(
      treeOrder(
        new Float32Array(5000),
        1,
        Uint32Array.from({ length: 5000 }, (_, row) => row),
        { leaf: 4 },
      ),
    ).toHaveLength(5000);
  });
});
