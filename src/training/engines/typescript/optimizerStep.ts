import type { OptimizerNumbers } from "../../Optimizer.js";

/** What an optimiser remembers of earlier gradients; starts at 0. */
export interface OptimizerState {
  /** Updates done. */
  step: number;
  /** Running sum (sgd) or mean (Adam) of gradients. */
  readonly first: Float64Array;
  /** Running mean of their squares. */
  readonly second: Float64Array;
}

/** One update, in place; equations as in PyTorch 1.13. */
export function optimizerStep(
  weights: Float64Array,
  gradient: Float64Array,
  state: OptimizerState,
  { isAdaptive, momentum, nesterov, beta1, beta2, epsilon, weightDecay }: OptimizerNumbers,
  rate: number,
): void {
  const { first, second } = state;
  state.step++;
  const size = rate / (1 - beta1 ** state.step);
  const root = Math.sqrt(1 - beta2 ** state.step);
  for (let i = 0; i < weights.length; i++) {
    const slope = gradient[i];
    if (isAdaptive) {
      first[i] = beta1 * first[i] + (1 - beta1) * slope;
      second[i] = beta2 * second[i] + (1 - beta2) * slope * slope;
      weights[i] = weights[i] * (1 - rate * weightDecay) - (size * first[i]) / (Math.sqrt(second[i]) / root + epsilon);
    } else {
      first[i] = momentum * first[i] + slope;
      weights[i] -= rate * (nesterov ? slope + momentum * first[i] : first[i]);
    }
  }
}
