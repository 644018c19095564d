// Read by tsc and by the AssemblyScript compiler.

/** Byte addresses in the memory of a training. What depends on the network's size lies from `free` on. */
export enum TrainingMemory {
  /** Below lie the compiler's constants. Whole numbers of the task, 4 bytes each (see TaskField). */
  task = 65536,
  /** Float64 numbers of the task (see TaskNumber). */
  numbers = 65792,
  /** Loss sums in the order of LossSums, float64. */
  sums = 66048,
  /** Round keys of the masks, 320 bytes. */
  maskKeys = 66112,
  /** Random words of 64 units. */
  maskWords = 66432,
  /** 64 bytes for each layer (see LayerField). */
  layers = 66560,
  layerBytes = 64,
  free = 74752,
}

/** As many layers as have room between `layers` and `free`. */
export const mostLayers: number = 128;

/** Whole numbers of a task; addresses are of float32 unless said otherwise. */
export enum TaskField {
  layers,
  /** Parameters, padding included: weights and biases of all layers in one piece, and so the next three. */
  parameters,
  weights,
  gradient,
  first,
  second,
  /** All rows, padded to featureStride numbers each. */
  features,
  featureStride,
  /** 32-bit codes. */
  labels,
  classes,
  targets,
  targetCount,
  rowWeights,
  /** Inputs of the batch. */
  inputs,
  /**
   * Exponentials of the logits of the batch, their greatest logit and their total by row; rows
   * of exponentials are padded to multiples of 4.
   */
  exponentials,
  greatest,
  totals,
  /** See activationNames. */
  activation,
  /** 65536 for no dropout. */
  dropoutThreshold,
  isAdaptive,
  nesterov,
  /** Updates done. */
  step,
}

/** Float64 numbers of a task. */
export enum TaskNumber {
  labelSmoothing,
  targetShare,
  l1,
  l2,
  clipNorm,
  momentum,
  beta1,
  beta2,
  epsilon,
  weightDecay,
  /** beta1 and beta2 to the power of the updates done. */
  power1,
  power2,
}

/** Of a layer; widths are padded, addresses are of float32. */
export enum LayerField {
  inputs,
  outputs,
  weights,
  biases,
  weightGradient,
  biasGradient,
  /** Row-major [rows of the batch, outputs]. */
  values,
  /** Of hidden layers. */
  slopes,
  errors,
  /** Weights, [outputs, inputs]. */
  transposed,
}
