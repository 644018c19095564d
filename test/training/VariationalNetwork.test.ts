import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../src/core/Matrix.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { predictProbabilities } from "../../src/training/predictProbabilities.js";
import { drawNetwork, sampleProbabilities, type VariationalNetwork } from "../../src/training/VariationalNetwork.js";

const network: VariationalNetwork = {
  features: ["x"],
  hidden: [],
  activation: "relu",
  classes: ["n", "p"],
  targets: [],
  means: Float32Array.of(1, -1, 0.5, 0),
  deviations: Float32Array.of(0.1, 0.2, 0, 3),
};
const features = makeMatrix(["x"], Float32Array.of(-1, 0, 2));

describe("drawNetwork", () => {
  it("draws each weight around its mean with its deviation", () => {
    const drawn = Array.from({ length: 4000 }, (_, i) => drawNetwork(network, seededRandom(1).fork(i)).weights);
    network.means.forEach((mean, w) => {
      const values = drawn.map((weights) => weights[w]);
      const centre = values.reduce((a, b) => a + b) / values.length;
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length);
      expect(Math.abs(centre - mean)).toBeLessThanOrEqual((4 * network.deviations[w]) / Math.sqrt(4000));
      expect(Math.abs(deviation - network.deviations[w])).toBeLessThanOrEqual(0.05 * network.deviations[w]);
    });
  });
});

describe("sampleProbabilities", () => {
  it("is one network after another, each the same for all rows and however many are drawn", () => {
    const all = sampleProbabilities(network, features, seededRandom(1), { samples: 3 });
    expect(all).toHaveLength(3 * 3 * 2);
    expect(all.subarray(6, 12)).toEqual(predictProbabilities(drawNetwork(network, seededRandom(1).fork(1)), features));
    expect(sampleProbabilities(network, features, seededRandom(1), { samples: 2 })).toEqual(all.subarray(0, 12));
  });

  it("refuses to draw none", () => {
    expect(() => sampleProbabilities(network, features, seededRandom(1), { samples: 0 })).toThrow(
      "samples must be a whole number from 1; got 0",
    );
  });
});
