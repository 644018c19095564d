import { pausedTrainingBytes } from "../../training/files/pausedTrainingBytes.js";
import { readPausedTraining } from "../../training/files/readPausedTraining.js";
import type { PausedTraining } from "../../training/PausedTraining.js";
import { trainNetwork } from "../../training/trainNetwork.js";
import type { SearchSpace } from "../../tuning/SearchSpace.js";
import type { StudyObjective } from "../../tuning/workers/StudyObjective.js";
import { phaseRandom, trainingExperiments } from "../phase/phaseExperiments.js";
import { lowestLoss, phaseSpace, phaseTrialJob } from "../phase/phaseSearch.js";
import { madeOnce } from "./madeOnce.js";

/** What trials of the network vary. */
export const space: SearchSpace = phaseSpace;

/** Seed of the experiments and of the trainings, and how many experiments there are. */
export interface TunedNetworkOptions {
  readonly seed: number;
  readonly rows: number;
}

/** Epochs after which a training reports, and may be stopped; the last is its end. */
const rungs = [1, 2, 4, 8, 16];
const epochs = rungs[rungs.length - 1];

/**
 * Lowest log loss of a network of the phase, in nats, on the twin's tune rows; calibrate and test rows are not met. The
 * training pauses after 1, 2, 4 and 8 of 16 epochs: there it reports the lowest loss so far and is kept, so that a
 * killed one goes on from there.
 */
export const objective: StudyObjective<TunedNetworkOptions> = async (
  { number, parameters, kept, keep, report },
  options,
) => {
  const { taught, labels, split } = await experimentsOf(options);
  const job = phaseTrialJob(parameters, { features: taught, labels }, split, { epochs });
  const random = phaseRandom(options.seed, "tuned network").fork(number);
  let paused: PausedTraining | null = kept === null ? null : readPausedTraining(kept);
  let value = lowestLoss(paused?.history ?? []);
  for (const until of rungs.filter((rung) => rung > (paused?.history.length ?? 0))) {
    const training = await trainNetwork(job.data, job.layers, random, {
      ...job.options,
      until,
      from: paused ?? undefined,
    });
    if (training.diverged !== null) return { state: "failed", reason: training.diverged };
    value = lowestLoss(training.history);
    const isStopped = report(until, value);
    if (until === epochs) break;
    if (isStopped) return { state: "pruned", reason: `stopped after epoch ${until} of ${epochs}` };
    paused = training.paused!;
    await keep(pausedTrainingBytes(paused));
  }
  return value;
};

const experimentsOf = madeOnce((options: TunedNetworkOptions) => trainingExperiments(options));
