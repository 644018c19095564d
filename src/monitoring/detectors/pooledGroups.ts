import { InputError } from "../../core/InputError.js";
import type { Random } from "../../core/random/Random.js";
import { shuffledRows } from "../../core/random/shuffledRows.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import type { GroupLabels, SampleGroups } from "./DriftTest.js";
import type { GroupCounts } from "./permutationFloor.js";

/** Rows of two samples one after another, and the group of each. */
export interface PooledGroups extends GroupCounts {
  /** Rows that are kept, ascending: those of the reference from 0, the current ones behind them. */
  readonly rows: Uint32Array;
  /** Group of each row, kept or not: those of the reference from 0, the current ones behind them. */
  readonly codes: Uint32Array;
  /** Whether every row is a group of its own. */
  readonly isByRow: boolean;
  /** Rows that larger groups were thinned to; null where groups were of one size. */
  readonly thinnedTo: number | null;
}

/** Groups of one sample. */
export interface CodedGroups {
  /** Of each row. */
  readonly codes: Uint32Array;
  readonly groups: number;
  /** Rows of a group, in the middle of all groups. */
  readonly medianSize: number;
}

/** Groups of rows by their labels. @throws InputError if there is not one label per row */
export function codedGroups(labels: GroupLabels, rows: number, where: string): CodedGroups {
  requireLabels(labels, rows, where);
  const { codes, groups } = groupCodes(labels);
  const sizes = new Uint32Array(groups);
  for (const code of codes) sizes[code]++;
  return { codes, groups, medianSize: sizes.sort()[Math.floor(groups / 2)] };
}

/** Medians of sizes that differ by more are not of one size. */
const alike = 1.25;

/**
 * Groups of two samples, made fit to change sides: where those of one are larger, they are thinned at random to the
 * median size of the other. A mean over 200 rows varies less than one over 10, and permuting them would call that
 * drift, or hide it.
 *
 * @param sizes   rows of the reference and of the current sample
 * @param groups  default: every row is its own
 * @throws InputError if a sample is empty, or there is not one label per row
 */
export function pooledGroups(
  { reference, current }: GroupCounts,
  { groups, random, where }: { readonly groups?: SampleGroups; readonly random: Random; readonly where: string },
): PooledGroups {
  requireRows({ reference, current }, where);
  if (groups === undefined) return everyRow({ reference, current });
  const there = codedGroups(groups.reference, reference, `${where}: groups.reference`);
  return fitGroups(there, codedGroups(groups.current, current, `${where}: groups.current`), random);
}

/** Every row is a group of its own. */
export function everyRow({ reference, current }: GroupCounts): PooledGroups {
  const rows = allRows(reference + current);
  return { rows, codes: rows, reference, current, isByRow: true, thinnedTo: null };
}

/** A plain loop: a callback per row takes longer than some tests. */
function allRows(count: number): Uint32Array {
  const rows = new Uint32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  return rows;
}

/** pooledGroups of groups that are known. */
export function fitGroups(there: CodedGroups, here: CodedGroups, random: Random): PooledGroups {
  const reference = there.codes.length;
  const codes = new Uint32Array(reference + here.codes.length);
  codes.set(there.codes);
  for (let row = 0; row < here.codes.length; row++) codes[reference + row] = there.groups + here.codes[row];
  const rows = allRows(codes.length);
  const counts = { reference: there.groups, current: here.groups };
  const isByRow = counts.reference + counts.current === rows.length;
  const [size, other] = [there.medianSize, here.medianSize];
  const most = Math.ceil(Math.min(size, other));
  if (Math.max(size, other) <= alike * Math.min(size, other))
    return { rows, codes, ...counts, isByRow, thinnedTo: null };
  const isLarger = (row: number): boolean => row < reference === size > other;
  const seen = new Uint32Array(counts.reference + counts.current);
  const kept = shuffledRows(rows, random.fork("thinned"))
    .filter((row) => !isLarger(row) || seen[codes[row]]++ < most)
    .sort();
  return { rows: kept, codes, ...counts, isByRow, thinnedTo: most };
}

/** @throws InputError naming the sample without rows */
export function requireRows({ reference, current }: GroupCounts, where: string): void {
  if (reference > 0 && current > 0) return;
  throw new InputError({
    where,
    must: "both samples must have rows",
    got: `${reference} of the reference and ${current} of the current`,
    mend: reference === 0 ? "give a reference with rows" : "wait until the window has rows",
  });
}

function requireLabels(labels: GroupLabels, rows: number, where: string): void {
  const empty = labels.findIndex((label) => label === "" || Number.isNaN(label));
  if (labels.length === rows && empty < 0) return;
  throw new InputError({
    where,
    must: "every row must name its group",
    got: labels.length === rows ? `none in row ${empty + 1}` : `${labels.length} labels for ${rows} rows`,
    mend: "name the batch of every row",
  });
}

/** Numbers of a reference and of a current sample. */
export interface NumberPair {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/**
 * Mean of each group of both samples.
 *
 * @param values  by row
 * @param rows    that count, pooled (default the kept ones)
 */
export function groupMeans(
  { rows: kept, codes, reference, current, isByRow }: PooledGroups,
  values: NumberPair,
  rows: Uint32Array = kept,
): NumberPair {
  if (isByRow) return values;
  const [there, here] = [values.reference, values.current];
  const sums = new Float64Array(reference + current);
  const sizes = new Uint32Array(reference + current);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const group = codes[row];
    sums[group] += row < there.length ? there[row] : here[row - there.length];
    sizes[group]++;
  }
  for (let group = 0; group < sums.length; group++) sums[group] /= sizes[group];
  return { reference: sums.subarray(0, reference), current: sums.subarray(reference) };
}
