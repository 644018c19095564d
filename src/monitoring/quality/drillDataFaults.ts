import { InputError } from "../../core/InputError.js";
import type { Random } from "../../core/random/Random.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import type { Interval } from "../../core/statistics/Interval.js";
import { selectRows, type Table } from "../../core/Table.js";
import { dataFaults } from "./dataFaults.js";
import { fitReference, type ReferenceProfile } from "./incoming/fitReference.js";
import { dataFaultNames, type DataFaultName } from "./incoming/IncomingReport.js";
import { inspectIncoming } from "./incoming/inspectIncoming.js";
import type { RowColumns } from "./incoming/RowColumns.js";

/** How drills of data faults are made. */
export interface DataDrillOptions extends RowColumns {
  /** What the monitor is fitted on. */
  readonly reference: Table;
  /** Clean rows that windows are cut from, in the order in which they came. */
  readonly clean: Table;
  /** Required; equal streams give equal drills. */
  readonly random: Random;
  /** Windows with each fault (default 20). */
  readonly drills?: number;
  /** Windows without any (default 200). */
  readonly cleanWindows?: number;
  /** Rows of a window, least and most (default 200 to 1,000). */
  readonly windowRows?: readonly [number, number];
  /** Default all. */
  readonly faults?: readonly DataFaultName[];
  /** As of inspectIncoming. */
  readonly alpha?: number;
}

/** Windows of one kind of fault. */
export interface DataDrill {
  readonly fault: DataFaultName;
  readonly planted: number;
  /** Windows in which a fault of this kind, or one of the column with the fault, was found. */
  readonly stopped: number;
  /** Those in which it was called by its kind. */
  readonly named: number;
  readonly share: Interval;
  /** Columns of the windows that were let through. */
  readonly missed: readonly string[];
}

/** What became of planted faults, and of clean windows. */
export interface DataDrills {
  readonly drills: readonly DataDrill[];
  readonly clean: {
    readonly windows: number;
    readonly falseAlarms: number;
    readonly share: Interval;
    /** What was raised, by kind and column. */
    readonly raised: readonly string[];
  };
}

/**
 * Plants faults into clean windows and counts how many a monitor stops, with exact intervals, and how many clean
 * windows it raises anything of.
 *
 * @throws InputError if clean rows are fewer than a window has, or as fitReference and dataFaults
 */
export function drillDataFaults({
  reference,
  clean,
  random,
  drills = 20,
  cleanWindows = 200,
  windowRows = [200, 1000],
  faults = dataFaultNames,
  alpha,
  ...rowColumns
}: DataDrillOptions): DataDrills {
  const [least, most] = [windowRows[0], Math.min(windowRows[1], clean.numRows)];
  if (!(least >= 100 && least <= most))
    throw new InputError({
      where: "drillDataFaults",
      must: `clean rows must fill a window of at least ${Math.max(100, least)}`,
      got: `${clean.numRows} rows, windows of ${windowRows.join(" to ")}`,
      mend: "give more clean rows, or smaller windows of 100 or more",
    });
  const profile = fitReference(reference, rowColumns);
  const windowOf = (own: Random): Table => {
    const rows = least + Math.floor(own() * (most - least + 1));
    const from = Math.floor(own() * (clean.numRows - rows + 1));
    return selectRows(
      clean,
      Uint32Array.from({ length: rows }, (_, i) => from + i),
    );
  };
  return {
    drills: faults.map((fault) =>
      drillOf(fault, profile, { alpha, windows: drills, windowOf, random: random.fork(fault) }),
    ),
    clean: cleanOf(profile, { alpha, windows: cleanWindows, windowOf, random: random.fork("clean") }),
  };
}

interface Windows {
  readonly alpha: number | undefined;
  readonly windows: number;
  readonly windowOf: (random: Random) => Table;
  readonly random: Random;
}

function drillOf(
  fault: DataFaultName,
  profile: ReferenceProfile,
  { alpha, windows, windowOf, random }: Windows,
): DataDrill {
  const missed: string[] = [];
  let named = 0;
  for (let i = 0; i < windows; i++) {
    const own = random.fork(i);
    const { table, column } = dataFaults[fault](windowOf(own.fork("window")), own.fork("fault"), profile.rowColumns);
    const { findings } = inspectIncoming(table, profile, { alpha });
    const isNamed = findings.some((one) => one.fault === fault);
    if (isNamed) named++;
    else if (column === null || !findings.some((one) => one.column === column)) missed.push(column ?? "rows");
  }
  const stopped = windows - missed.length;
  return { fault, planted: windows, stopped, named, share: clopperPearson(stopped, windows), missed };
}

function cleanOf(profile: ReferenceProfile, { alpha, windows, windowOf, random }: Windows): DataDrills["clean"] {
  const raised: string[] = [];
  let falseAlarms = 0;
  for (let i = 0; i < windows; i++) {
    const { findings } = inspectIncoming(windowOf(random.fork(i)), profile, { alpha });
    if (findings.length > 0) falseAlarms++;
    raised.push(...findings.map(({ fault, column, because }) => `${fault} of ${column ?? "rows"}: ${because}`));
  }
  return { windows, falseAlarms, share: clopperPearson(falseAlarms, windows), raised };
}
