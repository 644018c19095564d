import { InputError } from "../../core/InputError.js";
import type { Field } from "../../core/Schema.js";
import { isCategory, type Table } from "../../core/Table.js";
import type { ExchangeFolder, ExchangeTable } from "./ExchangeTable.js";
import { licenceFiles } from "./licenceFiles.js";
import { notHeldFile } from "./notHeldFile.js";
import type { SynthesisForm } from "./Synthesis.js";
import { synthesisForm } from "./synthesisForms.js";

/** Columns by which a reaction is known again. */
const identifying: readonly string[] = ["experiment", "source", "sourceRow"];

/** Key of the one analysis that measurements belong to. */
const analysis = "as the table tells";

/**
 * A table of syntheses as a dataset of the Open Reaction Database: the JSON of its Dataset message, each row a reaction
 * with inputs, conditions and outcomes.
 *
 * @throws InputError if the table is not one of syntheses, or no row tells what went in
 */
export async function openReactionFolder(exchange: ExchangeTable): Promise<ExchangeFolder> {
  const { name, content, table, licence, origin, citation } = exchange;
  const form = synthesisForm(table);
  if (form === null)
    throw new InputError({
      where: name,
      must: "must be a table of syntheses, with what went in, for the Open Reaction Database",
      got: "another one",
      mend: "choose --format frictionless or croissant",
    });
  const rows = Array.from({ length: table.numRows }, (_, row) => row);
  const reactions = rows.flatMap((row) => reactionOf(table, form, row) ?? []);
  if (reactions.length === 0)
    throw new InputError({
      where: name,
      must: "must tell in some row how much of a compound went in",
      got: `${table.numRows} rows that do not`,
      mend: "choose --format frictionless or croissant",
    });
  const held = new Set([...form.reads, ...form.measures, ...identifying]);
  const others = Object.keys(table.schema).filter((column) => !held.has(column));
  const lost = table.numRows - reactions.length;
  const notHeld = [
    ...(others.length === 0 ? [] : [`Columns: ${others.join(", ")}.`]),
    "Numbers to the last bit: its numbers are of single precision, some 7 digits.",
    "That a number is missing: a compound, a condition or a measurement is then absent, as a compound is of which " +
      "there is none (0).",
    "Units, ranges and meanings of measurements: they stand as words in `details` of each.",
    ...form.simplified,
    "Structures: compounds are known by the names of the table alone.",
    "Provenance: the database asks for the person who makes the record and for the day, which nobody told; licence " +
      "and source stand in the description of the dataset.",
    ...(lost === 0 ? [] : [`Rows that tell of no compound how much went in: ${lost} of ${table.numRows}.`]),
  ];
  const from = origin === null ? "" : ` From ${origin}; ${citation}.`;
  const dataset = { name, description: `${content}.${from} Licence: ${licence}.`, reactions };
  return Promise.resolve({
    files: {
      "dataset.json": `${JSON.stringify(dataset, null, 1)}\n`,
      ...licenceFiles(exchange),
      ...notHeldFile("the Open Reaction Database", notHeld),
    },
    notHeld,
  });
}

/** One row as a reaction; null where it tells of no compound how much went in. */
function reactionOf(table: Table, form: SynthesisForm, row: number): object | null {
  const compounds = form.inputs(row);
  if (compounds.length === 0) return null;
  const [celsius, second] = [form.celsius(row), form.second(row)];
  const measurements = form.measures.flatMap((column) => measurementOf(table, column, row) ?? []);
  const identifiers = identifying.flatMap((column) => {
    const value = valueAt(table, column, row);
    return value === null ? [] : [{ type: "CUSTOM", details: column, value: String(value) }];
  });
  return {
    identifiers,
    inputs: Object.fromEntries(
      compounds.map(({ input, name, amount, role }) => [
        input,
        { components: [{ identifiers: [{ type: "NAME", value: name }], amount, reactionRole: role }] },
      ]),
    ),
    ...(Number.isNaN(celsius)
      ? {}
      : { conditions: { temperature: { setpoint: { value: celsius, units: "CELSIUS" } } } }),
    outcomes: [
      {
        ...(Number.isNaN(second) ? {} : { reactionTime: { value: second, units: "SECOND" } }),
        products: [
          {
            identifiers: [{ type: "NAME", value: form.product(row) ?? "product that was not determined" }],
            measurements,
            reactionRole: "PRODUCT",
          },
        ],
        analyses: { [analysis]: { type: "CUSTOM", details: "measured as the source of the table says" } },
      },
    ],
  };
}

function measurementOf(table: Table, column: string, row: number): object | null {
  const value = valueAt(table, column, row);
  if (value === null) return null;
  const told = typeof value === "number" ? { floatValue: { value } } : { stringValue: value };
  return { analysisKey: analysis, type: "CUSTOM", details: detailsOf(column, table.schema[column]), ...told };
}

function detailsOf(column: string, { kind, unit, meaning }: Field): string {
  return `${column}${kind === "number" ? ` [${unit}]` : ""}${meaning === "" ? "" : `: ${meaning}`}`;
}

/** The value of a cell; null where it is missing, or there is no such column. */
function valueAt({ columns }: Table, name: string, row: number): number | string | null {
  if (!Object.hasOwn(columns, name)) return null;
  const column = columns[name];
  if (isCategory(column)) return column.levels[column.codes[row]] || null;
  return Number.isNaN(column[row]) ? null : column[row];
}
