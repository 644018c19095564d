import type { Tensor } from "@tensorflow/tfjs-core";
import { packKey } from "../packKey.js";
import { simdTraining } from "../simd/simdTraining.js";
import {
  addLosses,
  type LossSums,
  noLoss,
  type PackedTraining,
  type TrainingEngine,
  type TrainingSession,
  type TrainingTask,
  type Turn,
} from "../TrainingEngine.js";
import { batchNumbers, type BatchNumbers, type BatchRows } from "./batchNumbers.js";
import { startTensorflow } from "./startTensorflow.js";
import type { TensorflowBackend, TensorflowBackendName } from "./TensorflowBackend.js";
import { tensorPass } from "./tensorPass.js";
import { tensorUpdate } from "./tensorUpdate.js";

/**
 * TensorFlow.js: the reference, and the way to a graphics card. Trainings of the same shape are packed into one
 * program. Numbers go to the backend at the start of an epoch and come back at its end, so that no tensor outlives it.
 * Predictions, which must not keep the caller waiting for a card, are computed by the simd engine.
 *
 * @throws InputError as startTensorflow and simdTraining
 */
export async function tensorflowTraining(name: TensorflowBackendName): Promise<TrainingEngine> {
  const backend = await startTensorflow(name);
  const simd = await simdTraining();
  return {
    ...simd,
    name: `tensorflow-${name}`,
    adapter: backend.adapter,
    open: (task) => open(backend, task),
    openPacked: (tasks) => openPacked(backend, tasks),
  };
}

/** Rows that go through a network together where no batch is prescribed. */
const chunkRows = 1024;

/** What a training has learned so far. */
interface Member {
  readonly task: TrainingTask;
  weights: Float32Array;
  first: Float32Array;
  second: Float32Array;
  /** Updates done. */
  step: number;
}

function open(backend: TensorflowBackend, task: TrainingTask): TrainingSession {
  const member = begin(task);
  return {
    epoch: async (rows, rate) => (await epoch(backend, [member], [{ rows, rate }]))[0],
    loss: async (rows) => (await loss(backend, [member], [rows]))[0],
    gradient: async (rows) => {
      const batch = batchNumbers([{ task, rows, step: member.step + 1 }], task.labelSmoothing);
      const [losses, slopes] = await backend.compute(() => {
        const pass = tensorPass(backend, task, stacked(backend, [member.weights]), batch);
        return [pass.losses, pass.gradient()];
      });
      return { sums: sumsOf(batch, losses)[0], values: Float64Array.from(slopes) };
    },
    weights: () => member.weights.slice(),
  };
}

/** @throws RangeError if the tasks differ in more than rows, first weights and masks */
function openPacked(backend: TensorflowBackend, tasks: readonly TrainingTask[]): PackedTraining {
  const strange = tasks.findIndex((task) => packKey(task) !== packKey(tasks[0]));
  if (strange >= 0)
    throw new RangeError(
      "tensorflowTraining: trainings in a pack must have the same shape and options; " +
        `number ${strange} differs from the first`,
    );
  const members = tasks.map(begin);
  return {
    epoch: (turns) =>
      epoch(
        backend,
        turns.map(({ member }) => members[member]),
        turns,
      ),
    loss: (turns) =>
      loss(
        backend,
        turns.map(({ member }) => members[member]),
        turns.map(({ rows }) => rows),
      ),
    weights: (member) => members[member].weights.slice(),
  };
}

function begin(task: TrainingTask): Member {
  return {
    task,
    weights: task.weights.slice(),
    first: new Float32Array(task.weights.length),
    second: new Float32Array(task.weights.length),
    step: 0,
  };
}

/** One pass of each member over its rows. Who has fewer batches than others sits out the rest. */
async function epoch(
  backend: TensorflowBackend,
  members: readonly Member[],
  turns: readonly Omit<Turn, "member">[],
): Promise<readonly LossSums[]> {
  const batchSize = members[0]?.task.batchSize;
  const batches = turns.map(({ rows }) => Math.ceil(rows.length / batchSize));
  const totals = turns.map(() => noLoss);
  for (let done = 0; ;) {
    const going = turns.flatMap((_, k) => (batches[k] > done ? [k] : []));
    if (going.length === 0) return totals;
    const next = Math.min(...going.map((k) => batches[k]));
    const sums = await updates(
      backend,
      going.map((k) => members[k]),
      going.map((k) => ({ rate: turns[k].rate, rows: turns[k].rows.subarray(done * batchSize, next * batchSize) })),
    );
    going.forEach((k, i) => (totals[k] = addLosses(totals[k], sums[i])));
    done = next;
  }
}

/** Updates of members that all have equally many batches. */
async function updates(
  backend: TensorflowBackend,
  members: readonly Member[],
  turns: readonly Omit<Turn, "member">[],
): Promise<readonly LossSums[]> {
  const { tf } = backend;
  const { task } = members[0];
  const rates = turns.map(({ rate }) => rate);
  let totals = members.map(() => noLoss);
  const [weights, first, second, losses] = await backend.compute(() => {
    const stack = (of: "weights" | "first" | "second"): Tensor =>
      stacked(
        backend,
        members.map((member) => member[of]),
      );
    let state = {
      weights: stack("weights"),
      first: stack("first"),
      second: stack("second"),
      losses: tf.zeros([members.length, 2]),
    };
    for (let from = 0; from < turns[0].rows.length; from += task.batchSize) {
      members.forEach((member) => member.step++);
      const batch = batchNumbers(
        members.map(({ task: own, step }, k): BatchRows => ({
          task: own,
          rows: turns[k].rows.subarray(from, from + task.batchSize),
          step,
        })),
        task.labelSmoothing,
      );
      totals = totals.map((total, k) => addLosses(total, { ...noLoss, ...batch.weights[k] }));
      const next = tf.tidy(() => {
        const pass = tensorPass(backend, task, state.weights, batch);
        const weights = tf.tensor2d(
          batch.weights.flatMap(({ rowWeight, targetWeight }) => [rowWeight, targetWeight]),
          [members.length, 2],
        );
        return {
          ...tensorUpdate(
            tf,
            task,
            state,
            pass.gradient(),
            rates,
            members.map(({ step }) => step),
          ),
          losses: tf.add(state.losses, tf.mul(pass.losses, weights)),
        };
      });
      tf.dispose(state);
      state = next;
    }
    return [state.weights, state.first, state.second, state.losses];
  });
  const size = weights.length / members.length;
  members.forEach((member, k) => {
    const own = (of: Float32Array): Float32Array => of.slice(k * size, (k + 1) * size);
    Object.assign(member, { weights: own(weights), first: own(first), second: own(second) });
  });
  return totals.map((total, k) => ({ ...total, crossEntropy: losses[2 * k], squares: losses[2 * k + 1] }));
}

async function loss(
  backend: TensorflowBackend,
  members: readonly Member[],
  rows: readonly Uint32Array[],
): Promise<readonly LossSums[]> {
  const longest = Math.max(...rows.map(({ length }) => length));
  let totals = members.map(() => noLoss);
  for (let first = 0; first < longest; first += chunkRows) {
    const batch = batchNumbers(
      members.map(({ task }, k) => ({ task, rows: rows[k].subarray(first, first + chunkRows), step: null })),
      0,
    );
    const [means] = await backend.compute(() => [
      tensorPass(
        backend,
        members[0].task,
        stacked(
          backend,
          members.map(({ weights }) => weights),
        ),
        batch,
      ).losses,
    ]);
    const sums = sumsOf(batch, means);
    totals = totals.map((total, k) => addLosses(total, sums[k]));
  }
  return totals;
}

/** Numbers of each member, as a tensor [members, numbers]. */
function stacked({ tf }: TensorflowBackend, numbers: readonly Float32Array[]): Tensor {
  const all = new Float32Array(numbers.length * numbers[0].length);
  numbers.forEach((some, k) => all.set(some, k * some.length));
  return tf.tensor2d(all, [numbers.length, numbers[0].length]);
}

/** Sums of a batch by member, from its mean losses [members, 2]. */
function sumsOf({ weights }: BatchNumbers, means: Float32Array): readonly LossSums[] {
  return weights.map(({ rowWeight, targetWeight }, k) => ({
    crossEntropy: means[2 * k] * rowWeight,
    rowWeight,
    squares: means[2 * k + 1] * targetWeight,
    targetWeight,
  }));
}
