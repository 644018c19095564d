import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../../src/core/random/Random.js";
import { layerSums } from "../../../../src/training/engines/typescript/layerSums.js";

describe("layerSums", () => {
  it("gives the bits of sums that are added one by one, for any number of rows, inputs and units", () => {
    const width = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(width, width, fc.nat(11), fc.nat(1e6), (inputs, outputs, rows, seed) => {
        const random = seededRandom(seed);
        // The weights of another layer stand before these.
        const weights = Float32Array.from({ length: 5 + (inputs + 1) * outputs }, () => random() - 0.5);
        const values = Float64Array.from({ length: rows * inputs }, () => Math.max(0, random() - 0.5));
        const biases = 5 + inputs * outputs;
        const expected = new Float64Array(rows * outputs);
        for (let row = 0; row < rows; row++) {
          for (let j = 0; j < outputs; j++) {
            let sum = weights[biases + j];
            for (let i = 0; i < inputs; i++) sum += values[row * inputs + i] * weights[5 + i * outputs + j];
            expected[row * outputs + j] = sum;
          }
        }
        expect(layerSums({ inputs, outputs, weights: 5, biases }, weights, values, rows)).toEqual(expected);
      }),
    );
  });
});
