import { adasyn } from "../balancing/adasyn.js";
import { classWeights } from "../balancing/classWeights.js";
import { borderlineSmote } from "../balancing/borderlineSmote.js";
import { rowKinds, type Resampled } from "../balancing/Resampled.js";
import { smote } from "../balancing/smote.js";
import { correctPrior } from "../calibration/correctPrior.js";
import { expectedCalibrationError } from "../calibration/expectedCalibrationError.js";
import { phaseNames } from "../chemistry/phases.js";
import { recipeFaultNames, recipeFaults } from "../chemistry/recipeFaults.js";
import { clopperPearson } from "../core/clopperPearson.js";
import { measurement, type EvidenceFile, type Interval, type Measurement } from "../core/Evidence.js";
import { groupBootstrapInterval } from "../core/groupBootstrapInterval.js";
import { likeliestClass } from "../core/likeliestClass.js";
import type { Matrix } from "../core/Matrix.js";
import { type Random, seededRandom } from "../core/Random.js";
import { type Split, splitParts } from "../core/Split.js";
import { studentQuantile } from "../core/studentQuantile.js";
import { categoryColumn, codesOf, numbersOf, rowsWhere, selectRows, textsOf, type Table } from "../core/Table.js";
import { decodeRecipes } from "../features/decodeRecipes.js";
import { encode } from "../features/encode.js";
import type { Encoder } from "../features/Encoder.js";
import { fitEncoder, nominalColumns } from "../features/fitEncoder.js";
import { recipeFeatures } from "../features/recipeFeatures.js";
import type { Estimate, EstimatePairs } from "../figures/plotEstimatePairs.js";
import type { ClassRecall, Recalls } from "../figures/plotRecalls.js";
import { generateExperiments } from "../generation/generateExperiments.js";
import { targetedExperiments } from "../generation/targetedExperiments.js";
import { recordedEvidence } from "../io/evidenceFiles.js";
import { sha256 } from "../io/sha256.js";
import { groupedSplit } from "../splitting/groupedSplit.js";
import { defaultShares } from "../splitting/partShares.js";
import { splitManifest, type SplitManifest } from "../splitting/splitManifest.js";
import { trainMajority } from "../training/trainMajority.js";
import { leakageAudit } from "../validation/leakageAudit.js";
import { rareClasses, remedies, type RemediedModel, type TrainingRows, trainRemedied } from "./balancingRemedies.js";
import { reviewCounts } from "./physicsCalibration.js";
import { plantedLeaks } from "./plantedLeaks.js";

const source = "src/analyses/balancing.ts";
const engine = "simd (WebAssembly) for the twin and for neighbours, typescript for logistic regression";
/** Twenty thousand experiments as laboratories run them: the rarest class then has more than a hundred test rows. */
const experiments = 20_000;

/** Experiments, split by batches, encoded as training rows taught. */
interface Prepared {
  readonly table: Table;
  readonly split: Split;
  readonly encoder: Encoder;
  readonly labels: Uint8Array;
  readonly train: Matrix;
  readonly test: Matrix;
}

async function prepare(seed: number): Promise<Prepared> {
  const { table } = await generateExperiments({ rows: experiments, seed });
  const split = splitByBatch(table, seed);
  const encoder = fitEncoder(table, split.train);
  return { table, split, encoder, labels: phaseCodes(table), train: encode(encoder, table, split.train), test: encode(encoder, table, split.test) };
}

/** Batches share stocks and a day, so a batch is whole in one part. */
export function splitByBatch(table: Table, seed: number): Split {
  return groupedSplit(textsOf(table, "phase"), textsOf(table, "batch"), seededRandom(seed).fork("split by batch"));
}

export function phaseCodes(table: Table): Uint8Array {
  return Uint8Array.from(codesOf(table, "phase").codes);
}

const labelsOf = (labels: Uint8Array, rows: Uint32Array): Uint8Array => Uint8Array.from(rows, (row) => labels[row]);

/**
 * New experiments that can fill every class up to the commonest one of the training rows: by the same laboratories, of
 * another seed so that no recipe comes twice, and from batches that no other part of the split holds.
 */
async function targetedFor({ table, split, labels }: Prepared, seed: number): Promise<Table> {
  const counts = countsOf(labelsOf(labels, split.train));
  const batches = textsOf(table, "batch");
  const held = new Set([split.tune, split.calibrate, split.test].flatMap((rows) => Array.from(rows, (row) => batches[row])));
  // Two fifths of the batches are held by other parts; the rest must suffice.
  const fresh = await targetedExperiments({ seed: seed + 1, labsSeed: seed, perClass: 2 * Math.max(...counts) });
  const own = textsOf(fresh, "batch");
  return selectRows(fresh, rowsWhere(fresh, (row) => !held.has(own[row])));
}

/** The split by batches, and what the audit finds in it and in copies with planted leaks. */
export interface SplitSummary {
  readonly classes: readonly string[];
  readonly parts: readonly { readonly name: string; readonly rows: number; readonly counts: readonly number[] }[];
  /** Leaking rows or columns; "not asked" where the split claims nothing of the kind. */
  readonly audit: readonly { readonly kind: string; readonly found: number | string; readonly planted: number | string }[];
  readonly manifest: SplitManifest;
}

/** Experiments per part and class, with the audit of the split. */
export async function balancingSplit({ seed }: { readonly seed: number }): Promise<EvidenceFile<SplitSummary>> {
  return recordedEvidence({ id: "03-balancing-split", inputs: [], source, seed, engine, labels: "simulated" }, async () => {
    const { table, split, encoder, labels } = await prepare(seed);
    const features = [...new Set(encoder.columns.flatMap((column) => (column.kind === "category" ? [column.column] : column.kind === "number" && "feature" in column.source ? featureNeeds(column.source.feature) : [])))];
    const options = { features, label: "phase", groups: ["batch"], synthetic: new Uint8Array(table.numRows) };
    const report = leakageAudit(table, split, options);
    const planted = plantedLeaks(table, split, options);
    const parts = splitParts.map((name) => ({ name, rows: split[name].length, counts: countsOf(labelsOf(labels, split[name])) }));
    const [train, , , test] = parts;
    const leaks = Object.values(report.counts).reduce((total: number, count) => total + (count ?? 0), 0);
    const found = planted.filter(({ kind, report: { counts } }) => (counts[kind] ?? 0) > (report.counts[kind] ?? 0)).length;
    const ratio = Math.min(...train.counts) / Math.max(...train.counts);
    const weights = classWeights(labelsOf(labels, split.train), { classes: phaseNames });
    const weighted = train.counts.map((count, label) => count * weights[label]);
    return {
      result: {
        classes: phaseNames,
        parts,
        audit: planted.map(({ kind, report: { counts } }) => ({ kind, found: report.counts[kind] ?? "not asked", planted: counts[kind] ?? "not asked" })),
        manifest: splitManifest(split, { kind: "grouped by batch", seed, shares: defaultShares, rows: table.numRows, hash: sha256, labels: textsOf(table, "phase"), rowIds: Array.from(numbersOf(table, "sourceRow")) }),
      },
      measurements: [
        measurement({ id: "DQ2.leaks", meaning: "rows and columns of the split by batches that leak, of all kinds that the audit looks for", value: leaks, unit: "leaks", n: table.numRows }),
        measurement({ id: "DQ2.plantedLeakFound", meaning: "whether every planted leak is found, one of each kind", value: Number(found === planted.length), unit: "1", n: planted.length }),
        measurement({ id: "DQ2.plantedLeaksFound", meaning: "planted leaks that the audit finds", value: found, unit: `of ${planted.length}`, n: planted.length }),
        measurement({ id: "DQ3.smallestTrainClass", meaning: "training rows of the rarest class", value: Math.min(...train.counts), unit: "experiments", n: train.rows }),
        measurement({ id: "DQ3.smallestTestClass", meaning: "test rows of the rarest class", value: Math.min(...test.counts), unit: "experiments", n: test.rows }),
        measurement({ id: "DQ3.ratioBefore", meaning: "rarest over commonest class among training rows", value: ratio, unit: "1", n: train.rows, baseline: Math.min(...reviewCounts) / Math.max(...reviewCounts) }),
        measurement({ id: "DQ3.balanceRatio", meaning: "the same after class weights, as the loss sees it", value: Math.min(...weighted) / Math.max(...weighted), unit: "1", n: train.rows, baseline: ratio }),
      ],
    };
  });
}

function countsOf(labels: Uint8Array): number[] {
  return phaseNames.map((_, label) => labels.reduce((total, one) => total + Number(one === label), 0));
}

function featureNeeds(name: string): readonly string[] {
  const feature = recipeFeatures.find((one) => one.name === name)!;
  return [...feature.needs, ...(feature.reads ?? [])];
}

/** One remedy on the untouched test rows. */
export interface RemedyResult {
  readonly name: string;
  readonly trainingRows: number;
  readonly converged: boolean;
  readonly recalls: readonly ClassRecall[];
  readonly balancedAccuracy: Estimate;
  /** Mean recall of decisions by the corrected probabilities. */
  readonly correctedBalancedAccuracy: Estimate;
  readonly accuracy: Estimate;
  /** In nats, as trained, and with the shares of the classes in the original training rows put back. */
  readonly logLoss: Estimate;
  readonly correctedLogLoss: Estimate;
  readonly calibrationError: Estimate;
  readonly correctedCalibrationError: Estimate;
}

export interface RemedyComparison {
  readonly results: readonly RemedyResult[];
  /** Mean recall over classes less that with class weights, on the same rows. */
  readonly againstWeights: readonly { readonly name: string; readonly difference: Estimate }[];
  /** Per remedy: name, training rows, mean recall, accuracy, calibration error as trained and corrected. */
  readonly table: readonly (readonly (string | number)[])[];
  readonly recalls: Omit<Recalls, "id">;
  readonly logLoss: Omit<EstimatePairs, "id">;
}

/** What does not touch the data at all: the untouched model, decided as if all classes were equally common. */
const decisionAlone = "as it is, decided evenly";
/** Rows of the figure; the table has all. */
const drawn = ["as it is", decisionAlone, "class weights", "SMOTE-NC", "ADASYN", "targeted generation"];
const iterations = 3000;

/** All remedies, trained on the same rows, judged on the same untouched ones. */
export async function remedyComparison({ seed }: { readonly seed: number }): Promise<EvidenceFile<RemedyComparison>> {
  return recordedEvidence({ id: "03-balancing-remedies", inputs: [], source, seed, engine, labels: "simulated" }, async () => {
    const prepared = await prepare(seed);
    const { table, split, encoder, labels, train, test } = prepared;
    const random = seededRandom(seed).fork("remedies");
    const trainLabels = labelsOf(labels, split.train);
    const rows: TrainingRows = { encoder, features: train, labels: trainLabels, targeted: await targetedFor(prepared, seed) };
    const judge = judgeOn({ labels: labelsOf(labels, split.test), batches: split.test, table, shares: sharesOf(trainLabels), random });
    const majority = trainMajority(trainLabels, phaseNames);
    const constant = judge(`constant answer, ${phaseNames[likeliestClass(majority.shares, phaseNames.length)[0]]}`, { probabilities: majority.predict(test), trainedShares: majority.shares, rows: train.rows, converged: true });
    const scored: Scored[] = [];
    for (const { name, apply } of remedies) {
      const model = trainRemedied(await apply(rows, random.fork(name)), test, { maxIterations: iterations });
      scored.push(judge(name, model));
      if (name === "as it is") scored.push(judge(decisionAlone, model, { decideEvenly: true }));
    }
    const results = scored.map(({ result }) => result);
    const chosen = drawn.map((name) => results.find((one) => one.name === name)!);
    const n = split.test.length;
    const weights = scored.find(({ result }) => result.name === "class weights")!;
    const againstWeights = scored.filter((one) => one !== weights).map((one) => ({ name: one.result.name, difference: difference(one, weights, balanced, random.fork(`${one.result.name} against weights`)) }));
    return {
      result: {
        results,
        againstWeights,
        table: [constant.result, ...results].map((one) => [one.name, one.trainingRows, inWords(one.balancedAccuracy), inWords(one.accuracy), inWords(one.calibrationError), inWords(one.correctedCalibrationError)]),
        recalls: { title: `Recall on ${n} untouched experiments`, models: chosen.map(({ name, recalls }) => ({ name, recalls })) },
        logLoss: {
          title: "What balancing does to probabilities",
          xTitle: "Log loss on test rows (nats)",
          yTitle: "Training set",
          series: ["as trained", "prior corrected"],
          reference: { at: results[0].logLoss.value, label: "as it is" },
          rows: results.filter(({ name }) => name !== decisionAlone).map(({ name, logLoss, correctedLogLoss }) => ({ name, estimates: [logLoss, correctedLogLoss] })),
        },
      },
      measurements: remedyMeasurements(scored, againstWeights, n, random),
    };
  });
}

function inWords({ value, low, high }: Estimate): string {
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

function sharesOf(labels: Uint8Array): Float64Array {
  const shares = new Float64Array(phaseNames.length);
  labels.forEach((label) => (shares[label] += 1 / labels.length));
  return shares;
}

/** Sums per batch, from which every statistic of a resample of batches follows. */
interface BatchSums {
  readonly rows: Float64Array;
  /** By class. */
  readonly truth: readonly Float64Array[];
  readonly hits: readonly Float64Array[];
  readonly correctedHits: readonly Float64Array[];
  readonly loss: Float64Array;
  readonly correctedLoss: Float64Array;
}

interface Scored {
  readonly result: RemedyResult;
  readonly sums: BatchSums;
}

function judgeOn({ labels, batches, table, shares, random }: { readonly labels: Uint8Array; readonly batches: Uint32Array; readonly table: Table; readonly shares: Float64Array; readonly random: Random }) {
  const names = textsOf(selectRows(table, batches), "batch");
  const { codes, levels } = categoryColumn(names);
  return (name: string, { probabilities, trainedShares, rows, converged }: RemediedModel, { decideEvenly = false }: { readonly decideEvenly?: boolean } = {}): Scored => {
    const corrected = correctPrior(probabilities, trainedShares, shares);
    const decided = decideEvenly ? correctPrior(probabilities, trainedShares, shares.map(() => 1 / shares.length)) : probabilities;
    const sums = batchSums(labels, likeliestClass(decided, shares.length), { probabilities, corrected, codes, batches: levels.length });
    const afterCorrection = { ...sums, hits: sums.correctedHits };
    const interval = (statistic: (drawn: Uint32Array) => number, what: string): Estimate => estimate(levels.length, statistic, random.fork(`${name}, ${what}`));
    const calibration = (values: Float64Array, what: string): Estimate => {
      const { value, interval: bounds } = expectedCalibrationError(labels, values, random.fork(`${name}, ${what}`), { groups: names, unit: "batch", labelSets: 200, draws: 500 });
      return { value, low: Math.min(value, bounds.low), high: Math.max(value, bounds.high) };
    };
    return {
      sums,
      result: {
        name,
        trainingRows: rows,
        converged,
        recalls: phaseNames.map((phase, k) => {
          const { value, low, high } = interval(recall(sums, k), phase);
          return { phase, recall: value, low, high, n: sums.truth[k].reduce((a, b) => a + b, 0) };
        }),
        balancedAccuracy: interval(balanced(sums), "balanced accuracy"),
        correctedBalancedAccuracy: interval(balanced(afterCorrection), "corrected balanced accuracy"),
        accuracy: interval(overall(sums), "accuracy"),
        logLoss: interval(meanOf(sums.loss, sums), "log loss"),
        correctedLogLoss: interval(meanOf(sums.correctedLoss, sums), "corrected log loss"),
        calibrationError: calibration(probabilities, "calibration"),
        correctedCalibrationError: calibration(corrected, "corrected calibration"),
      },
    };
  };
}

function batchSums(labels: Uint8Array, predicted: ArrayLike<number>, { probabilities, corrected, codes, batches }: { readonly probabilities: Float64Array; readonly corrected: Float64Array; readonly codes: ArrayLike<number>; readonly batches: number }): BatchSums {
  const perClass = (): Float64Array[] => phaseNames.map(() => new Float64Array(batches));
  const sums: BatchSums = { rows: new Float64Array(batches), truth: perClass(), hits: perClass(), correctedHits: perClass(), loss: new Float64Array(batches), correctedLoss: new Float64Array(batches) };
  const decidedAnew = likeliestClass(corrected, phaseNames.length);
  const loss = (values: Float64Array, row: number): number => -Math.log(Math.max(values[row * phaseNames.length + labels[row]], 1e-15));
  for (let row = 0; row < labels.length; row++) {
    const batch = codes[row];
    sums.rows[batch]++;
    sums.truth[labels[row]][batch]++;
    if (predicted[row] === labels[row]) sums.hits[labels[row]][batch]++;
    if (decidedAnew[row] === labels[row]) sums.correctedHits[labels[row]][batch]++;
    sums.loss[batch] += loss(probabilities, row);
    sums.correctedLoss[batch] += loss(corrected, row);
  }
  return sums;
}

type Statistic = (batches: Uint32Array) => number;

const sum = (values: Float64Array, batches: Uint32Array): number => batches.reduce((total, batch) => total + values[batch], 0);
const recall = ({ hits, truth }: BatchSums, k: number): Statistic => (batches) => sum(hits[k], batches) / sum(truth[k], batches);
const balanced = (sums: BatchSums): Statistic => (batches) => phaseNames.reduce((total, _, k) => total + recall(sums, k)(batches) / phaseNames.length, 0);
const overall = ({ hits, rows }: BatchSums): Statistic => (batches) => hits.reduce((total, ofClass) => total + sum(ofClass, batches), 0) / sum(rows, batches);
const meanOf = (values: Float64Array, { rows }: BatchSums): Statistic => (batches) => sum(values, batches) / sum(rows, batches);

function batchInterval(batches: number, statistic: Statistic, random: Random): Interval {
  return groupBootstrapInterval(Array.from({ length: batches }, (_, batch) => batch), statistic, random, { unit: "batch", draws: 1000 });
}

function estimate(batches: number, statistic: Statistic, random: Random): Estimate {
  const { low, high } = batchInterval(batches, statistic, random);
  const value = statistic(Uint32Array.from({ length: batches }, (_, batch) => batch));
  return { value, low: Math.min(low, value), high: Math.max(high, value) };
}

/** One remedy's statistic less another's on the same batches. */
function difference(one: Scored, other: Scored, of: (sums: BatchSums) => Statistic, random: Random): Estimate {
  return estimate(one.sums.rows.length, (batches) => of(one.sums)(batches) - of(other.sums)(batches), random);
}

function remedyMeasurements(scored: readonly Scored[], againstWeights: RemedyComparison["againstWeights"], n: number, random: Random): Measurement[] {
  const [asItIs, weights, targeted] = ["as it is", "class weights", "targeted generation"].map((name) => scored.find(({ result }) => result.name === name)!);
  const made = (id: string, meaning: string, unit: string, { value, low, high }: Estimate, baseline: number, rows = n): Measurement =>
    measurement({ id: `balancing.${id}`, meaning, value, unit, interval: { low, high, level: 0.95, method: "percentile bootstrap by batch" }, n: rows, baseline });
  const recalls = asItIs.result.recalls;
  const rarest = recalls.reduce((best, one, k) => (one.n < recalls[best].n ? k : best), 0);
  const [before, after] = [asItIs, weights].map(({ result }) => result.recalls[rarest]);
  const estimateOf = ({ recall: value, low, high }: ClassRecall): Estimate => ({ value, low, high });
  const correctedLoss = (sums: BatchSums): Statistic => meanOf(sums.correctedLoss, sums);
  const costs = [
    made("accuracyCost", "accuracy as it is, less that with class weights", "share", difference(asItIs, weights, overall, random.fork("accuracy")), 0),
    made("logLossCost", "log loss with class weights less that as it is, before prior correction", "nats", difference(weights, asItIs, (sums) => meanOf(sums.loss, sums), random.fork("loss")), 0),
    made("correctedLogLossCost", "the same after prior correction", "nats", difference(weights, asItIs, correctedLoss, random.fork("corrected loss")), 0),
    made("targetedCorrectedLogLossCost", "log loss with targeted generation less that as it is, both after prior correction", "nats", difference(targeted, asItIs, correctedLoss, random.fork("targeted loss")), 0),
  ];
  return [
    made("rarestRecall", `recall of the rarest class, ${phaseNames[rarest]}, trained on the rows as they are`, "share", estimateOf(before), 0, before.n),
    made("rarestRecallWeighted", "the same with class weights", "share", estimateOf(after), before.recall, after.n),
    made("meanRecall", "mean recall over classes, trained on the rows as they are", "share", asItIs.result.balancedAccuracy, 1 / phaseNames.length),
    made("correctedMeanRecall", "the same of class weights when decided by the corrected probabilities", "share", weights.result.correctedBalancedAccuracy, asItIs.result.balancedAccuracy.value),
    made("meanRecallWeighted", "mean recall over classes with class weights", "share", weights.result.balancedAccuracy, asItIs.result.balancedAccuracy.value),
    ...costs,
    ...againstWeights.map(({ name, difference: gap }) => made(`${name.replaceAll(/[ ,]+/g, "-")}.againstWeights`, `mean recall over classes, ${name}, less that with class weights`, "share", gap, 0)),
  ];
}

/** Ten training sets of the reviewed project's size, same test rows. */
export interface SmallSets {
  readonly sets: number;
  readonly rows: number;
  /** Fits that had not converged when they were ended. */
  readonly unconverged: number;
  readonly remedies: readonly { readonly name: string; readonly balancedAccuracy: Estimate; readonly difference: Estimate; readonly correctedLogLoss: Estimate }[];
  /** Beside the differences that the whole training set gives. */
  readonly sizes: Omit<EstimatePairs, "id">;
}

const smallSets = 10;

/**
 * With few rows, as the reviewed project had: does a remedy that makes rows up win where data are short?
 *
 * @param whole  what the whole training set gave, for the figure
 */
export async function smallTrainingSets({ seed, whole }: { readonly seed: number; readonly whole: RemedyComparison }): Promise<EvidenceFile<SmallSets>> {
  return recordedEvidence({ id: "03-balancing-small", inputs: [], source, seed, engine, labels: "simulated" }, async () => {
    const prepared = await prepare(seed);
    const { split, encoder, labels, train, test } = prepared;
    const random = seededRandom(seed).fork("small sets");
    const [trainLabels, testLabels] = [labelsOf(labels, split.train), labelsOf(labels, split.test)];
    const targeted = await targetedFor(prepared, seed);
    const size = Math.floor(train.rows / smallSets);
    const perSet: { readonly balanced: number[]; readonly loss: number[] }[] = remedies.map(() => ({ balanced: [], loss: [] }));
    let unconverged = 0;
    for (let set = 0; set < smallSets; set++) {
      // Every tenth row: rows of a batch do not stand together, so each set sees as many batches as rows allow.
      const own = Uint32Array.from({ length: size }, (_, i) => i * smallSets + set);
      const values = new Float32Array(size * train.columns);
      own.forEach((row, i) => values.set(train.values.subarray(row * train.columns, (row + 1) * train.columns), i * train.columns));
      const rows: TrainingRows = { encoder, features: { ...train, rows: size, values }, labels: Uint8Array.from(own, (row) => trainLabels[row]), targeted };
      for (const [i, { name, apply }] of remedies.entries()) {
        const { probabilities, trainedShares, converged } = trainRemedied(await apply(rows, random.fork(`${set}, ${name}`)), test, { maxIterations: iterations });
        if (!converged) unconverged++;
        const corrected = correctPrior(probabilities, trainedShares, sharesOf(rows.labels));
        const sums = batchSums(testLabels, likeliestClass(probabilities, phaseNames.length), { probabilities, corrected, codes: new Uint8Array(testLabels.length), batches: 1 });
        perSet[i].balanced.push(balanced(sums)(Uint32Array.of(0)));
        perSet[i].loss.push(meanOf(sums.correctedLoss, sums)(Uint32Array.of(0)));
      }
    }
    const weights = remedies.findIndex(({ name }) => name === "class weights");
    const against = (i: number): number[] => perSet[i].balanced.map((value, set) => value - perSet[weights].balanced[set]);
    const results = remedies.map(({ name }, i) => ({ name, balancedAccuracy: studentEstimate(perSet[i].balanced), difference: studentEstimate(against(i)), correctedLogLoss: studentEstimate(perSet[i].loss) }));
    const method = `Student over ${smallSets} disjoint training sets`;
    const shown = results.filter(({ name }) => name !== "class weights");
    return {
      result: {
        sets: smallSets,
        rows: size,
        unconverged,
        remedies: results,
        sizes: {
          title: "Which remedy wins, and where",
          xTitle: "Mean recall less that with class weights (share)",
          yTitle: "Training set",
          series: [`${size} rows, ${smallSets} sets`, `${train.rows} rows`],
          reference: { at: 0, label: "class weights" },
          rows: shown.map(({ name, difference: small }) => ({ name, estimates: [small, whole.againstWeights.find((one) => one.name === name)!.difference] })),
        },
      },
      measurements: shown.map(({ name, difference: { value, low, high } }) => measurement({ id: `small.${name.replaceAll(" ", "-")}`, meaning: `mean recall over classes with ${name}, less that with class weights, from ${size} training rows`, value, unit: "share", interval: { low, high, level: 0.95, method }, n: smallSets, baseline: 0 })),
    };
  });
}

function studentEstimate(values: readonly number[]): Estimate {
  const n = values.length;
  const value = values.reduce((a, b) => a + b, 0) / n;
  const error = Math.sqrt(values.reduce((total, one) => total + (one - value) ** 2, 0) / (n - 1) / n);
  const reach = studentQuantile(0.975, n - 1) * error;
  return { value, low: value - reach, high: value + reach };
}

/** What interpolated rows are as recipes. */
export interface SyntheticPhysics {
  readonly methods: readonly { readonly name: string; readonly rows: number; readonly faulty: number; readonly contradictory: number; readonly commonest: string }[];
}

/** Beyond this many units of ln S the supersaturation that was interpolated is not that of the interpolated recipe. */
const contradiction = 1;

/** Synthetic rows read back as recipes: how many could not be carried out, and in how many the features contradict each other. */
export async function syntheticPhysics({ seed }: { readonly seed: number }): Promise<EvidenceFile<SyntheticPhysics>> {
  return recordedEvidence({ id: "03-balancing-physics", inputs: [], source, seed, engine, labels: "simulated" }, async () => {
    const { split, encoder, labels, train } = await prepare(seed);
    const trainLabels = labelsOf(labels, split.train);
    const random = seededRandom(seed).fork("physics");
    const nominal = nominalColumns(encoder);
    const made: readonly { readonly name: string; readonly rows: Resampled }[] = [
      { name: "SMOTE", rows: await smote(train, trainLabels, random.fork("smote")) },
      { name: "SMOTE-NC", rows: await smote(train, trainLabels, random.fork("smote"), { nominal }) },
      { name: "Borderline-SMOTE", rows: await borderlineSmote(train, trainLabels, random.fork("borderline"), { nominal }) },
      { name: "ADASYN", rows: await adasyn(train, trainLabels, random.fork("adasyn"), { nominal, to: rareClasses(trainLabels) }) },
    ];
    const methods = made.map(({ name, rows }) => ({ name, ...physicsOf(encoder, rows) }));
    return {
      result: { methods },
      measurements: methods.flatMap(({ name, rows, faulty, contradictory }) => [
        measurement({ id: `physics.${name}.faulty`, meaning: `share of ${name} rows whose recipe could not be carried out`, value: faulty / rows, unit: "share", interval: clopperPearson(faulty, rows), n: rows, baseline: 0 }),
        measurement({ id: `physics.${name}.contradictory`, meaning: `share of ${name} rows whose supersaturation is off by more than ${contradiction} in ln S from that of their own recipe`, value: contradictory / rows, unit: "share", interval: clopperPearson(contradictory, rows), n: rows, baseline: 0 }),
      ]),
    };
  });
}

function physicsOf(encoder: Encoder, { features, origins }: Resampled): Omit<SyntheticPhysics["methods"][number], "name"> {
  const synthetic = Uint32Array.from(origins.kinds.keys()).filter((row) => rowKinds[origins.kinds[row]] !== "original");
  const values = new Float32Array(synthetic.length * features.columns);
  synthetic.forEach((row, i) => values.set(features.values.subarray(row * features.columns, (row + 1) * features.columns), i * features.columns));
  const matrix: Matrix = { ...features, rows: synthetic.length, values };
  const recipes = decodeRecipes(encoder, matrix);
  const faults = recipeFaults(recipes);
  const again = encode(encoder, recipes);
  const place = features.names.indexOf("lnSupersaturation");
  const column = encoder.columns[place];
  const scale = column.kind === "number" ? column.scale : 1;
  let contradictory = 0;
  for (let at = place; at < values.length; at += features.columns) if (Math.abs(values[at] - again.values[at]) * scale > contradiction) contradictory++;
  const counts = recipeFaultNames.map((_, code) => faults.reduce((total, fault) => total + Number(fault === code), 0));
  const most = counts.reduce((best, count, code) => (code > 0 && count > (best === 0 ? 0 : counts[best]) ? code : best), 0);
  return { rows: synthetic.length, faulty: synthetic.length - counts[0], contradictory, commonest: most === 0 ? "none" : recipeFaultNames[most] };
}
