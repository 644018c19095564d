import { phaseNames } from "../../chemistry/phases.js";
import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import type { Fold } from "../../core/Fold.js";
import { selectMatrixRows, type Matrix } from "../../core/Matrix.js";
import type { Predictor } from "../../core/Predictor.js";
import type { Random } from "../../core/random/Random.js";
import { codesOf, numbersOf, selectRows, type Table, textsOf } from "../../core/Table.js";
import type { EstimatePairs } from "../../figures/plotEstimatePairs.js";
import { recipeSimulator } from "../../generation/recipeSimulator.js";
import { simdEngine } from "../../generation/simd/simdEngine.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { phaseInUnknownLaboratory } from "../../problems/phase/phaseInUnknownLaboratory.js";
import {
  phaseRandom,
  probabilityColumns,
  rowsOfBatches,
  sharedMatrix,
  type TrainingExperiments,
} from "../../problems/phase/phaseExperiments.js";
import { phaseNetwork, phaseTraining, trainingEngine, trainingThreads } from "../../problems/phase/phaseNetwork.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import { leaveOneGroupOut } from "../../splitting/leaveOneGroupOut.js";
import { stratifiedGroupKFold } from "../../splitting/stratifiedGroupKFold.js";
import { stratifiedKFold } from "../../splitting/stratifiedKFold.js";
import { endOfFit } from "../../training/baselines/endOfFit.js";
import { type LogisticModel, trainLogistic } from "../../training/baselines/trainLogistic.js";
import type { TrainingOptions } from "../../training/TrainingOptions.js";
import { trainMany } from "../../training/trainMany.js";
import { crossValidate, type CrossValidation } from "../../validation/crossValidate.js";

/** Cross-validation of the network and of logistic regression, with rows, batches or laboratories held out. */
export interface PhaseCrossValidation {
  readonly rows: number;
  readonly schemes: readonly {
    readonly heldOut: string;
    readonly rounds: number;
    readonly network: CrossValidation["accuracy"];
    readonly logistic: CrossValidation["accuracy"];
    readonly networkLogLoss: CrossValidation["logLoss"];
  }[];
  readonly accuracies: Omit<EstimatePairs, "id">;
}

const wantedRows = 20_000;
/** Times that folds of whole batches are drawn; those of rows, which stand beside them, are drawn once. */
const repeats = 3;
const options: TrainingOptions = { ...phaseTraining, epochs: 20 };

/**
 * Cross-validation of phase models: what is held out decides what is measured. Rows of batches that are known,
 * batches of laboratories that are known, or laboratories. All rows are training rows, so the locked test is not
 * touched.
 */
export async function phaseCrossValidation(data: TrainingExperiments): Promise<EvidenceFile<PhaseCrossValidation>> {
  return recordedEvidence(
    {
      id: "04-training-cross-validation",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed: data.seed,
      engine: trainingEngine,
      labels: "simulated",
    },
    async () => {
      const random = phaseRandom(data.seed, "cross-validation");
      const rows = rowsOfBatches(data.table, data.split.train, random.fork("rows"))(wantedRows);
      const own = {
        features: sharedMatrix(selectMatrixRows(data.whole.features, rows)),
        labels: labelsOf(data.labels, rows),
      };
      const table = selectRows(data.table, rows);
      const [phases, batches, labs] = ["phase", "batch", "lab"].map((name) => textsOf(table, name));
      const schemes: readonly { readonly heldOut: string; readonly folds: readonly (readonly Fold[])[] }[] = [
        { heldOut: "rows", folds: [stratifiedKFold(phases, random.fork("rows held out"))] },
        {
          heldOut: "batches",
          folds: Array.from({ length: repeats }, (_, repeat) =>
            stratifiedGroupKFold(phases, batches, random.fork(`batches held out ${repeat}`)),
          ),
        },
        { heldOut: "laboratories", folds: [leaveOneGroupOut(labs)] },
      ];
      const results = [];
      const fits: LogisticModel[] = [];
      for (const { heldOut, folds } of schemes) {
        const network = await crossValidate(folds, own, (all) => networks(own, all, random.fork(heldOut)));
        const logistic = await crossValidate(folds, own, (all) => {
          const models = all.map(({ train }) =>
            trainLogistic(selectMatrixRows(own.features, train), labelsOf(own.labels, train), phaseNames, {
              maxIterations: 30,
            }),
          );
          fits.push(...models);
          return Promise.resolve(models);
        });
        results.push({
          heldOut,
          rounds: network.rounds.length,
          network: network.accuracy,
          logistic: logistic.accuracy,
          networkLogLoss: network.logLoss,
        });
      }
      const stratified = results[1];
      const { shortfall, ...ceiling } = await unknownLaboratory(table, random.fork("unknown laboratory"));
      return {
        result: {
          rows: rows.length,
          schemes: results,
          accuracies: {
            title: `Cross-validation on ${rows.length.toLocaleString("en-US")} training rows`,
            xTitle: "Accuracy on what was held out (share)",
            yTitle: "Held out",
            series: [`logistic regression${endOfFit(fits)}`, "network"],
            reference: { at: results[0].network.value, label: "network, rows held out" },
            ceiling: { estimate: ceiling, label: "ceiling, unknown laboratory" },
            rows: results.map(({ heldOut, rounds, network, logistic }) => ({
              name: `${heldOut}, ${rounds} rounds`,
              estimates: [logistic, network],
            })),
          },
        },
        measurements: [
          measurement({
            id: "VR2.halfWidth",
            meaning:
              "half the Nadeau-Bengio interval of the network's accuracy, five folds " +
              "that keep batches whole and the shares of the classes, three times",
            value: (stratified.network.interval.high - stratified.network.interval.low) / 2,
            unit: "share difference",
            n: stratified.rounds,
          }),
          measurement({
            id: "VR2.seeds",
            meaning: "times that the folds were drawn anew",
            value: repeats,
            unit: "seeds",
          }),
          measurement({
            id: "crossValidation.ceiling",
            meaning:
              `accuracy of the simulator itself on the same rows, averaged over ${2 * draws} draws of laboratories ` +
              "and days that are none of theirs: no model that does not know the laboratory does better",
            ...ceiling,
            unit: "share",
            n: rows.length,
          }),
          measurement({
            id: "crossValidation.ceilingShortfall",
            meaning: "accuracy that so many draws lack, and that is added to the ceiling",
            value: shortfall,
            unit: "share difference",
            n: rows.length,
          }),
          ...results.map(({ heldOut, rounds, network, logistic }) =>
            measurement({
              id: `crossValidation.${heldOut}`,
              meaning: `accuracy of the network with ${heldOut} held out`,
              value: network.value,
              unit: "share",
              interval: network.interval,
              n: rounds,
              baseline: logistic.value,
            }),
          ),
        ],
      };
    },
  );
}

/** Of each half of the simulator's draws. */
const draws = 64;

/** What is known of the phase of these experiments by one who knows the twin and no laboratory. */
async function unknownLaboratory(table: Table, random: Random): Promise<ReturnType<typeof phaseInUnknownLaboratory>> {
  const answersOf = async (half: Random): Promise<Float64Array> =>
    (await recipeSimulator({ random: half, draws, quantities: [], engine: simdEngine }))(table).probabilities;
  return phaseInUnknownLaboratory(
    {
      halves: [await answersOf(random.fork("one half")), await answersOf(random.fork("other half"))],
      labs: codesOf(table, "lab").codes,
      truth: probabilityColumns.map((name) => numbersOf(table, name)),
    },
    random.fork("interval"),
  );
}

async function networks(
  { features, labels }: { readonly features: Matrix; readonly labels: Uint8Array },
  folds: readonly Fold[],
  random: Random,
): Promise<Predictor[]> {
  const trained = await trainMany(
    folds.map(({ train }) => ({
      data: { features, labels, classes: phaseNames, train },
      layers: phaseNetwork,
      options,
    })),
    random,
    { workers: trainingThreads() },
  );
  return trained.map(({ predictor }) => predictor);
}
