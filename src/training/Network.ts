/**
 * What a hidden unit makes of its sum; gelu in its form with tanh (Hendrycks and Gimpel
 * 2016, arXiv:1606.08415), silu is x · sigmoid(x).
 */
export type Activation = "relu" | "tanh" | "gelu" | "silu";
export const activationNames: readonly Activation[] = ["relu", "tanh", "gelu", "silu"];

/** Shape of a multilayer perceptron: one trunk, and on it a head for classes, one for targets, or both. */
export interface Architecture {
  /** Names of the inputs, in the order of the columns. */
  readonly features: readonly string[];
  /** Widths of the hidden layers, first to last; none gives a linear model. */
  readonly hidden: readonly number[];
  readonly activation: Activation;
  /** Names by class code; their logits are the first outputs. */
  readonly classes: readonly string[];
  /** Names of the numbers to predict; they are the outputs after the logits. */
  readonly targets: readonly string[];
}

/** A multilayer perceptron with all its numbers: plain data that any engine can predict from. */
export interface Network extends Architecture {
  /** Layer after layer its weights, row-major [inputs, outputs], then its biases; see layersOf. */
  readonly weights: Float32Array;
}
