import { makeMatrix, type Matrix } from "../../core/Matrix.js";
import { boxMuller } from "../../core/random/boxMuller.js";
import type { Random } from "../../core/random/Random.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { classifierTwoSample, type SampleClassifier } from "../../monitoring/detectors/classifierTwoSample.js";
import type { SampleGroups } from "../../monitoring/detectors/DriftTest.js";
import { exchangeabilityMartingale } from "../../monitoring/detectors/exchangeabilityMartingale.js";
import { maximumMeanDiscrepancy } from "../../monitoring/detectors/maximumMeanDiscrepancy.js";
import { trainLogistic } from "../../training/baselines/trainLogistic.js";

/** How rows come: the batches of either sample, and what they have in common. */
export interface TrialSetting {
  readonly name: string;
  readonly batchRows: number;
  /** Standard deviation between batches, in that of rows within one. */
  readonly betweenDeviation: number;
}

/** Rows that do not know of each other, and batches of ten. */
export const trialSettings: readonly TrialSetting[] = [
  { name: "independent rows", batchRows: 1, betweenDeviation: 0 },
  { name: "batches of 10", batchRows: 10, betweenDeviation: 0.2 },
];

/** What changes: nothing; a mean by half a standard deviation; two features that went together go apart. */
export type TrialChange = "nothing" | "mean" | "together";

/** How often a detector alarmed under one change. */
export interface DetectorTrials {
  readonly detector: string;
  readonly setting: string;
  readonly change: TrialChange;
  readonly alarmed: Estimate;
  readonly trials: number;
}

interface Samples {
  readonly reference: Matrix;
  readonly current: Matrix;
  readonly groups: SampleGroups | undefined;
}

type Detector = (samples: Samples, random: Random) => boolean | Promise<boolean>;

const draws = 199;
const [referenceRows, currentRows] = [400, 200];

/** The detectors that are too slow for a notebook, or look at all features at once. */
const detectors: readonly { readonly name: string; readonly alarms: Detector; readonly features: "all" | "one" }[] = [
  {
    name: "maximum mean discrepancy",
    features: "all",
    alarms: ({ reference, current, groups }, random) =>
      maximumMeanDiscrepancy(reference, current, { groups, random, draws }).drifted,
  },
  {
    name: "classifier two-sample test",
    features: "all",
    alarms: async ({ reference, current, groups }, random) =>
      (await classifierTwoSample(reference, current, { groups, random, draws, classify: byLogistic })).drifted,
  },
  {
    name: "conformal martingale",
    features: "one",
    alarms: ({ reference, current, groups }, random) =>
      exchangeabilityMartingale(columnOf(reference, 1), columnOf(current, 1), { groups, random }).drifted,
  },
];

/** Counts the alarms of each detector in each setting, for one change. */
export async function detectorTrials(
  change: TrialChange,
  random: Random,
  { trials }: { readonly trials: number },
): Promise<readonly DetectorTrials[]> {
  const results: DetectorTrials[] = [];
  // One feature alone cannot show that it no longer goes with another.
  const looked = detectors.filter(({ features }) => features === "all" || change !== "together");
  for (const { name: detector, alarms } of looked)
    for (const setting of trialSettings) {
      const own = random.fork(detector).fork(setting.name).fork(change);
      let hits = 0;
      for (let trial = 0; trial < trials; trial++) {
        const drawn = own.fork(trial);
        hits += Number(await alarms(samplesOf(setting, change, drawn.fork("rows")), drawn.fork("test")));
      }
      const alarmed = { value: hits / trials, interval: clopperPearson(hits, trials) };
      results.push({ detector, setting: setting.name, change, alarmed, trials });
    }
  return results;
}

function samplesOf(setting: TrialSetting, change: TrialChange, random: Random): Samples {
  const labels = (rows: number): number[] =>
    Array.from({ length: rows }, (_, row) => Math.floor(row / setting.batchRows));
  return {
    reference: rowsOf(setting, referenceRows, "nothing", random.fork("reference")),
    current: rowsOf(setting, currentRows, change, random.fork("current")),
    groups: setting.batchRows === 1 ? undefined : { reference: labels(referenceRows), current: labels(currentRows) },
  };
}

/** Three features; the third goes with the first, or against it. */
function rowsOf(
  { batchRows, betweenDeviation }: TrialSetting,
  rows: number,
  change: TrialChange,
  random: Random,
): Matrix {
  const normal = (): number => boxMuller(1 - random(), random())[0];
  const values = new Float32Array(3 * rows);
  let batch = [0, 0];
  for (let row = 0; row < rows; row++) {
    if (row % batchRows === 0) batch = [betweenDeviation * normal(), betweenDeviation * normal()];
    const first = batch[0] + normal();
    values[3 * row] = first;
    values[3 * row + 1] = batch[1] + normal() + (change === "mean" ? 0.5 : 0);
    values[3 * row + 2] = (change === "together" ? -0.8 : 0.8) * first + 0.6 * normal();
  }
  return makeMatrix(["first", "second", "third"], values);
}

function columnOf({ values, columns, rows }: Matrix, column: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => values[row * columns + column]);
}

/** Logistic regression on features and their products: it sees means, spreads and what goes together. */
const byLogistic: SampleClassifier = (training, labels, judged) => {
  const model = trainLogistic(withProducts(training), labels, ["reference", "current"], { C: 0.1 });
  const probabilities = model.predict(withProducts(judged));
  return Array.from({ length: judged.rows }, (_, row) => probabilities[2 * row + 1]);
};

function withProducts({ values, columns, rows, names }: Matrix): Matrix {
  const pairs = names.flatMap((_, i) => names.slice(i).map((_, j) => [i, i + j] as const));
  const width = columns + pairs.length;
  const all = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(row * columns, (row + 1) * columns);
    all.set(own, row * width);
    pairs.forEach(([i, j], at) => (all[row * width + columns + at] = own[i] * own[j]));
  }
  return makeMatrix([...names, ...pairs.map(([i, j]) => `${names[i]} ${names[j]}`)], all);
}
