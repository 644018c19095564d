import { describe, expect, it } from "vitest";
import type { Matrix } from "../../src/core/Matrix.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { shuffledRows } from "../../src/core/random/shuffledRows.js";
import type { TrainingOptions } from "../../src/training/TrainingOptions.js";
import { trainClassifier } from "../../src/training/trainClassifier.js";
import { trainNetwork } from "../../src/training/trainNetwork.js";
import { trainRegressor } from "../../src/training/trainRegressor.js";
import { accuracy, classesOf, learnable, range } from "./tasks.js";

const data = learnable(2000);
const split = { train: range(0, 1400), tune: range(1400, 1600) };
const test = range(1600, 2000);
const testLabels = Array.from(test, (row) => data.labels[row]);
const rowsOf = ({ columns, names, values }: Matrix, rows: Uint32Array): Matrix => ({
  rows: rows.length,
  columns,
  names,
  values: Float32Array.from(
    { length: rows.length * columns },
    (_, i) => values[rows[Math.floor(i / columns)] * columns + (i % columns)],
  ),
});
const testFeatures = rowsOf(data.features, test);
const quick: TrainingOptions = { epochs: 25, batchSize: 64, learningRate: 3e-3 };
const layers = { hidden: [32, 32] };
const train = (options: TrainingOptions = {}, seed = 3) =>
  trainNetwork({ ...classesOf(data), ...split }, layers, seededRandom(seed), { ...quick, ...options });

describe.each(["simd", "typescript"] as const)("trainNetwork on the %s engine", (engine) => {
  it("learns classes: above 70 % of 400 test rows, where chance is below 35 %", async () => {
    const { predictor, history, engine: by } = await train({ engine, epochs: 15 });
    expect(accuracy(predictor.predict(testFeatures), testLabels, 5)).toBeGreaterThan(0.7);
    expect(history.at(-1)!.trainLoss).toBeLessThan(history[0].trainLoss / 2);
    expect(by).toBe(engine);
  });

  it("falls to chance when the labels are permuted (planted)", async () => {
    const labels = Array.from(shuffledRows(range(0, 2000), seededRandom(9)), (row) => data.labels[row]);
    const { predictor } = await trainNetwork({ ...classesOf(data), labels, ...split }, layers, seededRandom(3), {
      ...quick,
      epochs: 15,
      engine,
    });
    const most =
      Math.max(...[0, 1, 2, 3, 4].map((code) => testLabels.filter((label) => label === code).length)) /
      testLabels.length;
    // Three standard errors above always naming the most frequent class.
    expect(
      accuracy(
        predictor.predict(testFeatures),
        Array.from(test, (row) => labels[row]),
        5,
      ),
    ).toBeLessThan(most + 3 * Math.sqrt((most * (1 - most)) / testLabels.length));
  });

  it("gives the same bytes for the same seed, others for another", async () => {
    const [a, b, c] = [
      await train({ engine, dropout: 0.2, epochs: 3 }),
      await train({ engine, dropout: 0.2, epochs: 3 }),
      await train({ engine, dropout: 0.2, epochs: 3 }, 4),
    ];
    expect(Buffer.from(a.network.weights.buffer).equals(Buffer.from(b.network.weights.buffer))).toBe(true);
    expect(a.history).toEqual(b.history);
    expect(Buffer.from(a.network.weights.buffer).equals(Buffer.from(c.network.weights.buffer))).toBe(false);
  });

  it("reads train and tune rows alone: with nonsense in all others the weights are the same bytes", async () => {
    const blind = { ...data.features, values: data.features.values.map((value, i) => (i < 1600 * 7 ? value : NaN)) };
    const labels = Array.from(data.labels, (label, row) => (row < 1600 ? label : 99));
    const options = { ...quick, engine, epochs: 6 };
    const [seeing, unseeing] = [
      await train({ engine, epochs: 6 }),
      await trainNetwork({ ...classesOf(data), features: blind, labels, ...split }, layers, seededRandom(3), options),
    ];
    expect(unseeing.network.weights).toEqual(seeing.network.weights);
    // And the tune rows do decide: others stop it elsewhere.
    const other = await trainNetwork(
      { ...classesOf(data), train: split.train, tune: range(1600, 1620) },
      layers,
      seededRandom(3),
      options,
    );
    expect(other.history.map(({ trainLoss }) => trainLoss)).toEqual(seeing.history.map(({ trainLoss }) => trainLoss));
    expect(other.history.map(({ tuneLoss }) => tuneLoss)).not.toEqual(seeing.history.map(({ tuneLoss }) => tuneLoss));
  });

  it("drops units in training only: the tune loss is that of the predictions", async () => {
    const { predictor, history } = await train({ engine, dropout: 0.5, epochs: 1 });
    const tune = rowsOf(data.features, split.tune);
    const probabilities = predictor.predict(tune);
    expect(predictor.predict(tune)).toEqual(probabilities);
    const loss =
      Array.from(split.tune, (row, i) => -Math.log(probabilities[5 * i + data.labels[row]])).reduce((a, b) => a + b) /
      split.tune.length;
    expect(Math.abs(history[0].tuneLoss! - loss)).toBeLessThan(1e-5);
  });

  it("reports a rate that diverges with its epoch and keeps the last good weights", async () => {
    const standard = { epochs: 50, optimizer: { name: "sgd" }, engine } as const;
    const hopeless = await trainRegressor(data.features, data.targets, data.targetNames, seededRandom(3), {
      hidden: [32],
      train: split.train,
      ...standard,
      learningRate: 1e6,
    });
    expect(hopeless.diverged).toMatch(/in epoch 1 at learning rate 1000000; lower the rate/);
    expect(hopeless).toMatchObject({ stoppedEpoch: 1, bestEpoch: 0, history: [] });
    expect(hopeless.network.weights.every(Number.isFinite)).toBe(true);

    // Goes well until the error, which doubles at each step, has left float32.
    const features = { rows: 1, columns: 1, names: ["x"], values: Float32Array.of(1) };
    const slow = await trainRegressor(features, [1], ["y"], seededRandom(3), {
      hidden: [],
      ...standard,
      epochs: 3000,
      learningRate: 1,
    });
    expect(slow.diverged).toMatch(/in epoch \d+ at learning rate 1;/);
    expect(slow.history).toHaveLength(slow.stoppedEpoch - 1);
    expect(slow.bestEpoch).toBe(slow.stoppedEpoch - 1);
    expect(slow.network.weights.every(Number.isFinite)).toBe(true);
  });

  it("learns targets with gaps, alone and beside classes over one trunk", async () => {
    const alone = await trainRegressor(data.features, data.targets, data.targetNames, seededRandom(3), {
      ...quick,
      ...layers,
      ...split,
      epochs: 15,
      engine,
    });
    const both = await trainNetwork({ ...data, ...split }, layers, seededRandom(3), { ...quick, epochs: 15, engine });
    for (const { predictor } of [alone, both]) {
      const predicted = predictor.predictTargets(testFeatures);
      for (const t of [0, 1]) {
        const known = Array.from(test, (row, i) => [data.targets[2 * row + t], predicted[2 * i + t]] as const).filter(
          ([target]) => !Number.isNaN(target),
        );
        const mean = known.reduce((sum, [target]) => sum + target, 0) / known.length;
        const explained =
          1 -
          known.reduce((sum, [target, guess]) => sum + (target - guess) ** 2, 0) /
            known.reduce((sum, [target]) => sum + (target - mean) ** 2, 0);
        expect(explained).toBeGreaterThan(0.7);
      }
    }
    expect(accuracy(both.predictor.predict(testFeatures), testLabels, 5)).toBeGreaterThan(0.6);
  });

  it("trains on one row, and on a list in which rows come several times", async () => {
    const one = await trainRegressor(data.features, data.targets, data.targetNames, seededRandom(1), {
      hidden: [4],
      train: Uint32Array.of(1600 + Array.from(test).findIndex((row) => !Number.isNaN(data.targets[2 * row + 1]))),
      epochs: 400,
      learningRate: 0.01,
      engine,
    });
    expect(one.history.at(-1)!.trainLoss).toBeLessThan(1e-3);
    const few = learnable(30);
    const often = await trainNetwork(
      { ...classesOf(few), train: Uint32Array.from({ length: 500 }, (_, i) => i % 30) },
      { hidden: [8] },
      seededRandom(1),
      { epochs: 2, batchSize: 64, engine },
    );
    expect(often.diverged).toBeNull();
  });
});

describe("trainNetwork", () => {
  it("stops when patience with the tune loss ends, with the weights of the best epoch", async () => {
    const noisy = Array.from(data.labels, (label, row) => (row % 2 === 0 ? label : row % 5));
    const inputs = { ...classesOf(data), labels: noisy, train: range(0, 300), tune: range(300, 500) };
    const { history, stoppedEpoch, bestEpoch, network } = await trainNetwork(
      inputs,
      { hidden: [64, 64] },
      seededRandom(3),
      { epochs: 200, learningRate: 3e-3, patience: 5 },
    );
    expect(stoppedEpoch).toBe(bestEpoch + 5);
    expect(stoppedEpoch).toBeLessThan(200);
    const losses = history.map(({ tuneLoss }) => tuneLoss!);
    expect(Math.min(...losses)).toBe(losses[bestEpoch - 1]);
    const again = await trainNetwork(inputs, { hidden: [64, 64] }, seededRandom(3), {
      epochs: bestEpoch,
      learningRate: 3e-3,
      patience: Infinity,
    });
    expect(again.network.weights).toEqual(network.weights);
  });

  it("ignores rows of weight 0", async () => {
    const weights = Float64Array.from(data.labels, (_, row) => (row < 700 ? 1 : 0));
    const spoiled = { ...classesOf(data), labels: Array.from(data.labels, (label, row) => (row < 700 ? label : 0)) };
    const options = { ...quick, epochs: 2, batchSize: 1400 };
    const [a, b] = await Promise.all(
      [spoiled, classesOf(data)].map((inputs) =>
        trainNetwork({ ...inputs, weights, train: split.train }, layers, seededRandom(3), options),
      ),
    );
    expect(a.network.weights).toEqual(b.network.weights);
  });

  it("weighs a class as if its rows came as many times", async () => {
    const weighted = await trainNetwork({ ...classesOf(data), train: range(0, 100) }, layers, seededRandom(3), {
      epochs: 1,
      batchSize: 1000,
      classWeights: [3, 1, 1, 1, 1],
    });
    const repeated = Uint32Array.from(
      [...range(0, 100)].flatMap((row) => (data.labels[row] === 0 ? [row, row, row] : [row])),
    );
    const copied = await trainNetwork({ ...classesOf(data), train: repeated }, layers, seededRandom(3), {
      epochs: 1,
      batchSize: 1000,
    });
    expect(Math.abs(weighted.history[0].trainLoss - copied.history[0].trainLoss)).toBeLessThan(1e-6);
  });

  it("tells every epoch, and ends when told to", async () => {
    const told: number[] = [];
    const { history, stoppedEpoch } = await train({ onProgress: ({ epoch }) => told.push(epoch) < 3 });
    expect(told).toEqual([1, 2, 3]);
    expect(stoppedEpoch).toBe(3);
    expect(history.map(({ epoch }) => epoch)).toEqual(told);
  });

  it("shrinks weights under l1 and l2 penalties", async () => {
    const size = async (options: TrainingOptions): Promise<number> =>
      (await train({ epochs: 8, ...options })).network.weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
    const free = await size({});
    expect(await size({ l1: 1e-2 })).toBeLessThan(0.5 * free);
    expect(await size({ l2: 1e-1 })).toBeLessThan(0.5 * free);
    expect(await size({ optimizer: { name: "adamW", weightDecay: 1 } })).toBeLessThan(0.9 * free);
  });

  it.each([
    [
      "a NaN among the features",
      {
        features: { ...data.features, values: data.features.values.map((value, i) => (i === 7 * 4 + 2 ? NaN : value)) },
      },
      {},
      /row 4, column c has NaN; impute or drop the row/,
    ],
    [
      "infinity among the features of tune",
      {
        features: {
          ...data.features,
          values: data.features.values.map((value, i) => (i === 7 * 1500 ? Infinity : value)),
        },
      },
      {},
      /row 1500, column a has Infinity/,
    ],
    [
      "a label that is no code",
      { labels: Array.from(data.labels, (label, row) => (row === 3 ? 5 : label)) },
      {},
      /codes from 0 to 4; row 3 of train has 5/,
    ],
    [
      "a class that is absent from training",
      { labels: Array.from(data.labels, (label, row) => (row < 1400 && label === 2 ? 1 : label)) },
      {},
      /"r" has none; split by strata/,
    ],
    ["no rows", { train: new Uint32Array() }, {}, /at least one row is needed to train on/],
    ["no tune rows", { tune: new Uint32Array() }, {}, /tune must have at least one row/],
    ["a row in train and tune", { tune: Uint32Array.of(1450, 12) }, {}, /got row 12 in train and tune/],
    ["a row that is not there", { tune: Uint32Array.of(2000) }, {}, /rows of tune must be below 2000; got 2000/],
    [
      "an infinite target",
      { targets: data.targets.map((target, i) => (i === 6 ? -Infinity : target)), targetNames: data.targetNames },
      {},
      /row 3 of train has -Infinity for u/,
    ],
    [
      "a target that is never known",
      { targets: data.targets.map((target, i) => (i % 2 === 1 ? NaN : target)), targetNames: data.targetNames },
      {},
      /v never is; leave it out/,
    ],
    ["neither labels nor targets", { labels: undefined, classes: undefined }, {}, /got neither/],
    ["negative weights", { weights: Array.from(data.labels, () => -1) }, {}, /at least 0; row 0 has -1/],
    ["zero epochs", {}, { epochs: 0 }, /epochs: must be a whole number from 1; got 0/],
    ["a learning rate of 0", {}, { learningRate: 0 }, /learningRate: must be above 0/],
    ["dropout of everything", {}, { dropout: 1 }, /dropout: must be in \[0, 0.99\]; got 1/],
    [
      "an unknown engine",
      {},
      { engine: "cuda" as "simd" },
      /engine: must be one of simd, typescript, .*, auto; got "cuda"/,
    ],
    ["too few class weights", {}, { classWeights: [1, 2] }, /one weight per class is needed; got 2 for 5/],
    [
      "an impossible momentum",
      {},
      { optimizer: { name: "sgd", momentum: 1 } as const },
      /momentum must be in \[0, 1\); got 1/,
    ],
  ])("refuses %s with a clear error", async (_, change, options, message) => {
    await expect(
      trainNetwork({ ...classesOf(data), ...split, ...change }, layers, seededRandom(1), options),
    ).rejects.toThrow(message);
  });

  it("is what trainClassifier and trainRegressor call, with two hidden layers of 96 by default", async () => {
    const { network, parameters } = await trainClassifier(data.features, data.labels, data.classes, seededRandom(3), {
      epochs: 1,
      ...split,
    });
    expect(network.hidden).toEqual([96, 96]);
    expect(parameters).toBe(7 * 96 + 96 + 96 * 96 + 96 + 96 * 5 + 5);
    expect(network.weights).toHaveLength(parameters);
  });
});
