import { beforeAll, describe, expect, it } from "vitest";
import { makeMatrix, type Matrix, selectMatrixRows } from "../../src/core/Matrix.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { makeTrainingEngine } from "../../src/training/engines/makeTrainingEngine.js";
import { networkPredictor } from "../../src/training/networkPredictor.js";
import { thinnedNetwork } from "../../src/training/thinnedNetwork.js";
import { trainClassifier } from "../../src/training/trainClassifier.js";
import { monteCarloDropout } from "../../src/uncertainty/monteCarloDropout.js";
import type { UncertainPredictor } from "../../src/uncertainty/Predictive.js";
import { learnable } from "../training/tasks.js";

const rate = 0.2;
const held = learnable(200, 2).features;

describe("monteCarloDropout", () => {
  let make: (passes: number, seed?: number) => UncertainPredictor;
  beforeAll(async () => {
    const { features, labels, classes } = learnable(1200);
    const { network } = await trainClassifier(features, labels, classes, seededRandom(1), {
      hidden: [32, 32],
      dropout: rate,
      epochs: 40,
      batchSize: 32,
    });
    const engine = await makeTrainingEngine("simd");
    make = (passes, seed = 3) =>
      monteCarloDropout(
        (random) => networkPredictor(thinnedNetwork(network, rate, random), engine),
        seededRandom(seed),
        { passes },
      );
  });

  it("disagrees with itself from pass to pass, and more so out of the domain", () => {
    const mean = (features: Matrix): number =>
      make(20)
        .predictive(features)
        .epistemic.reduce((a, b) => a + b) / features.rows;
    const far = makeMatrix(
      held.names,
      held.values.map((value) => 4 * value),
    );
    expect(mean(held)).toBeGreaterThan(0.01);
    expect(mean(far)).toBeGreaterThan(1.2 * mean(held));
  });

  it("comes to one mean whatever the seed, the closer the more passes", () => {
    const gap = (passes: number): number => {
      const [a, b] = [make(passes, 3).predict(held), make(passes, 4).predict(held)];
      return Math.sqrt(a.reduce((sum, one, i) => sum + (one - b[i]) ** 2, 0) / a.length);
    };
    const [few, many] = [gap(8), gap(128)];
    // Sixteen times as many passes leave a quarter of the error.
    expect(many / few).toBeGreaterThan(0.15);
    expect(many / few).toBeLessThan(0.4);
  });

  it("gives a row the same answer alone and among others, and equal streams equal bytes", () => {
    const all = make(10).predictive(held);
    const alone = make(10).predictive(selectMatrixRows(held, Uint32Array.of(77)));
    expect(alone.epistemic[0]).toBe(all.epistemic[77]);
  });

  it("refuses a single pass", () => {
    expect(() => make(1)).toThrow("at least 2; got 1");
  });
});
