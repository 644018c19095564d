import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { compactForest, wholeForest } from "../../../src/problems/crystallisation/compactForest.js";
import { forestPredictor } from "../../../src/training/baselines/forestPredictor.js";
import { trainForest } from "../../../src/training/baselines/trainForest.js";

const random = seededRandom(4);
const features = makeMatrix(
  ["a", "b"],
  Float32Array.from({ length: 600 }, () => random()),
);
const labels = Uint8Array.from({ length: 300 }, (_, row) => Math.floor(3 * features.values[2 * row]));
const forest = trainForest(features, labels, ["x", "y", "z"], seededRandom(1), { trees: 7, leastLeaf: 3 });

describe("compactForest", () => {
  it("answers as the forest does, to the rounding of its leaves", () => {
    const [whole, kept] = [forest, wholeForest(compactForest(forest))].map((one) =>
      forestPredictor(one).predict(features),
    );
    expect(Math.max(...whole.map((value, i) => Math.abs(value - kept[i])))).toBeLessThan(1 / 255);
    expect(kept.some((value, i) => value !== whole[i])).toBe(true);
  });

  it("of a compacted forest keeps every bit", () => {
    const once = compactForest(forest);
    expect(compactForest(wholeForest(once))).toEqual(once);
  });

  it("is refused where its lists do not fit", () => {
    const { leaves, ...compact } = compactForest(forest);
    expect(() => wholeForest({ ...compact, leaves: leaves.slice(1) })).toThrow("must fit one another");
  });
});
