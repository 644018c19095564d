import { existsSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeMatrix, selectMatrixRows } from "../../src/core/Matrix.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { projectPath } from "../../src/io/projectPath.js";
import { makeTrainingEngine } from "../../src/training/engines/makeTrainingEngine.js";
import { pausingEngineNames, trainingEngineNames } from "../../src/training/engines/TrainingEngine.js";
import { pausedTrainingBytes } from "../../src/training/files/pausedTrainingBytes.js";
import { readPausedTraining } from "../../src/training/files/readPausedTraining.js";
import type { PausedTraining } from "../../src/training/PausedTraining.js";
import type { TrainingData } from "../../src/training/TrainingData.js";
import { trainingTask } from "../../src/training/trainingTask.js";
import type { TrainingOptions } from "../../src/training/TrainingOptions.js";
import { trainMany, type TrainingJob } from "../../src/training/trainMany.js";
import { type TrainedNetwork, trainNetwork } from "../../src/training/trainNetwork.js";
import { classesOf, learnable, range } from "./tasks.js";

const isBuilt = existsSync(projectPath("dist", "training", "trainingWorker.js"));
if (!isBuilt) console.warn("pauses in threads are tested by no test: dist is not here; run npm run build");

const data = learnable(260);
const rows = { train: range(0, 200), tune: range(200, 260) };
const layers = { hidden: [9, 5] };

/** All that a training gives but its predictor, and arrays as bytes. */
const plain = ({ predictor: _, ...training }: TrainedNetwork): unknown => ({
  ...training,
  network: { ...training.network, weights: Buffer.from(training.network.weights.buffer).toString("hex") },
});

const trained = (inputs: TrainingData, options: TrainingOptions): Promise<TrainedNetwork> =>
  trainNetwork(inputs, layers, seededRandom(3), options);

/** Through a file and back, as a study that was killed has it. */
const kept = (paused: PausedTraining): PausedTraining => readPausedTraining(pausedTrainingBytes(paused));

const cases: readonly (readonly [string, TrainingData, TrainingOptions])[] = [
  ["adam", { ...classesOf(data), ...rows }, {}],
  ["adam without tune rows", { ...classesOf(data), train: rows.train }, {}],
  [
    "adamW, dropout, cosine",
    { ...classesOf(data), ...rows },
    { optimizer: { name: "adamW", weightDecay: 0.1 }, dropout: 0.3, schedule: { name: "cosine" } },
  ],
  [
    "sgd with Nesterov's momentum, steps, clipping, penalties",
    { ...data, ...rows },
    {
      optimizer: { name: "sgd", momentum: 0.9, nesterov: true },
      schedule: { name: "step", every: 2, factor: 0.5 },
      clipNorm: 0.5,
      l1: 1e-4,
      l2: 1e-3,
      targetShare: 0.5,
    },
  ],
  ["patience that ends it", { ...classesOf(data), ...rows }, { learningRate: 0.2, patience: 2 }],
  [
    "weights of rows and smoothing",
    { ...data, ...rows, weights: data.labels.map((code) => code + 1) },
    { labelSmoothing: 0.1, patience: 3 },
  ],
];

describe.each(pausingEngineNames)("a training on the %s engine that pauses", (engine) => {
  it.each(cases)("goes on to the bytes of one that never did, wherever it pauses: %s", async (_, inputs, options) => {
    const all = { epochs: 7, batchSize: 48, learningRate: 0.01, ...options, engine };
    const whole = await trained(inputs, all);
    expect(whole).not.toHaveProperty("paused");
    for (let until = 1; until <= 8; until++) {
      const first = await trained(inputs, { ...all, until });
      expect(first.history).toEqual(whole.history.slice(0, until));
      if (first.paused === undefined) {
        expect(until).toBeGreaterThanOrEqual(whole.stoppedEpoch);
        expect(plain(first)).toEqual(plain(whole));
        continue;
      }
      expect(until).toBeLessThan(whole.stoppedEpoch);
      expect(plain(await trained(inputs, { ...all, from: kept(first.paused) }))).toEqual(plain(whole));
    }
  });

  it("goes on from pause to pause, with a network at each, the same whatever came before", async () => {
    const inputs = { ...classesOf(data), ...rows };
    const all = { epochs: 6, batchSize: 30, dropout: 0.2, engine };
    let paused: PausedTraining | undefined;
    for (let until = 1; until < 6; until++) {
      const step: TrainedNetwork = await trained(inputs, { ...all, until, from: paused });
      const atOnce = await trained(inputs, { ...all, until });
      expect(step).toMatchObject({ stoppedEpoch: until, paused: atOnce.paused });
      expect(plain(step)).toEqual(plain(atOnce));
      paused = step.paused;
    }
    expect(plain(await trained(inputs, { ...all, from: paused }))).toEqual(plain(await trained(inputs, all)));
  });

  it("learns something else if what the optimiser remembers were lost (planted)", async () => {
    const inputs = { ...classesOf(data), ...rows };
    const all = { epochs: 4, engine };
    const [whole, { paused }] = [await trained(inputs, all), await trained(inputs, { ...all, until: 2 })];
    for (const lost of ["first", "second"] as const) {
      const from = { ...paused!, state: { ...paused!.state, [lost]: paused!.state[lost].map(() => 0) } };
      const { network, history } = await trained(inputs, { ...all, from });
      expect(network.weights).not.toEqual(whole.network.weights);
      expect(history[2].trainLoss).not.toBe(whole.history[2].trainLoss);
    }
  });

  it("diverges where one that never paused does", async () => {
    const inputs = { features: makeMatrix(["x"], Float32Array.of(1)), targets: [1], targetNames: ["y"] };
    const go = (options: TrainingOptions): Promise<TrainedNetwork> =>
      trainNetwork(inputs, { hidden: [] }, seededRandom(3), {
        optimizer: { name: "sgd" },
        learningRate: 1.5,
        epochs: 2000,
        engine,
        ...options,
      });
    const whole = await go({});
    expect(whole.diverged).toMatch(/in epoch \d+ at learning rate 1.5;/);
    for (const until of [1, whole.stoppedEpoch - 1]) {
      const { paused } = await go({ until });
      expect(plain(await go({ from: kept(paused!) }))).toEqual(plain(whole));
    }
    expect(await go({ until: whole.stoppedEpoch })).not.toHaveProperty("paused");
  });

  it("goes on with the same rows standing elsewhere, and is not touched by what goes on from it", async () => {
    const all = { epochs: 4, engine };
    const { paused } = await trained({ ...classesOf(data), ...rows }, { ...all, until: 2 });
    const before = pausedTrainingBytes(paused!);
    const moved = range(60, 260);
    const [whole, resumed] = [
      await trained({ ...classesOf(data), ...rows }, all),
      await trained(
        {
          ...classesOf(data),
          features: selectMatrixRows(data.features, Uint32Array.from([...range(200, 260), ...rows.train])),
          labels: Array.from([...range(200, 260), ...rows.train], (row) => data.labels[row]),
          train: moved,
          tune: range(0, 60),
        },
        { ...all, from: paused },
      ),
    ];
    expect(plain(resumed)).toEqual(plain(whole));
    expect(pausedTrainingBytes(paused!)).toEqual(before);
  });

  it.each<[string, object, object, TrainingOptions, number, RegExp]>([
    ["a seed", {}, {}, {}, 4, /the same seed as here/],
    ["rows", { train: range(1, 200) }, {}, {}, 3, /the same training rows as here/],
    ["tune rows", { tune: range(201, 260) }, {}, {}, 3, /the same tune rows as here/],
    ["no tune rows", { tune: undefined }, {}, {}, 3, /the same tune rows as here, none; got [0-9a-f]/],
    ["labels", { labels: data.labels.map((code) => (code + 1) % 5) }, {}, {}, 3, /the same training rows as here/],
    ["a network", {}, { hidden: [9, 6] }, {}, 3, /the same hidden as here, \[9,6\]; got \[9,5\]; go on with the rows/],
    ["dropout", {}, {}, { dropout: 0.1 }, 3, /the same dropout as here, 0.1; got 0;/],
    ["epochs", {}, {}, { epochs: 9 }, 3, /the same epochs as here, 9; got 5/],
    ["an optimiser", {}, {}, { optimizer: { name: "sgd" } }, 3, /the same optimizer as here/],
    ["an end before it", {}, {}, { until: 2 }, 3, /before epoch 2, until which it is to train; got epoch 2; raise/],
  ])("refuses to go on with another training: %s", async (_, inputs, shape, options, seed, message) => {
    const own = { ...classesOf(data), ...rows };
    const { paused } = await trained(own, { epochs: 5, until: 2, engine });
    const all = { epochs: 5, engine, ...options, from: paused };
    await expect(
      trainNetwork({ ...own, ...inputs }, { ...layers, ...shape }, seededRandom(seed), all),
    ).rejects.toMatchObject({ name: "InputError", message: expect.stringMatching(message) as string });
  });

  it.each<[string, (paused: PausedTraining) => Partial<PausedTraining>, RegExp]>([
    ["NaN", ({ state }) => ({ state: { ...state, weights: state.weights.map(() => NaN) } }), /weights must be finite/],
    ["too few", ({ state }) => ({ state: { ...state, second: state.second.slice(1) } }), /152 numbers in second.*151/],
    ["an update", ({ state }) => ({ state: { ...state, step: state.step + 1 } }), /8 updates in 2 epochs; got 9;/],
    ["a best epoch", () => ({ bestEpoch: 3 }), /best epoch must be one of 2; got 3/],
    ["a record", ({ history }) => ({ history: [history[1], history[0]] }), /one record per epoch/],
  ])("refuses a pause that is not as it left it: %s", async (_, spoil, message) => {
    const inputs = { ...classesOf(data), ...rows };
    const { paused } = await trained(inputs, { epochs: 5, until: 2, engine });
    const from = { ...paused!, ...spoil(paused!) };
    await expect(trained(inputs, { epochs: 5, engine, from })).rejects.toThrow(message);
  });
});

describe("engines that pause", () => {
  it("are those whose sessions tell their state", async () => {
    const { task } = trainingTask({ ...classesOf(data), ...rows }, layers, seededRandom(1));
    for (const name of trainingEngineNames.filter((one) => !/webgpu|node/.test(one))) {
      const engine = await makeTrainingEngine(name);
      expect(engine.open(task).state !== undefined).toBe(pausingEngineNames.some((one) => one === name));
    }
  });

  it("are named where another one is to pause, alone and among many, and where another one paused", async () => {
    const inputs = { ...classesOf(data), ...rows };
    const message = /pause and go on with the engines simd and typescript alone; got tensorflow-wasm/;
    await expect(trained(inputs, { engine: "tensorflow-wasm", until: 2 })).rejects.toThrow(message);
    const jobs = ["simd", "tensorflow-wasm"] as const;
    await expect(
      trainMany(
        jobs.map((engine): TrainingJob => ({ data: inputs, layers, options: { engine, until: 2 } })),
        seededRandom(1),
      ),
    ).rejects.toThrow(message);
    const { paused } = await trained(inputs, { engine: "simd", until: 2 });
    await expect(trained(inputs, { engine: "typescript", from: paused })).rejects.toThrow(
      /the engine that it paused with, simd; got typescript/,
    );
  });

  it.each([0, 1.5, NaN])("refuse to pause at epoch %s", async (until) => {
    await expect(trained({ ...classesOf(data), ...rows }, { until })).rejects.toThrow(/until: must be a whole number/);
  });
});

describe.skipIf(!isBuilt)("trainMany at a rung", () => {
  it("pauses trials in threads, and trains those that are kept on to the bytes of one that never paused", async () => {
    const job = (trial: number, options: TrainingOptions): TrainingJob => ({
      data: { ...classesOf(data), ...rows },
      layers: { hidden: [4 + trial] },
      fork: trial,
      options: { epochs: 6, dropout: 0.1, engine: trial === 3 ? "typescript" : "simd", ...options },
    });
    const trials = [0, 1, 2, 3];
    const whole = await trainMany(
      trials.map((trial) => job(trial, {})),
      seededRandom(5),
    );
    const rung = await trainMany(
      trials.map((trial) => job(trial, { until: 2 })),
      seededRandom(5),
      { workers: 2 },
    );
    const survivors = [3, 1];
    const last = await trainMany(
      survivors.map((trial) => job(trial, { from: kept(rung[trial].paused!) })),
      seededRandom(5),
      { workers: 2 },
    );
    expect(last.map(plain)).toEqual(survivors.map((trial) => plain(whole[trial])));
    // Under another fork it would be another training.
    await expect(
      trainMany([{ ...job(1, { from: rung[1].paused }), fork: undefined }], seededRandom(5)),
    ).rejects.toThrow(/the same seed/);
  });
});

describe("readPausedTraining", () => {
  const paused = (engine: "simd" | "typescript"): Promise<TrainedNetwork> =>
    trained({ ...classesOf(data), ...rows }, { epochs: 5, until: 2, engine });

  it("gives back what pausedTrainingBytes was given, and equal pauses have equal bytes", async () => {
    for (const engine of pausingEngineNames) {
      const [one, other] = [(await paused(engine)).paused!, (await paused(engine)).paused!];
      expect(kept(one)).toEqual(one);
      expect(Buffer.from(pausedTrainingBytes(one)).equals(Buffer.from(pausedTrainingBytes(other)))).toBe(true);
    }
  });

  it("refuses bytes of which any one was changed, and any part of them (planted)", async () => {
    const bytes = pausedTrainingBytes((await paused("simd")).paused!);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = bytes.map((byte, i) => (i === at ? byte ^ by : byte));
        expect(() => readPausedTraining(changed, "trial-3.paused")).toThrow(/^trial-3.paused: .*train from the start/);
        expect(() => readPausedTraining(bytes.subarray(0, at))).toThrow(/train from the start/);
      }),
      { numRuns: 300 },
    );
  });

  it("refuses another version and other files, with what to do", async () => {
    const bytes = pausedTrainingBytes((await paused("simd")).paused!);
    const text = Buffer.from(bytes).toString("latin1");
    const other = Buffer.from(text.replace('"version":1', '"version":2'), "latin1");
    expect(() => readPausedTraining(other)).toThrow(/version 1, which this program reads; got version 2; train from/);
    for (const strange of ["", "PAR1", '{"a":1}\n', "null\n"])
      expect(() => readPausedTraining(Buffer.from(strange))).toThrow(/must begin with the line of a paused training/);
  });
});
