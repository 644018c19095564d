import { complementaryError } from "../../core/statistics/complementaryError.js";
import { enoughForLaw } from "./cellTest.js";
import { type DifferenceOfMeans, differenceOfMeans } from "./differenceOfMeans.js";
import type { DriftTest, DriftTestOptions } from "./DriftTest.js";
import { normalScores } from "./normalScores.js";
import { permutationFloor, tooFewGroups } from "./permutationFloor.js";
import { permuteGroups, type PermuteGroupsOptions } from "./permuteGroups.js";
import { groupMeans, type NumberPair, type PooledGroups, pooledGroups } from "./pooledGroups.js";
import { type DriftSample, placesOf, pooled, type SamplePair, sizesOf, sortedPair } from "./SortedSample.js";

/**
 * Whether the level of a quantity has moved: a test of batch means. Numbers become normal scores, scores a mean per
 * group, and the means of both samples are compared: by permutation of groups, or by the normal law where there are at
 * least 100 of either and not nearly all of them are equal. Of normal numbers it is as powerful as the best test of
 * means; wild values do not upset it.
 *
 * The statistic is the difference of mean scores over its standard error.
 *
 * @param reference,current  finite numbers, at least one each
 * @throws InputError if a sample is empty or holds NaN, or groups do not fit
 */
export function levelDrift(
  reference: DriftSample,
  current: DriftSample,
  { groups, alpha = 0.05, ...options }: DriftTestOptions,
): DriftTest {
  const where = "levelDrift";
  const samples = sortedPair(reference, current, where);
  const among = pooledGroups(sizesOf(samples), { groups, random: options.random, where });
  const unit = among.isByRow ? "row" : "batch";
  const unknown = tooFewGroups(among, alpha, unit);
  const { statistic, pValue, method } = compareLevels(scoresOf(samples), among, options);
  return unknown === null
    ? { statistic, pValue, threshold: null, alpha, drifted: pValue <= alpha, method, unknown }
    : { statistic, pValue: null, threshold: null, alpha, drifted: false, method, unknown };
}

function scoresOf({ reference, current }: SamplePair): NumberPair {
  const [there, here] = [reference, current].map((sample) => ({ ...sample, places: placesOf(sample) }));
  return normalScores(there, here);
}

/** The same of normal scores in groups that are known, without a verdict. */
export function compareLevels(
  scores: NumberPair,
  groups: PooledGroups,
  {
    draws,
    stopAfter,
    random,
    known,
  }: Pick<DriftTestOptions, "draws" | "random"> & {
    /** The difference of means of groups, where it was found before. */
    readonly known?: DifferenceOfMeans;
    /** As permuteGroups has it. */
    readonly stopAfter?: number;
  },
): { readonly statistic: number; readonly pValue: number; readonly method: string } {
  const means = groupMeans(groups, scores);
  const { reference, current } = groups;
  const { difference, permutedError } = known ?? differenceOfMeans(means);
  const method = `means of ${reference} + ${current} ${groups.isByRow ? "rows" : "batches"}`;
  if (permutedError === 0) return { statistic: 0, pValue: 1, method };
  const statistic = difference / permutedError;
  if (Math.min(reference, current) >= enoughForLaw && isNearNormal(means))
    return { statistic, pValue: complementaryError(Math.abs(statistic) / Math.SQRT2), method: `${method}, normal law` };
  const permuting = { random, draws, stopAfter };
  const pValue = tiedLevels(means, permuting) ?? permutedLevels(means, permuting);
  return { statistic, pValue, method: `${method}, permuted` };
}

type Permuting = Pick<PermuteGroupsOptions, "random" | "draws" | "stopAfter">;

function permutedLevels({ reference, current }: NumberPair, permuting: Permuting): number {
  const all = pooled(reference, current);
  const middle = meanOf(all);
  const sumOf = (chosen: Uint32Array): number => {
    let sum = 0;
    for (let i = 0; i < chosen.length; i++) sum += all[chosen[i]] - middle;
    return Math.abs(sum);
  };
  const counts = { reference: reference.length, current: current.length };
  return permuteGroups(sumOf, { ...permuting, ...counts, isSymmetric: true }).pValue;
}

/**
 * The same where all but a few are tied: it is enough to draw the places of the few, among all, where a draw of
 * a hundred thousand rows takes a millisecond. Null where they are no fewer than either sample.
 */
function tiedLevels({ reference, current }: NumberPair, { draws = 999, ...permuting }: Permuting): number | null {
  const all = pooled(reference, current);
  const tied = majorityOf(all);
  const places = Uint32Array.from(all.keys());
  const others = places.filter((place) => all[place] !== tied);
  const counts = { reference: all.length - others.length, current: others.length };
  // Where all subsets are gone through, they would say which places are taken, but not by whom.
  const isInOrder = others.length > 1 && 1 / permutationFloor(counts) <= draws + 0.5;
  if (others.length >= Math.min(reference.length, current.length) || isInOrder) return null;
  const inOrder = pooled(
    places.filter((place) => all[place] === tied),
    others,
  );
  const isHere = Uint8Array.from(inOrder, (place) => (place < reference.length ? 0 : 1));
  const off = Float64Array.from(others, (place) => all[place] - tied);
  const start = current.length * (tied - meanOf(all));
  const sumOf = (chosen: Uint32Array): number => {
    let sum = start;
    for (let i = 0; i < chosen.length; i++) if (isHere[chosen[i]] === 1) sum += off[i];
    return Math.abs(sum);
  };
  return permuteGroups(sumOf, { ...permuting, ...counts, draws }).pValue;
}

/** The value of more than half, if there is one (Boyer and Moore 1981). */
function majorityOf(values: Float64Array): number {
  let [value, lead] = [NaN, 0];
  for (let i = 0; i < values.length; i++) {
    if (lead === 0) value = values[i];
    lead += values[i] === value ? 1 : -1;
  }
  return value;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Skewness and excess kurtosis of a mean up to which the normal law is right in its tails, to a factor of two. */
const [mostSkewness, mostKurtosis] = [0.1, 0.05];

/**
 * Whether the difference of means is nearly normal over all permutations. It is not where nearly all numbers are tied:
 * among zeros one other value, in the smaller sample by chance, would lie ten standard errors off.
 */
function isNearNormal({ reference, current }: NumberPair): boolean {
  const [m, n] = [reference.length, current.length];
  let sum = 0;
  for (const values of [reference, current]) for (let i = 0; i < values.length; i++) sum += values[i];
  const middle = sum / (m + n);
  let [squares, cubes, fourths] = [0, 0, 0];
  for (const values of [reference, current])
    for (let i = 0; i < values.length; i++) {
      const off = values[i] - middle;
      const square = off * off;
      squares += square;
      cubes += off * square;
      fourths += square * square;
    }
  const [variance, size] = [squares / (m + n), (m * n) / (m + n)];
  const skewness = (cubes / (m + n) / variance ** 1.5) * ((m - n) / (m + n) / Math.sqrt(size));
  const kurtosis = (fourths / (m + n) / variance ** 2 - 3) / size;
  return Math.abs(skewness) <= mostSkewness && kurtosis <= mostKurtosis;
}
