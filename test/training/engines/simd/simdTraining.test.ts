import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeMatrix, selectMatrixRows } from "../../../../src/core/Matrix.js";
import { seededRandom } from "../../../../src/core/random/Random.js";
import { makeTrainingEngine } from "../../../../src/training/engines/makeTrainingEngine.js";
import { activationNames } from "../../../../src/training/Network.js";
import { predictProbabilities } from "../../../../src/training/predictProbabilities.js";
import { predictTargets } from "../../../../src/training/predictTargets.js";
import type { TrainingOptions } from "../../../../src/training/TrainingOptions.js";
import { trainingTask } from "../../../../src/training/trainingTask.js";
import { trainNetwork } from "../../../../src/training/trainNetwork.js";
import { argmax, learnable, normal, range } from "../../tasks.js";

const [simd, readable] = [await makeTrainingEngine("simd"), await makeTrainingEngine("typescript")];
const relative = (a: number, b: number): number => Math.abs(a - b) / Math.max(Math.abs(b), 1e-12);

describe("simdTraining", () => {
  it("gives the TypeScript engine's gradient within 2e-5 of its greatest entry, for any network", async () => {
    const shape = fc.record({
      seed: fc.integer({ min: 0, max: 1e6 }),
      rows: fc.integer({ min: 5, max: 60 }),
      batch: fc.integer({ min: 1, max: 60 }),
      features: fc.integer({ min: 1, max: 13 }),
      hidden: fc.array(fc.integer({ min: 1, max: 130 }), { maxLength: 3 }),
      classes: fc.constantFrom(0, 2, 3, 5, 9),
      targets: fc.integer({ min: 0, max: 3 }),
      activation: fc.constantFrom(...activationNames),
      dropout: fc.constantFrom(0, 0.1, 0.5),
      labelSmoothing: fc.constantFrom(0, 0.1),
      penalty: fc.constantFrom(0, 0.01),
    });
    await fc.assert(
      fc.asyncProperty(
        shape.filter(({ rows, classes, targets }) => classes + targets > 0 && rows >= classes),
        async ({
          seed,
          rows,
          batch,
          features: columns,
          hidden,
          classes,
          targets,
          activation,
          dropout,
          labelSmoothing,
          penalty,
        }) => {
          const random = seededRandom(seed);
          const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}`);
          const features = makeMatrix(
            names(columns),
            Float32Array.from({ length: rows * columns }, () => normal(random)),
          );
          const data = {
            features,
            ...(classes > 0
              ? { labels: Array.from({ length: rows }, (_, row) => row % classes), classes: names(classes) }
              : {}),
            ...(targets > 0
              ? {
                  targets: Float32Array.from({ length: rows * targets }, (_, i) =>
                    i >= targets && random() < 0.4 ? NaN : normal(random),
                  ),
                  targetNames: names(targets),
                }
              : {}),
            weights: Float32Array.from({ length: rows }, () => 0.1 + random()),
          };
          const { task } = trainingTask(data, { hidden, activation }, random, {
            batchSize: batch,
            dropout,
            labelSmoothing,
            l1: penalty,
            l2: penalty,
          });
          const order = range(0, Math.min(batch, rows));
          const [ours, theirs] = [await simd.open(task).gradient(order), await readable.open(task).gradient(order)];
          const greatest = theirs.values.reduce((most, slope) => Math.max(most, Math.abs(slope)), 1e-3);
          theirs.values.forEach((slope, i) => expect(Math.abs(ours.values[i] - slope)).toBeLessThan(2e-5 * greatest));
          for (const name of ["crossEntropy", "rowWeight", "squares", "targetWeight"] as const)
            expect(Math.abs(ours.sums[name] - theirs.sums[name])).toBeLessThan(1e-5 * Math.max(1, theirs.sums[name]));
        },
      ),
      { numRuns: 100 },
    );
  }, 60_000);

  const data = learnable(1500);
  const part = { train: range(0, 1000), tune: range(1000, 1200) };
  it.each([
    ["Adam with relu", {}, "relu"],
    ["AdamW with tanh and a cosine schedule", { optimizer: { name: "adamW" }, schedule: { name: "cosine" } }, "tanh"],
    [
      "momentum with gelu, clipping and both penalties",
      {
        optimizer: { name: "sgd", momentum: 0.9, nesterov: true },
        learningRate: 0.02,
        clipNorm: 0.5,
        l1: 1e-4,
        l2: 1e-3,
      },
      "gelu",
    ],
    [
      "dropout, smoothing and class weights with silu and steps",
      {
        dropout: 0.2,
        labelSmoothing: 0.1,
        classWeights: [2, 1, 1, 1, 3],
        schedule: { name: "step", every: 2, factor: 0.5 },
      },
      "silu",
    ],
    ["dropout with relu", { dropout: 0.3 }, "relu"],
  ] as const satisfies readonly (readonly [string, TrainingOptions, string])[])(
    "trains both heads like the TypeScript engine over 5 epochs, losses within 1e-4 and 999 of 1,000 classes alike: %s",
    async (_, options, activation) => {
      const [ours, theirs] = await Promise.all(
        (["simd", "typescript"] as const).map((engine) =>
          trainNetwork({ ...data, ...part }, { hidden: [40, 33], activation }, seededRandom(5), {
            ...options,
            epochs: 5,
            batchSize: 48,
            engine,
          }),
        ),
      );
      theirs.history.forEach(({ trainLoss, tuneLoss }, i) => {
        expect(relative(ours.history[i].trainLoss, trainLoss)).toBeLessThan(1e-4);
        expect(relative(ours.history[i].tuneLoss!, tuneLoss!)).toBeLessThan(1e-4);
      });
      const [a, b] = [ours, theirs].map(({ predictor }) => argmax(predictor.predict(data.features), 5));
      expect(a.filter((code, row) => code === b[row]).length / a.length).toBeGreaterThanOrEqual(0.999);
    },
  );

  it("predicts from a network like the TypeScript engine, probabilities within 1e-5, targets within 1e-5", async () => {
    const { network } = await trainNetwork({ ...data, ...part }, { hidden: [40, 33] }, seededRandom(5), { epochs: 3 });
    const compare = (a: Float64Array, b: Float64Array): void =>
      a.forEach((value, i) => expect(Math.abs(value - b[i])).toBeLessThan(1e-5));
    compare(predictProbabilities(network, data.features, simd), predictProbabilities(network, data.features, readable));
    compare(predictTargets(network, data.features, simd), predictTargets(network, data.features, readable));
    const probabilities = predictProbabilities(network, data.features, simd);
    for (let row = 0; row < data.features.rows; row++)
      expect(Math.abs(probabilities.subarray(5 * row, 5 * row + 5).reduce((a, b) => a + b) - 1)).toBeLessThan(1e-12);
  });

  it("gives the same bytes whichever networks and rows it was asked before", async () => {
    // Its memory is used again: what a wider network left there would be padding of a narrower one.
    const made = await Promise.all(
      (
        [
          [[130, 7], "tanh"],
          [[3], "relu"],
          [[64, 64, 64], "gelu"],
        ] as const
      ).map(async ([hidden, activation], i) => {
        const { network } = await trainNetwork(
          { ...data, ...part },
          { hidden: [...hidden], activation },
          seededRandom(i),
          { epochs: 1 },
        );
        return { network, features: selectMatrixRows(data.features, range(0, [40, 300, 7][i])) };
      }),
    );
    const asked = Array.from({ length: 30 }, (_, i) => made[(i * i) % made.length]);
    for (const { features, network } of asked) {
      const alone = await makeTrainingEngine("simd");
      expect(simd.outputs(network, features)).toEqual(alone.outputs(network, features));
    }
  });

  it("stays finite at logits far apart, where a plain exponential would overflow", async () => {
    const features = makeMatrix(["x"], Float32Array.from([-1e4, 1e4, -3e4, 3e4]));
    const trained = await trainNetwork(
      { features, labels: [0, 1, 1, 0], classes: ["n", "p"] },
      { hidden: [8] },
      seededRandom(1),
      { epochs: 3, learningRate: 1e-6 },
    );
    expect(trained.diverged).toBeNull();
    expect(trained.history.every(({ trainLoss }) => Number.isFinite(trainLoss))).toBe(true);
  });
});
