import type { Tensor } from "@tensorflow/tfjs-core";
import type { TrainingTask } from "../TrainingEngine.js";
import { batchNumbers } from "./batchNumbers.js";
import type { TensorflowBackend } from "./TensorflowBackend.js";
import { type TensorState, tensorUpdate } from "./tensorUpdate.js";
import { type Prior, variationalPass } from "./variationalPass.js";

/**
 * What is known of the weights so far, and what the optimiser remembers; [2 · parameters] each (see variationalPass).
 */
export interface VariationalState {
  readonly beliefs: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Updates done. */
  readonly step: number;
}

/**
 * One update per batch over rows in the given order.
 *
 * @param noise  of an update: standard normal numbers [samples, parameters]
 * @returns the state after, and the mean over batches of the data loss, targets counted by the task's targetShare
 */
export async function variationalEpoch(
  backend: TensorflowBackend,
  task: TrainingTask,
  state: VariationalState,
  rows: Uint32Array,
  rate: number,
  noise: (step: number) => Float32Array,
  prior: Prior,
): Promise<{ readonly state: VariationalState; readonly loss: number }> {
  const { tf } = backend;
  const { batchSize, targetShare } = task;
  const size = state.beliefs.length;
  let step = state.step;
  const [beliefs, first, second, losses] = await backend.compute(() => {
    let carried: TensorState & { readonly losses: Tensor } = {
      weights: tf.tensor2d(state.beliefs, [1, size]),
      first: tf.tensor2d(state.first, [1, size]),
      second: tf.tensor2d(state.second, [1, size]),
      losses: tf.zeros([2]),
    };
    for (let from = 0; from < rows.length; from += batchSize) {
      step++;
      const some = rows.subarray(from, from + batchSize);
      const drawn = noise(step);
      const samples = (2 * drawn.length) / size;
      const batch = batchNumbers(
        Array.from({ length: samples }, () => ({ task, rows: some, step: null })),
        0,
      );
      const next = tf.tidy(() => {
        const pass = variationalPass(
          backend,
          task,
          carried.weights,
          tf.tensor2d(drawn, [samples, size / 2]),
          batch,
          prior,
        );
        return {
          ...tensorUpdate(tf, task, carried, pass.gradient, [rate], [step]),
          losses: tf.add(carried.losses, tf.mul(tf.mean(pass.losses, 0), some.length / rows.length)),
        };
      });
      tf.dispose([carried.weights, carried.first, carried.second, carried.losses]);
      carried = next;
    }
    return [carried.weights, carried.first, carried.second, carried.losses];
  });
  return { state: { beliefs, first, second, step }, loss: losses[0] + targetShare * losses[1] };
}
