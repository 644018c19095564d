import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../../src/core/InputError.js";
import { makeMatrix, selectMatrixRows } from "../../../../src/core/Matrix.js";
import { seededRandom } from "../../../../src/core/random/Random.js";
import { gaussianClassPredictor } from "../../../../src/training/baselines/gaussian/gaussianClassPredictor.js";
import { trainGaussianClassifier } from "../../../../src/training/baselines/gaussian/trainGaussianClassifier.js";
import { drawnRows, golden, largestError, matrixOf, worstRows } from "./golden.js";

const { input, binary, three } = golden.given;
const features = matrixOf(input.X, 3);
const fresh = matrixOf(input.X_new, 3);
const kernel = { variance: 4, lengths: input.kernel.lengths };
const last = input.classes.map((label) => Number(label === 2));

describe("trainGaussianClassifier", () => {
  it("gives scikit-learn's probabilities with the same kernel, for two classes and for three", () => {
    const two = trainGaussianClassifier(features, last, ["a", "b"], { kernels: [kernel, kernel] });
    expect(
      largestError(
        two.processes.map(({ evidence }) => evidence),
        binary.evidence,
      ),
    ).toBeLessThan(1e-10);
    expect(largestError(two.predict(fresh), binary.probabilities)).toBeLessThan(1e-8);
    const all = trainGaussianClassifier(features, input.classes, ["a", "b", "c"], {
      kernels: [kernel, kernel, kernel],
    });
    expect(
      largestError(
        all.processes.map(({ evidence }) => evidence),
        three.evidence,
      ),
    ).toBeLessThan(1e-10);
    expect(largestError(all.predict(fresh), three.probabilities)).toBeLessThan(1e-8);
  });

  it.each(golden.fitted.map((rows) => [`${rows.y.length} x ${rows.columns}`, rows] as const))(
    "finds no less evidence than scikit-learn with three more starts, %s",
    (_, { X, classes, columns, binary: theirs }) => {
      const [{ evidence, converged }] = trainGaussianClassifier(
        matrixOf(X, columns),
        classes.map((label) => Number(label === 2)),
        ["a", "b"],
        { largestVariance: 1e5 },
      ).processes;
      expect(evidence).toBeGreaterThan(theirs - 1e-3);
      expect(converged).toBe(true);
    },
  );

  it("gives probabilities between 0 and 1 that sum to 1, whatever the kernel", () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer({ min: 0, max: 1e6 }),
          variance: fc.double({ min: 1e-5, max: 1e5, noNaN: true }),
          length: fc.double({ min: 0.01, max: 1e3, noNaN: true }),
        }),
        ({ seed, variance, length }) => {
          const { features: some, target } = drawnRows(25, 2, seed);
          const labels = Uint8Array.from(target, (value) => (value < -0.5 ? 0 : value < 0.5 ? 1 : 2));
          const one = { variance, lengths: [length, length] };
          const model = trainGaussianClassifier(some, labels, ["a", "b", "c"], { kernels: [one, one, one] });
          const probabilities = model.predict(drawnRows(10, 2, seed + 1).features);
          for (let row = 0; row < 10; row++) {
            const own = probabilities.subarray(3 * row, 3 * row + 3);
            expect(own[0] + own[1] + own[2]).toBeCloseTo(1, 12);
            for (const probability of own) expect(probability).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it("does not depend on the order of rows, nor two classes on which comes first", () => {
    const { features: some, labels } = drawnRows(50, 2, 1);
    const asked = drawnRows(8, 2, 2).features;
    const kernels = [
      { variance: 3, lengths: [1, 2] },
      { variance: 3, lengths: [1, 2] },
    ];
    const model = trainGaussianClassifier(some, labels, ["no", "yes"], { kernels });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const random = seededRandom(seed);
        const order = Uint32Array.from(
          Array.from(labels, (_, row) => ({ row, key: random() }))
            .sort((a, b) => a.key - b.key)
            .map(({ row }) => row),
        );
        const turned = trainGaussianClassifier(
          selectMatrixRows(some, order),
          Array.from(order, (row) => labels[row]),
          ["no", "yes"],
          { kernels },
        );
        expect(largestError(turned.predict(asked), Array.from(model.predict(asked)))).toBeLessThan(1e-9);
      }),
      { numRuns: 10 },
    );
    const other = trainGaussianClassifier(
      some,
      labels.map((label) => 1 - label),
      ["yes", "no"],
      { kernels },
    ).predict(asked);
    expect(
      largestError(
        other.map((_, i) => other[i ^ 1]),
        Array.from(model.predict(asked)),
      ),
    ).toBeLessThan(1e-7);
  });

  it("takes a weight of 2 for a row that comes twice, and leaves out rows of weight 0", () => {
    const { features: some, labels } = drawnRows(30, 2, 3);
    const kernels = [
      { variance: 3, lengths: [1, 2] },
      { variance: 3, lengths: [1, 2] },
    ];
    const asked = drawnRows(8, 2, 4).features;
    const rows = Array.from(labels, (_, row) => row);
    const repeated = Uint32Array.from([...rows.slice(3), ...rows.slice(20)]);
    const twice = trainGaussianClassifier(
      selectMatrixRows(some, repeated),
      Array.from(repeated, (row) => labels[row]),
      ["no", "yes"],
      { kernels },
    );
    const weighted = trainGaussianClassifier(some, labels, ["no", "yes"], {
      kernels,
      weights: rows.map((row) => (row < 3 ? 0 : row < 20 ? 1 : 2)),
    });
    expect(weighted.features.rows).toBe(27);
    expect(weighted.processes[0].evidence).toBeCloseTo(twice.processes[0].evidence, 8);
    expect(largestError(weighted.predict(asked), Array.from(twice.predict(asked)))).toBeLessThan(1e-8);
  });

  it("gives classes without training rows probability 0, as a forest does, and a class alone 1", () => {
    const { features: some, labels } = drawnRows(30, 2, 5);
    const letters = ["a", "none", "b", "none either"];
    const model = trainGaussianClassifier(
      some,
      labels.map((label) => 2 * label),
      letters,
    );
    const two = trainGaussianClassifier(some, labels, ["a", "b"]);
    const asked = drawnRows(3, 2, 6).features;
    expect(Array.from(model.predict(asked))).toEqual(
      Array.from({ length: 3 }, (_, row) => [
        two.predict(asked)[2 * row],
        0,
        two.predict(asked)[2 * row + 1],
        0,
      ]).flat(),
    );
    expect(model.kernels.map((one) => one !== null)).toEqual([false, false, true, false]);
    const alone = trainGaussianClassifier(some, new Uint8Array(30).fill(1), ["a", "b", "c"]);
    expect(Array.from(alone.predict(asked))).toEqual([0, 1, 0, 0, 1, 0, 0, 1, 0]);
    expect(trainGaussianClassifier(matrixOf([1], 1), [0], ["a", "b"]).predict(matrixOf([3], 1))).toEqual(
      Float64Array.of(1, 0),
    );
  });

  it("keeps the variance below its largest, so that probabilities of classes that part are surer", () => {
    const line = matrixOf(
      Array.from({ length: 40 }, (_, row) => row / 10),
      1,
    );
    const labels = Array.from({ length: 40 }, (_, row) => Number(row >= 12 && row < 28));
    const [bounded, free] = [25, 1e5].map((largestVariance) =>
      trainGaussianClassifier(line, labels, ["ends", "middle"], { largestVariance }),
    );
    expect(bounded.kernels[1]!.variance).toBeCloseTo(25, 1);
    // scikit-learn's is 48.5².
    expect(Math.sqrt(free.kernels[1]!.variance)).toBeCloseTo(48.5, 1);
    const asked = matrixOf([2], 1);
    expect(bounded.predict(asked)[1]).toBeGreaterThan(free.predict(asked)[1] + 0.1);
  });

  it("hands its kernels to another fit, which then only learns the rows", () => {
    const { features: some, labels } = drawnRows(40, 2, 7);
    const model = trainGaussianClassifier(some, labels, ["a", "b"]);
    expect(model.processes[0].iterations).toBeGreaterThan(0);
    const again = trainGaussianClassifier(some, labels, ["a", "b"], { kernels: model.kernels });
    expect(again.processes[0].iterations).toBe(0);
    const asked = drawnRows(5, 2, 8).features;
    expect(largestError(again.predict(asked), Array.from(model.predict(asked)))).toBeLessThan(1e-9);
  });

  it("copes with separable classes, rows that come twice with other labels, constant features, one row each", () => {
    const separable = trainGaussianClassifier(
      makeMatrix(["x", "constant"], Float32Array.from([-2, 1, -1, 1, 1, 1, 2, 1])),
      [0, 0, 1, 1],
      ["a", "b"],
    );
    const probabilities = separable.predict(makeMatrix(["x", "constant"], Float32Array.of(-1.5, 1, 1.5, 1)));
    expect(probabilities[0]).toBeGreaterThan(0.6);
    expect(probabilities[3]).toBeGreaterThan(0.6);
    const torn = trainGaussianClassifier(matrixOf([1, 1, 1, 1], 1), [0, 1, 0, 1], ["a", "b"]);
    expect(torn.predict(matrixOf([1], 1))[0]).toBeCloseTo(0.5, 6);
    const each = trainGaussianClassifier(matrixOf([0, 1, 2], 1), [2, 0, 1], ["a", "b", "c"]);
    expect(each.predict(matrixOf([0.5], 1)).every((value) => value > 0 && value < 1)).toBe(true);
  });

  it("answers with probabilities, whatever the rows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const { features: some, labels, weights } = worstRows(seed);
        const model = trainGaussianClassifier(some, labels, ["a", "b", "c"], { weights });
        expect(model.predict(some).every((probability) => probability >= 0 && probability <= 1)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("predicts the same from its plain numbers, stored and read back, and the same bytes for equal input", () => {
    const train = (): ReturnType<typeof trainGaussianClassifier> =>
      trainGaussianClassifier(features, input.classes, ["a", "b", "c"]);
    const model = train();
    const { classes, names, features: own, present, processes } = model;
    const stored = structuredClone({ classes, names, features: own, present, processes });
    expect(gaussianClassPredictor(stored).predict(fresh)).toEqual(model.predict(fresh));
    expect(train().processes).toEqual(processes);
  });

  it("refuses more than 2,000 rows of weight above 0, in words", () => {
    const many = matrixOf(new Array<number>(2001).fill(0), 1);
    const act = (): unknown => trainGaussianClassifier(many, new Uint8Array(2001), ["a", "b"]);
    expect(act).toThrow(InputError);
    expect(act).toThrow("trainGaussianClassifier: an exact Gaussian process takes at most 2,000 rows; got 2,001");
  });

  it("refuses a kernel beyond what numbers hold, instead of answering NaN", () => {
    const act = (): unknown =>
      trainGaussianClassifier(features, last, ["a", "b"], {
        kernels: [null, { variance: 1e300, lengths: [1e9, 1e9, 1e9] }],
      });
    expect(act).toThrow(InputError);
    expect(act).toThrow("trainGaussianClassifier, class b: the covariance matrix must have a Cholesky factor");
  });

  it.each([
    ["one class", () => trainGaussianClassifier(features, last, ["a"]), "at least two classes are needed; got 1"],
    ["a label too few", () => trainGaussianClassifier(features, [0], ["a", "b"]), "got 1 labels for 40 rows"],
    [
      "a label that is no code",
      () => trainGaussianClassifier(features, input.classes, ["a", "b"]),
      "labels must be codes below 2",
    ],
    [
      "kernels too few",
      () => trainGaussianClassifier(features, last, ["a", "b"], { kernels: [kernel] }),
      "kernels must be one by class code; got 1 for 2 classes",
    ],
    [
      "a kernel of other features",
      () => trainGaussianClassifier(features, last, ["a", "b"], { kernels: [null, { variance: 1, lengths: [1] }] }),
      "one length per feature; got 1 for 3 features",
    ],
    [
      "negative weights",
      () => trainGaussianClassifier(features, last, ["a", "b"], { weights: last.map(() => -1) }),
      "row 0 has -1",
    ],
    [
      "a feature that is not finite",
      () => trainGaussianClassifier({ ...fresh, values: fresh.values.map(() => NaN) }, last.slice(0, 6), ["a", "b"]),
      "row 0, column x0 must be finite",
    ],
    [
      "half a start",
      () => trainGaussianClassifier(features, last, ["a", "b"], { starts: 0.5 }),
      "from 1 to 3; got 0.5",
    ],
    [
      "a largest variance of 0",
      () => trainGaussianClassifier(features, last, ["a", "b"], { largestVariance: 0 }),
      "between 1 and 100000; got 0",
    ],
    [
      "other features than those of training",
      () =>
        trainGaussianClassifier(features, last, ["a", "b"], { kernels: [kernel, kernel] }).predict(
          makeMatrix(["x0", "x2", "x1"], new Float32Array(3)),
        ),
      "column 1 is x2, not x1",
    ],
  ])("refuses %s", (_, act, words) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(words);
  });
});
