import type { Layer } from "../../layersOf.js";

/**
 * What the units of a layer get: bias, and each input times its weight, summed in float64 in the order of inputs.
 *
 * Four rows and two units go at a time, so that eight sums stay in registers and do not wait for one another; each sum
 * has its own order, so the result does not depend on it.
 *
 * @param weights  in the layout of Network
 * @param inputs   row-major [rows, layer.inputs]
 * @returns row-major [rows, layer.outputs]
 */
export function layerSums(
  { inputs: width, outputs, weights: first, biases }: Layer,
  weights: ArrayLike<number>,
  inputs: Float64Array,
  rows: number,
): Float64Array {
  // By unit, so that both factors lie in a row.
  const byUnit = new Float64Array(width * outputs);
  for (let i = 0; i < width; i++)
    for (let j = 0; j < outputs; j++) byUnit[j * width + i] = weights[first + i * outputs + j];
  const sums = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row += 4) {
    // At the end the last row comes again in the places left over, and is written again.
    const second = Math.min(row + 1, rows - 1);
    const third = Math.min(row + 2, rows - 1);
    const fourth = Math.min(row + 3, rows - 1);
    const a = row * width;
    const b = second * width;
    const c = third * width;
    const d = fourth * width;
    for (let j = 0; j < outputs; j += 2) {
      const other = Math.min(j + 1, outputs - 1);
      const from = j * width;
      const otherFrom = other * width;
      let a0 = weights[biases + j];
      let b0 = a0;
      let c0 = a0;
      let d0 = a0;
      let a1 = weights[biases + other];
      let b1 = a1;
      let c1 = a1;
      let d1 = a1;
      for (let i = 0; i < width; i++) {
        const weight = byUnit[from + i];
        const otherWeight = byUnit[otherFrom + i];
        const ofA = inputs[a + i];
        const ofB = inputs[b + i];
        const ofC = inputs[c + i];
        const ofD = inputs[d + i];
        a0 += ofA * weight;
        b0 += ofB * weight;
        c0 += ofC * weight;
        d0 += ofD * weight;
        a1 += ofA * otherWeight;
        b1 += ofB * otherWeight;
        c1 += ofC * otherWeight;
        d1 += ofD * otherWeight;
      }
      sums[row * outputs + j] = a0;
      sums[second * outputs + j] = b0;
      sums[third * outputs + j] = c0;
      sums[fourth * outputs + j] = d0;
      sums[row * outputs + other] = a1;
      sums[second * outputs + other] = b1;
      sums[third * outputs + other] = c1;
      sums[fourth * outputs + other] = d1;
    }
  }
  return sums;
}
