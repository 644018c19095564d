import { phaseNames } from "../../chemistry/phases.js";
import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { argmax } from "../../core/metrics/argmax.js";
import { type Random, seededRandom } from "../../core/random/Random.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { estimateInWords } from "../../core/statistics/estimateInWords.js";
import type { EstimatePairs } from "../../figures/plotEstimatePairs.js";
import type { Recalls } from "../../figures/plotRecalls.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { balanced, batchDifference, meanLoss, overall } from "../../problems/phase/batchSums.js";
import { labelsOf, sharesOf } from "../../problems/phase/phaseTable.js";
import { trainMajority } from "../../training/baselines/trainMajority.js";
import { balancingData, balancingEngine, targetedFor } from "./balancingData.js";
import { remedies, type TrainingRows, trainRemedied } from "./balancingRemedies.js";
import { judgeOn, type RemedyResult, type Scored } from "./remedyScores.js";

const source = moduleSource(import.meta.url);

/** Remedies for rare classes beside each other, as notebook 03 shows them. */
export interface RemedyComparison {
  readonly results: readonly RemedyResult[];
  /** Mean recall over classes less that with class weights, on the same rows. */
  readonly againstWeights: readonly { readonly name: string; readonly difference: Estimate }[];
  readonly table: ShownTable;
  readonly recalls: Omit<Recalls, "id">;
  readonly logLoss: Omit<EstimatePairs, "id">;
}

/** What does not touch the data at all: the untouched model, decided as if all classes were equally common. */
const decisionAlone = "as it is, decided evenly";
/** Rows of the figure; the table has all. */
const drawn = ["as it is", decisionAlone, "class weights", "SMOTE-NC", "ADASYN", "targeted generation"];

/** All remedies, trained on the same rows, judged on the same test rows. */
export async function remedyComparison({ seed }: { readonly seed: number }): Promise<EvidenceFile<RemedyComparison>> {
  return recordedEvidence(
    { id: "03-balancing-remedies", inputs: [], source, seed, engine: balancingEngine, labels: "simulated" },
    async () => {
      const prepared = await balancingData(seed);
      const { table, split, encoder, labels, train, test } = prepared;
      const random = seededRandom(seed).fork("remedies");
      const trainLabels = labelsOf(labels, split.train);
      const rows: TrainingRows = {
        encoder,
        features: train,
        labels: trainLabels,
        targeted: await targetedFor(prepared, seed),
      };
      const judge = judgeOn({
        labels: labelsOf(labels, split.test),
        batches: split.test,
        table,
        shares: sharesOf(trainLabels),
        random,
      });
      const majority = trainMajority(trainLabels, phaseNames);
      const constant = judge(`constant answer, ${phaseNames[argmax(majority.shares, phaseNames.length)[0]]}`, {
        probabilities: majority.predict(test),
        trainedShares: majority.shares,
        rows: train.rows,
        converged: true,
      });
      const scored: Scored[] = [];
      for (const { name, apply } of remedies) {
        const model = trainRemedied(await apply(rows, random.fork(name)), test);
        scored.push(judge(name, model));
        if (name === "as it is") scored.push(judge(decisionAlone, model, { decideEvenly: true }));
      }
      const results = scored.map(({ result }) => result);
      const chosen = drawn.map((name) => results.find((one) => one.name === name)!);
      const n = split.test.length;
      const weights = scored.find(({ result }) => result.name === "class weights")!;
      const againstWeights = scored
        .filter((one) => one !== weights)
        .map((one) => ({
          name: one.result.name,
          difference: batchDifference(
            one.sums,
            weights.sums,
            balanced,
            random.fork(`${one.result.name} against weights`),
          ),
        }));
      return {
        result: {
          results,
          againstWeights,
          table: shownTable({
            caption:
              "All remedies on the same test rows, with 95 % intervals; " +
              "ECE, the mean distance of confidence from accuracy, is above 0 by chance alone",
            columns: [
              { name: "training set", of: ({ name }) => name },
              { name: "rows", of: ({ trainingRows }) => trainingRows },
              { name: "mean recall", of: ({ balancedAccuracy }) => estimateInWords(balancedAccuracy) },
              { name: "accuracy", of: ({ accuracy }) => estimateInWords(accuracy) },
              { name: "ECE as trained", of: ({ calibrationError }) => estimateInWords(calibrationError) },
              {
                name: "ECE corrected",
                of: ({ correctedCalibrationError }) => estimateInWords(correctedCalibrationError),
              },
            ],
            rows: [constant.result, ...results],
          }),
          recalls: {
            title: `Recall on ${n.toLocaleString("en-US")} test rows`,
            models: chosen.map(({ name, recalls }) => ({ name, recalls })),
          },
          logLoss: {
            title: "What balancing does to probabilities",
            xTitle: "Log loss on test rows (nats)",
            yTitle: "Training set",
            series: ["prior corrected", "as trained"],
            reference: { at: results[0].logLoss.value, label: "as it is" },
            rows: results
              .filter(({ name }) => name !== decisionAlone)
              .map(({ name, logLoss, correctedLogLoss }) => ({ name, estimates: [correctedLogLoss, logLoss] })),
          },
        },
        measurements: remedyMeasurements(scored, againstWeights, n, random),
      };
    },
  );
}

function remedyMeasurements(
  scored: readonly Scored[],
  againstWeights: RemedyComparison["againstWeights"],
  n: number,
  random: Random,
): Measurement[] {
  const [asItIs, weights, targeted] = ["as it is", "class weights", "targeted generation"].map((name) =>
    scored.find(({ result }) => result.name === name)!,
  );
  const made = (
    id: string,
    meaning: string,
    unit: string,
    { value, interval }: Estimate,
    baseline: number,
    rows = n,
  ): Measurement =>
    measurement({
      id: `balancing.${id}`,
      meaning,
      value,
      unit,
      interval,
      n: rows,
      baseline,
    });
  const recalls = asItIs.result.recalls;
  const rarest = recalls.reduce((best, one, k) => (one.n < recalls[best].n ? k : best), 0);
  const [before, after] = [asItIs, weights].map(({ result }) => result.recalls[rarest]);
  const costs = [
    made(
      "accuracyCost",
      "accuracy as it is, less that with class weights",
      "share difference",
      batchDifference(asItIs.sums, weights.sums, overall, random.fork("accuracy")),
      0,
    ),
    made(
      "logLossCost",
      "log loss with class weights less that as it is, before prior correction",
      "nats",
      batchDifference(weights.sums, asItIs.sums, meanLoss, random.fork("loss")),
      0,
    ),
    made(
      "correctedLogLossCost",
      "the same after prior correction",
      "nats",
      batchDifference(weights.corrected, asItIs.corrected, meanLoss, random.fork("corrected loss")),
      0,
    ),
    made(
      "targetedCorrectedLogLossCost",
      "log loss with targeted generation less that as it is, both after prior correction",
      "nats",
      batchDifference(targeted.corrected, asItIs.corrected, meanLoss, random.fork("targeted loss")),
      0,
    ),
  ];
  return [
    made(
      "rarestRecall",
      `recall of the rarest class, ${phaseNames[rarest]}, trained on the rows as they are`,
      "share",
      before,
      0,
      before.n,
    ),
    made("rarestRecallWeighted", "the same with class weights", "share", after, before.value, after.n),
    made(
      "meanRecall",
      "mean recall over classes, trained on the rows as they are",
      "share",
      asItIs.result.balancedAccuracy,
      1 / phaseNames.length,
    ),
    made(
      "correctedMeanRecall",
      "the same of class weights when decided by the corrected probabilities",
      "share",
      weights.result.correctedBalancedAccuracy,
      asItIs.result.balancedAccuracy.value,
    ),
    made(
      "meanRecallWeighted",
      "mean recall over classes with class weights",
      "share",
      weights.result.balancedAccuracy,
      asItIs.result.balancedAccuracy.value,
    ),
    ...costs,
    ...againstWeights.map(({ name, difference: gap }) =>
      made(
        `${name.replaceAll(/[ ,]+/g, "-")}.againstWeights`,
        `mean recall over classes, ${name}, less that with class weights`,
        "share difference",
        gap,
        0,
      ),
    ),
  ];
}
