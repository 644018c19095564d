import { InputError } from "../../core/InputError.js";
import { lowerBound } from "../../core/lowerBound.js";
import type { GroupCounts } from "./permutationFloor.js";
import { sortedNumbers } from "./sortedNumbers.js";

/** Numbers of a sample, sorted once for any number of detectors and windows. */
export interface SortedSample {
  /** By row. */
  readonly values: Float64Array;
  /** Ascending. */
  readonly sorted: Float64Array;
}

/** Numbers of a sample as a detector takes them: as they came, or sorted before. */
export type DriftSample = ArrayLike<number> | SortedSample;

/**
 * Sorts a sample for the detectors that ask how numbers are distributed: levels, Kolmogorov-Smirnov, population
 * stability, Wasserstein. Each takes it in place of the numbers and does not sort them again.
 *
 * @param values         finite numbers; not to be written to afterwards
 * @param options.where  what to name in an error (default "sortSample")
 * @throws InputError naming the row of a number that is not finite
 *
 * @example
 * ```ts
 * import { kolmogorovSmirnovDrift, populationStabilityIndex, seededRandom, sortSample } from "cspbbr3-twin";
 *
 * const random = seededRandom(1);
 * const draw = (mean: number) => Array.from({ length: 500 }, () => mean + random());
 * const [before, after] = [sortSample(draw(0)), sortSample(draw(0.2))];
 * for (const test of [kolmogorovSmirnovDrift, populationStabilityIndex])
 *   console.log(test(before, after, { random }).statistic.toFixed(2));
 * // 0.24
 * // 1.07
 * ```
 */
export function sortSample(
  values: ArrayLike<number>,
  { where = "sortSample" }: { readonly where?: string } = {},
): SortedSample {
  const own = values instanceof Float64Array ? values : new Float64Array(values);
  const sorted = sortedNumbers(own);
  // What is not finite stands at one of the ends.
  if (sorted.length > 0 && !(sorted[0] > -Infinity && sorted[sorted.length - 1] < Infinity)) {
    const row = own.findIndex((value) => !Number.isFinite(value));
    throw new InputError({
      where: `${where}, row ${1 + row}`,
      must: "must be a finite number",
      got: String(own[row]),
      mend: "leave missing values out; whether more are missing is a question of its own",
    });
  }
  return { values: own, sorted };
}

/** A reference and a current sample. */
export interface SamplePair {
  readonly reference: SortedSample;
  readonly current: SortedSample;
}

/** Both samples of a test, sorted if they are not yet. @throws InputError naming sample and row of a wrong number */
export function sortedPair(reference: DriftSample, current: DriftSample, where: string): SamplePair {
  return {
    reference: "sorted" in reference ? reference : sortSample(reference, { where: `${where}: reference` }),
    current: "sorted" in current ? current : sortSample(current, { where: `${where}: current` }),
  };
}

/** Rows of both. */
export function sizesOf({ reference, current }: SamplePair): GroupCounts {
  return { reference: reference.values.length, current: current.values.length };
}

/** Place of each row's number in the order of all: that of the first which equals it. */
export function placesOf({ values, sorted }: SortedSample): Uint32Array {
  const places = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row++) places[row] = lowerBound(sorted, values[row]);
  return places;
}

/** A sample, and where each row's number stands in its order; null where rows are in that order. */
export interface PlacedSample extends SortedSample {
  readonly places: Uint32Array | null;
}

/** What is known of each place of a sample, by row. */
export function inRowOrder<T extends Float64Array | Uint32Array>(known: T, { places }: PlacedSample): T {
  if (places === null) return known;
  const own = new (known.constructor as new (length: number) => T)(places.length);
  for (let row = 0; row < places.length; row++) own[row] = known[places[row]];
  return own;
}

/** Numbers of both samples, the reference's first. */
export function pooled<T extends Float64Array | Uint32Array>(reference: T, current: T): T {
  const both = new (reference.constructor as new (length: number) => T)(reference.length + current.length);
  both.set(reference);
  both.set(current, reference.length);
  return both;
}

/** Numbers of two ascending samples in one ascending order. */
export function merged(one: Float64Array, other: Float64Array): Float64Array {
  const both = new Float64Array(one.length + other.length);
  let at = 0;
  for (let i = 0, j = 0; j <= other.length; j++) {
    const next = j < other.length ? other[j] : Infinity;
    while (i < one.length && one[i] <= next) both[at++] = one[i++];
    if (j < other.length) both[at++] = next;
  }
  return both;
}
