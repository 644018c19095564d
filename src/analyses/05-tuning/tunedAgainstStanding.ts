import { phaseNames } from "../../chemistry/phases.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { estimateOverGroups } from "../../core/statistics/estimateOverGroups.js";
import { meanOfRows } from "../../core/statistics/meanOfRows.js";
import { textsOf } from "../../core/Table.js";
import { phaseRandom, type TrainingExperiments } from "../../problems/phase/phaseExperiments.js";
import { trainingThreads } from "../../problems/phase/phaseNetwork.js";
import { phaseTrialJob } from "../../problems/phase/phaseSearch.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import { logLosses } from "../../problems/rivals/logLosses.js";
import { trainMany } from "../../training/trainMany.js";
import type { ParameterValues } from "../../tuning/Parameter.js";
import { networkDefaults, standingEpochs } from "./networkSearches.js";

/** A setting that was found beside the one that stands, both trained on all training rows. */
export interface TunedAgainstStanding {
  readonly rows: number;
  /** Mean log loss on tune rows of whole recipes, nats. */
  readonly standing: number;
  readonly tuned: number;
  /** Log loss of the one that stands less that of the found one, over batches. */
  readonly gain: EstimateOrReason;
}

/**
 * Trains a setting that a search found at few rows, and the one that stands, on all training rows as notebook 04 does,
 * and compares them on tune rows, row by row. The test is not touched: only where the gain is above 0 with its whole
 * interval does the found setting become the default.
 */
export async function tunedAgainstStanding(
  { seed, table, split, taught, features, labels }: TrainingExperiments,
  tuned: ParameterValues,
): Promise<TunedAgainstStanding> {
  const random = phaseRandom(seed, "tuned against standing");
  const trained = await trainMany(
    [networkDefaults, tuned].map((parameters) =>
      phaseTrialJob(parameters, { features: taught, labels }, split, { epochs: standingEpochs }),
    ),
    random,
    { workers: trainingThreads() },
  );
  const truth = labelsOf(labels, split.tune);
  const seen = selectMatrixRows(features, split.tune);
  const [stood, found] = trained.map(({ predictor }) => logLosses(truth, predictor.predict(seen), phaseNames.length));
  const batches = textsOf(table, "batch");
  const all = Uint32Array.from(truth.keys());
  return {
    rows: split.train.length,
    standing: meanOfRows(stood)(all),
    tuned: meanOfRows(found)(all),
    gain: estimateOverGroups(
      Array.from(split.tune, (row) => batches[row]),
      meanOfRows(stood.map((loss, at) => loss - found[at])),
      random.fork("gain"),
      { kind: "mean", unit: "batch" },
    ),
  };
}
