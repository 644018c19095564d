import type { Architecture } from "./Network.js";

/** Widths of one layer and where its numbers stand in `Network.weights`. */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** Index of the first weight; weight [i, j] follows after i · outputs + j. */
  readonly weights: number;
  readonly biases: number;
}

/** Layers from the features to the heads, which are one layer: logits first, targets after them. */
export function layersOf({ features, hidden, classes, targets }: Architecture): readonly Layer[] {
  const widths = [features.length, ...hidden, classes.length + targets.length];
  let next = 0;
  return widths.slice(1).map((outputs, l) => {
    const inputs = widths[l];
    const weights = next;
    const biases = weights + inputs * outputs;
    next = biases + outputs;
    return { inputs, outputs, weights, biases };
  });
}

/** How many numbers a network learns. */
export function parameterCount(architecture: Architecture): number {
  return layersOf(architecture).reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);
}
