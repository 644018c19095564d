import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../../src/core/Matrix.js";
import { type Random, seededRandom } from "../../../../src/core/random/Random.js";
import { makeTrainingEngine } from "../../../../src/training/engines/makeTrainingEngine.js";
import { activationNames } from "../../../../src/training/Network.js";
import { tensorflowTraining } from "../../../../src/training/engines/tensorflow/tensorflowTraining.js";
import type { TrainingTask } from "../../../../src/training/engines/TrainingEngine.js";
import type { TrainingOptions } from "../../../../src/training/TrainingOptions.js";
import { trainingTask } from "../../../../src/training/trainingTask.js";
import { trainNetwork } from "../../../../src/training/trainNetwork.js";
import { argmax, classesOf, learnable, normal, range } from "../../tasks.js";
import { availableBackends } from "./availableBackends.js";

const readable = await makeTrainingEngine("typescript");
const relative = (a: number, b: number): number => Math.abs(a - b) / Math.max(Math.abs(b), 1e-12);
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}`);
const data = learnable(1500);
const part = { train: range(0, 1000), tune: range(1000, 1200) };

const trainings = [
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
    "plain descent with dropout, smoothing and class weights, silu and steps",
    {
      optimizer: { name: "sgd" },
      learningRate: 0.05,
      dropout: 0.2,
      labelSmoothing: 0.1,
      classWeights: [2, 1, 1, 1, 3],
      schedule: { name: "step", every: 2, factor: 0.5 },
    },
    "silu",
  ],
  ["dropout with relu", { dropout: 0.3 }, "relu"],
] as const satisfies readonly (readonly [string, TrainingOptions, string])[];

/** Milliseconds; software cards need them. */
const patience = 180_000;

describe.each(await availableBackends())("tensorflowTraining on %s", (backend) => {
  // A software card takes long to compile its programs, which it does anew for every number of members.
  const isSlow = backend === "webgpu";

  it(
    "gives the gradient of the TypeScript engine within 2e-5 of its greatest entry: " +
      "any widths, heads, batch, activation, masks, penalties, smoothing, weights",
    async () => {
      const engine = await tensorflowTraining(backend);
      const shape = fc.record({
        seed: fc.integer({ min: 0, max: 1e6 }),
        rows: fc.integer({ min: 9, max: 40 }),
        batch: fc.integer({ min: 1, max: 40 }),
        features: fc.integer({ min: 1, max: 9 }),
        hidden: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
        classes: fc.constantFrom(0, 2, 3, 9),
        targets: fc.integer({ min: 0, max: 3 }),
        activation: fc.constantFrom(...activationNames),
        dropout: fc.constantFrom(0, 0.5),
        labelSmoothing: fc.constantFrom(0, 0.1),
        penalty: fc.constantFrom(0, 0.01),
      });
      await fc.assert(
        fc.asyncProperty(
          shape.filter(({ classes, targets }) => classes + targets > 0),
          async ({ seed, batch, ...of }) => {
            const task = randomTask(seededRandom(seed), { ...of, batch });
            const order = range(0, Math.min(batch, of.rows));
            const [ours, theirs] = [await engine.open(task).gradient(order), await readable.open(task).gradient(order)];
            const greatest = theirs.values.reduce((most, slope) => Math.max(most, Math.abs(slope)), 1e-3);
            theirs.values.forEach((slope, i) => expect(Math.abs(ours.values[i] - slope)).toBeLessThan(2e-5 * greatest));
            for (const name of ["crossEntropy", "rowWeight", "squares", "targetWeight"] as const)
              expect(Math.abs(ours.sums[name] - theirs.sums[name])).toBeLessThan(1e-5 * Math.max(1, theirs.sums[name]));
          },
        ),
        { numRuns: backend === "wasm" ? 60 : 15 },
      );
    },
    patience,
  );

  it.each(isSlow ? trainings.slice(1, 4) : trainings)(
    "trains both heads like the TypeScript engine over 5 epochs, losses within 1e-4 and 999 of 1,000 classes alike: %s",
    async (_, options, activation) => {
      const [ours, theirs] = await Promise.all(
        ([`tensorflow-${backend}`, "typescript"] as const).map((engine) =>
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
      expect(ours).toMatchObject({
        engine: `tensorflow-${backend}`,
        engineReason: expect.stringMatching(/^asked for; computes on ./) as string,
      });
    },
    patience,
  );

  it("gives the same bytes for the same seed", async () => {
    const [a, b] = await Promise.all(
      [1, 2].map(() =>
        trainNetwork({ ...data, ...part }, { hidden: [20] }, seededRandom(5), {
          epochs: 2,
          dropout: 0.2,
          engine: `tensorflow-${backend}`,
        }),
      ),
    );
    expect(Buffer.from(a.network.weights.buffer).equals(Buffer.from(b.network.weights.buffer))).toBe(true);
  });

  it("leaves no tensor behind, whatever a session is asked", async () => {
    const session = (await tensorflowTraining(backend)).open(
      randomTask(seededRandom(1), { ...plain, rows: 100, batch: 30 }),
    );
    const before = tf.memory();
    for (let i = 0; i < 3; i++) {
      await session.epoch(range(0, 100), 1e-3);
      await session.loss(range(0, 100));
      await session.gradient(range(0, 30));
    }
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numBytes).toBe(before.numBytes);
  });

  it(
    "packed, trains each member as it would alone, within 1e-5, though they differ in rows and some sit out: " +
      "for sgd with momentum and Adam",
    async () => {
      const engine = await tensorflowTraining(backend);
      for (const optimizer of [{ name: "adamW" }, { name: "sgd", momentum: 0.9 }] as const) {
        const options = { batchSize: 32, optimizer, dropout: 0.2, l2: 1e-3, clipNorm: 0.7 };
        const tasks = (isSlow ? [1, 2] : [1, 2, 3, 4]).map(
          (seed) => trainingTask(data, { hidden: [16, 8] }, seededRandom(seed), options).task,
        );
        const rows = [range(0, 200), range(200, 370), range(100, 193), range(0, 200)];
        const epochs = isSlow
          ? [[0, 1], [1]]
          : [
              [0, 1, 2, 3],
              [0, 2],
              [2, 3],
            ];
        const pack = engine.openPacked!(tasks);
        const alone = tasks.map((task) => engine.open(task));
        for (const [epoch, members] of epochs.entries()) {
          const turns = members.map((member) => ({ member, rows: rows[member], rate: 1e-2 / (1 + member + epoch) }));
          const together = await pack.epoch(turns);
          const losses = await pack.loss(turns);
          for (const [i, { member, rate }] of turns.entries()) {
            const [apart, loss] = [
              await alone[member].epoch(rows[member], rate),
              await alone[member].loss(rows[member]),
            ];
            for (const name of ["crossEntropy", "rowWeight", "squares", "targetWeight"] as const) {
              expect(relative(together[i][name], apart[name])).toBeLessThan(1e-5);
              expect(relative(losses[i][name], loss[name])).toBeLessThan(1e-5);
            }
          }
        }
        for (const [member, session] of alone.entries()) {
          const [ours, theirs] = [pack.weights(member), await session.weights()];
          ours.forEach((weight, i) => expect(Math.abs(weight - theirs[i])).toBeLessThan(1e-5));
          expect(ours).not.toEqual(tasks[member].weights);
        }
      }
    },
    patience,
  );
});

describe("tensorflowTraining", () => {
  it("refuses to pack trainings of other shapes or options, and names the first", async () => {
    const engine = await tensorflowTraining("cpu");
    const task = (hidden: number[], options: TrainingOptions = {}): TrainingTask =>
      trainingTask(classesOf(data), { hidden }, seededRandom(1), options).task;
    expect(() => engine.openPacked!([task([8]), task([8]), task([9])])).toThrow("number 2 differs from the first");
    expect(() => engine.openPacked!([task([8]), task([8], { l2: 0.1 })])).toThrow("number 1 differs from the first");
  });

  it("leaves other users of TensorFlow.js their backend", async () => {
    const session = (await tensorflowTraining("cpu")).open(randomTask(seededRandom(1), plain));
    await tensorflowTraining("wasm");
    await tf.setBackend("wasm");
    const epoch = session.epoch(range(0, 20), 1e-3);
    expect(tf.getBackend()).toBe("wasm");
    await epoch;
    expect(tf.getBackend()).toBe("wasm");
  });
});

interface TaskShape {
  readonly rows: number;
  readonly batch: number;
  readonly features: number;
  readonly hidden: readonly number[];
  readonly classes: number;
  readonly targets: number;
  readonly activation: (typeof activationNames)[number];
  readonly dropout: number;
  readonly labelSmoothing: number;
  readonly penalty: number;
}

const plain: TaskShape = {
  rows: 20,
  batch: 8,
  features: 4,
  hidden: [6, 5],
  classes: 3,
  targets: 2,
  activation: "gelu",
  dropout: 0.2,
  labelSmoothing: 0.1,
  penalty: 0.01,
};

/** A task on noise, a third of whose targets are unknown. */
function randomTask(
  random: Random,
  { rows, batch, features: columns, hidden, classes, targets, activation, dropout, labelSmoothing, penalty }: TaskShape,
): TrainingTask {
  const features = makeMatrix(
    names(columns),
    Float32Array.from({ length: rows * columns }, () => normal(random)),
  );
  const inputs = {
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
  return trainingTask(inputs, { hidden, activation }, random, {
    batchSize: batch,
    dropout,
    labelSmoothing,
    l1: penalty,
    l2: penalty,
  }).task;
}
