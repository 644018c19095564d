import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import type { Candidate, FewRowsProblem } from "../../../src/problems/fewRows/Candidate.js";
import { lossByRows } from "../../../src/problems/fewRows/lossByRows.js";

interface Rows {
  readonly places: Uint32Array;
}

/** It knows nothing of its rows but how many they are. */
const counting: Candidate<Rows> = {
  name: "counting",
  fit: ({ places }) => places.length,
  answerer:
    (rows: number) =>
    ({ places }) =>
      new Float64Array(places.length).fill(rows),
};

function problemOf(law: (rows: number) => number, groups: readonly string[] | null = null): FewRowsProblem<Rows> {
  return {
    candidates: [counting],
    incumbent: "counting",
    rows: 100,
    select: (places) => ({ places }),
    groups,
    losses: (predictions) => predictions.map(law),
  };
}

const foldOf = Array.from({ length: 100 }, (_, row) => row % 5);
const random = seededRandom(4);

describe("lossByRows", () => {
  it("finds the law a + b / n, and what 30 more rows would bring by it", async () => {
    const { points, more } = await lossByRows(
      problemOf((rows) => 0.2 + 6 / rows),
      counting,
      random,
      foldOf,
    );
    expect(points.map(({ rows }) => rows)).toEqual([20, 40, 60, 80]);
    expect(points.map(({ loss }) => Number(loss.toFixed(6)))).toEqual([0.5, 0.35, 0.3, 0.275]);
    expect(more.rows).toBe(30);
    expect(more.gain).toBeCloseTo(6 / 100 - 6 / 130, 9);
    expect(more.standardError).toBeCloseTo(0, 9);
  });

  it("finds no gain where the loss does not fall", async () => {
    const { more } = await lossByRows(
      problemOf(() => 1),
      counting,
      random,
      foldOf,
    );
    expect(more.gain).toBeCloseTo(0, 12);
  });

  it("takes whole batches of the rows", async () => {
    const groups = Array.from({ length: 100 }, (_, row) => `batch ${row % 20}`);
    const { points } = await lossByRows(
      problemOf((rows) => rows, groups),
      counting,
      random,
      foldOf,
    );
    // Sixteen batches of five rows each are left by a fold.
    expect(points.map(({ rows }) => rows)).toEqual([20, 40, 60, 80]);
  });
});
