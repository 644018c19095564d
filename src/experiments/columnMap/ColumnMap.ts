import * as z from "zod";
import { designFields, recipeSchema } from "../../chemistry/recipeSchema.js";
import { InputError } from "../../core/InputError.js";
import type { Schema } from "../../core/Schema.js";

/** Columns that a table can be mapped to. */
export const mappedSchema: Schema = { ...recipeSchema, ...designFields };

/**
 * What a number says of a reagent, as column maps write it. An "amount" is what went in (mol, g, or L of the liquid as
 * it is sold); "stock volume" and "stock concentration" are those of a solution of it, and belong together; a
 * "concentration" is in all liquid together; "per lead" and "per caesium" are mol/mol.
 */
export const reagentMeasures = [
  "amount",
  "stock volume",
  "stock concentration",
  "concentration",
  "per lead",
  "per caesium",
] as const;

/** One of `reagentMeasures`. */
export type ReagentMeasure = (typeof reagentMeasures)[number];

interface OwnColumn {
  /** Column of ours, by its name in the recipe schema. */
  readonly column: string;
  /** Unit of the numbers (default that of the column). */
  readonly unit?: string;
  /** Multiplies the numbers. */
  readonly factor?: number;
}

interface ReagentColumn {
  /**
   * Name, alias or formula of a reagent; or an ion (caesium, lead, bromide)
   * or a liquid of which the volume is all that is known (antisolvent, polar solvent, solvent).
   */
  readonly reagent: string;
  readonly as: ReagentMeasure;
  readonly unit: string;
  readonly factor?: number;
}

interface OfHeader {
  /** As it stands in the table. */
  readonly header: string;
  /** What is not certain: to be looked at and deleted. */
  readonly unsure?: string;
}

/** What the texts of a header stand for: a text in the table, and the one that it means; "" is missing. */
type Texts = Readonly<Record<string, string>>;

/** What one header of a table means. */
export type ColumnUse =
  | (OfHeader & OwnColumn & { readonly values?: Texts })
  | (OfHeader & ReagentColumn & { readonly empty?: "none" })
  | (OfHeader & { readonly ignored: true });

/** What holds for every row, and no header says. */
export type ColumnConstant =
  | (OwnColumn & { readonly value: number | string })
  | (ReagentColumn & { readonly value: number })
  | { readonly reagent: string; readonly as: "stock solvent"; readonly value: string };

/** How a table that somebody else wrote becomes one of recipes: FILE.columns.json. */
export interface ColumnMap {
  readonly format: typeof columnMapFormat;
  /** One for each header, in the order of the table. */
  readonly columns: readonly ColumnUse[];
  readonly constants: readonly ColumnConstant[];
}

/** First line of every file of a column map. */
export const columnMapFormat = "twin-columns-1";

const factor = z
  .number()
  .refine((value) => value > 0, "must be above 0")
  .optional();
const column = z.enum(Object.keys(mappedSchema));
const ofHeader = { header: z.string(), unsure: z.string().optional() };
const own = { column, unit: z.string().optional(), factor };
const reagent = { reagent: z.string().min(1), as: z.enum(reagentMeasures), unit: z.string(), factor };
const use = z.union([
  z.strictObject({ ...ofHeader, ...own, values: z.record(z.string(), z.string()).optional() }),
  z.strictObject({ ...ofHeader, ...reagent, empty: z.literal("none").optional() }),
  z.strictObject({ ...ofHeader, ignored: z.literal(true) }),
]);
const constant = z.union([
  z.strictObject({ ...own, value: z.union([z.number(), z.string()]) }),
  z.strictObject({ ...reagent, value: z.number() }),
  z.strictObject({ reagent: z.string().min(1), as: z.literal("stock solvent"), value: z.string().min(1) }),
]);
const schema = z.strictObject({
  format: z.literal(columnMapFormat),
  columns: z.array(z.unknown()),
  constants: z.array(z.unknown()).default([]),
});

/**
 * A column map from the value of its JSON file.
 *
 * @param where  file that messages name
 * @throws InputError naming the entry: no such column, a key that there is not, a header or a column of ours twice
 */
export function parseColumnMap(value: unknown, where: string): ColumnMap {
  const { success, data, error } = schema.safeParse(value);
  if (!success) throw refusal(where, "the file", error, value);
  const columns = data.columns.map((one, i) => {
    const parsed = use.safeParse(one);
    if (!parsed.success) throw refusal(where, nameOf(one, i), parsed.error, one);
    return parsed.data;
  });
  const constants = data.constants.map((one, i) => {
    const parsed = constant.safeParse(one);
    if (!parsed.success) throw refusal(where, `constant ${i + 1}`, parsed.error, one);
    return parsed.data;
  });
  checkOnce(
    columns.map(({ header }) => `header "${header}"`),
    where,
    "remove one of its entries",
  );
  checkOnce(
    [...columns, ...constants].flatMap((one) => ("column" in one ? [`column ${one.column}`] : [])),
    where,
    'keep the entry of one header and write "ignored": true for the others',
  );
  checkOnce(
    [...columns, ...constants].flatMap((one) => ("reagent" in one ? [`${one.as} of "${one.reagent}"`] : [])),
    where,
    'keep the entry of one header and write "ignored": true for the others',
  );
  return { format: columnMapFormat, columns, constants };
}

function nameOf(entry: unknown, place: number): string {
  const header = typeof entry === "object" && entry !== null && "header" in entry ? entry.header : undefined;
  return typeof header === "string" ? `header "${header}"` : `entry ${place + 1} of columns`;
}

function refusal(where: string, entry: string, error: z.ZodError, got: unknown): InputError {
  const named = typeof got === "object" && got !== null && "column" in got ? String(got.column) : undefined;
  if (named !== undefined && !Object.hasOwn(mappedSchema, named))
    return new InputError({
      where: `${where}, ${entry}`,
      must: "column must name a column of ours",
      got: `"${named}"`,
      mend: `choose among ${Object.keys(mappedSchema).join(", ")}`,
    });
  const measure = typeof got === "object" && got !== null && "as" in got ? String(got.as) : undefined;
  if (measure !== undefined && ![...reagentMeasures, "stock solvent"].includes(measure))
    return new InputError({
      where: `${where}, ${entry}`,
      must: `as must be one of ${reagentMeasures.join(", ")}`,
      got: `"${measure}"`,
      mend: "say what its numbers measure",
    });
  return new InputError({
    where: `${where}, ${entry}`,
    must:
      'must be {"header", "column", "unit"}, {"header", "reagent", "as", "unit"} or {"header", "ignored": true}, ' +
      `in a file of {"format": "${columnMapFormat}", "columns": [...], "constants": [...]}`,
    got: `${JSON.stringify(got)?.slice(0, 200) ?? "nothing"} (${z.prettifyError(error).split("\n")[0]})`,
    mend: "write a new one with `twin data map`, and edit that",
  });
}

function checkOnce(names: readonly string[], where: string, mend: string): void {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return;
  throw new InputError({ where, must: "must name each header and each meaning once", got: `${twice} twice`, mend });
}

/** The text of the file of a map: one line for each header, to be edited by hand. */
export function columnMapText({ format, columns, constants }: ColumnMap): string {
  const lines = (entries: readonly object[]): string =>
    entries.length === 0 ? "[]" : `[\n${entries.map((one) => `    ${JSON.stringify(one)}`).join(",\n")}\n  ]`;
  const parts = [
    `"format": ${JSON.stringify(format)}`,
    `"columns": ${lines(columns)}`,
    `"constants": ${lines(constants)}`,
  ];
  return `{\n${parts.map((part) => `  ${part}`).join(",\n")}\n}\n`;
}
