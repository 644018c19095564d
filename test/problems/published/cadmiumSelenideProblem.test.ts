import { describe, expect, it } from "vitest";
import { selectMatrixRows } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { explainedOfRows } from "../../../src/core/statistics/explainedOfRows.js";
import { numbersOf, selectRows } from "../../../src/core/Table.js";
import { readRealTable } from "../../../src/experiments/dataStore.js";
import type { Candidate } from "../../../src/problems/fewRows/Candidate.js";
import { forestNumber } from "../../../src/problems/fewRows/forestNumber.js";
import type { TargetRows } from "../../../src/problems/fewRows/targetCandidates.js";
import { cadmiumSelenideProblem } from "../../../src/problems/published/cadmiumSelenideProblem.js";
import { sizeRivals } from "../../../src/problems/published/sizeCandidates.js";
import type { RealSplit } from "../../../src/problems/rivals/realSplit.js";
import { hasRealData, realData } from "../../support/realData.js";

describe.skipIf(!hasRealData)("cadmiumSelenideProblem (skipped without ../shared/real-data)", () => {
  const random = seededRandom(7);

  it("leaves out rows, papers or later years, and never trains on what comes after", async () => {
    const { table } = await readRealTable("cadmium-selenide", { folder: realData });
    const { problem, splits } = cadmiumSelenideProblem(table, random);
    expect(splits.map(({ name, folds }) => [name, folds.length])).toEqual([
      ["rows at random", 5],
      ["unseen paper", 29],
      ["later year", 3],
    ]);
    const years = numbersOf(table, "year");
    for (const { train, test } of splits[2].folds)
      expect(Math.max(...train.map((row) => years[row]))).toBeLessThan(Math.min(...test.map((row) => years[row])));
    for (const { train, test } of splits[1].folds) {
      const tested = new Set(Array.from(test, (row) => splits[1].groups[row]));
      expect(train.some((row) => tested.has(splits[1].groups[row]))).toBe(false);
    }
    expect(problem.features.values.every(Number.isFinite)).toBe(true);
  });

  it("shows what leaving a paper out does: trees lose what the law keeps", async () => {
    const { table } = await readRealTable("cadmium-selenide", { folder: realData });
    const { problem, splits } = cadmiumSelenideProblem(table, random);
    const law = problem.candidates.find(({ name }) => name === sizeRivals.law)!;
    const trees = forestNumber("trees", [...problem.features.names.keys()], { thresholds: "drawn", trees: 25 });
    const score = async ({ folds }: RealSplit, { fit, answerer }: Candidate<TargetRows>): Promise<number> => {
      const told = new Float64Array(problem.truth.length);
      const rowsOf = (places: Uint32Array): TargetRows => ({
        features: selectMatrixRows(problem.features, places),
        places,
        target: Float64Array.from(places, (row) => problem.truth[row]),
      });
      for (const [k, { train, test }] of folds.entries()) {
        const answers = answerer((await fit(rowsOf(train), random.fork(k))) as never)(rowsOf(test));
        test.forEach((row, i) => (told[row] = answers[2 * i]));
      }
      return explainedOfRows(problem.truth, told)(Uint32Array.from(told.keys()));
    };
    const scores = [];
    for (const split of splits.slice(0, 2)) scores.push([await score(split, law), await score(split, trees)]);
    const [[lawAtRandom, treesAtRandom], [lawByPaper, treesByPaper]] = scores;
    expect(treesAtRandom).toBeGreaterThan(lawAtRandom + 0.15);
    expect(treesByPaper).toBeLessThan(treesAtRandom - 0.3);
    expect(lawByPaper).toBeGreaterThan(treesByPaper);
  }, 120_000);

  it("says why there is no split by year where the table has one year", async () => {
    const { table } = await readRealTable("cadmium-selenide", { folder: realData });
    const years = numbersOf(table, "year");
    const one = selectRows(
      table,
      Uint32Array.from(years.keys()).filter((row) => years[row] === 2006 || years[row] === 2005),
    );
    expect(cadmiumSelenideProblem(one, random).splits[2].reason).toBe("more than 3 years are needed");
  });
});
