import { calibrate } from "../../calibration/calibrate.js";
import type { Calibrator } from "../../calibration/Calibrator.js";
import { confidenceGap } from "../../calibration/confidenceGap.js";
import { expectedCalibrationError } from "../../calibration/expectedCalibrationError.js";
import { fitHistogram } from "../../calibration/fitHistogram.js";
import { fitIsotonic } from "../../calibration/fitIsotonic.js";
import { fitMatrixScaling } from "../../calibration/fitMatrixScaling.js";
import { fitPlatt } from "../../calibration/fitPlatt.js";
import { fitTemperature } from "../../calibration/fitTemperature.js";
import { fitVectorScaling } from "../../calibration/fitVectorScaling.js";
import { reliabilityCurve } from "../../calibration/reliabilityCurve.js";
import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import type { Interval } from "../../core/statistics/Interval.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { equalMassCuts } from "../../core/metrics/equalMassCuts.js";
import { topLabel } from "../../core/metrics/topLabel.js";
import { type Estimate, estimateOf } from "../../core/statistics/Estimate.js";
import type { Reliability, ReliabilityPoint } from "../../figures/plotReliability.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import {
  batchCodes,
  batchDifference,
  batchEstimate,
  batchSums,
  meanLoss,
  meanOfRows,
} from "../../problems/phase/batchSums.js";
import { lockedTest, splitSha256, touchTest } from "../../problems/phase/lockedTest.js";
import { phaseRandom } from "../../problems/phase/phaseExperiments.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import { topLabelErrors } from "../../uncertainty/selective/topLabelErrors.js";
import { lockedTestMeasurements } from "../../validation/testTouches.js";
import type { UncertainModels } from "./uncertainModels.js";
import { uncertaintyEngine } from "./uncertaintyMethods.js";

/** The ensemble's probabilities, mended in several ways, on all test rows. */
export interface Calibrators {
  readonly calibrators: readonly {
    readonly name: string;
    readonly logLoss: Estimate;
    /** Log loss above that after temperature scaling. */
    readonly cost: Estimate;
    readonly calibrationError: Estimate;
    /** What a calibrated model would show. */
    readonly chance: number;
  }[];
  readonly table: ShownTable;
  readonly fitRows: number;
  readonly testRows: number;
  readonly reliability: Omit<Reliability, "id">;
}

/** The one that is used: one number, which cannot move a decision. */
export const recommendedCalibrator = "temperature";
/** A case counts as answered from this probability on. */
const answeredFrom = 0.8;

type Fit = (labels: ArrayLike<number>, probabilities: Float64Array) => Calibrator;
const fits: readonly { readonly name: string; readonly fit: Fit | null }[] = [
  { name: "as trained", fit: null },
  { name: recommendedCalibrator, fit: fitTemperature },
  { name: "vector scaling", fit: fitVectorScaling },
  { name: "matrix scaling (multiclass Platt)", fit: fitMatrixScaling },
  { name: "Platt, one against the rest", fit: fitPlatt },
  { name: "isotonic, one against the rest", fit: fitIsotonic },
  { name: "histogram", fit: fitHistogram },
];

/**
 * Six calibrators fitted on half of the calibrate rows, judged on
 * the test rows; the checks MP5 and MP6 of the recommended one.
 */
export async function calibrators(models: UncertainModels): Promise<EvidenceFile<Calibrators>> {
  const { data, ensemble, fitRows } = models;
  const { seed, table, split, features } = data;
  return recordedEvidence(
    {
      id: "06-calibration-calibrators",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed,
      engine: uncertaintyEngine,
      labels: "simulated",
    },
    async () => {
      const touches = await touchTest(data, "phase ensemble", models.members);
      const random = phaseRandom(seed, "calibrators");
      const [fitted, tested] = [
        await ensemble.predictive(selectMatrixRows(features, fitRows)),
        await ensemble.predictive(selectMatrixRows(features, split.test)),
      ];
      const [fitLabels, labels] = [labelsOf(data.labels, fitRows), labelsOf(data.labels, split.test)];
      const batches = batchCodes(table, split.test);
      const inGroups = { groups: batches.names, unit: "batch" };
      const results = fits.map(({ name, fit }) => {
        const calibrator = fit?.(fitLabels, fitted.probabilities);
        const [ofFit, probabilities] = [fitted.probabilities, tested.probabilities].map((as) =>
          calibrator === undefined ? as : calibrate(calibrator, as),
        );
        // Bins are cut on the rows that the calibrator was fitted to: the test rows are only judged.
        const { value, interval, chance } = expectedCalibrationError(labels, probabilities, {
          ...inGroups,
          cuts: equalMassCuts(topLabel(fitLabels, ofFit).probabilities),
        });
        const sums = batchSums(labels, probabilities, batches);
        const logLoss = batchEstimate(batches.batches, meanLoss(sums), random.fork(`${name}, log loss`));
        return { name, probabilities, sums, logLoss, calibrationError: { value, interval }, chance };
      });
      const chosen = results.find(({ name }) => name === recommendedCalibrator)!;
      const costs = results.map(({ name, sums }) =>
        batchDifference(sums, chosen.sums, meanLoss, random.fork(`${name}, cost`)),
      );
      const gap = confidenceGap(labels, chosen.probabilities, random.fork("gap"), { ...inGroups, draws: 1000 });
      const { errors, uncertainty } = topLabelErrors(labels, chosen.probabilities);
      const isAnswered = uncertainty.map((one) => Number(one <= 1 - answeredFrom));
      const risk = batchEstimate(batches.batches, meanOfRows(errors, batches, isAnswered), random.fork("risk"));
      const share = batchEstimate(batches.batches, meanOfRows(isAnswered, batches), random.fork("answered"));
      const confidence = batchEstimate(
        batches.batches,
        meanOfRows(topLabel(labels, chosen.probabilities).probabilities, batches),
        random.fork("confidence"),
      );
      const shown = results.map(({ name, logLoss, calibrationError, chance }, i) => ({
        name,
        logLoss,
        cost: costs[i],
        calibrationError,
        chance,
      }));
      // Above itself it is nothing.
      const costOf = ({ name, cost }: (typeof shown)[number]): Estimate | null =>
        name === recommendedCalibrator ? null : cost;
      return {
        result: {
          calibrators: shown,
          table: shownTable({
            caption:
              `The ensemble on ${labels.length} test rows; calibrators fitted on ${fitLabels.length} rows; ` +
              "differences on the same rows",
            columns: [
              { name: "calibrator", of: ({ name }) => name },
              { name: "log loss", unit: "nats", of: ({ logLoss }) => logLoss.value },
              { name: "above temperature's", unit: "nats", of: (one) => costOf(one)?.value ?? null },
              { name: "low", of: (one) => costOf(one)?.interval.low ?? null },
              { name: "high", of: (one) => costOf(one)?.interval.high ?? null },
              { name: "ECE", of: ({ calibrationError }) => calibrationError.value },
              { name: "at most", of: ({ calibrationError }) => calibrationError.interval.high },
              { name: "ECE by chance", of: ({ chance }) => chance },
            ],
            rows: shown,
          }),
          fitRows: fitLabels.length,
          testRows: labels.length,
          reliability: {
            title: "Does what the ensemble says come true?",
            line: "grey band: where a calibrated model's shares would lie",
            curves: [results[0], chosen].map(({ name, probabilities }) => ({
              name,
              points: reliabilityPoints(labels, probabilities, batches.names, random.fork(`reliability ${name}`)),
            })),
          },
        },
        measurements: [
          measurement({
            id: "MP5.expectedCalibrationError",
            meaning: "expected calibration error of the ensemble after temperature scaling",
            value: chosen.calibrationError.value,
            unit: "share difference",
            interval: chosen.calibrationError.interval,
            n: labels.length,
            baseline: results[0].calibrationError.value,
          }),
          measurement({
            id: "MP5.absoluteGap",
            meaning: "distance between mean confidence and accuracy",
            value: Math.abs(gap.value),
            unit: "share difference",
            interval: absolute(gap.interval),
            n: labels.length,
            baseline: 0,
          }),
          measurement({
            id: "MP6.answeredShare",
            meaning: `share of test rows whose likeliest phase has a probability of ${answeredFrom} or more`,
            value: share.value,
            unit: "share",
            interval: share.interval,
            n: labels.length,
          }),
          measurement({
            id: "MP6.selectiveRisk",
            meaning: `share of wrong answers among those with a probability of ${answeredFrom} or more`,
            value: risk.value,
            unit: "share",
            interval: risk.interval,
            n: isAnswered.reduce((a, b) => a + b, 0),
            baseline: errors.reduce((a, b) => a + b, 0) / errors.length,
          }),
          ...lockedTestMeasurements(touches, {
            manifest: splitSha256(data),
            locked: lockedTest.manifest,
          }),
          measurement({
            id: "calibration.chance",
            meaning: "expected calibration error that a calibrated model would show on as many rows and batches",
            value: chosen.chance,
            unit: "share difference",
            n: labels.length,
          }),
          measurement({
            id: "calibration.meanConfidence",
            meaning: "mean probability of the likeliest phase after temperature scaling",
            value: confidence.value,
            unit: "share",
            interval: confidence.interval,
            n: labels.length,
            baseline: gap.accuracy,
          }),
          ...results.map(({ name, logLoss: { value, interval } }) =>
            measurement({
              id: `calibration.logLoss.${idOf(name)}`,
              meaning: `log loss of the ensemble, ${name}`,
              value,
              unit: "nats",
              interval,
              n: labels.length,
              baseline: results[0].logLoss.value,
            }),
          ),
          ...results.flatMap(({ name }, i) =>
            name === recommendedCalibrator
              ? []
              : [
                  measurement({
                    id: `calibration.cost.${idOf(name)}`,
                    meaning: `log loss of the ensemble above that after temperature scaling, ${name}, on the same rows`,
                    value: costs[i].value,
                    unit: "nats",
                    interval: costs[i].interval,
                    n: labels.length,
                    baseline: 0,
                  }),
                ],
          ),
        ],
      };
    },
  );
}

function reliabilityPoints(
  labels: Uint8Array,
  probabilities: Float64Array,
  groups: readonly string[],
  random: ReturnType<typeof phaseRandom>,
): ReliabilityPoint[] {
  const { probabilities: confidence, correct } = topLabel(labels, probabilities);
  return reliabilityCurve(confidence, correct, random, { groups, unit: "batch", draws: 500 }).map(
    ({ probability, share, interval, consistency }) => ({
      confidence: probability,
      share: estimateOf(share, interval!),
      consistency,
    }),
  );
}

function idOf(name: string): string {
  return name.replaceAll(/[ ,()]+/g, "-").replace(/-$/, "");
}

/** The distance from 0 is largest at one of the ends, and 0 where they lie on both sides of it. */
function absolute({ low, high, ...rest }: Interval): Interval {
  return {
    ...rest,
    low: low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high)),
    high: Math.max(Math.abs(low), Math.abs(high)),
  };
}
