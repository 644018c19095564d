import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { initialWeights } from "../../src/training/initialWeights.js";
import { layersOf } from "../../src/training/layersOf.js";
import type { Architecture } from "../../src/training/Network.js";

const architecture: Architecture = {
  features: ["a", "b", "c"],
  hidden: [200, 100],
  activation: "relu",
  classes: ["x", "y"],
  targets: ["u"],
};

describe("initialWeights", () => {
  it.each([
    ["relu", [Math.sqrt(6 / 3), Math.sqrt(6 / 200), Math.sqrt(6 / 103)]],
    ["tanh", [Math.sqrt(6 / 203), Math.sqrt(6 / 300), Math.sqrt(6 / 103)]],
  ] as const)("are uniform between He's or Glorot's limits before %s, biases 0", (activation, limits) => {
    const numbers = initialWeights({ ...architecture, activation }, seededRandom(1));
    layersOf(architecture).forEach(({ weights, biases, outputs }, l) => {
      const some = numbers.subarray(weights, biases);
      const greatest = some.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
      expect(greatest).toBeLessThanOrEqual(limits[l] * (1 + 1e-6));
      expect(greatest).toBeGreaterThan(0.97 * limits[l]);
      expect(Math.abs(some.reduce((a, b) => a + b) / some.length)).toBeLessThan(
        (4 * limits[l]) / Math.sqrt(3 * some.length),
      );
      expect(numbers.subarray(biases, biases + outputs).every((bias) => bias === 0)).toBe(true);
    });
  });
});
