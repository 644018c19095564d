import { describe, expect, it } from "vitest";
import { philoxKey } from "../../src/core/random/philoxKey.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { dropoutFactors } from "../../src/training/dropoutFactors.js";
import type { Activation, Network } from "../../src/training/Network.js";
import { thinnedNetwork } from "../../src/training/thinnedNetwork.js";
import { forwardPass } from "../../src/training/engines/typescript/forwardPass.js";
import { goldenArchitecture, goldenInputs, goldenWeights } from "./goldenNetwork.js";

const networkOf = (activation: Activation): Network => ({
  ...goldenArchitecture(activation),
  weights: Float32Array.from(goldenWeights),
});

describe("thinnedNetwork", () => {
  it("computes what training computes under the masks of one row, whatever the activation", () => {
    for (const activation of ["relu", "tanh", "gelu", "silu"] as const) {
      const network = networkOf(activation);
      const key = philoxKey(seededRandom(4));
      const masked = forwardPass(network, network.weights, goldenInputs, (layer) =>
        dropoutFactors(network.hidden[layer], 0.3, key, { layer, row: 0, step: 1 }),
      ).values.at(-1)!;
      const thinned = thinnedNetwork(network, 0.3, seededRandom(4));
      const plain = forwardPass(thinned, thinned.weights, goldenInputs, null).values.at(-1)!;
      // Factors met weights in float32.
      plain.forEach((value, i) => expect(Math.abs(value - masked[i])).toBeLessThan(1e-6));
    }
  });

  it("leaves the network as it was, and keeps every unit on average", () => {
    const network = networkOf("relu");
    const before = Float32Array.from(network.weights);
    const mean = new Float64Array(before.length);
    const draws = 4000;
    for (let i = 0; i < draws; i++)
      thinnedNetwork(network, 0.5, seededRandom(1).fork(i)).weights.forEach((weight, j) => (mean[j] += weight / draws));
    expect(network.weights).toEqual(before);
    // A weight is 0 or doubled: its mean has standard error |weight| / √4000.
    mean.forEach((one, j) =>
      expect(Math.abs(one - before[j])).toBeLessThanOrEqual((5 * Math.abs(before[j])) / Math.sqrt(draws) + 1e-6),
    );
  });

  it("refuses a rate of 0 and a network without hidden layers", () => {
    expect(() => thinnedNetwork(networkOf("relu"), 0, seededRandom(1))).toThrow("one trained without has no masks");
    expect(() => thinnedNetwork({ ...networkOf("relu"), hidden: [] }, 0.2, seededRandom(1))).toThrow(
      "must have a hidden layer",
    );
  });
});
