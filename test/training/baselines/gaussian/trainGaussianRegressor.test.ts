import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../../src/core/InputError.js";
import { makeMatrix, selectMatrixRows } from "../../../../src/core/Matrix.js";
import { seededRandom } from "../../../../src/core/random/Random.js";
import { gaussianTargetPredictor } from "../../../../src/training/baselines/gaussian/gaussianTargetPredictor.js";
import { trainGaussianRegressor } from "../../../../src/training/baselines/gaussian/trainGaussianRegressor.js";
import { drawnRows, golden, largestError, matrixOf, worstRows } from "./golden.js";

const { input, regression, weighted, "smooth deviation": smooth } = golden.given;
const features = matrixOf(input.X, 3);
const fresh = matrixOf(input.X_new, 3);
const kernels = [input.kernel];

describe("trainGaussianRegressor", () => {
  it("predicts as scikit-learn with the same kernel, its deviations with and without noise", () => {
    const model = trainGaussianRegressor(features, input.y, ["y"], { kernels });
    expect(largestError([model.processes[0].evidence], [regression.evidence])).toBeLessThan(1e-10);
    expect(largestError(model.predictTargets(fresh), regression.mean)).toBeLessThan(1e-9);
    expect(largestError(model.predictDeviations(fresh), regression.deviation)).toBeLessThan(1e-9);
    expect(largestError(model.predictDeviations(fresh, { noise: false }), smooth)).toBeLessThan(1e-9);
    expect(model.processes[0]).toMatchObject({ iterations: 0, converged: true, jitter: 1e-10 });
  });

  it("divides the noise of a row by its weight, as scikit-learn does with noise by row", () => {
    const model = trainGaussianRegressor(features, weighted.y, ["y"], { kernels, weights: input.weights });
    expect(largestError([model.processes[0].evidence], [weighted.evidence])).toBeLessThan(1e-9);
    expect(largestError(model.predictTargets(fresh), weighted.mean)).toBeLessThan(1e-9);
    expect(largestError(model.predictDeviations(fresh, { noise: false }), weighted.deviation)).toBeLessThan(1e-9);
  });

  it.each(golden.fitted.map((rows) => [`${rows.y.length} x ${rows.columns}`, rows] as const))(
    "finds no less evidence than scikit-learn with three more starts, %s",
    (_, { X, y, columns, regression: theirs }) => {
      const [{ evidence, converged }] = trainGaussianRegressor(matrixOf(X, columns), y, ["y"]).processes;
      expect(evidence).toBeGreaterThan(theirs - 1e-3);
      expect(converged).toBe(true);
    },
  );

  it("agrees with the closed form for two rows", () => {
    const kernel = { variance: 1.5, lengths: [2], noise: 0.1 };
    const model = trainGaussianRegressor(matrixOf([0, 1], 1), [3, 7], ["y"], { kernels: [kernel] });
    const covariance = (distance: number): number => {
      const t = (Math.sqrt(5) * distance) / 2;
      return 1.5 * (1 + t + (t * t) / 3) * Math.exp(-t);
    };
    // Standardised targets are -1 and 1: an eigenvector of the covariance matrix.
    const [a, b] = [covariance(0.5), covariance(1.5)];
    const [plus, minus] = [1.6 + 1e-10 + covariance(1), 1.6 + 1e-10 - covariance(1)];
    const asked = matrixOf([1.5], 1);
    expect(model.predictTargets(asked)[0]).toBeCloseTo(5 + (2 * (a - b)) / minus, 12);
    expect(model.predictDeviations(asked, { noise: false })[0]).toBeCloseTo(
      2 * Math.sqrt(1.5 - (a + b) ** 2 / 2 / plus - (a - b) ** 2 / 2 / minus),
      12,
    );
  });

  it("goes through the targets where there is no noise, and is sure of them", () => {
    const { features: some, target } = drawnRows(30, 2, 4);
    const model = trainGaussianRegressor(some, target, ["y"], {
      kernels: [{ variance: 1, lengths: [1, 1], noise: 0 }],
    });
    expect(largestError(model.predictTargets(some), Array.from(target))).toBeLessThan(1e-6);
    expect(Math.max(...model.predictDeviations(some))).toBeLessThan(1e-4);
  });

  it("keeps every variance between 0 and the prior's, which rows far away have", () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer({ min: 0, max: 1e6 }),
          variance: fc.double({ min: 0.01, max: 100, noNaN: true }),
          length: fc.double({ min: 0.05, max: 50, noNaN: true }),
          noise: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        ({ seed, variance, length, noise }) => {
          const { features: some, target } = drawnRows(20, 2, seed);
          const model = trainGaussianRegressor(some, target, ["y"], {
            kernels: [{ variance, lengths: [length, length], noise }],
          });
          const { scale } = model.processes[0];
          const prior = scale * Math.sqrt(variance);
          for (const deviation of model.predictDeviations(drawnRows(10, 2, seed + 1).features, { noise: false })) {
            expect(deviation).toBeGreaterThanOrEqual(0);
            expect(deviation).toBeLessThanOrEqual(prior);
          }
          const far = matrixOf([1e5, -1e5], 2);
          expect(model.predictDeviations(far, { noise: false })[0]).toBeCloseTo(prior, 9);
          expect(model.predictDeviations(far)[0]).toBeCloseTo(scale * Math.sqrt(variance + noise), 9);
          expect(model.predictTargets(far)[0]).toBeCloseTo(model.processes[0].mean, 9);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("does not depend on the order of rows, nor a prediction on the rows beside it", () => {
    const { features: some, target } = drawnRows(40, 3, 5);
    const model = trainGaussianRegressor(some, target, ["y"]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const random = seededRandom(seed);
        const order = Uint32Array.from(
          Array.from(target, (_, row) => ({ row, key: random() }))
            .sort((a, b) => a.key - b.key)
            .map(({ row }) => row),
        );
        const turned = trainGaussianRegressor(
          selectMatrixRows(some, order),
          Array.from(order, (row) => target[row]),
          ["y"],
        );
        // The search ends within 1e-8 of the evidence, so kernels differ by about the root of that.
        expect(largestError(turned.predictTargets(fresh), Array.from(model.predictTargets(fresh)))).toBeLessThan(1e-3);
        const fixed = trainGaussianRegressor(
          selectMatrixRows(some, order),
          Array.from(order, (row) => target[row]),
          ["y"],
          { kernels: model.processes.map(({ kernel }) => kernel) },
        );
        expect(largestError(fixed.predictTargets(fresh), Array.from(model.predictTargets(fresh)))).toBeLessThan(1e-9);
      }),
      { numRuns: 5 },
    );
    const one = model.predictDeviations(selectMatrixRows(fresh, Uint32Array.of(2)));
    expect(one[0]).toBe(model.predictDeviations(fresh)[2]);
  });

  it("scales with its targets, and gives equal bytes for equal input", () => {
    const { features: some, target } = drawnRows(30, 2, 6);
    const model = trainGaussianRegressor(some, target, ["y"]);
    const larger = trainGaussianRegressor(
      some,
      target.map((value) => 1e6 + 1000 * value),
      ["y"],
    );
    const asked = drawnRows(5, 2, 7).features;
    expect(
      largestError(
        larger.predictTargets(asked).map((value) => (value - 1e6) / 1000),
        Array.from(model.predictTargets(asked)),
      ),
    ).toBeLessThan(1e-3);
    expect(trainGaussianRegressor(some, target, ["y"]).processes).toEqual(model.processes);
  });

  it("fits each target to the rows where it is known and weighted, and lets equal rows disagree", () => {
    const { features: some, target } = drawnRows(30, 2, 8);
    const two = Array.from(target).flatMap((value, row) => [value, row % 3 === 0 ? NaN : 10 - 2 * value]);
    const weights = Array.from(target, (_, row) => Number(row > 3));
    const model = trainGaussianRegressor(some, two, ["size", "yield"], { weights });
    expect(model.targets).toEqual(["size", "yield"]);
    expect(model.processes.map((process) => process.features.rows)).toEqual([26, 18]);
    const known = Uint32Array.from({ length: 30 }, (_, row) => row).filter((row) => row > 3 && row % 3 !== 0);
    const alone = trainGaussianRegressor(
      selectMatrixRows(some, known),
      Array.from(known, (row) => two[2 * row + 1]),
      ["yield"],
    );
    expect(model.predictTargets(some).filter((_, i) => i % 2 === 1)).toEqual(alone.predictTargets(some));
    const twins = trainGaussianRegressor(matrixOf([1, 1, 1, 2, 2], 1), [0, 1, 2, 5, 6], ["y"]);
    expect(twins.predictTargets(matrixOf([1, 2], 1))[0]).toBeCloseTo(1, 0);
    expect(twins.predictDeviations(matrixOf([1], 1))[0]).toBeGreaterThan(0.3);
  });

  it("takes constant features, features of any scale, two rows, and equal targets", () => {
    const { features: some, target } = drawnRows(40, 2, 9);
    const stretched = makeMatrix(
      ["a", "b", "constant"],
      Float32Array.from({ length: 120 }, (_, i) =>
        i % 3 === 2 ? 7 : (some.values[Math.floor(i / 3) * 2 + (i % 3)] + 3) * (i % 3 === 0 ? 1000 : 0.01),
      ),
    );
    const plain = trainGaussianRegressor(some, target, ["y"]);
    const model = trainGaussianRegressor(stretched, target, ["y"]);
    expect(model.processes[0].evidence).toBeGreaterThan(plain.processes[0].evidence - 0.5);
    const flat = trainGaussianRegressor(some, new Float64Array(40).fill(0.1), ["y"]);
    const asked = matrixOf([0.3, 0.4], 2);
    expect(flat.predictTargets(asked)[0]).toBeCloseTo(0.1, 12);
    expect(flat.predictDeviations(asked)[0]).toBeLessThan(0.01);
    const pair = trainGaussianRegressor(matrixOf([0, 1], 1), [1, 2], ["y"]);
    expect(Number.isFinite(pair.predictDeviations(matrixOf([0.5], 1))[0])).toBe(true);
  });

  it("answers with finite numbers, whatever the rows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const { features: some, target, weights } = worstRows(seed);
        const model = trainGaussianRegressor(some, target, ["y"], { weights });
        expect(model.predictTargets(some).every(Number.isFinite)).toBe(true);
        expect(model.predictDeviations(some).every((deviation) => deviation >= 0 && deviation < Infinity)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("predicts the same from its plain numbers, stored and read back", () => {
    const model = trainGaussianRegressor(features, input.y, ["y"], { kernels });
    const { names, targets, processes } = model;
    const stored = structuredClone({ names, targets, processes });
    expect(gaussianTargetPredictor(stored).predictTargets(fresh)).toEqual(model.predictTargets(fresh));
    expect(gaussianTargetPredictor(stored).predictDeviations(fresh)).toEqual(model.predictDeviations(fresh));
  });

  it("adds jitter where equal rows have no noise, and says how much", () => {
    const model = trainGaussianRegressor(matrixOf([1, 1, 2], 1), [0, 1, 2], ["y"], {
      kernels: [{ variance: 1e4, lengths: [1], noise: 0 }],
    });
    expect(model.processes[0].jitter).toBeGreaterThan(1e-10);
    expect(model.predictTargets(matrixOf([1], 1))[0]).toBeCloseTo(0.5, 2);
  });

  it("says that it has not converged where steps run out", () => {
    const model = trainGaussianRegressor(features, input.y, ["y"], { starts: 1, maxIterations: 2 });
    expect(model.processes[0]).toMatchObject({ converged: false, iterations: 2 });
  });

  it("refuses more than 2,000 rows and a matrix without a Cholesky factor, in words", () => {
    const many = matrixOf(new Array<number>(2001).fill(0), 1);
    expect(() => trainGaussianRegressor(many, new Float64Array(2001), ["y"])).toThrow(
      "trainGaussianRegressor, target y: an exact Gaussian process takes at most 2,000 rows; got 2,001; draw some of " +
        "them, or train a forest or a network",
    );
    const act = (): unknown =>
      trainGaussianRegressor(matrixOf([1, 1], 1), [0, 1], ["y"], {
        kernels: [{ variance: 1e12, lengths: [1], noise: 0 }],
      });
    expect(act).toThrow(InputError);
    expect(act).toThrow("the covariance matrix must have a Cholesky factor");
  });

  it.each([
    ["no targets", () => trainGaussianRegressor(features, [], []), "at least one target is needed"],
    ["a wrong number of targets", () => trainGaussianRegressor(features, [1], ["y"]), "got 1 numbers for 40 rows"],
    ["one row", () => trainGaussianRegressor(matrixOf([1], 1), [1], ["y"]), "at least 2 rows with a known target"],
    [
      "an infinite target",
      () => trainGaussianRegressor(matrixOf([1, 2, 3], 1), [1, NaN, Infinity], ["y"]),
      "row 2, target y has Infinity",
    ],
    [
      "a feature that is not finite",
      () => trainGaussianRegressor({ ...fresh, values: fresh.values.map(() => NaN) }, new Float64Array(6), ["y"]),
      "row 0, column x0 must be finite",
    ],
    ["a kernel too few", () => trainGaussianRegressor(features, input.y, ["y"], { kernels: [] }), "one kernel per"],
    [
      "a length too few",
      () => trainGaussianRegressor(features, input.y, ["y"], { kernels: [{ ...input.kernel, lengths: [1] }] }),
      "one length per feature; got 1 for 3 features",
    ],
    [
      "a length of 0",
      () => trainGaussianRegressor(features, input.y, ["y"], { kernels: [{ ...input.kernel, lengths: [1, 0, 1] }] }),
      "x1 has 0",
    ],
    [
      "negative noise",
      () => trainGaussianRegressor(features, input.y, ["y"], { kernels: [{ ...input.kernel, noise: -1 }] }),
      "at least 0 and finite; got -1",
    ],
    [
      "a variance of NaN",
      () => trainGaussianRegressor(features, input.y, ["y"], { kernels: [{ ...input.kernel, variance: NaN }] }),
      "above 0 and finite; got NaN",
    ],
    ["four starts", () => trainGaussianRegressor(features, input.y, ["y"], { starts: 4 }), "from 1 to 3; got 4"],
    [
      "no steps",
      () => trainGaussianRegressor(features, input.y, ["y"], { maxIterations: 0 }),
      "maxIterations must be a whole number from 1; got 0",
    ],
    [
      "other features than those of training",
      () =>
        trainGaussianRegressor(features, input.y, ["y"], { kernels }).predictTargets(
          makeMatrix(["x0", "x2", "x1"], new Float32Array(3)),
        ),
      "column 1 is x2, not x1",
    ],
    [
      "rows to predict that are not finite",
      () =>
        trainGaussianRegressor(features, input.y, ["y"], { kernels }).predictDeviations({
          ...fresh,
          values: fresh.values.map(() => Infinity),
        }),
      "row 0, column x0 must be finite; got Infinity",
    ],
  ])("refuses %s", (_, act, words) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(words);
  });
});
