import { inverse, Matrix as Dense } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../src/core/Matrix.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { makeTrainingEngine } from "../../src/training/engines/makeTrainingEngine.js";
import { trainVariational, type VariationalOptions } from "../../src/training/trainVariational.js";
import { sampleProbabilities } from "../../src/training/VariationalNetwork.js";
import { accuracy, classesOf, learnable, normal, range } from "./tasks.js";

/** y = 1 + 2 a - b + noise of deviation 0.5, on features that go together. */
function linear(rows: number): { readonly a: number[]; readonly b: number[]; readonly y: Float64Array } {
  const random = seededRandom(4);
  const a = Array.from({ length: rows }, () => normal(random));
  const b = a.map((value) => 0.6 * value + 0.8 * normal(random));
  return { a, b, y: Float64Array.from(a, (value, row) => 1 + 2 * value - b[row] + 0.5 * normal(random)) };
}

describe("trainVariational", () => {
  it("finds the best independent normals of Bayesian linear regression", async () => {
    const [rows, targetNoise, priorDeviation] = [60, 0.5, 0.7];
    const { a, b, y } = linear(rows);
    const features = makeMatrix(
      ["a", "b"],
      Float32Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? a : b)[Math.floor(i / 2)]),
    );
    const { network, history } = await trainVariational(
      { features, targets: y, targetNames: ["y"] },
      { hidden: [] },
      seededRandom(1),
      {
        epochs: 800,
        batchSize: rows,
        learningRate: 0.03,
        schedule: { name: "cosine" },
        samples: 16,
        targetNoise,
        priorDeviation,
      },
    );

    const design = new Dense(a.map((value, row) => [value, b[row], 1]));
    const precision = design
      .transpose()
      .mmul(design)
      .div(targetNoise ** 2)
      .add(Dense.eye(3).div(priorDeviation ** 2));
    const means = inverse(precision)
      .mmul(design.transpose())
      .mmul(Dense.columnVector(Array.from(y)))
      .div(targetNoise ** 2)
      .to1DArray();
    for (let i = 0; i < 3; i++) {
      const deviation = 1 / Math.sqrt(precision.get(i, i));
      // Stochastic gradients leave some noise; a tenth of a deviation is
      // far below what the posterior itself leaves open.
      expect(Math.abs(network.means[i] - means[i])).toBeLessThan(0.1 * deviation);
      expect(Math.abs(Math.log(network.deviations[i] / deviation))).toBeLessThan(0.05);
    }
    // Kullback-Leibler divergence of each from its prior.
    const known = Array.from(
      network.means,
      (mean, i) =>
        Math.log(priorDeviation / network.deviations[i]) +
        (network.deviations[i] ** 2 + mean ** 2) / (2 * priorDeviation ** 2) -
        0.5,
    ).reduce((sum, one) => sum + one);
    expect(Math.abs(history.at(-1)!.divergence - known)).toBeLessThan(1e-4);
  }, 60_000);

  it("learns classes, and networks drawn agree the better the more rows they saw", async () => {
    const data = learnable(1500);
    const unseen = makeMatrix(data.features.names, data.features.values.slice(1000 * 7));
    const learned = async (rows: number): Promise<{ readonly samples: Float64Array; readonly fall: number }> => {
      const { network, history } = await trainVariational(
        { ...classesOf(data), train: range(0, rows) },
        { hidden: [24] },
        seededRandom(2),
        { epochs: Math.round(30_000 / rows), learningRate: 0.01, batchSize: 50 },
      );
      const samples = sampleProbabilities(network, unseen, seededRandom(3), { samples: 20 });
      const simd = sampleProbabilities(network, unseen, seededRandom(3), {
        samples: 20,
        engine: await makeTrainingEngine("simd"),
      });
      simd.forEach((probability, i) => expect(Math.abs(probability - samples[i])).toBeLessThan(1e-5));
      return { samples, fall: history[0].dataLoss / history.at(-1)!.dataLoss };
    };
    const [few, many] = [await learned(100), await learned(1000)];
    expect(many.samples).toHaveLength(20 * 500 * 5);
    expect(many.fall).toBeGreaterThan(1.3);
    const ofSamples = (samples: Float64Array, i: number): number[] =>
      Array.from({ length: 20 }, (_, s) => samples[2500 * s + i]);
    const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;
    const spread = (samples: Float64Array): number =>
      mean(
        Array.from(
          { length: 2500 },
          (_, i) => mean(ofSamples(samples, i).map((value) => value ** 2)) - mean(ofSamples(samples, i)) ** 2,
        ),
      );
    expect(spread(many.samples)).toBeLessThan(0.7 * spread(few.samples));
    expect(
      accuracy(
        Float64Array.from({ length: 2500 }, (_, i) => mean(ofSamples(many.samples, i))),
        Array.from(data.labels.subarray(1000)),
        5,
      ),
    ).toBeGreaterThan(0.6);
  }, 60_000);

  it("gives the same bytes for the same seed, others for another", async () => {
    const data = classesOf(learnable(100));
    const [a, b, c] = [
      await trainVariational(data, { hidden: [8] }, seededRandom(1), { epochs: 2 }),
      await trainVariational(data, { hidden: [8] }, seededRandom(1), { epochs: 2 }),
      await trainVariational(data, { hidden: [8] }, seededRandom(2), { epochs: 2 }),
    ];
    expect(a.network).toEqual(b.network);
    expect(a.history).toEqual(b.history);
    expect(a.network.means).not.toEqual(c.network.means);
  });

  it.each([
    ["no prior", { priorDeviation: 0 }, "priorDeviation: must be above 0 and finite; got 0"],
    ["no networks", { samples: 0 }, "samples: must be a whole number from 1; got 0"],
    ["targets without noise", { targetNoise: NaN }, "targetNoise: must be above 0 and finite; got NaN"],
    [
      "a rate at which numbers run out of bounds",
      { learningRate: 1e30, epochs: 20 },
      "learningRate: must be low enough that losses stay finite",
    ],
  ] as const satisfies readonly (readonly [string, VariationalOptions, string])[])(
    "refuses %s",
    async (_, options, message) => {
      await expect(
        trainVariational(classesOf(learnable(50)), { hidden: [4] }, seededRandom(1), options),
      ).rejects.toThrow(message);
    },
  );
});
