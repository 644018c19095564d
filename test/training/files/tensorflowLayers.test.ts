import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/core/Matrix.js";
import { tensorflowLayers } from "../../../src/training/files/tensorflowLayers.js";
import { anyArchitectures, anyFeatures, anyNetwork, farthest, ownAnswers } from "../anyNetwork.js";

interface ModelFile {
  readonly modelTopology: object;
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: tf.io.WeightsManifestEntry[];
  }[];
  readonly userDefinedMetadata: Record<string, unknown>;
}

/** Loads the two files as TensorFlow.js does, and gives the outputs by name. */
async function answers(
  files: ReturnType<typeof tensorflowLayers>,
  features: Matrix,
): Promise<Record<string, Float32Array>> {
  const { modelTopology, weightsManifest } = JSON.parse(files["model.json"] as string) as ModelFile;
  expect(weightsManifest.map(({ paths }) => paths)).toEqual([["weights.bin"]]);
  const weightData = Uint8Array.from(files["weights.bin"] as Uint8Array).buffer;
  const model = await tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
    { strict: true },
  );
  const outputs = [model.predict(tf.tensor2d(features.values, [features.rows, features.columns]))].flat();
  return Object.fromEntries(
    outputs.map((output, i) => [model.outputNames[i].split("/")[0], output.dataSync() as Float32Array]),
  );
}

describe("tensorflowLayers", () => {
  beforeAll(() => tf.setBackend("cpu"));

  it.each(anyArchitectures)(
    "loads in TensorFlow.js and answers within 1e-5 of our own predictor: %s",
    async (_, shape) => {
      const network = anyNetwork(shape);
      const features = anyFeatures(50);
      const theirs = await answers(tensorflowLayers(network), features);
      const ours = ownAnswers(network, features);
      expect(Object.keys(theirs)).toEqual(Object.keys(ours));
      for (const [head, values] of Object.entries(ours)) expect(farthest(values, theirs[head])).toBeLessThan(1e-5);
    },
  );

  it("answers in the targets' own units where it is told how they were standardised", async () => {
    const network = anyNetwork(anyArchitectures[0][1]);
    const features = anyFeatures(20);
    const targetScales = [
      { mean: 500, scale: 20 },
      { mean: 0.4, scale: 0.1 },
    ];
    const theirs = await answers(tensorflowLayers(network, { targetScales }), features);
    const ours = ownAnswers(network, features);
    expect(
      farthest(
        ours.targets.map((value, i) => targetScales[i % 2].mean + targetScales[i % 2].scale * value),
        theirs.targets,
      ),
    ).toBeLessThan(1e-5);
    expect(farthest(ours.probabilities, theirs.probabilities)).toBeLessThan(1e-5);
  });

  it("names features, classes and targets, and gives equal bytes for equal networks", () => {
    const network = anyNetwork(anyArchitectures[0][1]);
    const files = tensorflowLayers(network);
    expect((JSON.parse(files["model.json"] as string) as ModelFile).userDefinedMetadata).toEqual({
      features: ["temperature °C", "b", "c", "d"],
      classes: ["p", "q", "r"],
      targets: ["size", "yield"],
    });
    expect(tensorflowLayers(anyNetwork(anyArchitectures[0][1]))).toEqual(files);
  });

  it.each([
    [
      "too few weights",
      () => tensorflowLayers({ ...anyNetwork(anyArchitectures[0][1]), weights: new Float32Array(3) }),
      "the network must have 140 weights; got 3",
    ],
    [
      "too few scales",
      () => tensorflowLayers(anyNetwork(anyArchitectures[0][1]), { targetScales: [] }),
      "one scale per target is needed; got 0 for 2 targets",
    ],
  ])("refuses %s", (_, act, words) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(words);
  });
});
