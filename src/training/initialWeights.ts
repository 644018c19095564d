import type { Random } from "../core/random/Random.js";
import { layersOf, parameterCount } from "./layersOf.js";
import type { Architecture } from "./Network.js";

/**
 * Weights uniform in ±√(6 / inputs) before rectifiers (He et al. 2015, doi:10.1109/ICCV.2015.123), in ±√(6 / (inputs +
 * outputs)) before tanh and the heads (Glorot and Bengio 2010), biases 0: signals keep their size from layer to layer.
 */
export function initialWeights(architecture: Architecture, random: Random): Float32Array {
  const layers = layersOf(architecture);
  const numbers = new Float32Array(parameterCount(architecture));
  layers.forEach(({ inputs, outputs, weights, biases }, l) => {
    const isRectified = l < layers.length - 1 && architecture.activation !== "tanh";
    const limit = Math.sqrt(6 / (isRectified ? inputs : inputs + outputs));
    for (let i = weights; i < biases; i++) numbers[i] = (2 * random() - 1) * limit;
  });
  return numbers;
}
