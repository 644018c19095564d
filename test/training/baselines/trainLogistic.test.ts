import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { makeMatrix, type Matrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { trainLogistic } from "../../../src/training/baselines/trainLogistic.js";

interface Expected {
  readonly coef: readonly (readonly number[])[];
  readonly intercept_centred: readonly number[];
  readonly objective: number;
  readonly proba_first3: readonly (readonly number[])[];
}
interface Golden {
  readonly cases: {
    readonly logistic_multinomial_l2: {
      readonly input: { readonly X: readonly (readonly number[])[]; readonly y: readonly number[] };
      readonly expected: Readonly<Record<string, Expected>>;
    };
    readonly logistic_binary: {
      readonly input: { readonly y: readonly number[] };
      readonly expected: Readonly<
        Record<
          string,
          {
            readonly coef: readonly number[];
            readonly intercept: number;
            readonly "params [const, b1..]"?: readonly number[];
          }
        >
      >;
    };
  };
}
const { cases } = JSON.parse(readFileSync(new URL("../../golden/e_linear.json", import.meta.url), "utf8")) as Golden;
const { X, y } = cases.logistic_multinomial_l2.input;
const names = ["a", "b", "c", "d"];
// The golden fits read doubles; a Matrix holds floats. Doubles in its place test the fit without that rounding.
const doubles = {
  rows: X.length,
  columns: 4,
  names,
  values: Float64Array.from(X.flat()) as unknown as Float32Array,
} satisfies Matrix;
const floats = makeMatrix(names, Float32Array.from(X.flat()));

const largest = (ours: ArrayLike<number>, theirs: readonly number[]): number =>
  theirs.reduce((most, value, i) => Math.max(most, Math.abs(value - ours[i])), 0);
const balanced = [0, 1, 2].map((code) => y.length / (3 * y.filter((label) => label === code).length));

/** Rows whose labels are drawn from a softmax of linear scores. */
function drawn(
  rows: number,
  columns: number,
  classes: number,
  seed: number,
): { readonly features: Matrix; readonly labels: Uint8Array } {
  const random = seededRandom(seed);
  const normal = (): number => boxMuller(1 - random(), random())[0];
  const slopes = Array.from({ length: classes }, () => Array.from({ length: columns }, () => 0.5 * normal()));
  const values = Float32Array.from({ length: rows * columns }, normal);
  const labels = Uint8Array.from({ length: rows }, (_, row) => {
    const scores = slopes.map(
      (slope) =>
        slope.reduce((sum, s, j) => sum + s * values[row * columns + j], 0) - Math.log(-Math.log(1 - random())),
    );
    return scores.indexOf(Math.max(...scores));
  });
  return {
    features: makeMatrix(
      Array.from({ length: columns }, (_, j) => `x${j}`),
      values,
    ),
    labels,
  };
}
const letters = ["a", "b", "c", "d", "e"];

describe("trainLogistic", () => {
  it.each([
    ["C=1", { C: 1 }, 1],
    ["C=0.1", { C: 0.1 }, 10],
    ["C=1,class_weight=balanced", { C: 1, weights: y.map((code) => balanced[code]) }, 1],
  ])("finds the optimum of scikit-learn's multinomial objective for %s", (name, options, objectiveUnit) => {
    const expected = cases.logistic_multinomial_l2.expected[name];
    const model = trainLogistic(doubles, y, ["0", "1", "2"], options);
    expect(model.converged).toBe(true);
    expect(largest(model.coefficients, expected.coef.flat())).toBeLessThan(1e-6);
    expect(largest(model.intercepts, expected.intercept_centred)).toBeLessThan(1e-6);
    // The golden objective is NLL + penalty / C.
    expect(Math.abs((model.objective * objectiveUnit) / expected.objective - 1)).toBeLessThan(1e-9);
    expect(largest(model.predict(doubles), expected.proba_first3.flat())).toBeLessThan(1e-7);
    // Rounding of the features to floats moves coefficients by less than the tolerance still.
    expect(largest(trainLogistic(floats, y, ["0", "1", "2"], options).coefficients, expected.coef.flat())).toBeLessThan(
      1e-6,
    );
  });

  it("penalises the one difference of two classes as scikit-learn does", () => {
    const difference = (C: number): number[] => {
      const { coefficients, intercepts } = trainLogistic(doubles, cases.logistic_binary.input.y, ["0", "1"], { C });
      return [intercepts[1] - intercepts[0], ...names.map((_, j) => coefficients[4 + j] - coefficients[j])];
    };
    const { "C=1": one, "C=1e+06": million, unpenalised_statsmodels: free } = cases.logistic_binary.expected;
    expect(largest(difference(1), [one.intercept, ...one.coef])).toBeLessThan(1e-5);
    expect(largest(difference(1e6), [million.intercept, ...million.coef])).toBeLessThan(1e-5);
    expect(largest(difference(1e12), free["params [const, b1..]"]!)).toBeLessThan(1e-7);
  });

  it("gives probabilities that sum to 1, centred coefficients, and equal bytes for equal input", () => {
    const model = trainLogistic(floats, y, ["0", "1", "2"]);
    const probabilities = model.predict(floats);
    for (let row = 0; row < floats.rows; row++)
      expect(probabilities[3 * row] + probabilities[3 * row + 1] + probabilities[3 * row + 2]).toBeCloseTo(1, 12);
    for (let j = 0; j < 4; j++)
      expect(model.coefficients[j] + model.coefficients[4 + j] + model.coefficients[8 + j]).toBeCloseTo(0, 12);
    expect(model.intercepts.reduce((a, b) => a + b)).toBeCloseTo(0, 12);
    const again = trainLogistic(floats, y, ["0", "1", "2"]);
    expect([...again.coefficients, ...again.intercepts]).toEqual([...model.coefficients, ...model.intercepts]);
  });

  it("does not depend on the order of rows beyond 1e-8, and takes a weight of 2 for a row that comes twice", () => {
    const { features, labels } = drawn(600, 5, 4, 3);
    const whole = trainLogistic(features, labels, letters.slice(0, 4));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const random = seededRandom(seed);
        const order = Array.from(labels, (_, row) => ({ row, key: random() }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row);
        const shuffled = makeMatrix(
          features.names,
          Float32Array.from(order.flatMap((row) => Array.from(features.values.subarray(5 * row, 5 * row + 5)))),
        );
        const model = trainLogistic(
          shuffled,
          order.map((row) => labels[row]),
          letters.slice(0, 4),
        );
        expect(largest(model.coefficients, Array.from(whole.coefficients))).toBeLessThan(1e-8);
        expect(largest(model.intercepts, Array.from(whole.intercepts))).toBeLessThan(1e-8);
      }),
      { numRuns: 10 },
    );
    const twice = makeMatrix(
      features.names,
      Float32Array.from([...features.values, ...features.values.subarray(0, 50)]),
    );
    const repeated = trainLogistic(twice, [...labels, ...labels.subarray(0, 10)], letters.slice(0, 4));
    const weighted = trainLogistic(features, labels, letters.slice(0, 4), {
      weights: Array.from(labels, (_, row) => (row < 10 ? 2 : 1)),
    });
    expect(largest(weighted.coefficients, Array.from(repeated.coefficients))).toBeLessThan(1e-8);
  });

  it("converges alike whatever the scale and offset of features, under a weak penalty", () => {
    const { features, labels } = drawn(500, 4, 3, 8);
    const stretched = makeMatrix(
      features.names,
      features.values.map((value, i) => 10 ** ((i % 4) * 2 - 3) * (value + 5)),
    );
    const [plain, other] = [features, stretched].map((matrix) =>
      trainLogistic(matrix, labels, letters.slice(0, 3), { C: 1e12 }),
    );
    expect(other.converged).toBe(true);
    expect(other.iterations).toBeLessThan(2 * plain.iterations + 5);
    expect(largest(other.predict(stretched), Array.from(plain.predict(features)))).toBeLessThan(1e-6);
  });

  it("copes with separable classes, collinear and constant features, and a single row per class", () => {
    const separable = makeMatrix(
      ["x", "copy", "constant"],
      Float32Array.from([-2, -2, 1, -1, -1, 1, 1, 1, 1, 2, 2, 1]),
    );
    for (const C of [1e-3, 1, 1e6]) {
      const model = trainLogistic(separable, [0, 0, 1, 1], ["a", "b"], { C });
      expect(model.converged).toBe(true);
      expect(model.coefficients[3]).toBeCloseTo(model.coefficients[4], 6);
      expect(model.predict(separable)[7]).toBeGreaterThan(0.5);
    }
    expect(trainLogistic(makeMatrix(["x"], Float32Array.of(0, 1, 2)), [2, 0, 1], ["a", "b", "c"]).converged).toBe(true);
  });

  it("fits 20,000 rows of 40 features and 5 classes in under 100 passes over the data", () => {
    const { features, labels } = drawn(20_000, 40, 5, 5);
    const model = trainLogistic(features, labels, letters);
    expect(model.converged).toBe(true);
    // A pass takes about 15 ms on the slow machine that this was written on; bench/ measures, tests count.
    expect(model.iterations).toBeLessThan(90);
  });

  it("reports a fit that ran out of iterations", () => {
    expect(trainLogistic(floats, y, ["0", "1", "2"], { maxIterations: 2 })).toMatchObject({
      converged: false,
      iterations: 2,
    });
  });

  it("refuses a class without training rows or with weight 0 only, and one class alone", () => {
    expect(() => trainLogistic(floats, y, ["0", "1", "2", "delta"])).toThrow('"delta" has none; leave the class out');
    expect(() => trainLogistic(floats, y, ["0", "1", "2"], { weights: y.map((code) => (code === 1 ? 0 : 1)) })).toThrow(
      '"1" has none',
    );
    expect(() => trainLogistic(makeMatrix(["x"], Float32Array.of(1)), [0], ["a", "b"])).toThrow('"b" has none');
    expect(() => trainLogistic(makeMatrix(["x"], Float32Array.of(1)), [0], ["a"])).toThrow(
      /at least two classes are needed; got 1/,
    );
  });

  it("refuses features not finite, labels that are no codes, odd lengths, C or weights", () => {
    const fit =
      (matrix: Matrix, labels: readonly number[], options = {}) =>
      () =>
        trainLogistic(matrix, labels, ["a", "b"], options);
    const matrix = makeMatrix(["x", "y"], Float32Array.of(0, 1, 2, 3));
    expect(fit({ ...matrix, values: Float32Array.of(0, 1, 2, NaN) }, [0, 1])).toThrow(
      "row 1, column y must be finite; got NaN",
    );
    expect(fit({ ...matrix, values: Float32Array.of(0, Infinity, 2, 3) }, [0, 1])).toThrow(
      "row 0, column y must be finite; got Infinity",
    );
    expect(fit(matrix, [0, 2])).toThrow("codes below 2; row 1 has 2");
    expect(fit(matrix, [0, 0.5])).toThrow("row 1 has 0.5");
    expect(fit(matrix, [0, 1, 1])).toThrow("got 3 labels for 2 rows");
    for (const C of [0, -1, NaN, Infinity])
      expect(fit(matrix, [0, 1], { C })).toThrow(`C must be above 0 and finite; got ${C}`);
    expect(fit(matrix, [0, 1], { weights: [1, -1] })).toThrow("row 1 has -1");
    expect(fit(matrix, [0, 1], { weights: [1, NaN] })).toThrow("row 1 has NaN");
    expect(fit(matrix, [0, 1], { weights: [0, 0] })).toThrow(/all 2 are 0/);
    expect(fit(matrix, [0, 1], { weights: [1] })).toThrow("got 1 weights for 2 rows");
  });
});
