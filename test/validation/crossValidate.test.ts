import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../src/core/Matrix.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { repeatedStratifiedKFold } from "../../src/splitting/repeatedStratifiedKFold.js";
import { trainMajority } from "../../src/training/baselines/trainMajority.js";
import { crossValidate } from "../../src/validation/crossValidate.js";

const labels = Uint8Array.from({ length: 60 }, (_, row) => Number(row % 3 === 0));
const features = makeMatrix(
  ["x"],
  Float32Array.from({ length: 60 }, (_, row) => row),
);
const repeats = repeatedStratifiedKFold(Array.from(labels), seededRandom(1), { folds: 5, repeats: 3 });

describe("crossValidate", () => {
  it("scores every round on rows that its model had not seen, and keeps predictions by repeat", async () => {
    const seen: number[][] = [];
    const { rounds, accuracy, outOfFold } = await crossValidate(repeats, { features, labels }, (folds) =>
      Promise.resolve(
        folds.map(({ train }) => {
          const rows = new Set(train);
          return {
            classes: ["a", "b"],
            predict: (asked) => {
              const rowsAsked = Array.from(asked.values);
              seen.push(rowsAsked.filter((row) => rows.has(row)));
              // Names each row by its label: right wherever rows are handed over in order.
              return Float64Array.from(rowsAsked.flatMap((row) => (labels[row] === 1 ? [0.25, 0.75] : [0.75, 0.25])));
            },
          };
        }),
      ),
    );
    expect(rounds.map(({ repeat }) => repeat)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2]);
    expect(seen.flat()).toEqual([]);
    expect(rounds.every((round) => round.accuracy === 1 && Math.abs(round.logLoss + Math.log(0.75)) < 1e-12)).toBe(
      true,
    );
    expect(accuracy).toMatchObject({ value: 1, interval: { low: 1, high: 1 } });
    expect(outOfFold).toHaveLength(3);
    outOfFold.forEach((probabilities) => {
      expect(Array.from(labels, (label, row) => probabilities[row * 2 + label])).toEqual(
        Array.from(labels, () => 0.75),
      );
    });
  });

  it("gives a constant answer the accuracy of the commonest class, in every repeat", async () => {
    const { accuracy } = await crossValidate(repeats, { features, labels }, (folds) =>
      Promise.resolve(
        folds.map(({ train }) =>
          trainMajority(
            Array.from(train, (row) => labels[row]),
            ["a", "b"],
          ),
        ),
      ),
    );
    expect(accuracy.value).toBeCloseTo(2 / 3, 12);
  });

  it("refuses a trainer that leaves out a fold", async () => {
    await expect(crossValidate(repeats, { features, labels }, () => Promise.resolve([]))).rejects.toThrow(
      "one predictor for each of 15 folds; got 0",
    );
  });
});
