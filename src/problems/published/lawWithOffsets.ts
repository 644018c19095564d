import { selectMatrixColumns } from "../../core/Matrix.js";
import { cholesky } from "../../core/statistics/cholesky.js";
import { choleskySolve } from "../../core/statistics/choleskySolve.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import type { Answerer, Candidate } from "../fewRows/Candidate.js";
import { type TargetRows, withDeviations } from "../fewRows/targetCandidates.js";

/** A line and how much papers lie off it. */
export interface OffsetLaw {
  /** After the intercept one per column. */
  readonly coefficients: readonly number[];
  /** Variance between papers over that within them. */
  readonly ratio: number;
}

/** Ratios that are tried: 0 is least squares of all rows, 10 nearly that of what differs within papers. */
const ratios = [0, 0.1, 0.3, 1, 3, 10] as const;

/**
 * A law whose papers lie off it by an offset each, drawn from a normal law of its own. Slopes then rest on what differs
 * within papers more than on what differs between them, and a paper of many rows counts less than its rows. The ratio
 * of both variances is the one of the largest likelihood on the training rows; a new paper is told by the line alone.
 *
 * @param papers  of all rows, by their places
 * @see Laird and Ware 1982, doi:10.2307/2529876 (random effects)
 */
export function lawWithOffsets(
  name: string,
  columns: readonly number[],
  papers: readonly string[],
): Candidate<TargetRows> {
  return {
    name,
    fit: ({ features, target, places }): OffsetLaw => {
      const own = selectMatrixColumns(features, columns);
      const { codes, groups } = groupCodes(Array.from(places, (place) => papers[place]));
      const rows = Array.from(target, (value, row) => [
        1,
        ...own.values.subarray(row * columns.length, (row + 1) * columns.length),
        value,
      ]);
      const fits = ratios.map((ratio) => fitAt(ratio, rows, { codes, groups }));
      return fits.reduce((best, fit) => (fit.likelihood > best.likelihood ? fit : best)).law;
    },
    answerer:
      ({ coefficients: [intercept, ...slopes] }: OffsetLaw): Answerer<TargetRows> =>
      ({ features }) => {
        const { rows, values } = selectMatrixColumns(features, columns);
        return withDeviations(
          Array.from({ length: rows }, (_, row) =>
            slopes.reduce((sum, slope, j) => sum + slope * values[row * columns.length + j], intercept),
          ),
          null,
        );
      },
  };
}

/** Generalised least squares: each row less a part of the mean of its paper. */
function fitAt(
  ratio: number,
  rows: readonly (readonly number[])[],
  { codes, groups }: { readonly codes: ArrayLike<number>; readonly groups: number },
): { readonly law: OffsetLaw; readonly likelihood: number } {
  const width = rows[0].length;
  const counts = new Float64Array(groups);
  const sums = Array.from({ length: groups }, () => new Float64Array(width));
  rows.forEach((row, i) => {
    counts[codes[i]]++;
    row.forEach((value, j) => (sums[codes[i]][j] += value));
  });
  const parts = counts.map((count) => 1 - 1 / Math.sqrt(1 + count * ratio));
  const own = rows.map((row, i) =>
    row.map((value, j) => value - (parts[codes[i]] * sums[codes[i]][j]) / counts[codes[i]]),
  );
  const size = width - 1;
  const lower = new Float64Array(size * size);
  const coefficients = new Float64Array(size);
  for (const row of own)
    for (let j = 0; j < size; j++) {
      coefficients[j] += row[j] * row[size];
      for (let l = 0; l <= j; l++) lower[j * size + l] += row[j] * row[l];
    }
  cholesky(lower, size);
  choleskySolve(lower, size, coefficients);
  const left = own.reduce(
    (sum, row) => sum + (row[size] - coefficients.reduce((told, slope, j) => told + slope * row[j], 0)) ** 2,
    0,
  );
  const spread = counts.reduce((sum, count) => sum + Math.log(1 + count * ratio), 0);
  return {
    law: { coefficients: Array.from(coefficients), ratio },
    likelihood: (-rows.length * Math.log(Math.max(left, Number.MIN_VALUE) / rows.length) - spread) / 2,
  };
}
