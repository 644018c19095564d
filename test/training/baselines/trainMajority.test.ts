import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { trainMajority } from "../../../src/training/baselines/trainMajority.js";

const classes = ["a", "b", "c"];

describe("trainMajority", () => {
  it("answers every row with the shares of training, weights counted, a class without rows at 0", () => {
    const model = trainMajority([0, 0, 1, 0], classes, { weights: [1, 1, 6, 0] });
    expect(Array.from(model.predict(makeMatrix(["x"], Float32Array.of(5, -5))))).toEqual([
      0.25, 0.75, 0, 0.25, 0.75, 0,
    ]);
    expect(model.classes).toBe(classes);
  });

  it("refuses no rows, codes that have no class and weights that are negative", () => {
    expect(() => trainMajority([], classes)).toThrow("at least one row is needed");
    expect(() => trainMajority([0, 3], classes)).toThrow("codes below 3; row 1 has 3");
    expect(() => trainMajority([0, 1], classes, { weights: [1, -1] })).toThrow("row 1 has -1");
  });
});
