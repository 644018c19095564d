import { phaseNames } from "../chemistry/phases.js";
import { selectMatrixRows } from "../core/Matrix.js";
import type { Estimate } from "../figures/plotEstimatePairs.js";
import { trainLogistic } from "../training/trainLogistic.js";
import { trainMajority } from "../training/trainMajority.js";
import { holdsClass, setSize } from "../uncertainty/conformal/labelSets.js";
import { labelsOf } from "./balancingData.js";
import { batchCodes, batchEstimate, batchSums, meanLoss, overall, sum } from "./batchSums.js";
import type { PhaseData } from "./phaseData.js";
import { logisticIterations, phaseRandom } from "./trainingData.js";

/** On test rows. Intervals: 95 %, by bootstrap of whole batches, or of rows where there are none. */
export interface PhaseScore {
  readonly accuracy: Estimate;
  /** Nats. */
  readonly logLoss: Estimate;
}

export interface NamedScore extends PhaseScore {
  readonly name: string;
}

/** What sets cover of the test rows, and how many phases they hold on average. */
export interface SetScore {
  readonly coverage: Estimate;
  readonly meanSize: number;
}

/** Groups of the test rows that are drawn whole: batches, or each row alone. */
function testGroups({ table, split, batches }: PhaseData): { readonly codes: ArrayLike<number>; readonly batches: number } {
  return batches === null ? { codes: Uint32Array.from(split.test.keys()), batches: split.test.length } : batchCodes(table, split.test);
}

/** Scores probabilities of the test rows, row-major [rows, phases]. */
export function judgeOn(data: PhaseData): (probabilities: Float64Array) => PhaseScore {
  const labels = labelsOf(data.labels, data.split.test);
  const groups = testGroups(data);
  const random = phaseRandom(data.seed, "phase model, intervals");
  return (probabilities) => {
    const sums = batchSums(labels, probabilities, groups);
    return { accuracy: batchEstimate(groups.batches, overall(sums), random.fork("accuracy")), logLoss: batchEstimate(groups.batches, meanLoss(sums), random.fork("log loss")) };
  };
}

/** Logistic regression and the constant answer, trained on the same rows. */
export function baselineScores({ features, labels, split }: PhaseData, judge: (probabilities: Float64Array) => PhaseScore): readonly NamedScore[] {
  const [train, test] = [selectMatrixRows(features, split.train), selectMatrixRows(features, split.test)];
  const own = labelsOf(labels, split.train);
  return [
    { name: "logistic regression", ...judge(trainLogistic(train, own, phaseNames, { maxIterations: logisticIterations }).predict(test)) },
    { name: "always the commonest", ...judge(trainMajority(own, phaseNames).predict(test)) },
  ];
}

/** @param sets  of the test rows, as conformalSets gives them */
export function setScore(data: PhaseData, sets: Uint32Array): SetScore {
  const { codes, batches } = testGroups(data);
  const [hits, rows] = [new Float64Array(batches), new Float64Array(batches)];
  labelsOf(data.labels, data.split.test).forEach((label, row) => {
    rows[codes[row]]++;
    if (holdsClass(sets[row], label)) hits[codes[row]]++;
  });
  return {
    coverage: batchEstimate(batches, (drawn) => sum(hits, drawn) / sum(rows, drawn), phaseRandom(data.seed, "phase model, sets")),
    meanSize: sets.reduce((total, set) => total + setSize(set), 0) / sets.length,
  };
}
