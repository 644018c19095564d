import { convertUnit, quantityOf } from "../../chemistry/units.js";
import { InputError } from "../../core/InputError.js";
import type { Random } from "../../core/random/Random.js";
import {
  categoryColumn,
  type Column,
  isCategory,
  makeTable,
  type NumberColumn,
  numbersOf,
  selectColumns,
  selectRows,
  type Table,
  textsOf,
} from "../../core/Table.js";
import type { DataFaultName } from "./incoming/IncomingReport.js";
import { missingFlags } from "./incoming/missingFlags.js";
import { lookedAt, type RowColumns } from "./incoming/RowColumns.js";
import { lotNames, lotProfile } from "./incoming/lotProfile.js";

/** A table with a planted fault, and where it is. */
export interface PlantedFault {
  readonly table: Table;
  /** Null where whole rows are concerned. */
  readonly column: string | null;
  /** From 0; empty: all. */
  readonly rows: readonly number[];
}

/** How a fault is planted into a clean table. */
export type PlantFault = (table: Table, random: Random, rowColumns: RowColumns) => PlantedFault;

/** Mistakes that are made with units: what a column was written in, by the unit that it should have. */
const mistakenUnits: Readonly<Record<string, readonly string[]>> = {
  "°C": ["K", "°F"],
  s: ["min", "h"],
  "mol/L": ["mmol/L"],
  mL: ["µL", "L"],
  nm: ["Å", "µm"],
  "1": ["%"],
  "%": ["1"],
};

/**
 * Faults as they happen, one way to plant each into a clean table of at least 100 rows: for drills, and to see what an
 * alarm looks like. Which column and rows is drawn.
 *
 * Each throws an InputError where a table has no column that could have the fault.
 */
export const dataFaults: Readonly<Record<DataFaultName, PlantFault>> = {
  /** A column is dropped, or came as texts. */
  schema(table, random, rowColumns) {
    const names = numberNames(table, rowColumns);
    const name = pick(names, random, "schema");
    if (random() < 0.5)
      return {
        table: selectColumns(
          table,
          Object.keys(table.columns).filter((one) => one !== name),
        ),
        column: name,
        rows: [],
      };
    const texts = Array.from(numbersOf(table, name), (value) =>
      Number.isNaN(value) ? "" : `~${value.toPrecision(3)}`,
    );
    return { table: withColumn(table, name, categoryColumn(texts)), column: name, rows: [] };
  },
  /** An instrument divided by zero. */
  infinite(table, random, rowColumns) {
    const name = pick(numberNames(table, rowColumns), random, "infinite");
    const rows = someRows(table, 1 + Math.floor(3 * random()), random);
    return changed(table, name, rows, () => (random() < 0.5 ? Infinity : -Infinity));
  },
  /** From one row on, or throughout, another unit was written. */
  unit(table, random, rowColumns) {
    const names = numberNames(table, rowColumns).filter((name) => {
      const { unit } = table.schema[name];
      const column = numbersOf(table, name);
      const telling = column.filter((value) => Number.isFinite(value) && value !== 0).length;
      return (
        quantityOf(unit) !== undefined &&
        Object.hasOwn(mistakenUnits, unit) &&
        isShared(name, unit) &&
        telling > 0.3 * column.length
      );
    });
    const name = pick(names, random, "unit");
    const { unit } = table.schema[name];
    const other = pick(mistakenUnits[unit], random, "unit");
    const begin = random() < 0.5 ? 0 : Math.floor(0.5 * random() * table.numRows);
    const column = numbersOf(table, name);
    const rows = rowsFrom(begin, table.numRows);
    return changed(table, name, rows, (row) => convertUnit(column[row], unit, other));
  },
  /** A decimal point was lost, or a number stands for "not measured". */
  range(table, random, rowColumns) {
    const names = numberNames(table, rowColumns).filter((name) => (table.schema[name].min ?? -Infinity) > -900);
    const name = pick(names, random, "range");
    const { max } = table.schema[name];
    const rows = someRows(table, 1 + Math.floor(3 * random()), random);
    const wrong = random() < 0.5 || max === undefined ? -999 : 10 * max;
    return changed(table, name, rows, () => wrong);
  },
  /** An instrument stopped reporting, for good or now and then. */
  missing(table, random, rowColumns) {
    const names = numberNames(table, rowColumns).filter((name) => presentShare(table.columns[name]) > 0.7);
    const name = pick(names, random, "missing");
    const share = 0.3 + 0.5 * random();
    const isForGood = random() < 0.5;
    const begin = Math.floor((1 - share) * table.numRows);
    const rows = isForGood ? rowsFrom(begin, table.numRows) : rowsFrom(0, table.numRows).filter(() => random() < share);
    return changed(table, name, rows, () => Number.NaN);
  },
  /** Something was used, or written, that nobody has used before. */
  category(table, random, rowColumns) {
    const names = lookedAt(table, rowColumns).filter((name) => {
      const column = table.columns[name];
      // Where many texts come anyway, one more is no news.
      return isCategory(column) && new Set(column.codes).size <= Math.min(40, 0.1 * table.numRows);
    });
    const name = pick(names, random, "category");
    const rows = someRows(table, 1 + Math.floor(5 * random()), random);
    const texts = textsOf(table, name);
    for (const row of rows) texts[row] = "never seen before";
    return { table: withColumn(table, name, categoryColumn(texts)), column: name, rows };
  },
  /** A default was filled in. */
  constant(table, random, rowColumns) {
    const name = pick(variedNames(table, rowColumns), random, "constant");
    const column = numbersOf(table, name);
    const value = Array.from(column).filter((one) => !Number.isNaN(one))[0];
    return changed(table, name, rowsFrom(0, table.numRows), () => value);
  },
  /** An instrument stands still for twenty to sixty rows. */
  stuck(table, random, rowColumns) {
    const name = pick(variedNames(table, rowColumns), random, "stuck");
    const run = Math.min(20 + Math.floor(40 * random()), table.numRows >> 1);
    const begin = Math.floor(random() * (table.numRows - run));
    const rows = rowsFrom(begin, begin + run);
    const column = numbersOf(table, name);
    const first = rows.find((row) => !Number.isNaN(column[row])) ?? rows[0];
    return changed(table, name, rows, () => column[first]);
  },
  /** Ten to forty rows were exported twice, the second time under another name and time. */
  repeat(table, random) {
    const run = Math.min(10 + Math.floor(30 * random()), table.numRows >> 2);
    const from = Math.floor(random() * (table.numRows - 2 * run));
    const to = from + run + Math.floor(random() * (table.numRows - from - 2 * run + 1));
    const order = Uint32Array.from({ length: table.numRows }, (_, row) =>
      row >= to && row < to + run ? row - to + from : row,
    );
    return { table: selectRows(table, order), column: null, rows: rowsFrom(to, to + run) };
  },
  /** From a row on the clock stands where it stood long before. */
  clock(table, random, { time }) {
    const name = required(time, "clock", "time");
    const column = table.columns[name];
    const begin = Math.floor((0.3 + 0.6 * random()) * table.numRows);
    const rows = rowsFrom(begin, Math.min(table.numRows, begin + 5 + Math.floor(20 * random())));
    // Days and numbers: both in order as they stand.
    const back = (year: string): string => String(Number(year) - 1);
    if (!isCategory(column)) {
      const reach = column[table.numRows - 1] - column[0];
      return changed(table, name, rows, (row) => column[row] - Math.max(1, reach));
    }
    const texts = textsOf(table, name);
    for (const row of rows) texts[row] = texts[row].replace(/^\d{4}/, back);
    return { table: withColumn(table, name, categoryColumn(texts)), column: name, rows };
  },
  /** A bottle was changed: under a new name, or under the old one with another content. */
  lot(table, random, rowColumns) {
    const name = required(rowColumns.lot, "lot", "lot");
    const begin = Math.floor((0.2 + 0.6 * random()) * table.numRows);
    const rows = rowsFrom(begin, table.numRows);
    const { quantities } = lotProfile(table, { lot: name, numbers: numberNames(table, rowColumns) });
    if (random() < 0.5 && quantities.length > 0) {
      const { name: quantity } = pick(quantities, random, "lot");
      const column = numbersOf(table, quantity);
      return changed(table, quantity, rows, (row) => column[row] * 0.94);
    }
    const lots = lotNames(table.columns[name]).map((lot, row) => (row >= begin ? "new lot" : lot));
    return { table: withColumn(table, name, categoryColumn(lots)), column: name, rows };
  },
};

/** Columns of numbers that are data. */
function numberNames(table: Table, rowColumns: RowColumns): string[] {
  return lookedAt(table, rowColumns).filter((name) => !isCategory(table.columns[name]));
}

/** Those whose values are mostly there and mostly different. */
function variedNames(table: Table, rowColumns: RowColumns): string[] {
  return numberNames(table, rowColumns).filter((name) => {
    const column = numbersOf(table, name);
    const present = column.filter((value) => !Number.isNaN(value));
    return present.length > 0.5 * column.length && new Set(present).size > 0.5 * column.length;
  });
}

/** Ratios are numbers of the same unit as shares, and nobody writes them in percent. */
function isShared(name: string, unit: string): boolean {
  return unit !== "1" || !name.toLowerCase().includes("ratio");
}

function presentShare(column: Column): number {
  const flags = missingFlags(column);
  return flags.filter((flag) => flag === 0).length / Math.max(1, flags.length);
}

function changed(table: Table, name: string, rows: readonly number[], value: (row: number) => number): PlantedFault {
  const column = Float64Array.from(numbersOf(table, name));
  for (const row of rows) column[row] = value(row);
  return { table: withColumn(table, name, column), column: name, rows };
}

function withColumn(table: Table, name: string, column: Column | NumberColumn): Table {
  const field = table.schema[name];
  const kind = isCategory(column) ? "category" : "number";
  const schema = { ...table.schema, [name]: kind === field.kind ? field : { kind, unit: "", meaning: field.meaning } };
  return makeTable(schema as Table["schema"], { ...table.columns, [name]: column });
}

function rowsFrom(begin: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - begin) }, (_, i) => begin + i);
}

function someRows(table: Table, count: number, random: Random): number[] {
  const rows = new Set<number>();
  while (rows.size < Math.min(count, table.numRows)) rows.add(Math.floor(random() * table.numRows));
  return [...rows].sort((a, b) => a - b);
}

function pick<Value>(values: readonly Value[], random: Random, fault: DataFaultName): Value {
  if (values.length > 0) return values[Math.floor(random() * values.length)];
  throw new InputError({
    where: `dataFaults, ${fault}`,
    must: "the table must have a column that can have this fault",
    got: "none",
    mend: "leave this fault out, or give a table with more columns",
  });
}

function required(name: string | undefined, fault: DataFaultName, what: string): string {
  if (name !== undefined) return name;
  throw new InputError({
    where: `dataFaults, ${fault}`,
    must: `a column of ${what}s must be named`,
    got: "none",
    mend: `give ${what}: the name of that column`,
  });
}
