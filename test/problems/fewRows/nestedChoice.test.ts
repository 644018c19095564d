import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import type { Candidate, FewRowsProblem } from "../../../src/problems/fewRows/Candidate.js";
import { chosenAnswerer, nestedChoice } from "../../../src/problems/fewRows/nestedChoice.js";

interface Rows {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly places: Uint32Array;
}

const mean: Candidate<Rows> = {
  name: "mean",
  fit: ({ y }) => y.reduce((a, b) => a + b, 0) / y.length,
  answerer:
    (learned: number) =>
    ({ x }) =>
      new Float64Array(x.length).fill(learned),
};
const line: Candidate<Rows> = {
  name: "line",
  fit: ({ x, y }) => ({
    slope: x.reduce((sum, one, i) => sum + one * y[i], 0) / x.reduce((sum, one) => sum + one * one, 0),
  }),
  answerer:
    ({ slope }: { readonly slope: number }) =>
    ({ x }) =>
      x.map((one) => slope * one),
};

function problemOf(y: Float64Array, groups: readonly string[] | null = null): FewRowsProblem<Rows> {
  const x = Float64Array.from(y, (_, row) => row - y.length / 2);
  return {
    candidates: [mean, line],
    incumbent: "mean",
    rows: y.length,
    groups,
    select: (places) => ({
      x: Float64Array.from(places, (row) => x[row]),
      y: Float64Array.from(places, (row) => y[row]),
      places,
    }),
    losses: (predictions, places) => Float64Array.from(places, (row, i) => (y[row] - predictions[i]) ** 2),
  };
}

const random = seededRandom(3);
const noise = (row: number): number => Math.sin(97 * row);

describe("nestedChoice", () => {
  it("keeps the one that stands where two groups leave a single one to choose by", async () => {
    // Once: "groupedKFold: folds must be a whole number of at least 2; got 1".
    const groups = Array.from({ length: 40 }, (_, row) => `day ${row % 2}`);
    const y = Float64Array.from({ length: 40 }, (_, row) => row - 20);
    const { model, outOfFold } = await nestedChoice(problemOf(y, groups), random);
    expect(model.folds.map(({ kept }) => kept)).toEqual(["mean", "mean"]);
    expect(outOfFold.every(Number.isFinite)).toBe(true);
    // All rows, of both groups, have something to choose by.
    expect(model.kept).toBe("line");
    expect(model.steps).toHaveLength(1);
  });

  it("keeps the constant where there is nothing to learn, and the line where there is", async () => {
    const nothing = await nestedChoice(problemOf(Float64Array.from({ length: 40 }, (_, row) => noise(row))), random);
    expect(nothing.model.kept).toBe("mean");
    const something = await nestedChoice(
      problemOf(Float64Array.from({ length: 40 }, (_, row) => row - 20 + noise(row))),
      random,
    );
    expect(something.model.kept).toBe("line");
    expect(something.model.folds.map(({ kept }) => kept)).toEqual(["line", "line", "line", "line", "line"]);
  });

  it("answers each row by a choice that never saw it: changing an outcome leaves its own answer alone", async () => {
    const y = Float64Array.from({ length: 30 }, (_, row) => noise(row));
    const { outOfFold } = await nestedChoice(problemOf(y), random);
    for (const row of [0, 7, 29]) {
      const changed = Float64Array.from(y);
      changed[row] += 1000;
      const { outOfFold: again } = await nestedChoice(problemOf(changed), random);
      expect(again[row]).toBe(outOfFold[row]);
      expect(again.some((one, i) => one !== outOfFold[i])).toBe(true);
    }
  });

  it("keeps a batch in one fold", async () => {
    const groups = Array.from({ length: 30 }, (_, row) => `batch ${row % 6}`);
    const { model } = await nestedChoice(
      problemOf(
        Float64Array.from({ length: 30 }, (_, row) => noise(row)),
        groups,
      ),
      random,
    );
    for (let batch = 0; batch < 6; batch++)
      expect(new Set(model.foldOf.filter((_, row) => row % 6 === batch)).size).toBe(1);
  });

  it("takes as many folds as there are batches where these are few, and refuses one batch", async () => {
    const y = Float64Array.from({ length: 12 }, (_, row) => noise(row));
    const three = await nestedChoice(
      problemOf(
        y,
        Array.from(y, (_, row) => `day ${row % 3}`),
      ),
      random,
    );
    expect(new Set(three.model.foldOf).size).toBe(3);
    await expect(
      nestedChoice(
        problemOf(
          y,
          Array.from(y, () => "day"),
        ),
        random,
      ),
    ).rejects.toThrow(RangeError);
  });

  it("is stored as JSON: what is read back answers the same", async () => {
    const problem = problemOf(Float64Array.from({ length: 40 }, (_, row) => row + noise(row)));
    const { model } = await nestedChoice(problem, random);
    const again = JSON.parse(JSON.stringify(model)) as typeof model;
    const rows = problem.select(Uint32Array.of(1, 5));
    expect(chosenAnswerer(problem.candidates, again)(rows)).toEqual(chosenAnswerer(problem.candidates, model)(rows));
  });

  it("refuses a choice of a candidate that is not there", () => {
    expect(() => chosenAnswerer([mean], { kept: "forest", learned: null })).toThrow('"forest" must be a candidate');
  });
});
