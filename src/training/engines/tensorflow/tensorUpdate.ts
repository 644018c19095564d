import type { Tensor } from "@tensorflow/tfjs-core";
import type { TrainingTask } from "../TrainingEngine.js";
import type { TensorFlow } from "./TensorflowBackend.js";

/** Numbers of K trainings, [K, parameters] each: weights, and what the optimiser remembers (see OptimizerState). */
export interface TensorState {
  readonly weights: Tensor;
  readonly first: Tensor;
  readonly second: Tensor;
}

/**
 * One update of each training: clipping and the equations of typescript/optimizerStep.ts in tensor operations.
 *
 * @param rates  by training
 * @param steps  by training: number of this update, from 1
 */
export function tensorUpdate(
  tf: TensorFlow,
  { optimizer, clipNorm }: TrainingTask,
  { weights, first, second }: TensorState,
  gradient: Tensor,
  rates: readonly number[],
  steps: readonly number[],
): TensorState {
  const { isAdaptive, momentum, nesterov, beta1, beta2, epsilon, weightDecay } = optimizer;
  const byTraining = (number: (k: number) => number): Tensor =>
    tf.tensor2d(
      Float32Array.from(rates, (_, k) => number(k)),
      [rates.length, 1],
    );
  const slopes = clipped(tf, gradient, clipNorm);
  if (!isAdaptive) {
    const sum = tf.add(tf.mul(first, momentum), slopes);
    const direction = nesterov ? tf.add(slopes, tf.mul(sum, momentum)) : sum;
    return {
      weights: tf.sub(
        weights,
        tf.mul(
          direction,
          byTraining((k) => rates[k]),
        ),
      ),
      first: sum,
      second: tf.clone(second),
    };
  }
  const mean = tf.add(tf.mul(first, beta1), tf.mul(slopes, 1 - beta1));
  const square = tf.add(tf.mul(second, beta2), tf.mul(tf.square(slopes), 1 - beta2));
  const sizes = byTraining((k) => rates[k] / (1 - beta1 ** steps[k]));
  const roots = byTraining((k) => 1 / Math.sqrt(1 - beta2 ** steps[k]));
  const moved = tf.sub(weights, tf.div(tf.mul(mean, sizes), tf.add(tf.mul(tf.sqrt(square), roots), epsilon)));
  // Subtracted, since 1 - rate · weightDecay has few digits left in float32.
  const shrunk =
    weightDecay === 0
      ? moved
      : tf.sub(
          moved,
          tf.mul(
            weights,
            byTraining((k) => rates[k] * weightDecay),
          ),
        );
  return { weights: shrunk, first: mean, second: square };
}

function clipped(tf: TensorFlow, gradient: Tensor, clipNorm: number): Tensor {
  if (clipNorm === Infinity) return gradient;
  const norms = tf.sqrt(tf.sum(tf.square(gradient), 1, true));
  return tf.mul(gradient, tf.minimum(tf.div(clipNorm, norms), 1));
}
