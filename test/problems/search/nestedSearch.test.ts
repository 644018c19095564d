import { describe, expect, it } from "vitest";
import type { Fold } from "../../../src/core/Fold.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { carryOutSearch, nestedSearches, rowsOfSearches } from "../../../src/problems/search/nestedSearch.js";
import { foldLosses, type FoldSearch, searchFolds } from "../../../src/problems/search/searchFolds.js";
import { groupedKFold } from "../../../src/splitting/groupedKFold.js";
import { nestedFolds } from "../../../src/splitting/nestedFolds.js";
import { randomSampler } from "../../../src/tuning/samplers/randomSampler.js";

const rows = Uint32Array.from({ length: 40 }, (_, row) => row);
const folds = nestedFolds(groupedKFold(Array.from(rows, String), seededRandom(1), { folds: 4 }), (train, k) =>
  groupedKFold(Array.from(train, String), seededRandom(2).fork(k), { folds: 3 }),
);

/** A shrunken mean of a number of each row; notes which rows it was handed. */
function shrunkenMean(truth: Float64Array, seen: Set<number>): FoldSearch {
  return {
    space: { shrink: { kind: "float", low: 0, high: 1 } },
    lossesOf: ({ shrink }, { train, test }) => {
      for (const row of [...train, ...test]) seen.add(row);
      const mean = train.reduce((sum, row) => sum + truth[row] / train.length, 0);
      return Promise.resolve(Float64Array.from(test, (row) => (truth[row] - (1 - (shrink as number)) * mean) ** 2));
    },
  };
}

const truth = Float64Array.from(rows, (row) => 3 + Math.sin(row));

describe("searchFolds", () => {
  it("finds the setting with the least mean loss over the folds, and gives its losses", async () => {
    const search = shrunkenMean(truth, new Set());
    const { trials, parameters, losses } = await searchFolds(search, folds, { seed: 1, trials: 30 });
    const best = Math.min(...trials.map(({ outcome }) => outcome!.values[0]));
    expect(losses.reduce((a, b) => a + b, 0) / losses.length).toBeCloseTo(best, 12);
    expect(await foldLosses(search, parameters, folds, 1)).toEqual(losses);
    expect(parameters.shrink).toBeLessThan(0.1);
  });

  it("says why no trial came to an end", async () => {
    const broken: FoldSearch = {
      space: { x: { kind: "float", low: 0, high: 1 } },
      lossesOf: () => Promise.reject(new Error("no rows")),
    };
    await expect(searchFolds(broken, folds, { seed: 1, trials: 2 })).rejects.toThrow(
      "none of 2 trials came to an end; the first: no rows",
    );
  });
});

describe("nestedSearches", () => {
  it("lets no search see the fold that judges its choice", async () => {
    for (const job of nestedSearches(folds).slice(1)) {
      const seen = new Set<number>();
      await searchFolds(shrunkenMean(truth, seen), job.choosing, { seed: 1, trials: 2, sampler: randomSampler() });
      const judging = new Set(job.judging!.test);
      expect([...seen].filter((row) => judging.has(row))).toEqual([]);
    }
  });

  it("judges every row once, by a choice made without it", async () => {
    const outcomes = [];
    for (const job of nestedSearches(folds))
      outcomes.push(await carryOutSearch(shrunkenMean(truth, new Set()), job, { seed: 1, trials: 3 }));
    expect(outcomes[0].judging).toHaveLength(0);
    expect(outcomes[0].choosing).toHaveLength(rows.length);
    expect(outcomes.slice(1).map(({ judging }) => judging.length)).toEqual(folds.map(({ test }) => test.length));
  });

  it("tells all rows that searches are handed, a planted test row too", () => {
    const leaky: Fold = { name: "leak", train: Uint32Array.of(99), test: Uint32Array.of(1) };
    expect(rowsOfSearches(nestedSearches(folds))).toEqual(new Set(rows));
    expect(rowsOfSearches([{ choosing: [leaky], judging: null }])).toEqual(new Set([99, 1]));
  });
});
