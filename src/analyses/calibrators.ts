import { calibrate } from "../calibration/calibrate.js";
import type { Calibrator } from "../calibration/Calibrator.js";
import { confidenceGap } from "../calibration/confidenceGap.js";
import { expectedCalibrationError } from "../calibration/expectedCalibrationError.js";
import { fitHistogram } from "../calibration/fitHistogram.js";
import { fitIsotonic } from "../calibration/fitIsotonic.js";
import { fitMatrixScaling } from "../calibration/fitMatrixScaling.js";
import { fitPlatt } from "../calibration/fitPlatt.js";
import { fitTemperature } from "../calibration/fitTemperature.js";
import { fitVectorScaling } from "../calibration/fitVectorScaling.js";
import { reliabilityCurve } from "../calibration/reliabilityCurve.js";
import { measurement, type EvidenceFile, type Interval } from "../core/Evidence.js";
import { selectMatrixRows } from "../core/Matrix.js";
import { topLabel } from "../core/topLabel.js";
import type { Estimate } from "../figures/plotEstimatePairs.js";
import type { Reliability, ReliabilityPoint } from "../figures/plotReliability.js";
import { recordedEvidence } from "../io/evidenceFiles.js";
import { selectiveRisk } from "../uncertainty/selectiveRisk.js";
import { topLabelErrors } from "../uncertainty/topLabelErrors.js";
import { lockedTestMeasurements } from "../validation/testTouches.js";
import { labelsOf } from "./balancingData.js";
import { batchCodes, batchEstimate, batchInterval, batchSums, type BatchSums, meanLoss, sum } from "./batchSums.js";
import { estimateOf } from "./estimateOf.js";
import locked from "./lockedTests.json" with { type: "json" };
import { lookAtTest, phaseRandom, splitSha256 } from "./trainingData.js";
import type { UncertainModels } from "./uncertainModels.js";
import { uncertaintyEngine } from "./uncertaintyMethods.js";

/** The ensemble's probabilities, mended in several ways, on all test rows. */
export interface Calibrators {
  readonly calibrators: readonly { readonly name: string; readonly logLoss: Estimate; readonly calibrationError: Estimate; readonly plugIn: number }[];
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

/** Six calibrators fitted on half of the calibrate rows, judged on the test rows; the checks MP5 and MP6 of the recommended one. */
export async function calibrators(models: UncertainModels): Promise<EvidenceFile<Calibrators>> {
  const { data, ensemble, fitRows } = models;
  const { seed, table, split, features } = data;
  return recordedEvidence({ id: "06-calibration-calibrators", inputs: [], source: "src/analyses/calibrators.ts", seed, engine: uncertaintyEngine, labels: "simulated" }, async () => {
    const touches = await lookAtTest(data, "phase ensemble", models.members);
    const random = phaseRandom(seed, "calibrators");
    const [fitted, tested] = [await ensemble.predictive(selectMatrixRows(features, fitRows)), await ensemble.predictive(selectMatrixRows(features, split.test))];
    const [fitLabels, labels] = [labelsOf(data.labels, fitRows), labelsOf(data.labels, split.test)];
    const batches = batchCodes(table, split.test);
    const inGroups = { groups: batches.names, unit: "batch" };
    const results = fits.map(({ name, fit }) => {
      const probabilities = fit === null ? tested.probabilities : calibrate(fit(fitLabels, fitted.probabilities), tested.probabilities);
      const { value, interval, plugIn } = expectedCalibrationError(labels, probabilities, random.fork(`${name}, error`), { ...inGroups, draws: 300, labelSets: name === recommendedCalibrator ? 1000 : 100 });
      const logLoss = batchEstimate(batches.batches, meanLoss(batchSums(labels, probabilities, batches)), random.fork(`${name}, log loss`));
      return { name, probabilities, logLoss, calibrationError: estimateOf(value, interval), interval, plugIn };
    });
    const chosen = results.find(({ name }) => name === recommendedCalibrator)!;
    const gap = confidenceGap(labels, chosen.probabilities, random.fork("gap"), { ...inGroups, draws: 1000 });
    const { errors, uncertainty } = topLabelErrors(labels, chosen.probabilities);
    const answered = selectiveRisk(errors, uncertainty, { threshold: 1 - answeredFrom });
    const risk = batchEstimate(batches.batches, riskStatistic(errors, uncertainty, batches), random.fork("risk"));
    return {
      result: {
        calibrators: results.map(({ name, logLoss, calibrationError, plugIn }) => ({ name, logLoss, calibrationError, plugIn })),
        fitRows: fitLabels.length,
        testRows: labels.length,
        reliability: {
          title: "Does what the ensemble says come true?",
          line: "grey band: where a calibrated model's shares would lie",
          curves: [results[0], chosen].map(({ name, probabilities }) => ({ name, points: reliabilityPoints(labels, probabilities, batches.names, random.fork(`reliability ${name}`)) })),
        },
      },
      measurements: [
        measurement({ id: "MP5.expectedCalibrationError", meaning: "debiased expected calibration error of the ensemble after temperature scaling", value: chosen.calibrationError.value, unit: "share", interval: { ...chosen.interval, low: chosen.calibrationError.low, high: chosen.calibrationError.high }, n: labels.length, baseline: results[0].calibrationError.value }),
        measurement({ id: "MP5.absoluteGap", meaning: "distance between mean confidence and accuracy", value: Math.abs(gap.value), unit: "share", interval: absolute(gap.interval), n: labels.length, baseline: 0 }),
        measurement({ id: "MP6.answeredShare", meaning: `share of test rows whose likeliest phase has a probability of ${answeredFrom} or more`, value: answered.coverage, unit: "share", n: labels.length }),
        measurement({ id: "MP6.selectiveRisk", meaning: `share of wrong answers among those with a probability of ${answeredFrom} or more`, value: risk.value, unit: "share", interval: batchInterval(risk), n: answered.answered, baseline: errors.reduce((a, b) => a + b, 0) / errors.length }),
        ...lockedTestMeasurements(touches, { manifest: splitSha256(data), locked: locked[`seed ${seed}` as keyof typeof locked] }),
        measurement({ id: "calibration.plugIn", meaning: "expected calibration error after temperature scaling, chance not taken off", value: chosen.plugIn, unit: "share", n: labels.length }),
        measurement({ id: "calibration.meanConfidence", meaning: "mean probability of the likeliest phase after temperature scaling", value: gap.meanConfidence, unit: "share", n: labels.length, baseline: gap.accuracy }),
        ...results.map(({ name, logLoss: { value, low, high } }) => measurement({ id: `calibration.logLoss.${name.replaceAll(/[ ,()]+/g, "-").replace(/-$/, "")}`, meaning: `log loss of the ensemble, ${name}`, value, unit: "nats", interval: batchInterval({ low, high }), n: labels.length, baseline: results[0].logLoss.value })),
      ],
    };
  });
}

function reliabilityPoints(labels: Uint8Array, probabilities: Float64Array, groups: readonly string[], random: ReturnType<typeof phaseRandom>): ReliabilityPoint[] {
  const { probabilities: confidence, correct } = topLabel(labels, probabilities);
  return reliabilityCurve(confidence, correct, random, { groups, unit: "batch", draws: 500 }).map(({ probability, share, interval, consistency }) => ({ confidence: probability, share, low: Math.min(share, interval!.low), high: Math.max(share, interval!.high), consistency: { low: consistency.low, high: consistency.high } }));
}

/** Wrong answers among the answered, from sums per batch. */
function riskStatistic(errors: Uint8Array, uncertainty: Float64Array, { codes, batches }: { readonly codes: ArrayLike<number>; readonly batches: number }): (drawn: Uint32Array) => number {
  const [answered, wrong] = [new Float64Array(batches), new Float64Array(batches)] satisfies BatchSums["hits"];
  errors.forEach((error, row) => {
    if (uncertainty[row] > 1 - answeredFrom) return;
    answered[codes[row]]++;
    wrong[codes[row]] += error;
  });
  return (drawn) => sum(wrong, drawn) / sum(answered, drawn);
}

/** The distance from 0 is largest at one of the ends, and 0 where they lie on both sides of it. */
function absolute({ low, high, ...rest }: Interval): Interval {
  return { ...rest, low: low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high)), high: Math.max(Math.abs(low), Math.abs(high)) };
}
