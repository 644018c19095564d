import { InputError } from "../../core/InputError.js";
import type { Random } from "../../core/random/Random.js";
import { shuffledRows } from "../../core/random/shuffledRows.js";
import { sortedQuantile } from "../../core/statistics/sortedQuantile.js";
import type { DriftTest, DriftTestOptions, GroupLabels } from "./DriftTest.js";
import { permutedTest } from "./permutedTest.js";
import { type PooledGroups, pooledGroups } from "./pooledGroups.js";

/** Rows of numbers, row-major: a matrix, or one of doubles. */
export interface NumberRows {
  readonly rows: number;
  readonly columns: number;
  readonly values: ArrayLike<number>;
}

/** Rows of either sample that are looked at: all pairs of rows are, and they must fit a second and some megabytes. */
const mostRows = 1000;

/**
 * Maximum mean discrepancy of two samples over all features together, by permutation of whole groups. It finds drift
 * that no feature shows alone, such as two that no longer go together. Give standardized features: distances are taken
 * as they are. Of more than 1,000 rows of a sample, 1,000 are drawn.
 *
 * The statistic is the unbiased estimate of the squared discrepancy, with the kernel exp(-d² / median d²).
 *
 * @param reference,current  finite numbers, at least two rows each, of the same columns
 * @throws InputError if samples do not fit each other, a number is not finite, all rows are one, or groups do not fit
 * @see Gretton et al. 2012, Journal of Machine Learning Research 13, 723-773
 */
export function maximumMeanDiscrepancy(
  reference: NumberRows,
  current: NumberRows,
  { groups, random, ...options }: DriftTestOptions,
): DriftTest {
  const where = "maximumMeanDiscrepancy";
  checkRows(reference, current, where);
  const there = thinned(reference, groups?.reference, random.fork("reference"));
  const here = thinned(current, groups?.current, random.fork("current"));
  const sizes = { reference: there.rows.length, current: here.rows.length };
  const labels = groups === undefined ? undefined : { reference: there.labels!, current: here.labels! };
  const among = pooledGroups(sizes, { groups: labels, random, where });
  const statistic = discrepancyOf([...there.rows, ...here.rows], among);
  return permutedTest(statistic, among, { ...options, random: random.fork("permuted") });
}

/** Makes sure that two samples are finite rows of the same columns, two at least. @throws InputError naming the row */
export function checkRows(reference: NumberRows, current: NumberRows, where: string): void {
  const refuse = (must: string, got: string, mend: string): never => {
    throw new InputError({ where, must, got, mend });
  };
  if (reference.columns !== current.columns)
    refuse(
      "both samples must have the same columns",
      `${reference.columns} in the reference and ${current.columns} in the current one`,
      "encode both alike",
    );
  if (reference.rows < 2 || current.rows < 2)
    refuse(
      "both samples must have two rows at least",
      `${reference.rows} of the reference and ${current.rows} of the current`,
      "wait until the window has rows",
    );
  for (const [name, { values, columns }] of Object.entries({ reference, current }))
    for (let at = 0; at < values.length; at++)
      if (!Number.isFinite(values[at]))
        refuse(
          `${name}, row ${1 + Math.floor(at / columns)}, column ${1 + (at % columns)} must be a finite number`,
          String(values[at]),
          "impute or drop the row first",
        );
}

interface Thinned {
  readonly rows: readonly Float64Array[];
  readonly labels: GroupLabels | undefined;
}

function thinned({ rows, columns, values }: NumberRows, labels: GroupLabels | undefined, random: Random): Thinned {
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  const kept = rows <= mostRows ? all : shuffledRows(all, random).slice(0, mostRows).sort();
  return {
    rows: Array.from(kept, (row) => Float64Array.from({ length: columns }, (_, i) => values[row * columns + i])),
    labels: labels?.length === rows ? Array.from(kept, (row) => labels[row]) : labels,
  };
}

/**
 * Unbiased squared discrepancy of groups that are taken for the current ones against all others. Kernels are summed
 * once for each pair of groups: a permutation adds up sums.
 *
 * @throws InputError if all rows are one
 */
export function discrepancyOf(
  rows: readonly Float64Array[],
  { rows: kept, codes, reference, current }: PooledGroups,
): (chosen: Uint32Array) => number {
  const groups = reference + current;
  const scale = medianSquare(rows, kept);
  const between = new Float64Array(groups * groups);
  const sizes = new Uint32Array(groups);
  for (let i = 0; i < kept.length; i++) {
    const group = codes[kept[i]];
    sizes[group]++;
    for (let j = 0; j < i; j++) {
      const other = codes[kept[j]];
      const kernel = Math.exp(-squareDistance(rows[kept[i]], rows[kept[j]]) / scale);
      between[group * groups + other] += kernel;
      between[other * groups + group] += kernel;
    }
  }
  const withAll = Float64Array.from({ length: groups }, (_, group) =>
    between.subarray(group * groups, (group + 1) * groups).reduce((sum, one) => sum + one, 0),
  );
  const total = withAll.reduce((sum, one) => sum + one, 0);
  return (chosen) => {
    let [here, inside, touching] = [0, 0, 0];
    for (const group of chosen) {
      here += sizes[group];
      touching += withAll[group];
      for (const other of chosen) inside += between[group * groups + other];
    }
    const there = kept.length - here;
    const across = touching - inside;
    const outside = total - inside - 2 * across;
    return meanOfPairs(inside, here) + meanOfPairs(outside, there) - (2 * across) / (here * there);
  };
}

/** A batch may have one row, and no pair. */
function meanOfPairs(sum: number, rows: number): number {
  return rows < 2 ? 0 : sum / (rows * (rows - 1));
}

function medianSquare(rows: readonly Float64Array[], kept: Uint32Array): number {
  const squares = new Float64Array((kept.length * (kept.length - 1)) / 2);
  let at = 0;
  for (let i = 0; i < kept.length; i++)
    for (let j = 0; j < i; j++) squares[at++] = squareDistance(rows[kept[i]], rows[kept[j]]);
  const median = sortedQuantile(squares.sort(), 0.5);
  // Where most rows are alike the mean is above 0, unless all are.
  const scale = median > 0 ? median : squares.reduce((sum, one) => sum + one, 0) / squares.length;
  if (scale > 0) return scale;
  throw new InputError({
    where: "maximumMeanDiscrepancy",
    must: "rows must differ",
    got: "equal rows in both samples",
    mend: "leave constant features out",
  });
}

function squareDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
}
