import { InputError } from "../../core/InputError.js";
import type { Field } from "../../core/Schema.js";
import type { Column, Table } from "../../core/Table.js";
import { isCategory, makeTable, numbersOf, rowsWhere, selectColumns, selectRows } from "../../core/Table.js";
import { csvBytes } from "../../io/tables/csvBytes.js";
import type { ExchangeFolder, ExchangeTable } from "./ExchangeTable.js";
import { licenceFiles } from "./licenceFiles.js";
import { notHeldFile } from "./notHeldFile.js";

/** Stands for an empty text: what is read without a header takes an empty cell for a number that is missing. */
const emptyOption = "(empty)";

/** A column of fewer values is no parameter. */
const leastValues = 2;

/**
 * A table as a dataset of Olympus: parameters and one number that is sought, without a header, as its planners read it.
 *
 * @throws InputError if the table has no such number, or nothing that is set and varies
 */
export async function olympusFolder(exchange: ExchangeTable): Promise<ExchangeFolder> {
  const { name, content, table, licence, origin, citation, roles } = exchange;
  const target = targetOf(exchange);
  const sought = numbersOf(table, target);
  const told = selectRows(
    table,
    rowsWhere(table, (row) => !Number.isNaN(sought[row])),
  );
  const inputs = roles.inputs.filter((column) => Object.hasOwn(table.schema, column) && column !== target);
  const reasons = new Map(inputs.map((column) => [column, whyLeftOut(told.columns[column])]));
  const parameters = inputs.filter((column) => reasons.get(column) === null);
  if (parameters.length === 0)
    throw new InputError({
      where: name,
      must: "must have a column of what is set that is told in every row and varies",
      got: inputs.length === 0 ? "no column of what is set" : `none of ${inputs.join(", ")}`,
      mend: "choose another format",
    });
  const held = withOptions(selectColumns(told, [...parameters, target]));
  const config = {
    constraints: { parameters: "none", measurements: "none", known: "yes" },
    parameters: parameters.map((column) => parameterOf(column, table.schema[column], held.columns[column])),
    measurements: [{ name: target, type: "continuous" }],
    default_goal: "maximize",
  };
  const others = Object.keys(table.schema).filter((column) => !inputs.includes(column) && column !== target);
  const emptied = parameters.filter((column) => hasEmpty(told.columns[column]));
  const leftOut = inputs.flatMap((column) => {
    const why = reasons.get(column);
    return why === null || why === undefined ? [] : [`${column} (${why})`];
  });
  const lost = table.numRows - told.numRows;
  const notHeld = [
    "Names, units, ranges and meanings of columns stand in config.json and description.txt, not in data.csv; " +
      "units in words only.",
    ...(others.length === 0 ? [] : [`Columns that are neither set nor sought: ${others.join(", ")}.`]),
    ...(leftOut.length === 0 ? [] : [`Columns of what is set: ${leftOut.join(", ")}.`]),
    ...(lost === 0 ? [] : [`Rows where ${target} is missing: ${lost} of ${table.numRows}.`]),
    ...(emptied.length === 0
      ? []
      : [`That a text is missing: it is an option like any other, "${emptyOption}", of ${emptied.join(", ")}.`]),
    "Provenance: licence and source stand in description.txt, and no row says where it comes from.",
    `What is aimed at: Olympus asks for it, and "maximize" was written without anybody having said so.`,
  ];
  const description = [
    content,
    "",
    ...(origin === null ? [] : [`From ${origin}; ${citation}.`]),
    `Licence: ${licence}.`,
    "",
    `Number of samples: ${held.numRows}`,
    "Features:",
    ...parameters.map((column) => line(column, table.schema[column])),
    "Targets:",
    line(target, table.schema[target]),
    "",
  ].join("\n");
  return {
    files: {
      "data.csv": await csvBytes(held, { where: "data.csv", header: false }),
      "config.json": `${JSON.stringify(config, null, 2)}\n`,
      "description.txt": description,
      ...licenceFiles(exchange),
      ...notHeldFile("Olympus", notHeld),
    },
    notHeld,
  };
}

function targetOf({ name, table, roles: { target } }: ExchangeTable): string {
  const got =
    target === null
      ? "none of its own accord"
      : !Object.hasOwn(table.schema, target)
        ? `"${target}", which it does not have`
        : table.schema[target].kind === "number"
          ? null
          : `"${target}", a column of texts`;
  if (got === null) return target!;
  const numbers = Object.entries(table.schema).flatMap(([column, { kind }]) => (kind === "number" ? [column] : []));
  throw new InputError({
    where: name,
    must: "must have a number that is sought, for Olympus",
    got,
    mend: `name one with --target: ${numbers.slice(0, 30).join(", ")}`,
  });
}

/** Why a column cannot be a parameter; null where it can. */
function whyLeftOut(column: Column): string | null {
  if (isCategory(column)) return new Set(column.codes).size < leastValues ? "the same in all rows" : null;
  const missing = column.filter((value) => Number.isNaN(value)).length;
  if (missing > 0) return missing === column.length ? "missing in all rows" : `missing in ${missing} rows`;
  return new Set(column).size < leastValues ? "the same in all rows" : null;
}

function hasEmpty(column: Column): boolean {
  return isCategory(column) && column.codes.some((code: number) => column.levels[code] === "");
}

/** Empty texts as an option with a name. */
function withOptions({ schema, columns }: Table): Table {
  const named = Object.entries(columns).map(([name, column]): [string, Column] => [
    name,
    isCategory(column)
      ? {
          codes: column.codes,
          levels: column.levels.map((level) => (level === "" ? freeOption(column.levels) : level)),
        }
      : column,
  ]);
  return makeTable(schema, Object.fromEntries(named));
}

/** An option that no row has by its own text. */
function freeOption(levels: readonly string[]): string {
  let option = emptyOption;
  while (levels.includes(option)) option = `(${option})`;
  return option;
}

/** With the range of the schema where all values are in it, else with their own. */
function parameterOf(name: string, { min, max }: Field, column: Column): object {
  if (isCategory(column)) {
    const used = new Set(column.codes);
    return { name, type: "categorical", options: column.levels.filter((_, code) => used.has(code)), descriptors: [] };
  }
  const ordered = Float64Array.from(column).sort();
  const [least, most] = [ordered[0], ordered[ordered.length - 1]];
  return {
    name,
    type: "continuous",
    low: min !== undefined && min <= least ? min : least,
    high: max !== undefined && max >= most ? max : most,
  };
}

function line(name: string, { kind, unit, meaning }: Field): string {
  return `    ${name}: ${meaning === "" ? "not described" : meaning}${kind === "number" ? ` [${unit}]` : ""}`;
}
