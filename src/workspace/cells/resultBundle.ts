import { inspect } from "node:util";
import type { CellValue, ShownTable } from "../../core/ShownTable.js";
import type { MimeBundle } from "../notebooks/Notebook.js";
import { bundle, isFigure } from "./display.js";
import { htmlTable } from "./htmlTable.js";

/** The method by which a value says how notebooks show it, as Deno's kernel and libraries made for it have it. */
export const displayMethod: symbol = Symbol.for("Jupyter.display");

const mostRows = 20;
const mostColumns = 30;

/**
 * The value of a cell's last expression as a notebook shows it. A value with a method `Symbol.for("Jupyter.display")`
 * says so itself, by a MIME bundle; a figure is drawn; records in a list, a table and a data frame become an HTML
 * table of their first rows; what has a `toHtml` is shown by it. The plain text is there always, alike on every
 * machine: texts as they are, all else as `util.inspect` has it.
 */
export async function resultBundle(value: unknown): Promise<MimeBundle> {
  if (typeof value === "string") return { "text/plain": value };
  const text = plainText(value);
  if (typeof value !== "object" || value === null) return { "text/plain": text };
  const own = (value as Record<symbol, unknown>)[displayMethod];
  if (typeof own === "function") return { "text/plain": text, ...((await own.call(value)) as MimeBundle) };
  if (isFigure(value)) return bundle(value);
  const { toHtml } = value as { readonly toHtml?: unknown };
  if (typeof toHtml === "function") return { "text/html": String(await toHtml.call(value)), "text/plain": text };
  const table = tableOf(value);
  return table === null ? { "text/plain": text } : { "text/html": htmlTable(table).html, "text/plain": text };
}

function plainText(value: unknown): string {
  // What a timer says of itself is a time of this run.
  if (isTimer(value)) return `[${value.constructor.name}]`;
  try {
    return inspect(value, {
      colors: false,
      depth: 4,
      maxArrayLength: 100,
      maxStringLength: 10_000,
      breakLength: 100,
      compact: 3,
    });
  } catch (error) {
    return `[a value that cannot be printed: ${error instanceof Error ? error.message : String(error)}]`;
  }
}

function isTimer(value: unknown): value is NodeJS.Timeout | NodeJS.Immediate {
  return typeof value === "object" && value !== null && ("_onTimeout" in value || "_onImmediate" in value);
}

function tableOf(value: object): ShownTable | null {
  const rows = recordsOf(value);
  if (rows === null) return null;
  const names = [...new Set(rows.first.flatMap((row) => Object.keys(row)))];
  if (names.length === 0 || names.length > mostColumns) return null;
  const shown = rows.first.length < rows.count ? `, the first ${rows.first.length}` : "";
  return {
    caption: `${rows.count.toLocaleString("en-US")} ${rows.count === 1 ? "row" : "rows"}${shown}`,
    columns: names.map((name) => ({ name })),
    rows: rows.first.map((row) => names.map((name) => cellValue(row[name]))),
  };
}

interface Records {
  readonly first: readonly Readonly<Record<string, unknown>>[];
  readonly count: number;
}

/** The first rows of a list of plain objects, of a table as this package has it, or of a danfo.js data frame. */
function recordsOf(value: object): Records | null {
  if (Array.isArray(value)) {
    if (value.length === 0 || !value.every(isRecord)) return null;
    return { first: value.slice(0, mostRows), count: value.length };
  }
  const { numRows, columns, values } = value as Readonly<Record<"numRows" | "columns" | "values", unknown>>;
  if (typeof numRows === "number" && isRecord(columns)) {
    const lists = Object.entries(columns).map(([name, column]) => [name, listOf(column)] as const);
    const row = (at: number): Record<string, unknown> =>
      Object.fromEntries(lists.map(([name, list]) => [name, list(at)]));
    return { first: Array.from({ length: Math.min(mostRows, numRows) }, (_, at) => row(at)), count: numRows };
  }
  if (!Array.isArray(columns) || !Array.isArray(values) || !values.every(Array.isArray)) return null;
  const names = columns.map(String);
  const first = (values as unknown[][]).slice(0, mostRows);
  return {
    first: first.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]]))),
    count: values.length,
  };
}

/** Reads a column of a table, whose categories are codes into levels. */
function listOf(column: unknown): (at: number) => unknown {
  const { codes, levels } = column as { readonly codes?: Uint8Array; readonly levels?: readonly string[] };
  if (codes !== undefined && levels !== undefined) return (at) => levels[codes[at]];
  return (at) => (column as ArrayLike<unknown>)[at];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // A cell may have made it in another realm, whose Object is not ours.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function cellValue(value: unknown): CellValue {
  if (value === undefined || value === null) return null;
  if (typeof value === "number" || typeof value === "string") return value;
  return inspect(value, { colors: false, depth: 1, breakLength: Infinity, maxArrayLength: 6 });
}
