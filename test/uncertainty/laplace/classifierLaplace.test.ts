import { beforeAll, describe, expect, it } from "vitest";
import { makeMatrix, type Matrix, selectMatrixRows } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { makeTrainingEngine } from "../../../src/training/engines/makeTrainingEngine.js";
import { predictTargets } from "../../../src/training/predictTargets.js";
import { trainClassifier } from "../../../src/training/trainClassifier.js";
import { trunkAndHead } from "../../../src/training/trunkAndHead.js";
import { classifierLaplace, type LaplacePosterior } from "../../../src/uncertainty/laplace/classifierLaplace.js";
import { laplacePredictor } from "../../../src/uncertainty/laplace/laplacePredictor.js";
import { outputCovariance } from "../../../src/uncertainty/laplace/outputCovariance.js";
import type { UncertainPredictor } from "../../../src/uncertainty/Predictive.js";
import { probitProbabilities } from "../../../src/uncertainty/laplace/probitProbabilities.js";
import { learnable, range } from "../../training/tasks.js";
import { expected, head, hidden, input, tolerance } from "../goldenLaplace.js";

const expectNear = (values: ArrayLike<number>, wanted: readonly number[]): void => {
  expect(values).toHaveLength(wanted.length);
  wanted.forEach((one, i) => expect(Math.abs(values[i] - one)).toBeLessThanOrEqual(tolerance));
};

describe("classifierLaplace, at the golden prior", () => {
  const posterior = classifierLaplace(hidden, head, { priorPrecision: input.prior_precision });

  it("agrees on the determinant of the posterior precision", () => {
    expectNear([posterior.logDeterminant], [expected.log_det_posterior_precision]);
  });

  it("agrees on variances and covariances of the logits", () => {
    const covariance = outputCovariance(posterior, hidden);
    expectNear(
      covariance.filter((_, i) => Math.floor(i / 3) % 3 === i % 3),
      expected.functional_variance.flat(),
    );
    expectNear(covariance.subarray(0, 9), expected.functional_cov_row0.flat());
  });

  it("agrees on the probabilities of the probit link", () => {
    expectNear(probitProbabilities(posterior, hidden), expected.probit_probs.flat());
  });
});

const data = learnable(2000);
const held = learnable(300, 2).features;
const far = makeMatrix(
  held.names,
  held.values.map((value) => 4 * value),
);

interface Fitted {
  readonly posterior: LaplacePosterior;
  readonly hiddenOf: (features: Matrix) => Float64Array;
}

/** A posterior from the first rows, and the hidden units it goes with. */
async function fitted(rows: number, priorPrecision?: number): Promise<Fitted> {
  const { network } = await trainClassifier(data.features, data.labels, data.classes, seededRandom(1), {
    hidden: [16, 16],
    train: range(0, rows),
    epochs: Math.round(60_000 / rows),
    batchSize: 32,
  });
  const engine = await makeTrainingEngine("simd");
  const { trunk, classHead } = trunkAndHead(network);
  const hiddenOf = (features: Matrix): Float64Array => predictTargets(trunk, features, engine);
  return {
    hiddenOf,
    posterior: classifierLaplace(hiddenOf(selectMatrixRows(data.features, range(0, rows))), classHead, {
      priorPrecision,
    }),
  };
}

/** Mean over rows of the variance of their logits. */
function meanVariance({ posterior, hiddenOf }: Fitted, features: Matrix): number {
  const covariance = outputCovariance(posterior, hiddenOf(features));
  return covariance.filter((_, i) => Math.floor(i / 5) % 5 === i % 5).reduce((a, b) => a + b) / (5 * features.rows);
}

describe("classifierLaplace, tuned", () => {
  let few: Fitted;
  let many: Fitted;
  beforeAll(async () => {
    [few, many] = [await fitted(150), await fitted(2000)];
  });

  it("has the prior at the maximum of the marginal likelihood: effective parameters = precision · |head|²", () => {
    const { priorPrecision, effectiveParameters, head: top } = many.posterior;
    const squares = [...Array.from(top.weights), ...Array.from(top.biases)].reduce((sum, one) => sum + one * one, 0);
    expect(effectiveParameters).toBeCloseTo(priorPrecision * squares, 6);
    expect(effectiveParameters).toBeLessThan(5 * 17);
  });

  it("spreads epistemic uncertainty over rows, where a prior fixed too strong all but flattens it", async () => {
    const spread = ({ posterior, hiddenOf }: Fitted): number => {
      const { epistemic } = laplacePredictor(data.classes, hiddenOf, posterior, seededRandom(3)).predictive(held);
      const mean = epistemic.reduce((a, b) => a + b) / epistemic.length;
      return Math.sqrt(epistemic.reduce((sum, one) => sum + (one - mean) ** 2, 0) / epistemic.length);
    };
    expect(spread(many)).toBeGreaterThan(10 * spread(await fitted(2000, 1e4)));
  });

  it("knows logits better with more data, and worse out of the domain", () => {
    expect(meanVariance(many, held)).toBeLessThan(0.5 * meanVariance(few, held));
    expect(meanVariance(many, far)).toBeGreaterThan(3 * meanVariance(many, held));
  });

  it("does not depend on the order of the rows", () => {
    const units = many.hiddenOf(data.features);
    const turned = many.hiddenOf(selectMatrixRows(data.features, range(0, 2000).reverse()));
    const [a, b] = [units, turned].map((values) => classifierLaplace(values, many.posterior.head));
    expect(b.priorPrecision).toBeCloseTo(a.priorPrecision, 8);
    expect(b.logDeterminant).toBeCloseTo(a.logDeterminant, 8);
  });
});

describe("laplacePredictor", () => {
  it("has parts that sum, agrees with the probit link within a few hundredths, and answers row by row", async () => {
    const { posterior, hiddenOf } = await fitted(2000);
    const make = (draws: number): UncertainPredictor =>
      laplacePredictor(data.classes, hiddenOf, posterior, seededRandom(3), { draws });
    const { probabilities, total, aleatoric, epistemic } = make(200).predictive(held);
    total.forEach((whole, row) => expect(whole).toBe(aleatoric[row] + epistemic[row]));
    const probit = probitProbabilities(posterior, hiddenOf(held));
    const gap = probabilities.reduce((sum, one, i) => sum + Math.abs(one - probit[i]), 0) / probabilities.length;
    expect(gap).toBeLessThan(0.06);
    const alone = make(200).predictive(selectMatrixRows(held, Uint32Array.of(42)));
    expect(alone.epistemic[0]).toBeCloseTo(epistemic[42], 12);
  });

  it("comes to the integral over the logit's distribution with many draws", () => {
    const one = { weights: [0, 1.2], biases: [0, 0.3] };
    const posterior = classifierLaplace([-1, 0.5, 2, 1], one, { priorPrecision: 0.8 });
    const random = seededRandom(9);
    const features = makeMatrix(["h"], Float32Array.of(1.5));
    const [, drawn] = laplacePredictor(["a", "b"], ({ values }) => values, posterior, random, {
      draws: 100_000,
    }).predict(features);
    const [a, b, , c] = outputCovariance(posterior, [1.5]);
    const [mean, deviation] = [1.2 * 1.5 + 0.3, Math.sqrt(a + c - 2 * b)];
    let integral = 0;
    for (let t = -8; t < 8; t += 0.001)
      integral += (0.001 * Math.exp((-t * t) / 2)) / Math.sqrt(2 * Math.PI) / (1 + Math.exp(-(mean + deviation * t)));
    expect(Math.abs(drawn - integral)).toBeLessThan(0.004);
  });
});

describe("bad input to a last-layer Laplace", () => {
  it("is refused: hidden units that do not fit or are NaN, one class, a head of zeros, a prior of 0", () => {
    expect(() => classifierLaplace([1, 2, 3], { weights: [1, 2, 3, 4], biases: [0, 0] })).toThrow("2 to a row");
    expect(() => classifierLaplace([], head)).toThrow("at least one row");
    expect(() => classifierLaplace([1, NaN], { weights: [1, 2, 3, 4], biases: [0, 0] })).toThrow(
      "row 0, unit 1 has NaN",
    );
    expect(() => classifierLaplace([1], { weights: [1], biases: [0] })).toThrow("at least two classes");
    expect(() => classifierLaplace([1], { weights: [0, 0], biases: [0, 0] })).toThrow("not all 0");
    expect(() => classifierLaplace(hidden, head, { priorPrecision: 0 })).toThrow("above 0");
  });

  it("is refused where the rows say nothing: all probabilities are 0 or 1", () => {
    expect(() => classifierLaplace([1], { weights: [0, 2000], biases: [0, 0] })).toThrow("the curvature is 0");
  });

  it("is refused by the predictor: classes that do not fit, a single draw", () => {
    const posterior = classifierLaplace(hidden, head);
    expect(() => laplacePredictor(["a"], () => [], posterior, seededRandom(1))).toThrow("got 1 for 3");
    expect(() => laplacePredictor(["a", "b", "c"], () => [], posterior, seededRandom(1), { draws: 1 })).toThrow(
      "at least 2; got 1",
    );
  });
});
