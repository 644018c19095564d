import { InputError } from "../../core/InputError.js";
import type { Random } from "../../core/random/Random.js";
import type { SampleGroups } from "./DriftTest.js";
import { groupMeans, pooledGroups } from "./pooledGroups.js";
import { pooledNumbers } from "./sampleCells.js";
import { pooled } from "./SortedSample.js";

/** How a bet against exchangeability of batches went. */
export interface ExchangeabilityMartingale {
  /** What a stake of 1 had become after each current batch. */
  readonly wealth: Float64Array;
  /** It is reached with probability at most alpha, however often one looks, if batches are alike. */
  readonly threshold: number;
  /** Current batch, from 0, after which the threshold was first reached; null where it was not. */
  readonly alarmAt: number | null;
  readonly drifted: boolean;
  /** Why no alarm means nothing yet, and how many batches are needed; null where it means something. */
  readonly unknown: string | null;
}

/** What a bet on batches takes. */
export interface ExchangeabilityOptions {
  /** Batch of each row, in the order in which they came (default: every row is one). */
  readonly groups?: SampleGroups;
  /** Probability of ever alarming, in (0, 1) (default 0.05). */
  readonly alpha?: number;
  /** Share of the wealth that is laid anew on all bets after each batch (default 0.01). */
  readonly jump?: number;
  readonly random: Random;
}

/**
 * Conformal test martingale over batch means: a bet that batches do not come in any order. Each current batch has a
 * place among all before it; high places, low ones, and neither are bet on (the simple jumper). One may look after
 * every batch: the wealth reaches 1 / alpha with probability at most alpha if nothing drifts.
 *
 * The mean of martingales of several features is one too.
 *
 * @param reference,current  finite numbers, rows of a batch behind each other, batches in the order they came
 * @param options.random     breaks ties
 * @throws InputError if alpha or jump is none, a sample is empty or holds NaN, or groups do not fit
 * @see Vovk et al. 2021, https://proceedings.mlr.press/v152/vovk21b.html
 */
export function exchangeabilityMartingale(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  { groups, alpha = 0.05, jump = 0.01, random }: ExchangeabilityOptions,
): ExchangeabilityMartingale {
  const where = "exchangeabilityMartingale";
  checkShare(alpha > 0 && alpha < 1, alpha, "alpha must lie in (0, 1)", where);
  // Without a jump the bets stay where they began to win; with nothing but it they never gather.
  checkShare(jump > 0 && jump < 1, jump, "jump must lie in (0, 1)", where);
  const values = pooledNumbers(reference, current, where);
  const sizes = { reference: reference.length, current: current.length };
  const among = pooledGroups(sizes, { groups, random, where });
  const means = groupMeans(among, {
    reference: values.subarray(0, sizes.reference),
    current: values.subarray(sizes.reference),
  });
  const all = pooled(means.reference, means.current);
  const places = Array.from({ length: among.current }, (_, i) => placeOf(all, among.reference + i, random));
  const wealth = wealthOf(places, jump);
  const threshold = 1 / alpha;
  const alarmAt = wealth.findIndex((one) => one >= threshold);
  // Were each batch the highest so far, this is how soon it could alarm.
  const best = (batches: number): number =>
    wealthOf(
      Array.from({ length: batches }, (_, i) => 1 - 0.5 / (among.reference + i + 1)),
      jump,
    )[batches - 1];
  const isBlind = alarmAt < 0 && best(among.current) < threshold;
  return {
    wealth,
    threshold,
    alarmAt: alarmAt < 0 ? null : alarmAt,
    drifted: alarmAt >= 0,
    unknown: isBlind ? blindText(among.current, best, threshold) : null,
  };
}

function checkShare(fits: boolean, value: number, must: string, where: string): void {
  if (fits) return;
  throw new InputError({ where, must, got: String(value), mend: "leave it out for the default" });
}

function blindText(batches: number, best: (batches: number) => number, threshold: number): string {
  let needed = batches;
  while (needed < 1000 && best(needed) < threshold) needed++;
  const could = `${batches} ${batches === 1 ? "batch" : "batches"} cannot raise a stake to ${threshold}`;
  return best(needed) < threshold ? `${could}; the reference needs more batches` : `${could}; ${needed} batches could`;
}

/** Place of a mean among all before it and itself, in (0, 1); ties are broken at random, so that it is uniform. */
function placeOf(means: Float64Array, at: number, random: Random): number {
  let [below, equal] = [0, 1];
  for (let i = 0; i < at; i++) {
    if (means[i] < means[at]) below++;
    else if (means[i] === means[at]) equal++;
  }
  return (below + random() * equal) / (at + 1);
}

/** Bets of -1, 0 and 1 on the place; each is a density on [0, 1]. */
const bets = [-1, 0, 1];

function wealthOf(places: readonly number[], jump: number): Float64Array {
  let laid = bets.map(() => 1 / bets.length);
  return Float64Array.from(places, (place) => {
    const all = laid.reduce((sum, one) => sum + one, 0);
    laid = laid.map((one, i) => ((1 - jump) * one + (jump * all) / bets.length) * (1 + bets[i] * (place - 0.5)));
    return laid.reduce((sum, one) => sum + one, 0);
  });
}
