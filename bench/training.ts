import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { makeMatrix, type Matrix } from "../dist/core/Matrix.js";
import { seededRandom } from "../dist/core/random/Random.js";
import type * as tfjs from "@tensorflow/tfjs";
import { layersOf } from "../dist/training/layersOf.js";
import { makeTrainingEngine } from "../dist/training/engines/makeTrainingEngine.js";
import { shuffledRows } from "../dist/core/random/shuffledRows.js";
import { meanLoss, type TrainingEngine, type TrainingEngineName } from "../dist/training/engines/TrainingEngine.js";
import { trainingTask } from "../dist/training/trainingTask.js";
import { projectPath } from "../src/io/projectPath.js";
import { missingPeer } from "./missingPeer.js";

// Training of a network 22-96-96-5 (12,005 parameters) by Adam on 10,000 rows, one thread each: our engines against
// PyTorch from the same first weights, and against TensorFlow.js on WebAssembly, as its own gradients and Adam do it
// and as our tensorflow engines do, alone and packed. The peer of PyTorch is bench/peers/train_torch.py; it needs a
// Python with torch (python3 -m venv peer && peer/bin/pip install torch numpy), named by PEER_PYTHON, or python3.
//
// Where others use the machine too, wall times say little; processor time stands beside them, and the best
// epoch counts, which others' work disturbs least.
//
// What is measured comes from dist, and what starts workers runs in a child without tsx, as in bench/generation.ts.

const rows = 10_000;
const columns = 22;
const classes = ["a", "b", "c", "d", "e"];
const layers = { hidden: [96, 96] };
const batches = [256, 64] as const;
const epochs = 20;
/** The epoch whose losses are compared. */
const comparedEpoch = 8;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "twin-bench-"));
  try {
    console.log(`training 22-96-96-5, Adam, ${rows} rows; load ${loadavg()[0].toFixed(2)}`);
    const data = inputs(rows);
    const [simd, readable] = [await makeTrainingEngine("simd"), await makeTrainingEngine("typescript")];
    // The peer runs between two halves of ours, so that a slow spell of the machine does not meet one of them alone.
    const before = batches.map((batch) => train(simd, data, batch, epochs));
    const peer = torchPeer(data, folder);
    const after = batches.map((batch) => train(simd, data, batch, epochs));
    batches.forEach((batch, i) => {
      const ours = { runs: [...before[i].runs, ...after[i].runs], losses: before[i].losses };
      report(`simd engine, batches of ${batch}`, ours.runs);
      if (peer !== null) againstTorch(peer, batch, ours);
      const slow = train(readable, data, batch, 3);
      report(`typescript engine, batches of ${batch}`, slow.runs);
      verdict("typescript to simd, processor time", timesOf(slow.runs).processor / timesOf(ours.runs).processor, "x", {
        least: 5,
      });
    });
    for (const [name, options] of [
      ["dropout 0.2", { dropout: 0.2 }],
      ["gelu", {}],
    ] as const) {
      report(
        `simd engine, batches of 256, ${name}`,
        train(simd, data, 256, 10, options, name === "gelu" ? "gelu" : "relu").runs,
      );
    }
    await tensorflow(data);
    threads(folder);
    console.log(`load at the end ${loadavg()[0].toFixed(2)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Inputs {
  readonly features: Matrix;
  readonly labels: Int32Array;
}

/** Classes that follow from the features by waves, with something to learn for many epochs. */
function inputs(count: number): Inputs {
  const random = seededRandom(1).fork("bench");
  const values = Float32Array.from(
    { length: count * columns },
    () => 1.7 * (random() + random() + random() + random() - 2),
  );
  const score = (row: number, code: number): number => {
    let sum = 0;
    for (let column = 0; column < columns; column++)
      sum += Math.sin(values[row * columns + column] * (1 + code / 3) + column * code);
    return sum;
  };
  const labels = Int32Array.from({ length: count }, (_, row) =>
    classes.reduce((best, _name, code) => (score(row, code) > score(row, best) ? code : best), 0),
  );
  return {
    features: makeMatrix(
      Array.from({ length: columns }, (_, i) => `x${i}`),
      values,
    ),
    labels,
  };
}

interface Training {
  readonly runs: readonly Run[];
  readonly losses: readonly number[];
}

function prepare(
  { features, labels }: Inputs,
  batchSize: number,
  options: object = {},
  activation: "relu" | "gelu" = "relu",
): ReturnType<typeof trainingTask> {
  return trainingTask({ features, labels, classes }, { ...layers, activation }, seededRandom(3), {
    batchSize,
    ...options,
  });
}

/** Epoch after epoch, the order of rows included. */
function train(
  engine: TrainingEngine,
  data: Inputs,
  batchSize: number,
  count: number,
  options: object = {},
  activation: "relu" | "gelu" = "relu",
): Training {
  const { task, train: all } = prepare(data, batchSize, options, activation);
  const session = engine.open(task);
  const orders = seededRandom(3).fork("order");
  const losses: number[] = [];
  const runs = Array.from({ length: count }, (_, epoch) =>
    timed(() => {
      const sums = session.epoch(shuffledRows(all, orders.fork(epoch + 1)), 1e-3);
      if (sums instanceof Promise) throw new Error("the engines of this bench answer at once");
      losses.push(meanLoss(sums, 1));
    }),
  );
  return { runs, losses };
}

// --- PyTorch --------------------------------------------------------------------------------------------------------

interface Peer {
  readonly torch: string;
  /** By batch size and kind of Adam. */
  readonly trainings: Readonly<Record<string, Readonly<Record<string, Training>>>>;
}

function torchPeer(data: Inputs, folder: string): Peer | null {
  const python = process.env.PEER_PYTHON ?? "python3";
  if (spawnSync(python, ["-c", "import torch, numpy"]).status !== 0) {
    console.log(missingPeer(python, "torch", "torch numpy"));
    return null;
  }
  writeFileSync(join(folder, "features.f32"), data.features.values);
  writeFileSync(join(folder, "labels.i32"), data.labels);
  writeFileSync(join(folder, "weights.f32"), prepare(data, 64).task.weights);
  const { status, stdout, stderr } = spawnSync(
    python,
    [
      projectPath("bench", "peers", "train_torch.py"),
      folder,
      "--epochs",
      String(epochs),
      "--batch",
      ...batches.map(String),
    ],
    { encoding: "utf8", env: { ...process.env, OMP_NUM_THREADS: "1" } },
  );
  if (status !== 0) throw new Error(`the peer failed: ${stderr}`);
  return JSON.parse(stdout) as Peer;
}

/** Another order of rows is another loss; after this many epochs by so much at most. */
const mostDifference = 0.03;
const bars: Readonly<Record<number, number>> = { 256: 0.8, 64: 0.4 };

function againstTorch({ torch, trainings }: Peer, batch: number, ours: Training): void {
  const kinds = Object.entries(trainings[batch]).sort(([, a], [, b]) => timesOf(a.runs).best - timesOf(b.runs).best);
  const [kind, theirs] = kinds[0];
  report(`PyTorch ${torch}, batches of ${batch}, ${kind} Adam`, theirs.runs);
  const [a, b] = [ours.losses[comparedEpoch - 1], theirs.losses[comparedEpoch - 1]];
  if (!(Math.abs(a - b) <= mostDifference * b)) {
    console.log(
      "NO RATIO: the peer does not learn the same: " +
        `loss ${b.toFixed(4)} after ${comparedEpoch} epochs, ours ${a.toFixed(4)}`,
    );
    process.exitCode = 1;
    return;
  }
  note(`loss after ${comparedEpoch} epochs ${a.toFixed(4)}, PyTorch's ${b.toFixed(4)}`);
  const most = bars[batch];
  const [mine, its] = [timesOf(ours.runs), timesOf(theirs.runs)];
  verdict(`simd to PyTorch, batches of ${batch}, best epoch`, mine.best / its.best, "x", { most });
  verdict(`simd to PyTorch, batches of ${batch}, median epoch`, mine.median / its.median, "x", { most });
  verdict(`simd to PyTorch, batches of ${batch}, processor time`, mine.processor / its.processor, "x", { most });
}

// --- TensorFlow.js --------------------------------------------------------------------------------------------------

async function tensorflow(data: Inputs): Promise<void> {
  const simd = await makeTrainingEngine("simd");
  for (const batch of batches) {
    const before = train(simd, data, batch, 8);
    const its = await trainTensorflow(data, batch, 6);
    const wasm = await trainPacked("tensorflow-wasm", data, batch, 1, 6);
    const ours = { ...before, runs: [...before.runs, ...train(simd, data, batch, 8).runs] };
    report(`simd engine, batches of ${batch}, in the same run`, ours.runs);
    report(`TensorFlow.js 4.22 wasm, its own gradients, batches of ${batch}`, its.runs);
    report(`tensorflow-wasm engine, batches of ${batch}`, wasm.runs);
    const [a, b, c] = [ours, its, wasm].map(({ losses }) => losses[5]);
    note(
      `loss after 6 epochs ${a.toFixed(5)}, TensorFlow.js's ${b.toFixed(5)}, ` +
        `the tensorflow-wasm engine's ${c.toFixed(5)}`,
    );
    if (!(Math.abs(a - b) <= 1e-3 * b && Math.abs(a - c) <= 1e-3 * c)) {
      console.log("NO RATIO: they do not learn the same");
      process.exitCode = 1;
      continue;
    }
    verdict(
      `simd to TensorFlow.js wasm, batches of ${batch}, processor time`,
      timesOf(its.runs).processor / timesOf(ours.runs).processor,
      "x",
      { least: 15 },
    );
    note(`to the tensorflow-wasm engine ${(timesOf(wasm.runs).processor / timesOf(ours.runs).processor).toFixed(1)} x`);
  }
  report("tensorflow-cpu engine, batches of 256", (await trainPacked("tensorflow-cpu", data, 256, 1, 2)).runs);
  // What packing saves is the handling of operations, which counts where they are small.
  const few = {
    features: makeMatrix(data.features.names, data.features.values.subarray(0, 1000 * columns)),
    labels: data.labels.subarray(0, 1000),
  };
  for (const [engine, hidden] of [
    ["tensorflow-wasm", [96, 96]],
    ["tensorflow-wasm", [16]],
    ["tensorflow-cpu", [16]],
  ] as const) {
    const [alone, packed] = [
      await trainPacked(engine, few, 32, 1, 6, hidden),
      await trainPacked(engine, few, 32, 10, 6, hidden),
    ];
    const [one, ten] = [timesOf(alone.runs).processor, timesOf(packed.runs).processor];
    note(
      `${engine}, hidden [${hidden.join(", ")}], batches of 32, 1,000 rows: ` +
        `ten packed trainings take ${(ten / one).toFixed(1)} times one, ` +
        `${((10 * one) / ten).toFixed(2)} x faster than apart`,
    );
  }
}

/** A pack of the same training several times. */
async function trainPacked(
  name: TrainingEngineName,
  data: Inputs,
  batchSize: number,
  members: number,
  count: number,
  hidden: readonly number[] = layers.hidden,
): Promise<Training> {
  const { task, train: all } = trainingTask({ ...data, classes }, { hidden }, seededRandom(3), { batchSize });
  const pack = (await makeTrainingEngine(name)).openPacked!(Array.from({ length: members }, () => task));
  const orders = seededRandom(3).fork("order");
  const losses: number[] = [];
  const runs: Run[] = [];
  for (let epoch = 1; epoch <= count; epoch++) {
    runs.push(
      await timedLater(async () => {
        const rows = shuffledRows(all, orders.fork(epoch));
        const [sums] = await pack.epoch(Array.from({ length: members }, (_, member) => ({ member, rows, rate: 1e-3 })));
        losses.push(meanLoss(sums, 1));
      }),
    );
  }
  return { runs, losses };
}

/** The same training as a user of TensorFlow.js would write it. */
async function trainTensorflow(data: Inputs, batchSize: number, count: number): Promise<Training> {
  const tf = await import("@tensorflow/tfjs");
  await import("@tensorflow/tfjs-backend-wasm");
  await tf.setBackend("wasm");
  const { task, train: all } = prepare(data, batchSize);
  const variables = layersOf(task.architecture).flatMap(({ inputs, outputs, weights, biases }) => [
    tf.variable(tf.tensor2d(task.weights.slice(weights, biases), [inputs, outputs])),
    tf.variable(tf.tensor1d(task.weights.slice(biases, biases + outputs))),
  ]);
  const forward = (x: tfjs.Tensor): tfjs.Tensor => {
    let values = x;
    for (let i = 0; i < variables.length; i += 2) {
      const sums = tf.add(tf.matMul(values as tfjs.Tensor2D, variables[i] as tfjs.Tensor2D), variables[i + 1]);
      values = i + 2 < variables.length ? tf.relu(sums) : sums;
    }
    return values;
  };
  const adam = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  const [features, labels] = [
    tf.tensor2d(data.features.values, [rows, columns]),
    tf.oneHot(tf.tensor1d(data.labels, "int32"), classes.length),
  ];
  const orders = seededRandom(3).fork("order");
  const losses: number[] = [];
  const runs: Run[] = [];
  for (let epoch = 1; epoch <= count; epoch++) {
    runs.push(
      await timedLater(async () => {
        const order = shuffledRows(all, orders.fork(epoch));
        const sums: tfjs.Tensor[] = [];
        for (let first = 0; first < rows; first += batchSize) {
          const some = Int32Array.from(order.subarray(first, first + batchSize));
          sums.push(
            tf.tidy(() => {
              const batch = tf.tensor1d(some, "int32");
              const [x, y] = [tf.gather(features, batch), tf.gather(labels, batch)];
              return tf.mul(
                adam.minimize(() => tf.losses.softmaxCrossEntropy(y, forward(x)), true, variables)!,
                some.length,
              );
            }),
          );
        }
        const total = tf.tidy(() => tf.addN(sums));
        losses.push((await total.data())[0] / rows);
        tf.dispose([total, ...sums]);
      }),
    );
  }
  tf.dispose([features, labels, ...variables]);
  return { runs, losses };
}

// --- threads --------------------------------------------------------------------------------------------------------

interface Crew {
  readonly one: Run;
  readonly two: Run;
  readonly ensemble: Run;
  readonly sameWeights: boolean;
}

/** Eight trainings with one and with two workers, then 5 folds of 5 members on 20,000 rows for 30 epochs with two. */
function threads(folder: string): void {
  const { features, labels } = inputs(2 * rows);
  writeFileSync(join(folder, "features20.f32"), features.values);
  writeFileSync(join(folder, "labels20.i32"), labels);
  const { one, two, ensemble, sameWeights } = inChild<Crew>(
    folder,
    `
    const { readFileSync } = await import("node:fs");
    const { makeMatrix } = await import(${compiled("core/Matrix.js")});
    const { seededRandom } = await import(${compiled("core/random/Random.js")});
    const { trainMany } = await import(${compiled("training/trainMany.js")});
    const { workerPool } = await import(${compiled("core/threads/workerPool.js")});
    const read = (name) => readFileSync(${JSON.stringify(folder)} + "/" + name);
    const values = new Float32Array(new SharedArrayBuffer(4 * ${2 * rows} * ${columns}));
    values.set(new Float32Array(new Uint8Array(read("features20.f32")).buffer));
    const features = makeMatrix(Array.from({ length: ${columns} }, (_, i) => "x" + i), values);
    const labels = new Int32Array(new Uint8Array(read("labels20.i32")).buffer);
    const classes = ${JSON.stringify(classes)};
    const data = { features, labels, classes };
    const job = (train, options) => ({ data: { ...data, train }, layers: { hidden: [96, 96] }, options });
    const all = Uint32Array.from({ length: ${2 * rows} }, (_, i) => i);
    const some = Array.from({ length: 8 }, () => job(all.subarray(0, ${rows}), { epochs: 40, batchSize: 256 }));
    const answers = [];
    const trained = (workers) => trainMany(some, seededRandom(1), { workers });
    const crew = async (workers) => timed(async () => answers.push(await trained(workers)));
    await trainMany(some.slice(0, 1), seededRandom(1));
    const [one, two] = [await crew(1), await crew(2)];
    const folds = Array.from({ length: 25 }, (_, i) => {
      const train = all.filter((row) => row % 5 !== i % 5);
      return job(train, { epochs: 30, batchSize: 256 });
    });
    const ensemble = await timed(() => trainMany(folds, seededRandom(2), { workers: 2 }));
    const bytes = ([trained]) => Buffer.concat(trained.map(({ network }) => Buffer.from(network.weights.buffer)));
    answer({ one, two, ensemble, sameWeights: bytes([answers[0]]).equals(bytes([answers[1]])) });`,
  );
  report("8 trainings of 40 epochs, 10,000 rows, 1 worker", [one]);
  report("8 trainings of 40 epochs, 10,000 rows, 2 workers", [two]);
  verdict("two workers to one, wall time", one.seconds / two.seconds, "x", { least: 1.7 });
  note(
    `by processor time ${((2 * one.processorSeconds) / two.processorSeconds).toFixed(2)} x ` +
      `if each had a processor to itself; weights ${sameWeights ? "are the same bytes" : "DIFFER"}`,
  );
  if (!sameWeights) process.exitCode = 1;
  report("5 folds of 5 members, 20,000 rows, 30 epochs, 2 workers", [ensemble]);
  verdict("5 folds of 5 members, wall time", ensemble.seconds, "s", { most: 60 });
  verdict("5 folds of 5 members, half of the processor time", ensemble.processorSeconds / 2, "s", { most: 60 });
}

/** Runs a module in a process of its own, without tsx; what it gives to `answer`. */
function inChild<Answer>(folder: string, source: string): Answer {
  const module = join(folder, "child.mjs");
  writeFileSync(
    module,
    `
    const answer = (value) => console.log(JSON.stringify(value));
    const timed = async (work) => {
      const started = performance.now();
      const used = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(used);
      return { seconds: (performance.now() - started) / 1000, processorSeconds: (user + system) / 1e6 };
    };
    ${source}`,
  );
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [module], { encoding: "utf8" });
  if (status !== 0) throw new Error(`a child of the bench failed: ${signal ?? stderr}`);
  return JSON.parse(stdout) as Answer;
}

/** URL of a compiled module, as a literal. */
function compiled(name: string): string {
  return JSON.stringify(new URL(`../dist/${name}`, import.meta.url).href);
}

// --- times ----------------------------------------------------------------------------------------------------------

interface Run {
  readonly seconds: number;
  /** Of processor time, of all threads of the process. */
  readonly processorSeconds: number;
}

function timed(work: () => void): Run {
  const started = performance.now();
  const used = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(used);
  return { seconds: (performance.now() - started) / 1000, processorSeconds: (user + system) / 1e6 };
}

function timesOf(runs: readonly Run[]): { readonly best: number; readonly median: number; readonly processor: number } {
  const seconds = runs.map((run) => run.seconds).sort((a, b) => a - b);
  return {
    best: seconds[0],
    median: seconds[Math.floor(seconds.length / 2)],
    processor: Math.min(...runs.map((run) => run.processorSeconds)),
  };
}

async function timedLater(work: () => Promise<void>): Promise<Run> {
  const started = performance.now();
  const used = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(used);
  return { seconds: (performance.now() - started) / 1000, processorSeconds: (user + system) / 1e6 };
}

const width = 62;

function report(what: string, runs: readonly Run[]): void {
  const { best, median, processor } = timesOf(runs);
  const shown = (seconds: number): string =>
    seconds < 1 ? `${(1000 * seconds).toFixed(1)} ms` : `${seconds.toFixed(2)} s`;
  console.log(`${what.padEnd(width)} ${shown(median)}, best ${shown(best)}; processor ${shown(processor)}`);
}

function note(text: string): void {
  console.log(`${"".padEnd(width)} ${text}`);
}

function verdict(
  what: string,
  value: number,
  unit: string,
  { least = -Infinity, most = Infinity }: { readonly least?: number; readonly most?: number },
): void {
  const bar = least > -Infinity ? `>= ${least}` : `<= ${most}`;
  const met = value >= least && value <= most ? "met" : "MISSED";
  console.log(`${`  ${what}`.padEnd(width)} ${value.toFixed(2)} ${unit} (bar ${bar}: ${met})`);
}

await main();
