import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import {
  probabilitiesTable,
  splitMeasurements,
  type SplitReport,
} from "../../../src/problems/questions/splitReport.js";
import { judgeRivals } from "../../../src/problems/rivals/judgeRivals.js";
import type { RealProblem } from "../../../src/problems/rivals/RealProblem.js";
import { type RealSplit } from "../../../src/problems/rivals/realSplit.js";
import { scoreRivals } from "../../../src/problems/rivals/scoreRivals.js";
import { plantedForecaster } from "../rivals/plantedForecaster.js";
import { plantedRivals } from "../rivals/plantedRivals.js";

const random = seededRandom(14);

async function reportOf(problem: RealProblem, split: RealSplit, innerFolds = 5): Promise<SplitReport> {
  const scores = scoreRivals(problem, split, await judgeRivals(problem, split, random, { innerFolds }), random);
  const { id: question, what, unit } = problem;
  return { question, what, unit, split: split.name, scores, reason: null, gains: [] };
}

describe("splitReport, of probabilities", () => {
  const { problem, split } = plantedForecaster(400, 0.5, random);
  const { line, byRecipe } = plantedRivals(60, random);

  it("measures loss and calibration error beside those as told, and says that few rows are no verdict", async () => {
    const report = await reportOf(problem, split);
    const { raw, calibrated, gain } = report.scores!.calibration!;
    const measured = new Map(splitMeasurements([report]).map((one) => [one.id, one]));
    const loss = measured.get("forecast.by-recipe.calibratedLoss")!;
    expect([loss.value, loss.baseline, loss.n]).toEqual([calibrated.loss.value, raw.loss.value, 400]);
    expect(measured.get("forecast.by-recipe.calibrationGain")!.value).toBe(gain.value);
    const error = measured.get("forecast.by-recipe.calibrationError")!;
    expect([error.value, error.baseline]).toEqual([calibrated.error.value, raw.error.value]);
    expect(error.meaning).toMatch(/; 0\.\d{3} by chance; too few rows for a verdict$/);
  });

  it("measures and shows nothing of quantities, undivided training rows and splits that say nothing", async () => {
    const silent = { ...(await reportOf(line, byRecipe)), scores: null, reason: "no dates" };
    const reports = [await reportOf(line, byRecipe), await reportOf(problem, split, 0), silent];
    expect(splitMeasurements(reports).filter(({ id }) => id.includes("calibrat"))).toEqual([]);
    expect(probabilitiesTable("caption", reports).rows).toEqual([]);
  });

  it("shows an error that is unknown as such, with its reason in the caption", async () => {
    const few = plantedForecaster(12, 0.5, random);
    const { caption, rows } = probabilitiesTable("Both", [
      await reportOf(problem, split),
      await reportOf(few.problem, few.split),
    ]);
    expect(caption).toMatch(/^Both: log loss, .* UNKNOWN is a forecast, by recipe: at least 15 rows .*; got 12$/);
    expect(rows.map((row) => row.slice(0, 3))).toEqual([
      ["a forecast", "by recipe", 400],
      ["a forecast", "by recipe", 12],
    ]);
    expect(rows[0][5]).toMatch(/^0\.\d{3} \(0\.\d\d to 0\.\d\d\)$/);
    expect(rows[1].slice(5)).toEqual(["UNKNOWN", "UNKNOWN", null]);
    const unknown = splitMeasurements([await reportOf(few.problem, few.split)]).find(({ id }) =>
      id.endsWith("calibrationError"),
    );
    expect(unknown).toMatchObject({ value: null, reason: "at least 15 rows are needed, one to a bin; got 12" });
  });
});
