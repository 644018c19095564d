import type { Tensor } from "@tensorflow/tfjs-core";
import type { TrainingTask } from "../TrainingEngine.js";
import type { BatchNumbers } from "./batchNumbers.js";
import type { TensorflowBackend } from "./TensorflowBackend.js";
import { tensorPass } from "./tensorPass.js";

/** What weights are believed to be before any data, and how much data there is. */
export interface Prior {
  /** Standard deviation of each weight, around 0. */
  readonly deviation: number;
  /** Total weight of the training rows. */
  readonly dataWeight: number;
}

/**
 * Data loss of weights mean + deviation · noise, and the slopes of (expected data loss + divergence from the prior /
 * data weight) by mean and by logarithm of the deviation, estimated from this noise.
 *
 * @param beliefs  [1, 2 · parameters]: means, then logarithms of standard deviations
 * @param noise    [samples, parameters], standard normal
 * @param batch    the same rows for every sample
 * @returns mean losses [samples, 2] as of tensorPass, and slopes in the layout of the beliefs
 * @see Blundell et al. 2015, arXiv:1505.05424; Kingma and Welling 2014, arXiv:1312.6114
 */
export function variationalPass(
  backend: TensorflowBackend,
  task: TrainingTask,
  beliefs: Tensor,
  noise: Tensor,
  batch: BatchNumbers,
  { deviation, dataWeight }: Prior,
): { readonly losses: Tensor; readonly gradient: Tensor } {
  const { tf } = backend;
  const [means, logarithms] = tf.split(beliefs, 2, 1);
  const deviations = tf.exp(logarithms);
  const pass = tensorPass(backend, task, tf.add(means, tf.mul(deviations, noise)), batch);
  const slopes = pass.gradient();
  const byMean = tf.add(tf.mean(slopes, 0, true), tf.div(means, deviation ** 2 * dataWeight));
  // The divergence falls by 1 with each logarithm until the deviation nears that of the prior.
  const towardsPrior = tf.div(tf.sub(tf.div(tf.square(deviations), deviation ** 2), 1), dataWeight);
  const byLogarithm = tf.add(tf.mul(tf.mean(tf.mul(slopes, noise), 0, true), deviations), towardsPrior);
  return { losses: pass.losses, gradient: tf.concat([byMean, byLogarithm], 1) };
}
