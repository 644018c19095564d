import { phaseNames } from "../../chemistry/phases.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import type { Interval } from "../../core/statistics/Interval.js";
import { type GroupedStatistic, groupedStatistic } from "../../core/statistics/groupedStatistic.js";
import { groupedSums } from "../../core/statistics/groupedSums.js";
import { groupBootstrapInterval } from "../../core/statistics/groupBootstrapInterval.js";
import { argmax } from "../../core/metrics/argmax.js";
import type { Random } from "../../core/random/Random.js";
import type { SimulatedReadings } from "../../generation/recipeSimulator.js";
import type { UnknownLaboratories } from "../../problems/phase/phaseInUnknownLaboratory.js";
import { laboratoryInterval } from "./laboratoryInterval.js";

/** What is added up over repetitions of the same recipes, each in other hands. */
export interface RepeatedRecipes {
  readonly rows: number;
  /** Probabilities of the phases summed over the even and over the odd repetitions, each row-major [rows, phases]. */
  readonly probabilities: readonly [Float64Array, Float64Array];
  /** Of each quantity: how often each recipe gave it, and the sums of its values and of their squares. */
  readonly quantities: readonly {
    readonly count: Float64Array;
    readonly sum: Float64Array;
    readonly squares: Float64Array;
  }[];
}

/** Recipes are drawn one by one; blocks of them are resampled since they are fewer. */
const blocks = 200;

export function repeatedRecipes(rows: number, quantities: number): RepeatedRecipes {
  const zeros = (length: number): Float64Array => new Float64Array(length);
  const classes = phaseNames.length;
  return {
    rows,
    probabilities: [zeros(rows * classes), zeros(rows * classes)],
    quantities: Array.from({ length: quantities }, () => ({
      count: zeros(rows),
      sum: zeros(rows),
      squares: zeros(rows),
    })),
  };
}

/**
 * Adds one repetition.
 *
 * @param repetition     its number, from 0
 * @param probabilities  a column for each phase
 * @param readings       a column for each quantity, NaN where nothing was measured
 */
export function addRepetition(
  to: RepeatedRecipes,
  repetition: number,
  probabilities: readonly ArrayLike<number>[],
  readings: readonly ArrayLike<number>[],
): void {
  const half = to.probabilities[repetition % 2];
  probabilities.forEach((column, phase) => {
    for (let row = 0; row < to.rows; row++) half[row * phaseNames.length + phase] += column[row];
  });
  readings.forEach((column, k) => {
    const { count, sum, squares } = to.quantities[k];
    for (let row = 0; row < to.rows; row++) {
      const value = column[row];
      if (Number.isNaN(value)) continue;
      count[row]++;
      sum[row] += value;
      squares[row] += value * value;
    }
  });
}

/**
 * Accuracy of naming each recipe's likeliest phase. Naming and judging by the same repetitions flatters, naming by one
 * half and judging by the other falls short: the truth lies between, and so does the value, half-way. The interval goes
 * from the low end of the second to the high end of the first.
 *
 * @param repetitions  how many were added, an even number
 */
export function phaseFromRecipe(
  { rows, probabilities: [even, odd] }: RepeatedRecipes,
  repetitions: number,
  random: Random,
): Estimate {
  const classes = phaseNames.length;
  const both = even.map((value, i) => value + odd[i]);
  const judged = (naming: Float64Array, judge: Float64Array): Float64Array =>
    Float64Array.from(argmax(naming, classes), (phase, row) => judge[row * classes + phase]);
  const flattered = blockSums(judged(both, both).map((sum) => sum / repetitions));
  const [one, other] = [judged(even, odd), judged(odd, even)];
  const short = blockSums(one.map((sum, row) => (sum + other[row]) / repetitions));
  const mean = (sum: Float64Array): GroupedStatistic => {
    const total = groupedStatistic({ sum }, (totals) => totals.sum);
    return (which) => (total(which) / which.length) * (sum.length / rows);
  };
  const [high, low] = [flattered, short].map(mean);
  const all = Uint32Array.from(flattered.keys());
  const [upper, lower] = [
    blockInterval(flattered.length, high, random.fork("flattered")),
    blockInterval(short.length, low, random.fork("short")),
  ];
  return {
    value: (high(all) + low(all)) / 2,
    interval: {
      ...upper,
      low: lower.low,
      method: `between naming by other repetitions and by the same, ${upper.method}`,
    },
  };
}

/** Classes that make up so much of the rows count as major. */
const majorShare = 0.1;
/** Steps towards the weights; so many tell the bound to a thousandth. */
const weighings = 300;

/**
 * The largest that the smallest recall of a major class can be when a recipe alone is told. No rule has a smallest
 * recall above the weighted mean of recalls, whatever the weights, and that is largest where each recipe is named by
 * its largest weighted probability; the weights sought are those for which it is least. As phaseFromRecipe, it lies
 * between naming by other repetitions and by the same.
 *
 * @param repetitions  how many were added, an even number
 * @returns with the names of the major classes
 * @see von Neumann 1928, doi:10.1007/BF01448847 (minimax); Freund and Schapire 1999, doi:10.1006/game.1999.0738
 */
export function worstRecallFromRecipe(
  { rows, probabilities: [even, odd] }: RepeatedRecipes,
  repetitions: number,
  random: Random,
): Estimate & { readonly major: readonly string[] } {
  const classes = phaseNames.length;
  const both = even.map((value, i) => (value + odd[i]) / repetitions);
  const totals = phaseNames.map((_, k) => both.reduce((sum, value, i) => (i % classes === k ? sum + value : sum), 0));
  const major = [...phaseNames.keys()].filter((k) => totals[k] / rows >= majorShare);
  /** Weighted by the weight of its class over that class's share, the likeliest among major ones. */
  const named = (by: Float64Array, weights: readonly number[]): Uint8Array =>
    Uint8Array.from({ length: rows }, (_, row) =>
      major.reduce((best, k) => {
        const of = (one: number): number => (by[row * classes + one] * weights[one]) / totals[one];
        return of(k) > of(best) ? k : best;
      }, major[0]),
    );
  const recalls = (names: Uint8Array): number[] => {
    const hits = new Array<number>(classes).fill(0);
    names.forEach((k, row) => (hits[k] += both[row * classes + k]));
    return hits.map((sum, k) => sum / totals[k]);
  };
  const scaled = (weights: readonly number[]): number[] => {
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => weight / sum);
  };
  let [weights, least] = [scaled(phaseNames.map((_, k) => Number(major.includes(k)))), Infinity];
  let best = weights;
  for (let step = 1; step <= weighings; step++) {
    const own = recalls(named(both, weights));
    const mean = major.reduce((sum, k) => sum + weights[k] * own[k], 0);
    if (mean < least) [least, best] = [mean, weights];
    // What is recalled best needs less weight.
    weights = scaled(weights.map((weight, k) => weight * Math.exp((-2 * own[k]) / Math.sqrt(step))));
  }
  const weighted = (names: Uint8Array, judge: Float64Array, share: number): Float64Array =>
    blockSums(Float64Array.from(names, (k, row) => (best[k] * judge[row * classes + k]) / (share * totals[k])));
  const flattered = weighted(named(both, best), both, 1);
  // Half of the repetitions name, the other half judge.
  const [one, other] = [weighted(named(even, best), odd, repetitions), weighted(named(odd, best), even, repetitions)];
  const short = one.map((sum, block) => sum + other[block]);
  const [high, low] = [flattered, short].map((sums): GroupedStatistic => {
    const total = groupedStatistic({ sums }, ({ sums: sum }) => sum);
    return (which) => (total(which) * sums.length) / which.length;
  });
  const all = Uint32Array.from(flattered.keys());
  const [upper, lower] = [
    blockInterval(flattered.length, high, random.fork("flattered")),
    blockInterval(short.length, low, random.fork("short")),
  ];
  return {
    value: (high(all) + low(all)) / 2,
    interval: {
      ...upper,
      low: lower.low,
      method: `between naming by other repetitions and by the same, ${upper.method}`,
    },
    major: major.map((k) => phaseNames[k]),
  };
}

/**
 * R² of each recipe's own mean, over readings: one less the variance within
 * recipes over that of all. Recipes that were read once say nothing of either.
 */
export function quantityFromRecipe(
  { quantities }: RepeatedRecipes,
  quantity: number,
  random: Random,
): Estimate & { readonly readings: number } {
  const { count, sum, squares } = quantities[quantity];
  const ofRepeated = (value: (row: number) => number): Float64Array =>
    blockSums(count.map((times, row) => (times < 2 ? 0 : value(row))));
  const [readings, values, ofSquares] = [count, sum, squares].map((column) => ofRepeated((row) => column[row]));
  // The unbiased variance within a recipe, once for each of its readings.
  const within = ofRepeated(
    (row) => ((squares[row] - (sum[row] * sum[row]) / count[row]) * count[row]) / (count[row] - 1),
  );
  const r2 = groupedStatistic(
    { readings, values, ofSquares, within },
    (totals) => 1 - totals.within / (totals.ofSquares - (totals.values * totals.values) / totals.readings),
    { over: "readings", kind: "explained" },
  );
  return {
    value: r2(Uint32Array.from(readings.keys())),
    interval: blockInterval(readings.length, r2, random),
    readings: readings.reduce((a, b) => a + b, 0),
  };
}

/**
 * R² of the simulator's mean over laboratories and days, on readings of laboratories that it did not draw. What finite
 * draws add to the squared error, the variance within the recipe over the draws, is known and taken off.
 *
 * @param options.readings  on the scale of the means, NaN where nothing was measured
 */
export function quantityInUnknownLaboratory(
  {
    halves,
    labs,
    readings,
  }: UnknownLaboratories<Pick<SimulatedReadings, "count" | "mean" | "variance">> & { readonly readings: Float64Array },
  random: Random,
): Estimate & { readonly readings: number } {
  const errors = readings.map((reading, row) => {
    const known = halves.filter(({ count }) => count[row] > 1);
    if (Number.isNaN(reading) || known.length === 0) return Number.NaN;
    const total = (of: (half: (typeof halves)[number]) => number): number =>
      known.reduce((sum, half) => sum + of(half), 0);
    const draws = total(({ count }) => count[row]);
    const mean = total(({ count, mean: means }) => count[row] * means[row]) / draws;
    const within = total(({ count, variance }) => (count[row] - 1) * variance[row]) / (draws - known.length);
    return (reading - mean) ** 2 - within / draws;
  });
  const ifKnown = (value: (row: number) => number) => (row: number) => (Number.isNaN(errors[row]) ? 0 : value(row));
  const sums = groupedSums(labs, {
    error: ifKnown((row) => errors[row]),
    value: ifKnown((row) => readings[row]),
    squared: ifKnown((row) => readings[row] ** 2),
    n: ifKnown(() => 1),
  });
  const r2 = groupedStatistic(sums, ({ error, value, squared, n }) => 1 - error / (squared - (value * value) / n), {
    over: "n",
    kind: "explained",
  });
  return {
    value: r2(Uint32Array.from(sums.n.keys())),
    interval: laboratoryInterval(sums.n.length, r2, random),
    readings: sums.n.reduce((a, b) => a + b, 0),
  };
}

function blockInterval(count: number, statistic: GroupedStatistic, random: Random): Interval {
  return groupBootstrapInterval(
    Array.from({ length: count }, (_, block) => block),
    statistic,
    random,
    { unit: "block of recipes", sizes: statistic.sizes, kind: statistic.kind ?? "mean" },
  );
}

function blockSums(perRow: Float64Array): Float64Array {
  const groups = Math.min(blocks, perRow.length);
  const codes = Uint32Array.from(perRow, (_, row) => row % groups);
  return groupedSums(codes, { sum: (row) => perRow[row] }, { groups }).sum;
}
