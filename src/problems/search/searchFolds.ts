import type { Fold } from "../../core/Fold.js";
import { seededRandom, type Random } from "../../core/random/Random.js";
import { optimize } from "../../tuning/optimize.js";
import type { ParameterValues } from "../../tuning/Parameter.js";
import type { Sampler } from "../../tuning/samplers/Sampler.js";
import { tpeSampler } from "../../tuning/samplers/tpeSampler.js";
import type { SearchSpace } from "../../tuning/SearchSpace.js";
import type { Trial } from "../../tuning/Trial.js";

/** What is varied, and how a setting is judged on rows that it has not seen. */
export interface FoldSearch {
  readonly space: SearchSpace;
  /** Learns from the training rows of a fold alone, and gives the loss of each of its test rows. */
  readonly lossesOf: (parameters: ParameterValues, fold: Fold, random: Random) => Promise<Float64Array>;
}

/** How long is searched, and by what. */
export interface FoldSearchOptions {
  readonly seed: number;
  readonly trials: number;
  /** Default: tpeSampler. */
  readonly sampler?: Sampler;
}

/** What a search found: plain data. */
export interface SearchedFolds {
  readonly trials: readonly Trial[];
  /** Of the best trial. */
  readonly parameters: ParameterValues;
  /** Its losses by row: fold after fold, in the order of their test rows. */
  readonly losses: Float64Array;
}

/**
 * Searches for the setting with the least mean loss over the test rows of folds. All trials meet the same folds, and a
 * setting learns by the same random numbers whenever it is tried.
 *
 * @throws InputError if no trial came to an end
 */
export async function searchFolds(
  { space, lossesOf }: FoldSearch,
  folds: readonly Fold[],
  { seed, trials, sampler = tpeSampler() }: FoldSearchOptions,
): Promise<SearchedFolds> {
  const found: Float64Array[] = [];
  const study = await optimize(
    async ({ number, parameters }) => {
      const losses = await foldLosses({ space, lossesOf }, parameters, folds, seed);
      found[number] = losses;
      return losses.reduce((a, b) => a + b, 0) / losses.length;
    },
    { seed, space, trials, sampler },
  );
  const best = study.best();
  if (best === null) {
    const [{ outcome }] = study.trials;
    throw new Error(`searchFolds: none of ${trials} trials came to an end; the first: ${outcome?.reason}`);
  }
  return { trials: study.trials, parameters: best.parameters, losses: found[best.number] };
}

/** Losses of one setting, fold after fold. It draws by the names of folds, alone or among others alike. */
export async function foldLosses(
  { lossesOf }: FoldSearch,
  parameters: ParameterValues,
  folds: readonly Fold[],
  seed: number,
): Promise<Float64Array> {
  const losses = new Float64Array(folds.reduce((rows, { test }) => rows + test.length, 0));
  let at = 0;
  for (const fold of folds) {
    const own = await lossesOf(parameters, fold, seededRandom(seed).fork("fold").fork(fold.name));
    losses.set(own, at);
    at += own.length;
  }
  return losses;
}
