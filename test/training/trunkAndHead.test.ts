import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../src/core/Matrix.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { initialWeights } from "../../src/training/initialWeights.js";
import { makeTrainingEngine } from "../../src/training/engines/makeTrainingEngine.js";
import { networkOutputs } from "../../src/training/networkOutputs.js";
import { predictTargets } from "../../src/training/predictTargets.js";
import { trunkAndHead } from "../../src/training/trunkAndHead.js";
import { learnable } from "./tasks.js";

const { features } = learnable(70);

describe("trunkAndHead", () => {
  it("gives hidden units and heads that make up the network's outputs, in both engines", async () => {
    for (const name of ["simd", "typescript"] as const) {
      const engine = await makeTrainingEngine(name);
      for (const hidden of [[9, 13], []]) {
        const architecture = {
          features: features.names,
          hidden,
          activation: "relu" as const,
          classes: ["x", "y"],
          targets: ["t"],
        };
        const network = { ...architecture, weights: initialWeights(architecture, seededRandom(2)) };
        const { trunk, classHead, targetHead } = trunkAndHead(network);
        const units = trunk.targets.length;
        const values = predictTargets(trunk, features, engine);
        const outputs = networkOutputs(network, features, engine);
        for (let i = 0; i < outputs.length; i++) {
          const [row, output] = [Math.floor(i / 3), i % 3];
          const [{ weights, biases }, k] = output < 2 ? [classHead, output] : [targetHead, 0];
          let sum = biases[k];
          for (let u = 0; u < units; u++) sum += values[row * units + u] * weights[u * biases.length + k];
          expect(Math.abs(sum - outputs[i])).toBeLessThan(1e-5);
        }
        expect([classHead.biases.length, targetHead.biases.length]).toEqual([2, 1]);
        if (hidden.length === 0) expect(values).toEqual(Float64Array.from(features.values));
      }
    }
  });

  it("hands on rectified units, so none is negative", async () => {
    const architecture = {
      features: features.names,
      hidden: [8],
      activation: "relu" as const,
      classes: ["x", "y"],
      targets: [],
    };
    const values = predictTargets(
      trunkAndHead({ ...architecture, weights: initialWeights(architecture, seededRandom(2)) }).trunk,
      makeMatrix(features.names, features.values),
      await makeTrainingEngine("simd"),
    );
    expect(Math.min(...values)).toBe(0);
    expect(Math.max(...values)).toBeGreaterThan(0);
  });
});
