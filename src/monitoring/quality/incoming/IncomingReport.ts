/** Kinds of faults that the monitor of incoming tables knows, in the order in which they are reported. */
export const dataFaultNames = [
  "schema",
  "infinite",
  "unit",
  "range",
  "missing",
  "category",
  "constant",
  "stuck",
  "repeat",
  "clock",
  "lot",
] as const;

/** A kind of fault of an incoming table. */
export type DataFaultName = (typeof dataFaultNames)[number];

/** Something that is wrong with an incoming table, and the numbers that decided. */
export interface QualityFinding {
  readonly fault: DataFaultName;
  /** Null where it concerns whole rows. */
  readonly column: string | null;
  /** Of the column; "" where there is none. */
  readonly unit: string;
  /** Data rows, counted from 1, at most twenty of them; all are counted. Empty where it concerns every row. */
  readonly rows: readonly number[];
  readonly rowCount: number;
  /** The last of them, also where it is not listed; null where it concerns every row. */
  readonly lastRow: number | null;
  /** What stands in those rows, at most twenty. */
  readonly values: readonly (number | string | null)[];
  /** What was compared, by name. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly because: string;
  /** What to do first. */
  readonly mend: string;
  /** Whether the table can be used all the same: a further column, an optional one that is not there. */
  readonly isHarmless: boolean;
}

/** A check that could not be made, which is no pass. */
export interface UncheckedQuality {
  readonly fault: DataFaultName;
  /** Columns that it would have looked at; empty where it concerns whole rows. */
  readonly columns: readonly string[];
  readonly reason: string;
}

/** What is wrong with an incoming table, and what could not be told. */
export interface IncomingReport {
  readonly rows: number;
  readonly referenceRows: number;
  /** By kind, then by column. */
  readonly findings: readonly QualityFinding[];
  readonly unknown: readonly UncheckedQuality[];
  /** Probability of any finding in a table like the reference that every check was given. */
  readonly alpha: number;
}

/** What a check gives: what it found, and what it could not tell. */
export interface Checked {
  readonly findings: readonly QualityFinding[];
  readonly unknown: readonly UncheckedQuality[];
}

/** Rows and values that are listed. */
const listed = 20;

/** A finding of rows (from 0) of a column, with what stands there. */
export function finding(
  fault: DataFaultName,
  {
    column = null,
    unit = "",
    rows = [],
    rowCount = rows.length,
    shown = () => null,
    numbers = {},
    because,
    mend,
    isHarmless = false,
  }: Partial<Omit<QualityFinding, "rows" | "lastRow" | "values" | "fault">> & {
    readonly rows?: readonly number[];
    readonly shown?: (row: number) => number | string | null;
    readonly because: string;
    readonly mend: string;
  },
): QualityFinding {
  const some = rows.slice(0, listed);
  return {
    fault,
    column,
    unit,
    rows: some.map((row) => row + 1),
    rowCount,
    lastRow: rows.length === 0 ? null : rows[rows.length - 1] + 1,
    values: some.map((row) => {
      const value = shown(row);
      // JSON has no NaN and no infinity.
      return typeof value === "number" && !Number.isFinite(value)
        ? Number.isNaN(value)
          ? null
          : String(value)
        : plain(value);
    }),
    numbers: Object.fromEntries(
      Object.entries(numbers).flatMap(([name, value]) => (Number.isFinite(value) ? [[name, value + 0]] : [])),
    ),
    because,
    mend,
    isHarmless,
  };
}

/** JSON has no -0 either. */
function plain(value: number | string | null): number | string | null {
  return typeof value === "number" ? value + 0 : value;
}
