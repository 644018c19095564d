import { InputError } from "../../../core/InputError.js";
import { isIdentifierName } from "../../../core/isIdentifierName.js";
import { rowHashes } from "../../../core/rowHashes.js";
import type { Field } from "../../../core/Schema.js";
import { type CategoryColumn, type Column, isCategory, type NumberColumn, type Table } from "../../../core/Table.js";
import { namesOfRows } from "../../fitDriftReference.js";
import { type LotProfile, lotProfile } from "./lotProfile.js";
import { missingCombinations, type MissingCombinations } from "./missingCombinations.js";
import { missingFlags } from "./missingFlags.js";
import { missingShare, type ShareProfile } from "./missingShare.js";
import { groupCodesOf, lookedAt, type RowColumns } from "./RowColumns.js";
import { timesOf } from "./timesOf.js";
import { fitTies, type TieRates } from "./tieRates.js";
import { fitDensity, type ValueDensity } from "./valueDensity.js";

/** A column of numbers, as the reference has it. */
export interface NumberProfile {
  readonly field: Field;
  readonly missing: ShareProfile;
  readonly density: ValueDensity | null;
  readonly ties: TieRates;
  /** Values that alone fill several groups, at most a hundred; and groups that have a value. */
  readonly fillers: readonly { readonly value: number; readonly groups: number }[];
  readonly groups: number;
}

/** A column of categories, as the reference has it. */
export interface CategoryProfile {
  readonly field: Field;
  readonly missing: ShareProfile;
  readonly levels: readonly string[];
  /** Groups with a level that no other group has, or, in the second half of the rows, that the first half had not. */
  readonly newGroups: number;
  readonly fillers: readonly { readonly value: string; readonly groups: number }[];
  readonly groups: number;
}

/** What a table that things were well with looks like: plain data that JSON keeps, fitted once. */
export interface ReferenceProfile {
  readonly rows: number;
  /** Batches; rows where none are named. */
  readonly groupCount: number;
  readonly rowColumns: RowColumns;
  readonly columns: readonly string[];
  readonly numbers: Readonly<Record<string, NumberProfile>>;
  readonly categories: Readonly<Record<string, CategoryProfile>>;
  readonly combinations: MissingCombinations;
  /** Columns in which repeated rows are equal, hashes of all rows in ascending order, and rows that have an equal. */
  readonly repeats: {
    readonly names: readonly string[];
    readonly hashes: readonly number[];
    readonly rows: number;
    /** Columns of numbers among the names with mostly different values. */
    readonly measured: number;
  };
  /** Whether times never go back, row after row; null where no time is named, or it cannot be read. */
  readonly inOrder: boolean | null;
  readonly lots: LotProfile | null;
}

/**
 * Sums up a table that things were well with, for inspectIncoming to hold others against.
 *
 * @throws InputError if the table has no rows, or a named column is not there
 */
export function fitReference(
  reference: Table,
  { groups, time, lot, rowNames = namesOfRows }: RowColumns = {},
): ReferenceProfile {
  if (reference.numRows === 0)
    throw new InputError({
      where: "fitReference",
      must: "the reference must have rows",
      got: "none",
      mend: "name a table that things were well with",
    });
  for (const [what, name] of Object.entries({ groups, time, lot }))
    if (name !== undefined && !Object.hasOwn(reference.columns, name))
      throw new InputError({
        where: `fitReference, ${what}`,
        must: "must name a column of the reference",
        got: `"${name}"`,
        mend: `choose one of ${Object.keys(reference.columns).slice(0, 30).join(", ")}`,
      });
  const rowColumns = { groups, time, lot, rowNames };
  const codes = groupCodesOf(reference, groups);
  const looked = lookedAt(reference, rowColumns);
  const numbers: Record<string, NumberProfile> = {};
  const categories: Record<string, CategoryProfile> = {};
  for (const name of looked) {
    const column = reference.columns[name];
    const field = reference.schema[name];
    const missing = missingShare(missingFlags(column), codes);
    if (isCategory(column)) categories[name] = { field, missing, ...categoryProfile(column, codes) };
    else numbers[name] = { field, missing, ...numberProfile(column, field, codes) };
  }
  const hashed = looked.filter((name) => !isIdentifierName(name));
  const hashes = rowHashes(reference, { names: hashed, isSingle: true }).sort();
  const times = time === undefined ? null : timesOf(reference.columns[time]);
  return {
    rows: reference.numRows,
    groupCount: new Set(codes).size,
    rowColumns,
    columns: Object.keys(reference.columns),
    numbers,
    categories,
    combinations: missingCombinations(reference, looked, codes),
    repeats: {
      names: hashed,
      hashes: Array.from(hashes),
      rows: hashes.filter((hash, i) => hash === hashes[i - 1] || hash === hashes[i + 1]).length,
      measured: hashed.filter((name) => isMeasured(reference.columns[name])).length,
    },
    inOrder: times === null ? null : times.every((value, row) => row === 0 || value >= times[row - 1]),
    lots: lot === undefined ? null : lotProfile(reference, { lot, numbers: Object.keys(numbers) }),
  };
}

function numberProfile(
  column: NumberColumn,
  field: Field,
  groups: Uint32Array,
): Omit<NumberProfile, "field" | "missing"> {
  return { density: fitDensity(column, field.unit), ties: fitTies(column, groups), ...fillersOf(column, groups) };
}

function categoryProfile(column: CategoryColumn, groups: Uint32Array): Omit<CategoryProfile, "field" | "missing"> {
  const groupOf = new Map<string, number>();
  const half = groups.length >> 1;
  const early = new Set(column.codes.subarray(0, half));
  const late = new Set<number>();
  for (let row = 0; row < groups.length; row++) {
    const code = column.codes[row];
    const level = column.levels[code];
    if (level === "") continue;
    if (row >= half && !early.has(code)) late.add(groups[row]);
    const before = groupOf.get(level);
    groupOf.set(level, before === undefined || before === groups[row] ? groups[row] : -1);
  }
  const lone = new Set([...groupOf.values()].filter((group) => group >= 0));
  // A vocabulary that grows with every group, or is large, names things: new words are its nature.
  const isOpen = lone.size > openShare * groupOf.size || groupOf.size > mostLevels;
  return {
    levels: isOpen ? [] : [...groupOf.keys()],
    newGroups: Math.max(lone.size, Math.min(2 * late.size, new Set(groups).size)),
    ...fillersOf(column, groups),
  };
}

/** Of levels that only one group has, from which on a column names things rather than sorts them. */
const openShare = 0.5;
const mostLevels = 100;

const mostFillers = 100;

/** Values that are the only one of several groups, most groups first, at most a hundred. */
function fillersOf<Value extends number | string>(
  column: Column,
  groups: Uint32Array,
): { readonly fillers: readonly { readonly value: Value; readonly groups: number }[]; readonly groups: number } {
  const filler = new Map<number, number | string | null>();
  const flags = missingFlags(column);
  for (let row = 0; row < groups.length; row++) {
    if (flags[row] === 1) continue;
    const value = isCategory(column) ? column.levels[column.codes[row]] : column[row];
    const before = filler.get(groups[row]);
    filler.set(groups[row], before === undefined || before === value ? value : null);
  }
  const counts = new Map<number | string, number>();
  for (const value of filler.values()) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const fillers = [...counts]
    .filter(([, count]) => count > 1)
    .sort((a, b) => b[1] - a[1])
    .slice(0, mostFillers)
    .map(([value, count]) => ({ value: value as Value, groups: count }));
  return { fillers, groups: filler.size };
}

/** Mostly different numbers: a reading, not a setting. */
function isMeasured(column: Column): boolean {
  if (isCategory(column)) return false;
  const present = column.filter((value) => !Number.isNaN(value)).sort();
  const different = present.filter((value, i) => i === 0 || value !== present[i - 1]).length;
  return present.length > 0.1 * column.length && different > 0.5 * present.length;
}
