import { availableParallelism } from "node:os";
import { phaseNames } from "../../chemistry/phases.js";
import { InputError } from "../../core/InputError.js";
import type { HiddenLayers, TrainingOptions } from "../../training/TrainingOptions.js";
import type { TrainingJob } from "../../training/trainMany.js";
import type { PhaseData } from "./phaseData.js";
import type { TrainingExperiments } from "./phaseExperiments.js";

/** What made the numbers, for the evidence. */
export const trainingEngine = "simd (WebAssembly) for the twin and for networks, typescript for baselines";
/** The network of all notebooks: 14,117 parameters on 41 features, 13 of which tell what is missing. */
export const phaseNetwork: HiddenLayers = { hidden: [96, 96] };
/** Chosen by hand on tune rows of another seed; notebook 05 is where search belongs. */
export const phaseTraining: TrainingOptions = {
  epochs: 15,
  batchSize: 256,
  learningRate: 4e-3,
  schedule: { name: "cosine" },
  optimizer: { name: "adamW", weightDecay: 1e-3 },
};
/**
 * Of logistic regression as a baseline: from 24,000 rows its log loss
 * is then within 0.0001 nats of that at convergence, some 400 steps.
 */
export const logisticIterations = 100;

/**
 * The phase network's training on the given rows; `tune` rows decide when to stop, without them all epochs are run.
 *
 * @param data.features  whole recipes, or as taught
 */
export function phaseJob(
  { features, labels }: Pick<TrainingExperiments, "features" | "labels">,
  rows: { readonly train: Uint32Array; readonly tune?: Uint32Array },
  layers: HiddenLayers = phaseNetwork,
  options: TrainingOptions = phaseTraining,
): TrainingJob {
  return { data: { features, labels, classes: phaseNames, ...rows }, layers, options };
}

/** The job of `twin train`: the phase, and with it the numbers that enough rows have. */
export function phaseModelJob(
  { taught, labels, split, targets, quantities }: PhaseData,
  layers: HiddenLayers = phaseNetwork,
  options: TrainingOptions = phaseTraining,
): TrainingJob {
  const job = phaseJob({ features: taught, labels }, split, layers, options);
  if (quantities.length === 0) return job;
  return { ...job, data: { ...job.data, targets, targetNames: quantities.map(({ column }) => column) } };
}

/** More threads than these gain nothing where a dozen networks train. */
const mostThreads = 8;

/**
 * Threads that train; results do not depend on it. TWIN_WORKERS
 * overrides the number of cores, so that a proof can compare.
 *
 * @throws InputError if TWIN_WORKERS is no number of threads
 */
export function trainingThreads({ wanted = process.env.TWIN_WORKERS }: { readonly wanted?: string } = {}): number {
  if (wanted === undefined) return Math.min(availableParallelism(), mostThreads);
  if (!/^[1-9]$/.test(wanted) || Number(wanted) > mostThreads)
    throw new InputError({
      where: "TWIN_WORKERS",
      must: `must be a whole number of threads from 1 to ${mostThreads}`,
      got: `"${wanted}"`,
      mend: "write for example 2, or leave it out",
    });
  return Number(wanted);
}
