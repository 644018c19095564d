import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import {
  crossConformalSets,
  type OutOfFoldProbabilities,
} from "../../../src/uncertainty/conformal/crossConformalSets.js";
import { holdsClass } from "../../../src/uncertainty/conformal/labelSets.js";
import { drawGaussianClasses, exactPosterior } from "../../support/gaussianClasses.js";

const folds = 5;
const rows = 40;
/** Each fold's model learnt other class shares from its few rows: smoothed counts. */
function crossValidated(random: ReturnType<typeof seededRandom>): {
  readonly seen: OutOfFoldProbabilities;
  readonly models: readonly ((points: Float64Array) => Float64Array)[];
} {
  const { points, labels } = drawGaussianClasses(rows, [0.6, 0.3, 0.1], random);
  const foldOf = Uint8Array.from(labels.keys(), (row) => row % folds);
  const models = Array.from({ length: folds }, (_, k) => {
    const shares = [0, 1, 2].map(
      (code) =>
        (1 + labels.filter((label, row) => label === code && foldOf[row] !== k).length) /
        (3 + (rows * (folds - 1)) / folds),
    );
    return (at: Float64Array): Float64Array => exactPosterior(at, shares);
  });
  return {
    seen: {
      labels,
      probabilities: Array.from(points).flatMap((x, row) => [...models[foldOf[row]](new Float64Array([x]))]),
      foldOf,
    },
    models,
  };
}

describe("crossConformalSets", () => {
  it("by class holds a class against its own rows: a rare one enters where it is no stranger than they", () => {
    // Ten rows of class 0 fit well, four of class 1 badly: together class 1 never enters, among its own it does.
    const labels = [...Array<number>(10).fill(0), ...Array<number>(4).fill(1)];
    const probabilities = labels.flatMap((label) => (label === 0 ? [0.95, 0.05] : [0.8, 0.2]));
    const seen = { labels, probabilities, foldOf: labels.map((_, row) => row % 2) };
    const asked = [
      [0.8, 0.2],
      [0.8, 0.2],
    ];
    const together = crossConformalSets(seen, asked, { alpha: 0.4 }).sets[0];
    const apart = crossConformalSets(seen, asked, { alpha: 0.4, byClass: true }).sets[0];
    expect([holdsClass(together, 1), holdsClass(apart, 1)]).toEqual([false, true]);
    // Class 0 with 0.8 is stranger than all ten of its rows; one of three rows cannot promise 0.9 and enters always.
    expect(holdsClass(apart, 0)).toBe(false);
    const sure = [
      [1, 0],
      [1, 0],
    ];
    expect(holdsClass(crossConformalSets(seen, sure, { alpha: 0.1, byClass: true }).sets[0], 1)).toBe(true);
  });

  it("lets a class in unless at least (1 - alpha)(n + 1) training rows fitted better: by hand", () => {
    const seen = { labels: [0, 0, 1], probabilities: [0.9, 0.1, 0.6, 0.4, 0.5, 0.5], foldOf: [0, 1, 2] };
    // Training scores 0.1, 0.4, 0.5. Class 0 scores 0.3 with every model: one fitted better, 1 < 0.5 · 4; class 1
    // scores 0.7: three did.
    expect([
      ...crossConformalSets(
        seen,
        [
          [0.7, 0.3],
          [0.7, 0.3],
          [0.7, 0.3],
        ],
        { alpha: 0.5 },
      ).sets,
    ]).toEqual([1]);
    // 0.45: two did, which keeps it out at rank 2 and lets it in at rank 3.
    expect(
      [0.5, 0.25].map(
        (alpha) =>
          crossConformalSets(
            seen,
            [
              [0.55, 0.45],
              [0.55, 0.45],
              [0.55, 0.45],
            ],
            { alpha },
          ).sets[0],
      ),
    ).toEqual([0, 1]);
    // By its own fold's model alone, 0.05 for class 1, does row 0 fit better: 0.1 is not below it.
    expect([
      ...crossConformalSets(
        seen,
        [
          [0.05, 0.95],
          [0.7, 0.3],
          [0.7, 0.3],
        ],
        { alpha: 0.3 },
      ).sets,
    ]).toEqual([3]);
  });

  it.each([
    ["lac", false],
    ["aps", true],
  ] as const)(
    "covers near 1 - alpha over 300 trainings on 40 rows, without calibration rows: %s",
    (score, randomised) => {
      const random = seededRandom(6);
      let [hits, total, atLeast] = [0, 0, 0];
      for (let trial = 0; trial < 300; trial++) {
        const { seen, models } = crossValidated(random);
        const fresh = drawGaussianClasses(20, [0.6, 0.3, 0.1], random);
        const crossed = crossConformalSets(
          seen,
          models.map((model) => model(fresh.points)),
          { alpha: 0.1, score },
          randomised ? random.fork(trial) : undefined,
        );
        fresh.labels.forEach((label, row) => (hits += holdsClass(crossed.sets[row], label) ? 1 : 0));
        total += 20;
        atLeast = crossed.atLeast;
      }
      expect(atLeast).toBeLessThan(0.8);
      expect(hits / total).toBeGreaterThan(0.88);
      expect(hits / total).toBeLessThan(0.94);
    },
  );

  it("holds every class for too few rows, and says how many are needed", () => {
    const seen = { labels: [0, 1], probabilities: [0.9, 0.1, 0.2, 0.8], foldOf: [0, 1] };
    expect(
      crossConformalSets(
        seen,
        [
          [1, 0],
          [1, 0],
        ],
        { alpha: 0.1 },
      ),
    ).toMatchObject({ sets: new Uint32Array([3]), reason: "alpha = 0.1 needs at least 9 training rows; got 2" });
  });

  it("refuses labels, probabilities and folds that do not fit", () => {
    const seen = { labels: [0, 1], probabilities: [0.9, 0.1, 0.2, 0.8], foldOf: [0, 1] };
    expect(() =>
      crossConformalSets(
        { ...seen, labels: [0] },
        [
          [1, 0],
          [1, 0],
        ],
        { alpha: 0.5 },
      ),
    ).toThrow("got 1 and 2");
    expect(() =>
      crossConformalSets(
        { ...seen, labels: [0, 2] },
        [
          [1, 0],
          [1, 0],
        ],
        { alpha: 0.5 },
      ),
    ).toThrow("row 1 has 2");
    expect(() =>
      crossConformalSets(
        seen,
        [
          [1, 0],
          [1, 0, 1, 0],
        ],
        { alpha: 0.5 },
      ),
    ).toThrow("fold 1 has 4 probabilities, fold 0 2");
    expect(() =>
      crossConformalSets(
        seen,
        [
          [1, 0],
          [1, 1],
        ],
        { alpha: 0.5 },
      ),
    ).toThrow("row 0 sums to 2");
    expect(() =>
      crossConformalSets(
        { ...seen, probabilities: new Array<number>(66).fill(1 / 33) },
        [
          [1, 0],
          [1, 0],
        ],
        { alpha: 0.5 },
      ),
    ).toThrow("got 33 classes");
  });
});
