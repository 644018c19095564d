import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { twoAnswers } from "../../../src/analyses/06-calibration/twoAnswers.js";
import type { UncertainModel, UncertainModels } from "../../../src/analyses/06-calibration/uncertainModels.js";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { selectMatrixRows } from "../../../src/core/Matrix.js";
import type * as paths from "../../../src/io/projectPath.js";
import { trainingExperiments } from "../../../src/problems/phase/phaseExperiments.js";
import { labelsOf } from "../../../src/problems/phase/phaseTable.js";
import { trainLogistic } from "../../../src/training/baselines/trainLogistic.js";
import { predictiveEntropy } from "../../../src/uncertainty/predictiveEntropy.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ output: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => ({
  ...(await original<typeof paths>()),
  outputPath: (...parts: string[]) => join(place.output, ...parts),
}));
place.output = temporaryProject();

it("twoAnswers sets the surest CsPbBr3 beside the least sure answer, each with its set and what was made", async () => {
  // Enough rows for the covariances of the domain check; a quick model stands for the networks.
  const data = await trainingExperiments({ seed: 1, rows: 44_000 });
  const few = data.split.train.subarray(0, 2_000);
  const model = trainLogistic(selectMatrixRows(data.features, few), labelsOf(data.labels, few), phaseNames, {
    maxIterations: 20,
  });
  const one: UncertainModel = {
    name: "one network",
    trainingRows: few.length,
    trainings: 1,
    passes: 1,
    predictive: (rows) => {
      const probabilities = model.predict(rows);
      return Promise.resolve({ ...predictiveEntropy([probabilities, probabilities], rows.rows), probabilities });
    },
  };
  const half = data.split.calibrate.length >> 1;
  const models = {
    data,
    models: [one],
    ensemble: one,
    fitRows: data.split.calibrate.subarray(0, half),
    holdRows: data.split.calibrate.subarray(half),
  } as unknown as UncertainModels;

  const { result, measurements } = await twoAnswers(models);
  const said = (name: string): (string | number | null)[] =>
    result.table.rows.find(([first]) => first === name)!.slice(1);
  const measured = (id: string): number => measurements.find((found) => found.id === id)!.value!;

  expect(said("likeliest phase")[0]).toBe("CsPbBr3");
  expect(said("like the recipes of training?").every((answer) => answer === "yes" || answer === "no")).toBe(true);
  for (const made of said("what was made")) expect(phaseNames).toContain(made);
  // Least sure of five phases: more than an even share, less than the surest.
  expect(measured("answers.doubtful")).toBeGreaterThan(0.2);
  expect(measured("answers.doubtful")).toBeLessThan(measured("answers.sure"));
  expect(measured("answers.doubtfulSet")).toBeGreaterThanOrEqual(measured("answers.sureSet"));
  const [, doubtfulSet] = said("set that holds the phase nine times in ten");
  expect(String(doubtfulSet).split(", ")).toHaveLength(measured("answers.doubtfulSet"));
});
