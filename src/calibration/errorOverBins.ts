import { lowerBound } from "../core/lowerBound.js";
import { largestSignedSum } from "../core/statistics/largestSignedSum.js";
import { normalQuantile } from "../core/statistics/normalQuantile.js";
import type { Estimate } from "../core/statistics/Estimate.js";
import { studentQuantile } from "../core/statistics/studentQuantile.js";

/** A calibration error over bins, and what a calibrated model would show by chance. */
export interface ErrorOverBins extends Estimate {
  /** Mean over rows of |mean probability - share of events| of their bin (plug-in): chance pushes it upward. */
  readonly value: number;
  /** Mean of the same for a calibrated model with as many rows that scatter as much. */
  readonly chance: number;
}

/**
 * Calibration error over given bins with an interval that holds the population's.
 *
 * The error is Σ |gⱼ|, gⱼ the gap of bin j times the share of rows in it. The estimates of the gⱼ are means over groups
 * of rows, normal together. The upper end is the largest bound over all signs of the gⱼ, which errs to the safe side
 * as the plug-in does. The lower end takes off what the scatter of the gⱼ alone reaches in one sample of 40, since
 * |estimate| <= |gⱼ| + |scatter|; so it is 0 for nearly every calibrated model. That quantile is of a sum of folded
 * normals, from its mean and variance as of a scaled chi-square.
 *
 * @param probabilities  of an event, in [0, 1], shape [n]
 * @param events         1 where the event came, else 0, shape [n]
 * @param on.cuts        ascending, fewer than 20: bin j holds probabilities above cut j - 1 and up to cut j
 * @param on.codes       group of each row, 0..groups-1, shape [n]
 * @param on.level       two-sided, in (0, 1)
 * @param on.unit        what a group is, for the method text
 */
export function errorOverBins(
  probabilities: ArrayLike<number>,
  events: ArrayLike<number>,
  {
    cuts,
    codes,
    groups,
    level,
    unit,
  }: {
    readonly cuts: ArrayLike<number>;
    readonly codes: ArrayLike<number>;
    readonly groups: number;
    readonly level: number;
    readonly unit: string;
  },
): ErrorOverBins {
  const n = probabilities.length;
  const bins = cuts.length + 1;
  const gaps = new Float64Array(groups * bins);
  const rows = new Uint32Array(groups);
  for (let row = 0; row < n; row++) {
    const probability = probabilities[row];
    gaps[codes[row] * bins + lowerBound(cuts, probability)] += probability - events[row];
    rows[codes[row]]++;
  }
  const { means, covariance, effectiveGroups } = groupedMeans(gaps, rows, bins);
  const value = means.reduce((sum, gap) => sum + Math.abs(gap), 0);
  const scatter = sumOfFolded(covariance, bins);
  const upward = (1 + level) / 2;
  const method = `least favourable signs of bins by ${unit}`;
  // One group holds nearly all rows: how groups differ is not known, and an error can be anything.
  if (effectiveGroups < 2) return { value, chance: scatter.mean, interval: { low: 0, high: 1, level, method } };
  const reach = studentQuantile(upward, effectiveGroups - 1);
  const wider = reach / normalQuantile(upward);
  return {
    value,
    chance: scatter.mean,
    interval: {
      low: Math.max(0, value - wider * chiSquareLike(scatter, upward)),
      high: Math.min(1, largestSignedSum(means, covariance, reach)),
      level,
      method,
    },
  };
}

/** Sums by group and bin, divided by all rows, with their covariance as groups scatter about them. */
function groupedMeans(
  sums: Float64Array,
  rows: Uint32Array,
  bins: number,
): { readonly means: Float64Array; readonly covariance: Float64Array; readonly effectiveGroups: number } {
  const groups = rows.length;
  const means = new Float64Array(bins);
  const weighted = new Float64Array(bins);
  const products = new Float64Array(bins * bins);
  const filled = new Uint32Array(bins);
  let [n, squares] = [0, 0];
  for (let group = 0; group < groups; group++) {
    const at = group * bins;
    n += rows[group];
    squares += rows[group] ** 2;
    let some = 0;
    for (let bin = 0; bin < bins; bin++) {
      if (sums[at + bin] === 0) continue;
      filled[some++] = bin;
      means[bin] += sums[at + bin];
      weighted[bin] += rows[group] * sums[at + bin];
    }
    for (let i = 0; i < some; i++)
      for (let j = 0; j < some; j++)
        products[filled[i] * bins + filled[j]] += sums[at + filled[i]] * sums[at + filled[j]];
  }
  for (let bin = 0; bin < bins; bin++) means[bin] /= n;
  // Of sum - rows · mean of each group, multiplied out: a row alone fills one bin of many.
  const scale = groups / (groups - 1) / n ** 2;
  const covariance = products.map((product, at) => {
    const [i, j] = [Math.floor(at / bins), at % bins];
    return scale * (product - weighted[i] * means[j] - weighted[j] * means[i] + squares * means[i] * means[j]);
  });
  return { means, covariance, effectiveGroups: n ** 2 / squares };
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** Of Σ |Xⱼ|, X normal about 0: E|X||Y| = 2/π · σ_X σ_Y (√(1 - ρ²) + ρ · asin ρ). */
function sumOfFolded(covariance: Float64Array, bins: number): Moments {
  const deviations = Float64Array.from({ length: bins }, (_, bin) =>
    Math.sqrt(Math.max(0, covariance[bin * (bins + 1)])),
  );
  const mean = Math.sqrt(2 / Math.PI) * deviations.reduce((sum, one) => sum + one, 0);
  let variance = 0;
  for (let i = 0; i < bins; i++)
    for (let j = 0; j < bins; j++) {
      const both = deviations[i] * deviations[j];
      if (both === 0) continue;
      const correlation = Math.min(1, Math.max(-1, covariance[i * bins + j] / both));
      const folded = Math.sqrt(1 - correlation ** 2) + correlation * Math.asin(correlation) - 1;
      variance += (2 / Math.PI) * both * folded;
    }
  return { mean, variance };
}

/**
 * Quantile of the scaled chi-square of given mean and variance.
 *
 * @see Wilson and Hilferty 1931, doi:10.1073/pnas.17.12.684
 */
function chiSquareLike({ mean, variance }: Moments, probability: number): number {
  if (mean === 0) return 0;
  const ninth = variance / (9 * mean ** 2);
  return mean * (1 - ninth + normalQuantile(probability) * Math.sqrt(ninth)) ** 3;
}
