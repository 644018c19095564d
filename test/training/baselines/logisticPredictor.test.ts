import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { logisticPredictor } from "../../../src/training/baselines/logisticPredictor.js";
import { trainLogistic } from "../../../src/training/baselines/trainLogistic.js";

const names = ["a", "b", "c", "d"];
const floats = makeMatrix(
  names,
  Float32Array.from({ length: 60 }, (_, i) => Math.sin(7 * i)),
);
const y = Array.from({ length: 15 }, (_, row) => row % 3);

describe("logisticPredictor", () => {
  it("predicts from stored numbers what the trained model predicts, bit for bit", () => {
    const model = trainLogistic(floats, y, ["0", "1", "2"]);
    const { classes, coefficients, intercepts } = model;
    const stored = JSON.parse(
      JSON.stringify({ classes, names, coefficients: [...coefficients], intercepts: [...intercepts] }),
    ) as Parameters<typeof logisticPredictor>[0];
    expect(logisticPredictor(stored).predict(floats)).toEqual(model.predict(floats));
  });

  it("refuses features of other names, another order or another number, and numbers that do not fit", () => {
    const model = trainLogistic(floats, y, ["0", "1", "2"]);
    expect(() => model.predict({ ...floats, names: ["a", "c", "b", "d"] })).toThrow("column 1 is c, not b");
    expect(() => model.predict(makeMatrix([...names, "e"], new Float32Array(5)))).toThrow(
      "column 4 is e, not to be there",
    );
    expect(() => model.predict(makeMatrix(["a"], new Float32Array(5)))).toThrow("column 1 is missing, not b");
    expect(() => logisticPredictor({ classes: ["a", "b"], names, coefficients: [1], intercepts: [0, 0] })).toThrow(
      "need 8 coefficients and 2 intercepts; got 1 and 2",
    );
  });
});
