import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { formedClasses } from "../../../src/problems/platelets/plateletCandidates.js";
import {
  type PlateletProblem,
  plateletProblems,
  polarityAlone,
} from "../../../src/problems/platelets/plateletProblems.js";
import { plateletRows } from "../../../src/problems/platelets/plateletRows.js";
import { plateletSplits } from "../../../src/problems/platelets/plateletSplits.js";
import { scoreFormed } from "../../../src/problems/platelets/scoreFormed.js";
import { judgeRivals, type RivalAnswers } from "../../../src/problems/rivals/judgeRivals.js";
import { loadAllNanoplatelets } from "../../../src/experiments/loadAllNanoplatelets.js";
import { realSplit } from "../../../src/problems/rivals/realSplit.js";
import { rawPlatelets, smallCells } from "./smallTable.js";

const later = "2024-07-12";
/** The made-up rows, the last fifth of them at a later date. */
const dated = loadAllNanoplatelets(
  rawPlatelets(smallCells(80).map((cells, row) => (row < 64 ? cells : { ...cells, first_commit: later }))),
).table;
const problems = await plateletProblems(dated, { seed: 1 });

describe("plateletProblems", () => {
  it("asks of each row whose outcome is known, with a name for what it repeats", () => {
    const { peak, width, quantumYield, formed } = problems;
    const known = (values: Float64Array): number => values.filter((value) => !Number.isNaN(value)).length;
    const rows = plateletRows(dated);
    expect([peak, width, formed].map(({ problem }) => problem.truth.length)).toEqual(
      [rows.peak, rows.width, rows.formed].map(known),
    );
    expect(peak.problem.truth.length).toBeLessThan(formed.problem.truth.length);
    for (const { problem, recipes, repeats, antisolvents, dates } of [peak, width, quantumYield, formed]) {
      const { length } = problem.truth;
      expect(problem.features.rows).toBe(length);
      expect([recipes, repeats, antisolvents, dates].map((texts) => texts.length)).toEqual(Array(4).fill(length));
      expect(problem.truth.every(Number.isFinite)).toBe(true);
      if (length > 0) expect(problem.candidates.map(({ name }) => name)).toContain(problem.incumbent);
    }
    // Two fractions of one recipe are no repeats of one another.
    expect(new Set(formed.repeats).size).toBeGreaterThan(new Set(formed.recipes).size);
  });
});

describe("plateletSplits", () => {
  it("keeps fractions together, leaves each antisolvent out once, and trains on the first date alone", () => {
    const own = problems.peak;
    const { byRecipe, unseenAntisolvent, laterDate } = plateletSplits(own);
    for (const { train, test } of byRecipe.folds) {
      const seen = new Set(Array.from(train, (row) => own.recipes[row]));
      expect(Array.from(test, (row) => own.recipes[row]).filter((recipe) => seen.has(recipe))).toEqual([]);
    }
    for (const { name, train, test } of unseenAntisolvent.folds) {
      expect(new Set(Array.from(test, (row) => own.antisolvents[row]))).toEqual(new Set([name]));
      expect(Array.from(train, (row) => own.antisolvents[row])).not.toContain(name);
    }
    const [{ train, test }] = laterDate.folds;
    expect(new Set(Array.from(test, (row) => own.dates[row]))).toEqual(new Set([later]));
    expect(Array.from(train, (row) => own.dates[row])).not.toContain(later);
    expect(laterDate.chosenBy).toEqual(own.antisolvents);
  });

  it("does not train on a recipe that was repeated at a later date", () => {
    const own: PlateletProblem = {
      ...problems.peak,
      dates: problems.peak.dates.map((_, row) => (row === 1 ? later : "2024-06-21")),
    };
    const recipes = own.recipes.map((recipe, row) => (row < 2 ? "one" : recipe));
    const [{ train, test }] = plateletSplits({ ...own, recipes }).laterDate.folds;
    expect([...test]).toEqual([1]);
    expect([...train]).not.toContain(0);
  });

  it("is the same whenever it is made", () => {
    const hashes = (): string[] => Object.values(plateletSplits(problems.peak)).map(({ sha256 }) => sha256 as string);
    expect(hashes()).toEqual(hashes());
  });

  it("gives a reason in the place of what rows do not allow", () => {
    const { formed, peak } = problems;
    const noDates = { ...peak, dates: peak.dates.map(() => "") };
    expect(plateletSplits(noDates).laterDate.reason).toBe("the table tells no dates");
    const oneDate = { ...peak, dates: peak.dates.map(() => later) };
    expect(plateletSplits(oneDate).laterDate.reason).toBe(`all rows are of one date, ${later}`);
    const lateFailures = {
      ...formed,
      dates: formed.dates.map((_, row) => (formed.problem.truth[row] === 0 ? "2024-06-21" : later)),
    };
    expect(plateletSplits(lateFailures).laterDate.reason).toBe(
      `no row after 2024-06-21 is "failed": nothing tells how well it is foreseen there`,
    );
    const oneSolvent = { ...peak, antisolvents: peak.antisolvents.map((_, row) => (row % 2 === 0 ? "a" : "b")) };
    expect(plateletSplits(oneSolvent).unseenAntisolvent.reason).toBe("at least 3 antisolvents are needed; got 2");
    const oneRecipe = { ...peak, recipes: peak.recipes.map(() => "one") };
    expect(plateletSplits(oneRecipe).byRecipe.reason).toBe("at least 5 recipes are needed; got 1");
  });
});

describe("scoreFormed", () => {
  const groups = Array.from({ length: 60 }, (_, row) => `antisolvent ${row % 12}`);
  const split = realSplit({ name: "made up", folds: [], groups, unit: "antisolvent" });
  const problem = {
    ...problems.formed.problem,
    features: makeMatrix(["x"], new Float32Array(60)),
    truth: Float64Array.from(groups, (_, row) => Number(row % 12 > 2)),
  };
  const answers = (own: (row: number) => number, polar: (row: number) => number): RivalAnswers => {
    const both = (of: (row: number) => number) =>
      Float64Array.from({ length: 120 }, (_, i) => (i % 2 === 1 ? of(i >> 1) : 1 - of(i >> 1)));
    return {
      places: Uint32Array.from(groups.keys()),
      foldOf: new Uint32Array(60),
      byRival: { [polarityAlone]: both(polar) },
      chosen: both(own),
      calibrated: null,
      choices: [],
      limits: {
        alpha: 0.1,
        areTold: true,
        low: new Float64Array(0),
        high: new Float64Array(0),
        sets: Uint32Array.from(groups, (_, row) => (row % 2 === 0 ? 3 : 2)),
      },
      likeTraining: new Float64Array(60),
    };
  };

  it("tells areas of both on the same rows, and coverage of each class apart", () => {
    const told = scoreFormed(
      problem,
      split,
      answers(
        (row) => (row % 12 > 2 ? 0.9 : 0.2),
        () => 0.5,
      ),
      seededRandom(1),
    );
    expect([told.rows, told.failures]).toEqual([60, 15]);
    expect([told.area.value, told.polarity.value, told.gain.value]).toEqual([1, 0.5, 0.5]);
    expect(told.coverage.formed.value).toBe(1);
    // Of antisolvents 0, 1 and 2 that fail, the second has sets of "formed" alone.
    expect(told.coverage.failed.value).toBeCloseTo(2 / 3, 12);
    expect(told.setSize).toBeCloseTo(1.5, 12);
  });

  it("tells nothing of too few failures, and refuses to be without its rival", () => {
    const few = { ...problem, truth: problem.truth.map((label, row) => (row < 30 ? label : 1)) };
    const { area, coverage } = scoreFormed(
      few,
      split,
      answers(
        () => 0.5,
        () => 0.5,
      ),
      seededRandom(1),
    );
    const reason = "at least 10 syntheses that failed are needed; got 9";
    expect([area, coverage.failed]).toEqual(Array(2).fill({ value: null, interval: null, reason }));
    const alone = {
      ...answers(
        () => 0.5,
        () => 0.5,
      ),
      byRival: {},
    };
    expect(() => scoreFormed(problem, split, alone, seededRandom(1))).toThrow(`"${polarityAlone}" must be among`);
  });

  it("holds failures of an antisolvent that fails always in sets by class", async () => {
    const { formed } = problems;
    const byRecipe = plateletSplits(formed).byRecipe;
    const told = await judgeRivals(formed.problem, byRecipe, seededRandom(1), {
      byClass: true,
      innerFolds: 3,
      only: ["constant", polarityAlone, "logistic"],
    });
    const { area, coverage } = scoreFormed(formed.problem, byRecipe, told, seededRandom(2));
    expect(area.value).toBeGreaterThan(0.95);
    expect(coverage.failed.value).toBeGreaterThanOrEqual(0.8);
    expect(formedClasses).toEqual(["failed", "formed"]);
  }, 120_000);
});
