import { InputError } from "../../core/InputError.js";
import { lowerBound } from "../../core/lowerBound.js";
import type { PooledGroups } from "./pooledGroups.js";

/** Values of two samples, one after another, as cells: numbers between two edges, or one level of a category. */
export interface SampleCells {
  /** Cell of each pooled row. */
  readonly codes: Uint32Array;
  readonly cells: number;
}

/**
 * Cells of numbers: cell i holds those above edge i - 1 and up to edge i.
 *
 * @param edges  ascending; one less than cells
 */
export function cellsBetween(values: Float64Array, edges: ArrayLike<number>): SampleCells {
  const codes = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row++) codes[row] = lowerBound(edges, values[row]);
  return { codes, cells: edges.length + 1 };
}

/** The same of numbers in ascending order. */
export function cellsInOrder(sorted: Float64Array, edges: Float64Array): Uint32Array {
  const codes = new Uint32Array(sorted.length);
  let cell = 0;
  for (let at = 0; at < sorted.length; at++) {
    while (cell < edges.length && edges[cell] < sorted[at]) cell++;
    codes[at] = cell;
  }
  return codes;
}

/** Numbers of two samples, one after another. @throws InputError naming the row of one that is not finite */
export function pooledNumbers(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  where: string,
): Float64Array<ArrayBuffer> {
  const pooled = new Float64Array(reference.length + current.length);
  pooled.set(reference);
  pooled.set(current, reference.length);
  for (let at = 0; at < pooled.length; at++)
    if (!Number.isFinite(pooled[at])) {
      const isThere = at < reference.length;
      throw new InputError({
        where: `${where}: ${isThere ? "reference" : "current"}, row ${1 + (isThere ? at : at - reference.length)}`,
        must: "must be a finite number",
        got: String(pooled[at]),
        mend: "leave missing values out; whether more are missing is a question of its own",
      });
    }
  return pooled;
}

/** Levels as cells, in order of their first row; it goes on from levels that are known, and adds to them. */
export function levelCells<Level extends string | number>(
  levels: ArrayLike<Level>,
  known: Map<Level, number>,
): Uint32Array {
  const codes = new Uint32Array(levels.length);
  for (let row = 0; row < levels.length; row++) {
    let code = known.get(levels[row]);
    if (code === undefined) known.set(levels[row], (code = known.size));
    codes[row] = code;
  }
  return codes;
}

/** At most so many cells: finer ones cost time and tell nothing more about groups of some hundred rows. */
const mostCells = 256;

/**
 * Edges that cut pooled numbers into cells of about equal mass, each distinct value its own where there are few.
 *
 * @param sorted  the pooled numbers, ascending
 * @returns ascending values of the samples, the largest left out
 */
export function massEdges(sorted: Float64Array): Float64Array {
  const distinct: number[] = [];
  for (let at = 0; at < sorted.length && distinct.length <= mostCells; at++)
    if (at === 0 || sorted[at] !== sorted[at - 1]) distinct.push(sorted[at]);
  if (distinct.length <= mostCells) return Float64Array.from(distinct.slice(0, -1));
  const edges = Array.from(
    { length: mostCells - 1 },
    (_, i) => sorted[Math.ceil(((i + 1) * sorted.length) / mostCells) - 1],
  );
  return Float64Array.from(new Set(edges)).filter((edge) => edge < sorted[sorted.length - 1]);
}

/** Rows per cell, of each group one after another: what permutations add up. */
export interface GroupCells {
  /** Where a group's own begin, and end. */
  readonly begins: Uint32Array;
  readonly ends: Uint32Array;
  readonly cells: Uint32Array;
  readonly counts: Uint32Array;
  /** Over all groups. */
  readonly total: Float64Array;
}

/** Counts the kept rows of each group by cell; cells without a row take no room. */
export function groupCells({ rows, codes, reference, current }: PooledGroups, sample: SampleCells): GroupCells {
  const groups = reference + current;
  const total = new Float64Array(sample.cells);
  for (let i = 0; i < rows.length; i++) total[sample.codes[rows[i]]]++;
  // Rows cell by cell: in this order those of each group come cell by cell, too.
  const free = new Uint32Array(sample.cells);
  for (let cell = 1; cell < sample.cells; cell++) free[cell] = free[cell - 1] + total[cell - 1];
  const ordered = new Uint32Array(rows.length);
  const roomOf = new Uint32Array(groups + 1);
  for (let i = 0; i < rows.length; i++) {
    ordered[free[sample.codes[rows[i]]]++] = rows[i];
    roomOf[codes[rows[i]] + 1]++;
  }
  for (let group = 0; group < groups; group++) roomOf[group + 1] += roomOf[group];
  const [cells, counts] = [new Uint32Array(rows.length), new Uint32Array(rows.length)];
  const ends = roomOf.slice(0, groups);
  for (let i = 0; i < ordered.length; i++) {
    const group = codes[ordered[i]];
    const cell = sample.codes[ordered[i]];
    const before = ends[group] - 1;
    if (before >= roomOf[group] && cells[before] === cell) counts[before]++;
    else {
      cells[ends[group]] = cell;
      counts[ends[group]++] = 1;
    }
  }
  return { begins: roomOf, ends, cells, counts, total };
}

/** A statistic of rows per cell, of groups that are taken for the current ones against all others. */
export function overGroups(
  { begins, ends, cells, counts, total }: GroupCells,
  statistic: (reference: Float64Array, current: Float64Array) => number,
): (current: Uint32Array) => number {
  const [here, there] = [new Float64Array(total.length), new Float64Array(total.length)];
  return (current) => {
    here.fill(0);
    for (let i = 0; i < current.length; i++)
      for (let at = begins[current[i]]; at < ends[current[i]]; at++) here[cells[at]] += counts[at];
    for (let cell = 0; cell < total.length; cell++) there[cell] = total[cell] - here[cell];
    return statistic(there, here);
  };
}
