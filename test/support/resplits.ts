import type { Random } from "../../src/core/random/Random.js";
import { shuffledRows } from "../../src/core/random/shuffledRows.js";
import { coverageLaw } from "../../src/uncertainty/conformal/coverageLaw.js";

/**
 * Coverage over random splits of one pool of rows into n calibration rows and the rest. Without ties the number covered
 * depends on ranks alone, so over splits it follows the beta-binomial law exactly, whatever the pool.
 */
export function coverageOverResplits(
  rows: number,
  n: number,
  splits: number,
  random: Random,
  coverage: (calibrate: Uint32Array, test: Uint32Array) => number,
): number[] {
  const pool = Uint32Array.from({ length: rows }, (_, row) => row);
  return Array.from({ length: splits }, (_, split) => {
    const shuffled = shuffledRows(pool, random.fork(split));
    return coverage(shuffled.slice(0, n), shuffled.slice(n));
  });
}

/** How far mean and spread of coverages are from the law: in standard errors, and as a ratio. */
export function againstLaw(
  coverages: readonly number[],
  n: number,
  alpha: number,
  testRows: number,
): { readonly meanInErrors: number; readonly spreadRatio: number; readonly within: number } {
  const law = coverageLaw(n, alpha, { testRows, level: 0.9 });
  const mean = coverages.reduce((a, b) => a + b) / coverages.length;
  const sd = Math.sqrt(coverages.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (coverages.length - 1));
  return {
    meanInErrors: (mean - law.mean) / (law.sd / Math.sqrt(coverages.length)),
    spreadRatio: sd / law.sd,
    within: coverages.filter((one) => one >= law.low && one <= law.high).length / coverages.length,
  };
}

/** Row-major rows of probabilities. */
export function pickProbabilities(probabilities: Float64Array, classes: number, rows: Uint32Array): Float64Array {
  const picked = new Float64Array(rows.length * classes);
  rows.forEach((row, i) => picked.set(probabilities.subarray(row * classes, (row + 1) * classes), i * classes));
  return picked;
}

/** Probabilities of a model that is too sure of itself: each to the third power, divided by their sum. */
export function overconfident(probabilities: Float64Array, classes: number): Float64Array {
  const cubes = probabilities.map((p) => p ** 3);
  return cubes.map(
    (cube, at) => cube / cubes.subarray(at - (at % classes), at - (at % classes) + classes).reduce((a, b) => a + b),
  );
}
