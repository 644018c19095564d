import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../../src/core/Matrix.js";
import { seededRandom } from "../../../../src/core/random/Random.js";
import { maternRow } from "../../../../src/training/baselines/gaussian/maternKernel.js";
import { targetEvidence } from "../../../../src/training/baselines/gaussian/targetEvidence.js";
import { trainGaussianRegressor } from "../../../../src/training/baselines/gaussian/trainGaussianRegressor.js";

const random = seededRandom(3);
const rows = 30;
const features = makeMatrix(
  ["a", "b"],
  Float32Array.from({ length: 2 * rows }, () => random()),
);
const steps = Array.from({ length: rows }, (_, row) => Math.floor(4 * features.values[2 * row]));

describe("a Gaussian process of smoothness 1/2", () => {
  it("has the exponential kernel", () => {
    const out = new Float64Array(1);
    maternRow(Float64Array.of(3, 4), 2, { variance: 2, smoothness: 0.5 }, Float64Array.of(0, 0), 0, 1, out, 0);
    expect(out[0]).toBeCloseTo(2 * Math.exp(-5), 15);
  });

  it("has an evidence whose gradient is that of finite differences, with two equal rows too", () => {
    const values = features.values.slice();
    values.copyWithin(2, 0, 2);
    const evidence = targetEvidence({
      features: makeMatrix(features.names, values),
      targets: steps.map((step) => step - 1.5),
      rowNoise: steps.map(() => 1),
      smoothness: 0.5,
    });
    const logs = [0.3, -0.7, 0.4, -2];
    const gradient = new Float64Array(4);
    evidence(logs, 1e-10, gradient);
    logs.forEach((_, i) => {
      const at = (step: number): number =>
        evidence(
          logs.map((log, j) => (j === i ? log + step : log)),
          1e-10,
        );
      expect(gradient[i]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 4);
    });
  });

  it("keeps its smoothness with its kernel, and foresees steps better than a smooth one", () => {
    const [rough, smooth] = ([0.5, 2.5] as const).map((smoothness) =>
      trainGaussianRegressor(features, steps, ["step"], { smoothness }),
    );
    expect(rough.processes[0].kernel.smoothness).toBe(0.5);
    expect(smooth.processes[0].kernel).not.toHaveProperty("smoothness");
    const again = trainGaussianRegressor(features, steps, ["step"], { kernels: [rough.processes[0].kernel] });
    expect(again.predictTargets(features)).toEqual(rough.predictTargets(features));
    const asked = makeMatrix(
      ["a", "b"],
      Float32Array.from({ length: 400 }, () => random()),
    );
    const missed = (model: typeof rough): number =>
      model
        .predictTargets(asked)
        .reduce((sum, told, row) => sum + (told - Math.floor(4 * asked.values[2 * row])) ** 2, 0);
    expect(missed(rough)).toBeLessThan(missed(smooth));
  });
});
