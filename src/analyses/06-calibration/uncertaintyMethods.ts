import { calibrate } from "../../calibration/calibrate.js";
import { expectedCalibrationError } from "../../calibration/expectedCalibrationError.js";
import { fitTemperature } from "../../calibration/fitTemperature.js";
import { phaseNames } from "../../chemistry/phases.js";
import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { type Estimate, knownEstimate } from "../../core/statistics/Estimate.js";
import type { EstimatePairs } from "../../figures/plotEstimatePairs.js";
import type { RiskCoveragePlot } from "../../figures/plotRiskCoverage.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { batchCodes, batchEstimate, batchSums, meanLoss, overall } from "../../problems/phase/batchSums.js";
import { touchTest } from "../../problems/phase/lockedTest.js";
import { phaseRandom, trueProbabilities } from "../../problems/phase/phaseExperiments.js";
import { trainingEngine } from "../../problems/phase/phaseNetwork.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import { attainableCorrelation } from "../../uncertainty/selective/attainableCorrelation.js";
import { riskCoverage } from "../../uncertainty/selective/riskCoverage.js";
import { topLabelErrors } from "../../uncertainty/selective/topLabelErrors.js";
import { usefulness } from "../../uncertainty/selective/usefulness.js";
import { elsewhereAuc } from "./elsewhereAuc.js";
import type { UncertainModel, UncertainModels } from "./uncertainModels.js";

/** What made the numbers, for the evidence. */
export const uncertaintyEngine: string = `${trainingEngine}, tensorflow-wasm for the variational network`;

/** One way to be unsure, on the same test rows, after temperature scaling on calibrate rows. */
export interface UncertaintyMethod extends Pick<UncertainModel, "name" | "trainingRows" | "trainings" | "passes"> {
  readonly accuracy: Estimate;
  readonly rawLogLoss: Estimate;
  readonly logLoss: Estimate;
  readonly temperature: number;
  readonly calibrationError: Estimate;
  /** Of being wrong with 1 - max p; null where it cannot be told. */
  readonly correlation: Estimate;
  readonly attainableCorrelation: number;
  readonly riskCoverageArea: Estimate;
  /**
   * Chance that a recipe from elsewhere is called stranger than a
   * test row, by the epistemic part; null for one network alone.
   */
  readonly outOfDomain: Estimate | null;
}

/** Ways to be unsure beside each other, as notebook 06 shows them. */
export interface UncertaintyMethods {
  readonly methods: readonly UncertaintyMethod[];
  readonly table: ShownTable;
  readonly testRows: number;
  readonly elsewhereRows: number;
  readonly correlations: Omit<EstimatePairs, "id">;
  readonly risks: Omit<RiskCoveragePlot, "id">;
}

/** The correlation of uncertainty with error that the review found. */
const reviewedCorrelation = 0.076;
const draws = 500;

/** Four ways to be unsure and two single networks, on the same quarter of the test rows. */
export async function uncertaintyMethods(models: UncertainModels): Promise<EvidenceFile<UncertaintyMethods>> {
  const { data, someTestRows: rows, fitRows, elsewhere } = models;
  const { seed, table, features } = data;
  return recordedEvidence(
    {
      id: "06-calibration-methods",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed,
      engine: uncertaintyEngine,
      labels: "simulated",
    },
    async () => {
      await touchTest(data, "phase ensemble", models.members);
      const random = phaseRandom(seed, "uncertainty methods");
      const [fit, test] = [fitRows, rows].map((some) => selectMatrixRows(features, some));
      const [fitLabels, labels] = [fitRows, rows].map((some) => labelsOf(data.labels, some));
      const batches = batchCodes(table, rows);
      const truth = trueProbabilities(table, rows);
      const methods: UncertaintyMethod[] = [];
      const risks: RiskCoveragePlot["curves"][number][] = [];
      for (const { name, trainingRows, trainings, passes, predictive } of models.models) {
        const own = random.fork(name);
        const calibrator = fitTemperature(fitLabels, (await predictive(fit)).probabilities);
        const [inside, outside] = [await predictive(test), await predictive(elsewhere)];
        const probabilities = calibrate(calibrator, inside.probabilities);
        const raw = batchSums(labels, inside.probabilities, batches);
        const sums = batchSums(labels, probabilities, batches);
        const { errors, uncertainty } = topLabelErrors(labels, probabilities);
        const useful = usefulness(errors, uncertainty, own.fork("usefulness"), {
          groups: batches.names,
          unit: "batch",
          draws,
        });
        const { value, interval } = expectedCalibrationError(labels, probabilities, {
          groups: batches.names,
          unit: "batch",
        });
        const curve = riskCoverage(errors, uncertainty);
        risks.push({ name, points: sampled(curve) });
        methods.push({
          name,
          trainingRows,
          trainings,
          passes,
          accuracy: batchEstimate(batches.batches, overall(sums), own.fork("accuracy")),
          rawLogLoss: batchEstimate(batches.batches, meanLoss(raw), own.fork("log loss")),
          logLoss: batchEstimate(batches.batches, meanLoss(sums), own.fork("log loss")),
          temperature: calibrator.temperature,
          calibrationError: { value, interval },
          correlation: knownEstimate(useful.correlation, `uncertaintyMethods: ${name}`),
          attainableCorrelation: attainableCorrelation(probabilities, truth, labels.length)!,
          riskCoverageArea: knownEstimate(useful.riskCoverageArea, `uncertaintyMethods: ${name}`),
          outOfDomain:
            passes === 1 && trainings === 1 && inside.epistemic.every((part) => part === 0)
              ? null
              : elsewhereAuc(models, name, inside.epistemic, outside.epistemic),
        });
      }
      return {
        result: {
          methods,
          table: shownTable({
            caption: `${labels.length} test rows, probabilities after temperature scaling`,
            columns: [
              { name: "method", of: ({ name }) => name },
              { name: "trained on", unit: "rows", of: ({ trainingRows }) => trainingRows },
              { name: "passes", of: ({ passes }) => passes },
              { name: "accuracy", of: ({ accuracy }) => accuracy.value },
              { name: "log loss", unit: "nats", of: ({ logLoss }) => logLoss.value },
              { name: "ECE", of: ({ calibrationError }) => calibrationError.value },
              { name: "AURC", of: ({ riskCoverageArea }) => riskCoverageArea.value },
              { name: "recipes from elsewhere", unit: "AUROC", of: ({ outOfDomain }) => outOfDomain?.value ?? null },
            ],
            rows: methods,
          }),
          testRows: labels.length,
          elsewhereRows: elsewhere.rows,
          correlations: {
            title: "Does the model know where it errs?",
            xTitle: "Correlation of being wrong with doubt (1 - max p)",
            yTitle: "Method",
            series: ["if laboratory and all else but the noise were known", "measured"],
            reference: { at: reviewedCorrelation, label: "reviewed project" },
            rows: methods.map(({ name, correlation, attainableCorrelation: most }) => ({
              name,
              estimates: [{ value: most, interval: null }, correlation],
            })),
          },
          risks: {
            title: "Answering only where sure",
            curves: risks.filter(({ name }) => !name.startsWith("one network, few")),
            reference: { at: 0.05, label: "one answer in twenty wrong" },
          },
        },
        measurements: methods.flatMap((method) => methodMeasurements(method, labels.length, elsewhere.rows)),
      };
    },
  );
}

/** A hundred points of a curve: more cannot be seen. */
function sampled({
  coverage,
  risk,
}: ReturnType<typeof riskCoverage>): { readonly coverage: number; readonly risk: number }[] {
  const points: { coverage: number; risk: number }[] = [];
  for (let at = 0, wanted = 0.01; at < coverage.length; at++) {
    if (coverage[at] < wanted && at < coverage.length - 1) continue;
    points.push({ coverage: coverage[at], risk: risk[at] });
    wanted = coverage[at] + 0.01;
  }
  return points;
}

function methodMeasurements(
  {
    name,
    accuracy,
    logLoss,
    rawLogLoss,
    calibrationError,
    correlation,
    attainableCorrelation: most,
    riskCoverageArea,
    outOfDomain,
  }: UncertaintyMethod,
  n: number,
  elsewhereRows: number,
): Measurement[] {
  const id = name.replaceAll(/[ ,]+/g, "-");
  const made = (
    suffix: string,
    meaning: string,
    unit: string,
    estimate: Estimate,
    baseline: number | null,
    rows = n,
  ): Measurement =>
    measurement({
      id: `uncertainty.${id}.${suffix}`,
      meaning: `${meaning}, ${name}`,
      value: estimate.value,
      unit,
      interval: estimate.interval,
      n: rows,
      baseline,
    });
  return [
    made("accuracy", "accuracy on test rows", "share", accuracy, null),
    made("logLoss", "log loss after temperature scaling", "nats", logLoss, rawLogLoss.value),
    made(
      "calibrationError",
      "expected calibration error after temperature scaling",
      "share difference",
      calibrationError,
      0,
    ),
    made("correlation", "correlation of being wrong with 1 - max p", "1", correlation, reviewedCorrelation),
    measurement({
      id: `uncertainty.${id}.attainable`,
      meaning:
        `correlation with the errors of ${name} of one who knows all but the ` +
        `noise of the label, the laboratory as well; ${phaseNames.length} phases`,
      value: most,
      unit: "1",
      n,
    }),
    made("riskCoverageArea", "area under the risk-coverage curve", "share", riskCoverageArea, 1 - accuracy.value),
    ...(outOfDomain === null
      ? []
      : [
          made(
            "outOfDomain",
            "chance that a recipe from elsewhere has more epistemic uncertainty than a test row",
            "1",
            outOfDomain,
            0.5,
            n + elsewhereRows,
          ),
        ]),
  ];
}
