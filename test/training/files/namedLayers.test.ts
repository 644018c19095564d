import { describe, expect, it } from "vitest";
import { namedLayers } from "../../../src/training/files/namedLayers.js";
import type { Network } from "../../../src/training/Network.js";

/** Two inputs, one hidden unit, two classes and one target; weights count up from 1. */
const network: Network = {
  features: ["a", "b"],
  hidden: [1],
  activation: "tanh",
  classes: ["p", "q"],
  targets: ["size"],
  weights: Float32Array.from({ length: 9 }, (_, i) => i + 1),
};

describe("namedLayers", () => {
  it("names hidden layers and gives each head its own columns of the last layer", () => {
    expect(namedLayers(network)).toEqual([
      {
        name: "hidden_1",
        input: "features",
        inputs: 2,
        outputs: 1,
        activation: "tanh",
        kernel: Float32Array.of(1, 2),
        bias: Float32Array.of(3),
      },
      {
        name: "probabilities",
        input: "hidden_1",
        inputs: 1,
        outputs: 2,
        activation: "softmax",
        kernel: Float32Array.of(4, 5),
        bias: Float32Array.of(7, 8),
      },
      {
        name: "targets",
        input: "hidden_1",
        inputs: 1,
        outputs: 1,
        activation: "linear",
        kernel: Float32Array.of(6),
        bias: Float32Array.of(9),
      },
    ]);
  });

  it("brings targets back to their own units: scale · (x · kernel + bias) + mean", () => {
    expect(namedLayers(network, { targetScales: [{ mean: 100, scale: 10 }] })[2]).toMatchObject({
      kernel: Float32Array.of(60),
      bias: Float32Array.of(190),
    });
  });

  it("puts heads on the features where nothing is hidden, and leaves out the head that is not there", () => {
    const linear: Network = { ...network, hidden: [], targets: [], weights: Float32Array.of(1, 2, 3, 4, 5, 6) };
    expect(namedLayers(linear)).toEqual([
      {
        name: "probabilities",
        input: "features",
        inputs: 2,
        outputs: 2,
        activation: "softmax",
        kernel: Float32Array.of(1, 2, 3, 4),
        bias: Float32Array.of(5, 6),
      },
    ]);
  });

  it("refuses weights and scales that do not fit", () => {
    expect(() => namedLayers({ ...network, weights: new Float32Array(8) })).toThrow(
      "the network must have 9 weights; got 8",
    );
    expect(() => namedLayers(network, { targetScales: [] })).toThrow(
      "one scale per target is needed; got 0 for 1 targets",
    );
  });
});
