import { correctPrior } from "../../calibration/correctPrior.js";
import { phaseNames } from "../../chemistry/phases.js";
import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { balancedAccuracy } from "../../core/metrics/balancedAccuracy.js";
import { argmax } from "../../core/metrics/argmax.js";
import { logLoss } from "../../core/metrics/logLoss.js";
import { seededRandom } from "../../core/random/Random.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { studentEstimate } from "../../core/statistics/studentEstimate.js";
import type { EstimatePairs } from "../../figures/plotEstimatePairs.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { labelsOf, sharesOf } from "../../problems/phase/phaseTable.js";
import { balancingData, balancingEngine, targetedFor } from "./balancingData.js";
import { remedies, trainRemedied, type TrainingRows } from "./balancingRemedies.js";
import type { RemedyComparison } from "./remedyComparison.js";

const source = moduleSource(import.meta.url);

/** Ten training sets of the reviewed project's size, same test rows. */
export interface SmallSets {
  readonly sets: number;
  readonly rows: number;
  /** Fits that had not converged when they were ended. */
  readonly unconverged: number;
  readonly remedies: readonly {
    readonly name: string;
    readonly balancedAccuracy: Estimate;
    readonly difference: Estimate;
    readonly correctedLogLoss: Estimate;
  }[];
  /** Beside the differences that the whole training set gives. */
  readonly sizes: Omit<EstimatePairs, "id">;
}

const smallSets = 10;
const over = "disjoint training sets";

/**
 * Remedies on training sets as small as the reviewed project's: whether making rows up helps where data are short.
 *
 * @param whole  what the whole training set gave, for the figure
 */
export async function smallTrainingSets({
  seed,
  whole,
}: {
  readonly seed: number;
  readonly whole: RemedyComparison;
}): Promise<EvidenceFile<SmallSets>> {
  return recordedEvidence(
    { id: "03-balancing-small", inputs: [], source, seed, engine: balancingEngine, labels: "simulated" },
    async () => {
      const prepared = await balancingData(seed);
      const { split, encoder, labels, train, test } = prepared;
      const random = seededRandom(seed).fork("small sets");
      const [trainLabels, testLabels] = [labelsOf(labels, split.train), labelsOf(labels, split.test)];
      const targeted = await targetedFor(prepared, seed);
      const size = Math.floor(train.rows / smallSets);
      const perSet: { readonly balanced: number[]; readonly loss: number[] }[] = remedies.map(() => ({
        balanced: [],
        loss: [],
      }));
      let unconverged = 0;
      for (let set = 0; set < smallSets; set++) {
        // Every tenth row: rows of a batch do not stand together, so each set sees as many batches as rows allow.
        const own = Uint32Array.from({ length: size }, (_, i) => i * smallSets + set);
        const rows: TrainingRows = {
          encoder,
          features: selectMatrixRows(train, own),
          labels: Uint8Array.from(own, (row) => trainLabels[row]),
          targeted,
        };
        for (const [i, { name, apply }] of remedies.entries()) {
          const { probabilities, trainedShares, converged } = trainRemedied(
            await apply(rows, random.fork(`${set}, ${name}`)),
            test,
          );
          if (!converged) unconverged++;
          const corrected = correctPrior(probabilities, trainedShares, sharesOf(rows.labels));
          perSet[i].balanced.push(balancedAccuracy(testLabels, argmax(probabilities, phaseNames.length)));
          perSet[i].loss.push(logLoss(testLabels, corrected));
        }
      }
      const weights = remedies.findIndex(({ name }) => name === "class weights");
      const against = (i: number): number[] =>
        perSet[i].balanced.map((value, set) => value - perSet[weights].balanced[set]);
      const results = remedies.map(({ name }, i) => ({
        name,
        balancedAccuracy: studentEstimate(perSet[i].balanced, { over }),
        difference: studentEstimate(against(i), { over }),
        correctedLogLoss: studentEstimate(perSet[i].loss, { over }),
      }));
      const shown = results.filter(({ name }) => name !== "class weights");
      return {
        result: {
          sets: smallSets,
          rows: size,
          unconverged,
          remedies: results,
          sizes: {
            title: "Which remedy wins, and where",
            xTitle: "Mean recall less that with class weights (percentage points)",
            yTitle: "Training set",
            series: [
              `${size.toLocaleString("en-US")} training rows, ${smallSets} sets`,
              `${train.rows.toLocaleString("en-US")} training rows`,
            ],
            reference: { at: 0, label: "class weights" },
            rows: shown.map(({ name, difference: small }) => ({
              name,
              estimates: [inPoints(small), inPoints(whole.againstWeights.find((one) => one.name === name)!.difference)],
            })),
          },
        },
        measurements: [
          measurement({
            id: "small.rows",
            meaning: "training rows of each small set",
            value: size,
            unit: "training rows",
            n: size,
          }),
          ...shown.map(({ name, difference: { value, interval } }) =>
            measurement({
              id: `small.${name.replaceAll(" ", "-")}`,
              meaning:
                `mean recall over classes with ${name}, less that with class weights, ` + `from ${size} training rows`,
              value,
              unit: "share difference",
              interval,
              n: smallSets,
              baseline: 0,
            }),
          ),
        ],
      };
    },
  );
}

function inPoints({ value, interval }: Estimate): Estimate {
  return { value: 100 * value, interval: { ...interval, low: 100 * interval.low, high: 100 * interval.high } };
}
