import { phaseNames } from "../../chemistry/phases.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import type { Random } from "../../core/random/Random.js";
import { phaseRandom, sharedMatrix, type TrainingExperiments } from "../../problems/phase/phaseExperiments.js";
import { handedRows } from "../../problems/phase/handedRows.js";
import { trainingThreads } from "../../problems/phase/phaseNetwork.js";
import { phaseSpace, phaseTrialJob, phaseTrials } from "../../problems/phase/phaseSearch.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import { type SearchRows, searchRows } from "../../problems/phase/searchRows.js";
import { logLosses } from "../../problems/rivals/logLosses.js";
import type { Network } from "../../training/Network.js";
import { predictMany } from "../../training/predictMany.js";
import { trainMany } from "../../training/trainMany.js";
import { optimizeInRungs, type RungOptions } from "../../tuning/optimizeInRungs.js";
import type { ParameterValues } from "../../tuning/Parameter.js";
import { halvingPruner } from "../../tuning/pruners/halvingPruner.js";
import { randomSampler } from "../../tuning/samplers/randomSampler.js";
import { tpeSampler } from "../../tuning/samplers/tpeSampler.js";
import type { Trial } from "../../tuning/Trial.js";

/** How long is searched: less and less, after results were seen, until the notebook took the time that it may. */
export const networkPlan = {
  rows: { train: 3_000, choose: 4_000, fresh: 12_000 },
  /** Trials are compared after so many epochs; the last are those of a trial in full. */
  rungs: [1, 3, 9],
  /** One trial in so many goes on. */
  reduction: 3,
  /** Trials of random search, each in full: their epochs are the budget of both ways. */
  random: 15,
  /** Searches by either way, each from rows of its own. */
  searches: 3,
  window: 5,
} as const;

/** Of the network that stands: more than any trial has. */
export const standingEpochs = 15;

const epochs = networkPlan.rungs[networkPlan.rungs.length - 1];
const budget = networkPlan.random * epochs;

/** The network of all notebooks, in the words of the space. */
export const networkDefaults: ParameterValues = {
  layers: 2,
  width: 96,
  learningRate: 4e-3,
  weightDecay: 1e-3,
  dropout: 0,
  batchSize: 256,
};

/** What one way of searching found. */
export interface FoundNetwork {
  /** As far as the budget of epochs pays for them. */
  readonly trials: readonly Trial[];
  readonly best: Trial;
  /** Loss of each row that chose, and of each fresh one, by the network of the best trial; in nats. */
  readonly losses: PartLosses;
}

/** By part of SearchRows. */
export interface PartLosses {
  readonly choose: Float64Array;
  readonly fresh: Float64Array;
}

/** One search by either way, from the same rows and for the same epochs. */
export interface NetworkSearch {
  readonly rows: SearchRows;
  /** Of the setting that stands, trained on the same rows for its own epochs. */
  readonly standing: PartLosses;
  readonly random: FoundNetwork;
  /** Proposals of the Parzen estimator, stopped at rungs. */
  readonly halving: FoundNetwork;
}

/** Searches for the setting of the phase network at few rows. */
export async function networkSearches(data: TrainingExperiments): Promise<readonly NetworkSearch[]> {
  const searches: NetworkSearch[] = [];
  for (let seed = 0; seed < networkPlan.searches; seed++)
    searches.push(await networkSearch(data, phaseRandom(data.seed, "tuning").fork(seed), seed));
  return searches;
}

async function networkSearch(data: TrainingExperiments, random: Random, seed: number): Promise<NetworkSearch> {
  const rows = searchRows(data, networkPlan.rows, random.fork("rows"));
  const handed = handedRows(data, rows.train, rows.choose);
  const find = async (name: string, options: Omit<RungOptions, "seed" | "space">): Promise<Found> => {
    const { reach, trained } = phaseTrials(handed.data, handed.rows, random.fork(name), {
      epochs,
      workers: trainingThreads(),
    });
    const study = await optimizeInRungs(reach, { seed, space: phaseSpace, ...options });
    const trials = withinBudget(study.trials);
    const best = bestOf(trials);
    return { trials, best, network: trained.get(best.number)!.network };
  };
  const inFull = await find("random", {
    sampler: randomSampler(),
    rungs: [epochs],
    trials: networkPlan.random,
    window: networkPlan.random - 1,
  });
  const { rungs, reduction, window } = networkPlan;
  const halving = await find("halving", {
    sampler: tpeSampler(),
    pruner: halvingPruner({ first: rungs[0], reduction }),
    rungs,
    // More than the budget pays for, unless nearly all are stopped at the first rung.
    trials: 2 * networkPlan.random,
    window,
  });
  const [standing] = await trainMany(
    [phaseTrialJob(networkDefaults, handed.data, handed.rows, { epochs: standingEpochs })],
    random.fork("standing"),
  );
  const networks = [standing.network, inFull.network, halving.network];
  const [choose, fresh] = [
    await networkLosses(data, rows.choose, networks),
    await networkLosses(data, rows.fresh, networks),
  ];
  const lossesOf = (k: number): PartLosses => ({ choose: choose[k], fresh: fresh[k] });
  return {
    rows,
    standing: lossesOf(0),
    random: { trials: inFull.trials, best: inFull.best, losses: lossesOf(1) },
    halving: { trials: halving.trials, best: halving.best, losses: lossesOf(2) },
  };
}

interface Found {
  readonly trials: readonly Trial[];
  readonly best: Trial;
  readonly network: Network;
}

/** Epochs that a trial was trained for. */
export function epochsOf({ outcome }: Trial): number {
  return outcome?.steps.at(-1)?.step ?? 0;
}

function withinBudget(trials: readonly Trial[]): readonly Trial[] {
  let spent = 0;
  const first = trials.findIndex((trial) => (spent += epochsOf(trial)) > budget);
  return first < 0 ? trials : trials.slice(0, first);
}

function bestOf(trials: readonly Trial[]): Trial {
  const complete = trials.filter(({ outcome }) => outcome?.state === "complete");
  return complete.reduce((best, trial) => (trial.outcome!.values[0] < best.outcome!.values[0] ? trial : best));
}

/** Log loss of each row in nats, by network; recipes as they are taught. */
async function networkLosses(
  { taught, labels }: Pick<TrainingExperiments, "taught" | "labels">,
  rows: Uint32Array,
  networks: readonly Network[],
): Promise<readonly Float64Array[]> {
  const answers = await predictMany(networks, sharedMatrix(selectMatrixRows(taught, rows)), {
    workers: trainingThreads(),
  });
  return answers.map((told) => logLosses(labelsOf(labels, rows), told, phaseNames.length));
}
