import { columnNames } from "../../core/columnNames.js";
import { quantileSorted } from "simple-statistics";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { duplicateRows } from "../../core/duplicateRows.js";
import { nearEqualLevels } from "../../core/nearEqualLevels.js";
import type { Field } from "../../core/Schema.js";
import type { CategoryColumn, NumberColumn, Table } from "../../core/Table.js";
import { isCategory } from "../../core/Table.js";
import { type LabelBalance, labelBalance } from "./labelBalance.js";
import { samplesPerParameter, type SamplesPerParameter } from "./samplesPerParameter.js";
import { detectDrift } from "../detectDrift.js";
import type { DriftReport } from "../DriftReport.js";
import { namesOfRows } from "../fitDriftReference.js";

/** One column in numbers. Quartiles are type 7 (R's and NumPy's default). */
export interface ColumnSummary {
  readonly name: string;
  readonly kind: Field["kind"];
  readonly unit: string;
  readonly missing: number;
  readonly distinct: number;
  /** Numbers only; null for categories and where nothing was measured. */
  readonly numbers: {
    readonly min: number;
    readonly lowerQuartile: number;
    readonly median: number;
    readonly upperQuartile: number;
    readonly max: number;
  } | null;
  /** Categories only: the most frequent levels, at most five. */
  readonly frequent: readonly { readonly level: string; readonly rows: number }[];
}

/** One value that breaks its field. */
export interface Violation {
  /** Data row, counted from 1. */
  readonly row: number;
  readonly column: string;
  readonly value: number | string | null;
  readonly unit: string;
  readonly rule: string;
}

/** What a table is worth as data. */
export interface QualityReport {
  readonly rows: number;
  readonly columns: readonly ColumnSummary[];
  /** At most `listed` of them, by row and column. */
  readonly violations: readonly Violation[];
  readonly violationCount: number;
  /**
   * Values that a rule could be held against: all of required columns, the present ones of columns with a range or
   * levels.
   */
  readonly checkedValues: number;
  /**
   * Share of checked values that break a rule, with its exact one-sided 95 % upper bound; null where nothing could be
   * checked.
   */
  readonly violationRate: Estimate | null;
  /** Rows that are equal in every column but those that only name the row; at most `listed` groups and rows of each. */
  readonly duplicates: readonly { readonly rows: readonly number[] }[];
  readonly duplicateGroups: number;
  /** Texts of one column that may be one: they differ in case, spaces or punctuation alone (nearEqualLevels). */
  readonly nearEqual: readonly { readonly column: string; readonly levels: readonly string[] }[];
  /** Where a label was named. */
  readonly balance?: LabelBalance;
  /** Where a number of parameters was given. */
  readonly samples?: SamplesPerParameter;
  /** Where a reference was given. */
  readonly drift?: DriftReport;
}

export interface QualityOptions {
  /** How many violations and duplicates to list (default 1,000; all are counted). */
  readonly listed?: number;
  /** Numbers that columns must be above, beside the ranges of their fields, where they have such columns. */
  readonly above?: Readonly<Record<string, number>>;
  /** Cells that hold something which could not be read: columns with their rows, from 1. They are not missing. */
  readonly unread?: ReadonlyMap<string, ReadonlySet<number>>;
  /** Columns that tell rows apart without being data, left out when looking for duplicates and drift. */
  readonly rowNames?: readonly string[];
  /** Category column whose classes are counted. */
  readonly label?: string;
  /** Parameters of a model that would learn from the table. */
  readonly parameters?: number;
  /** Table that this one should be distributed like. */
  readonly against?: Table;
  /** Column that names the batch of each row, for drift: rows of a batch are not independent (default: rows are). */
  readonly groups?: string;
  /** Columns that are not looked at for drift, beside rowNames: times and lots, which no two tables share. */
  readonly notDrifting?: readonly string[];
}

/**
 * Holds a table against its own schema and sums up each column.
 *
 * @throws RangeError if the label is no column, or as samplesPerParameter and detectDrift
 * @throws TypeError if the label holds numbers
 *
 * @example
 * ```ts
 * import { makeTable, qualityReport } from "cspbbr3-twin";
 *
 * const schema = { size: { kind: "number", unit: "nm", meaning: "edge length", min: 1, max: 100 } } as const;
 * const { violations } = qualityReport(makeTable(schema, { size: Float64Array.of(8.5, 850) }));
 * console.log(violations);
 * // [
 * //   {
 * //     row: 2,
 * //     column: 'size',
 * //     value: 850,
 * //     unit: 'nm',
 * //     rule: 'must be at most 100 nm'
 * //   }
 * // ]
 * ```
 */
export function qualityReport(
  table: Table,
  {
    listed = 1000,
    above = {},
    unread = new Map(),
    rowNames = namesOfRows,
    label,
    parameters,
    against,
    groups,
    notDrifting = [],
  }: QualityOptions = {},
): QualityReport {
  const names = columnNames(table.schema);
  const checks = names.map((name) =>
    checkColumn(table, name, table.schema[name], {
      listed,
      above: Object.hasOwn(above, name) ? above[name] : -Infinity,
      unread: unread.get(name),
    }),
  );
  const checkedValues = checks.reduce((sum, { checked }) => sum + checked, 0);
  const violations = checks.flatMap(({ broken }) => broken).sort((a, b) => a.row - b.row);
  const violationCount = checks.reduce((sum, { count }) => sum + count, 0);
  const compared = Object.keys(table.columns).filter((name) => !rowNames.includes(name));
  const duplicates = duplicateRows(table, { names: compared });
  return {
    rows: table.numRows,
    columns: names.map((name) => summarise(name, table.schema[name], table)),
    violations: violations.slice(0, listed),
    violationCount,
    checkedValues,
    violationRate:
      checkedValues === 0
        ? null
        : {
            value: violationCount / checkedValues,
            interval: clopperPearson(violationCount, checkedValues, { side: "upper" }),
          },
    duplicates: duplicates.slice(0, listed).map((rows) => ({ rows: rows.slice(0, listed).map((row) => row + 1) })),
    duplicateGroups: duplicates.length,
    nearEqual: Object.entries(table.columns).flatMap(([column, values]) =>
      isCategory(values) ? nearEqualLevels(usedLevels(values)).map((levels) => ({ column, levels })) : [],
    ),
    ...(label === undefined ? {} : { balance: balanceOf(table, label) }),
    ...(parameters === undefined ? {} : { samples: samplesPerParameter(table.numRows, parameters) }),
    ...(against === undefined
      ? {}
      : {
          drift: detectDrift({
            current: table,
            reference: against,
            groups,
            rowNames: [...rowNames, ...notDrifting],
          }),
        }),
  };
}

function usedLevels({ codes, levels }: CategoryColumn): readonly string[] {
  const isUsed = new Uint8Array(levels.length);
  for (const code of codes) isUsed[code] = 1;
  return levels.filter((_, code) => isUsed[code] === 1);
}

function balanceOf(table: Table, label: string): LabelBalance {
  if (!Object.hasOwn(table.columns, label))
    throw new RangeError(
      `qualityReport: no column "${label}" to take for the label; ` +
        `the table has ${Object.keys(table.columns).join(", ")}`,
    );
  const column = table.columns[label];
  if (!isCategory(column))
    throw new TypeError(`qualityReport: the label must be a category column; ${label} holds numbers`);
  return labelBalance(column, { label, levels: table.schema[label].levels });
}

interface Checked {
  readonly checked: number;
  readonly count: number;
  /** The first of them. */
  readonly broken: readonly Violation[];
}

/** Holds one column against its field; the sort by row keeps the schema's order of columns within a row. */
function checkColumn(
  table: Table,
  name: string,
  field: Field,
  { listed, above, unread }: { readonly listed: number; readonly above: number; readonly unread?: ReadonlySet<number> },
): Checked {
  const { required = false, min = -Infinity, max = Infinity, levels, unit } = field;
  const hasRule = field.min !== undefined || field.max !== undefined || levels !== undefined || above > -Infinity;
  const broken: Violation[] = [];
  let count = 0;
  if (!required && !hasRule) return { checked: 0, count, broken };
  const printed = unit === "1" ? "" : ` ${unit}`;
  let checked = 0;
  const column = table.columns[name];
  const badCodes = isCategory(column)
    ? column.levels.map((level) => (level === "" ? required : levels !== undefined && !levels.includes(level)))
    : [];
  for (let row = 0; row < table.numRows; row++) {
    const value = isCategory(column) ? column.levels[column.codes[row]] : column[row];
    const isMissing = value === "" || Number.isNaN(value);
    if (isMissing && (!required || unread?.has(row + 1))) continue;
    checked++;
    const rule = isMissing
      ? "must not be missing"
      : isCategory(column)
        ? badCodes[column.codes[row]]
          ? `must be one of ${levels?.join(", ")}`
          : undefined
        : (value as number) <= above
          ? `must be above ${above}${printed}`
          : (value as number) < min
            ? `must be at least ${min}${printed}`
            : (value as number) > max
              ? `must be at most ${max}${printed}`
              : undefined;
    if (rule === undefined) continue;
    count++;
    if (broken.length < listed)
      broken.push({ row: row + 1, column: name, value: isMissing ? null : value, unit, rule });
  }
  return { checked, count, broken };
}

function summarise(name: string, { kind, unit }: Field, table: Table): ColumnSummary {
  const column = table.columns[name];
  return { name, kind, unit, ...(isCategory(column) ? summariseTexts(column) : summariseNumbers(column)) };
}

function summariseNumbers(column: NumberColumn): Pick<ColumnSummary, "missing" | "distinct" | "numbers" | "frequent"> {
  // Float64 throughout: a typed array sorts by value, without a comparison in JavaScript.
  const present = new Float64Array(column).filter((value) => !Number.isNaN(value)).sort();
  const quantile = (share: number): number => quantileSorted(present as unknown as number[], share);
  return {
    missing: column.length - present.length,
    distinct: present.filter((value, i) => i === 0 || value !== present[i - 1]).length,
    numbers:
      present.length === 0
        ? null
        : {
            min: present[0],
            lowerQuartile: quantile(0.25),
            median: quantile(0.5),
            upperQuartile: quantile(0.75),
            max: present[present.length - 1],
          },
    frequent: [],
  };
}

function summariseTexts({
  codes,
  levels,
}: CategoryColumn): Pick<ColumnSummary, "missing" | "distinct" | "numbers" | "frequent"> {
  const rows = new Array<number>(levels.length).fill(0);
  for (const code of codes) rows[code]++;
  const present = levels
    .map((level, code) => ({ level, rows: rows[code] }))
    .filter(({ level, rows: count }) => level !== "" && count > 0);
  return {
    missing: codes.length - present.reduce((sum, { rows: count }) => sum + count, 0),
    distinct: present.length,
    numbers: null,
    frequent: present.sort((a, b) => b.rows - a.rows).slice(0, 5),
  };
}
