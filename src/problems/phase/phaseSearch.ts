import type { Random } from "../../core/random/Random.js";
import type { KeptBytes } from "../../io/keptBytes.js";
import { pausedTrainingBytes } from "../../training/files/pausedTrainingBytes.js";
import { readPausedTraining } from "../../training/files/readPausedTraining.js";
import type { PausedTraining } from "../../training/PausedTraining.js";
import { checkTrainingJob, trainMany, type TrainingJob } from "../../training/trainMany.js";
import type { NetworkTraining } from "../../training/trainingCourse.js";
import type { Reached, ReachRung } from "../../tuning/optimizeInRungs.js";
import type { ParameterValues } from "../../tuning/Parameter.js";
import type { SearchSpace } from "../../tuning/SearchSpace.js";
import type { TrainingExperiments } from "./phaseExperiments.js";
import { phaseJob } from "./phaseNetwork.js";

/** What trials of the phase network vary; the network of all notebooks lies within. */
export const phaseSpace: SearchSpace = {
  layers: { kind: "integer", low: 1, high: 3 },
  /** Of each hidden layer. */
  width: { kind: "integer", low: 16, high: 128, log: true },
  learningRate: { kind: "float", low: 3e-4, high: 3e-2, log: true },
  weightDecay: { kind: "float", low: 1e-5, high: 1e-1, log: true },
  dropout: { kind: "float", low: 0, high: 0.4 },
  batchSize: { kind: "integer", low: 64, high: 512, log: true },
};

/**
 * The training of a trial of phaseSpace. Its rates are those of all epochs, wherever it pauses or is stopped; it never
 * stops for lack of patience, so that a budget of epochs is what it says.
 */
export function phaseTrialJob(
  values: ParameterValues,
  data: Pick<TrainingExperiments, "features" | "labels">,
  rows: { readonly train: Uint32Array; readonly tune: Uint32Array },
  { epochs }: { readonly epochs: number },
): TrainingJob {
  const { layers, width, learningRate, weightDecay, dropout, batchSize } = values as Record<string, number>;
  return phaseJob(
    data,
    rows,
    { hidden: Array.from({ length: layers }, () => width) },
    {
      epochs,
      batchSize,
      learningRate,
      schedule: { name: "cosine" },
      optimizer: { name: "adamW", weightDecay },
      dropout,
      patience: Infinity,
    },
  );
}

/** Trials of the phase network on their way from rung to rung. */
export interface PhaseTrials {
  /** For optimizeInRungs: trains on from where each trial paused; a value is the lowest tune loss so far. */
  readonly reach: ReachRung;
  /** By the number of the trial, as it was when it last paused or ended here. */
  readonly trained: ReadonlyMap<number, NetworkTraining>;
}

/** How trials train, and where their pauses are kept. */
export interface PhaseTrialsOptions {
  /** Of a trial in full. */
  readonly epochs: number;
  /** Threads (default 1); what comes out does not depend on them. */
  readonly workers?: number;
  /** Takes each pause, so that a study that was killed goes on from the last rungs (default: they are in memory). */
  readonly kept?: KeptBytes;
}

/**
 * Trials of phaseSpace that train in threads up to a rung and go on from there. A trial draws from the fork of `random`
 * with its number: it is the same in any study.
 *
 * @throws from `reach` InputError as trainMany, and if a pause that was kept is damaged or of another trial
 */
export function phaseTrials(
  data: Pick<TrainingExperiments, "features" | "labels">,
  rows: { readonly train: Uint32Array; readonly tune: Uint32Array },
  random: Random,
  { epochs, workers = 1, kept }: PhaseTrialsOptions,
): PhaseTrials {
  const trained = new Map<number, NetworkTraining>();
  const pauses = new Map<number, PausedTraining>();
  const jobOf = (number: number, parameters: ParameterValues, until?: number): TrainingJob => {
    const job = phaseTrialJob(parameters, data, rows, { epochs });
    return { ...job, fork: number, options: { ...job.options, until, from: pauses.get(number) } };
  };
  const restore = async (number: number, parameters: ParameterValues): Promise<void> => {
    if (kept === undefined || pauses.has(number)) return;
    const bytes = await kept.read(`${number}.paused`);
    if (bytes === null) return;
    pauses.set(number, readPausedTraining(bytes, kept.whereOf(`${number}.paused`)));
    checkTrainingJob(jobOf(number, parameters), random);
  };
  const keep = async (number: number, training: NetworkTraining): Promise<void> => {
    trained.set(number, training);
    if (training.paused === undefined) return;
    pauses.set(number, training.paused);
    await kept?.write(`${number}.paused`, pausedTrainingBytes(training.paused));
  };
  return {
    trained,
    reach: async (trials, rung) => {
      for (const { number, parameters } of trials) await restore(number, parameters);
      const left = trials.filter(({ number }) => (pauses.get(number)?.history.length ?? 0) < rung);
      const reached = await trainMany(
        left.map(({ number, parameters }) => jobOf(number, parameters, rung)),
        random,
        { workers },
      );
      for (const [i, { number }] of left.entries()) await keep(number, reached[i]);
      return trials.map((trial) => {
        const at = left.indexOf(trial);
        return reachedAt(at < 0 ? { ...pauses.get(trial.number)!, diverged: null } : reached[at], rung);
      });
    },
  };
}

/** What a training had reached at an epoch, whether it went on after that or not. */
export function reachedAt(
  { history, diverged }: Pick<NetworkTraining, "history" | "diverged">,
  epoch: number,
): Reached {
  if (diverged !== null && history.length < epoch) return { state: "failed", reason: diverged };
  return lowestLoss(history.slice(0, epoch));
}

/** Lowest loss on tune rows so far, in nats: that of the epoch whose weights a training gives back. */
export function lowestLoss(history: NetworkTraining["history"]): number {
  return history.reduce((least, { tuneLoss }) => Math.min(least, tuneLoss ?? Infinity), Infinity);
}
