import { layersOf } from "../../layersOf.js";
import type { Architecture } from "../../Network.js";
import { activate } from "./activate.js";
import { layerSums } from "./layerSums.js";

/** Of a hidden layer and a row of the batch: what dropout multiplies each unit with; null where every unit stays. */
export type Masks = ((layer: number, row: number) => ArrayLike<number>) | null;

/** Values of one batch, row-major [rows, width]. */
export interface ForwardPass {
  /** Inputs, then what each hidden layer hands on, then the outputs. */
  readonly values: readonly Float64Array[];
  /** Of each hidden layer: by how much its values change with their sums. */
  readonly slopes: readonly Float64Array[];
}

/**
 * A batch through the network, in float64.
 *
 * @param weights  in the layout of Network
 * @param inputs   row-major [rows, features]
 */
export function forwardPass(
  architecture: Architecture,
  weights: ArrayLike<number>,
  inputs: Float64Array,
  masks: Masks,
): ForwardPass {
  const layers = layersOf(architecture);
  const rows = inputs.length / layers[0].inputs;
  const values = [inputs];
  const slopes: Float64Array[] = [];
  layers.forEach((layer, l) => {
    const sums = layerSums(layer, weights, values[l], rows);
    if (l < layers.length - 1)
      slopes.push(activateAll(architecture, sums, layer.outputs, masks === null ? null : (row) => masks(l, row)));
    values.push(sums);
  });
  return { values, slopes };
}

/** Turns sums into values, in place; gives the slopes. */
function activateAll(
  { activation }: Architecture,
  sums: Float64Array,
  width: number,
  mask: ((row: number) => ArrayLike<number>) | null,
): Float64Array {
  const slopes = new Float64Array(sums.length);
  for (let first = 0; first < sums.length; first += width) {
    const factors = mask?.(first / width);
    for (let j = 0; j < width; j++) {
      const { value, slope } = activate(activation, sums[first + j]);
      const factor = factors === undefined ? 1 : factors[j];
      sums[first + j] = value * factor;
      slopes[first + j] = slope * factor;
    }
  }
  return slopes;
}
