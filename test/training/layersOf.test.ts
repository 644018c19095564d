import { describe, expect, it } from "vitest";
import { layersOf, parameterCount } from "../../src/training/layersOf.js";
import type { Architecture } from "../../src/training/Network.js";

const architecture: Architecture = {
  features: ["a", "b", "c"],
  hidden: [200, 100],
  activation: "relu",
  classes: ["x", "y"],
  targets: ["u"],
};

describe("layersOf", () => {
  it("lays layer after layer without gaps, heads side by side in the last", () => {
    expect(layersOf(architecture)).toEqual([
      { inputs: 3, outputs: 200, weights: 0, biases: 600 },
      { inputs: 200, outputs: 100, weights: 800, biases: 20800 },
      { inputs: 100, outputs: 3, weights: 20900, biases: 21200 },
    ]);
    expect(parameterCount(architecture)).toBe(21203);
  });

  it("counts 12,005 parameters in a network 22-96-96-5", () => {
    const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}`);
    expect(
      parameterCount({ features: names(22), hidden: [96, 96], activation: "relu", classes: names(5), targets: [] }),
    ).toBe(12_005);
  });
});
