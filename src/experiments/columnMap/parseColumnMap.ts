import * as z from "zod";
import { InputError } from "../../core/InputError.js";
import { type ColumnConstant, type ColumnMap, columnMapFormat, type ColumnUse } from "./ColumnMap.js";
import { mappedSchema, reagentMeasures } from "./ColumnMap.js";

const factor = z
  .number()
  .refine((value) => value > 0, "must be above 0")
  .optional();
const ofHeader = { header: z.string(), unsure: z.string().optional() };
const own = { column: z.enum(Object.keys(mappedSchema)), unit: z.string().optional(), factor };
const reagent = {
  reagent: z.string().min(1),
  as: z.enum(reagentMeasures),
  unit: z.string(),
  in: z.string().optional(),
  factor,
};

/** Kinds of entries, by the key that tells them: so a message names what is wrong with the kind that was meant. */
const uses: Readonly<Record<string, z.ZodType<ColumnUse>>> = {
  column: z.strictObject({ ...ofHeader, ...own, values: z.record(z.string(), z.string()).optional() }),
  reagent: z.strictObject({ ...ofHeader, ...reagent, empty: z.literal("none").optional() }),
  ignored: z.strictObject({ ...ofHeader, ignored: z.literal(true), why: z.string().optional() }),
  undecided: z.strictObject({ header: z.string(), undecided: z.string() }),
};
const constants: Readonly<Record<string, z.ZodType<ColumnConstant>>> = {
  column: z.strictObject({ ...own, value: z.union([z.number(), z.string()], "must be a number or a text") }),
  reagent: z.strictObject({ ...reagent, value: z.number() }),
  "stock solvent": z.strictObject({
    reagent: z.string().min(1),
    as: z.literal("stock solvent"),
    value: z.string().min(1),
  }),
};
const file = z.strictObject({
  format: z.literal(columnMapFormat),
  columns: z.array(z.unknown()),
  constants: z.array(z.unknown()).default([]),
});

/**
 * A column map from the value of its JSON file.
 *
 * @param where  file that messages name
 * @throws InputError naming the entry and its key: no such column, a key that there is not, a header or a column of
 *   ours twice
 */
export function parseColumnMap(value: unknown, where: string): ColumnMap {
  const { success, data, error } = file.safeParse(value);
  if (!success) throw refusal(where, "the file", error, value);
  const columns = data.columns.map((one, i) => entry(one, uses, where, nameOf(one, i)));
  const held = data.constants.map((one, i) => entry(one, constants, where, `constant ${i + 1}`));
  const ignore = 'keep the entry of one header and write "ignored": true for the others';
  checkOnce(
    columns.map(({ header }) => `header "${header}"`),
    where,
    "remove one of its entries",
  );
  checkOnce(
    [...columns, ...held].flatMap((one) => ("column" in one ? [`column ${one.column}`] : [])),
    where,
    ignore,
  );
  checkOnce(
    [...columns, ...held].flatMap((one) => ("reagent" in one ? [`${one.as} of "${one.reagent}"`] : [])),
    where,
    ignore,
  );
  return { format: columnMapFormat, columns, constants: held };
}

function entry<Value>(
  one: unknown,
  kinds: Readonly<Record<string, z.ZodType<Value>>>,
  where: string,
  name: string,
): Value {
  const keys = typeof one === "object" && one !== null ? one : {};
  const solvent = "as" in keys && keys.as === "stock solvent" ? kinds["stock solvent"] : undefined;
  const kind = solvent ?? kinds[Object.keys(kinds).find((key) => key in keys) ?? ""];
  const parsed = kind?.safeParse(one);
  if (parsed?.success === true) return parsed.data;
  throw refusal(where, name, parsed?.error, one);
}

function nameOf(one: unknown, place: number): string {
  const header = typeof one === "object" && one !== null && "header" in one ? one.header : undefined;
  return typeof header === "string" ? `header "${header}"` : `entry ${place + 1} of columns`;
}

const forms =
  '{"header", "column", "unit"}, {"header", "reagent", "as", "unit"} or {"header", "ignored": true}, ' +
  `in a file of {"format": "${columnMapFormat}", "columns": [...], "constants": [...]}`;

function refusal(where: string, name: string, error: z.ZodError | undefined, got: unknown): InputError {
  const at = `${where}, ${name}`;
  const shown = JSON.stringify(got)?.slice(0, 200) ?? "nothing";
  const issue = error?.issues[0];
  if (issue === undefined || issue.path.length + (issue.code === "unrecognized_keys" ? 1 : 0) === 0)
    return new InputError({ where: at, must: `must be ${forms}`, got: shown, mend: newOne });
  if (issue.code === "unrecognized_keys")
    return new InputError({
      where: at,
      must: "must have no other keys than those of its kind",
      got: `"${issue.keys[0]}" in ${shown}`,
      mend: "remove or mend that key",
    });
  const key = String(issue.path[0]);
  const held: unknown = typeof got === "object" && got !== null ? Reflect.get(got, key) : undefined;
  const [must, mend] = {
    column: ["column must name a column of ours", `choose among ${Object.keys(mappedSchema).join(", ")}`],
    as: [`as must be one of ${reagentMeasures.join(", ")}`, "say what its numbers measure"],
    format: [`format must be "${columnMapFormat}"`, newOne],
  }[key] ?? [
    `${key} must be as its kind of entry has it: ${issue.message.replace(/^Invalid input: /, "")}`,
    "mend that key",
  ];
  return new InputError({ where: at, must, got: JSON.stringify(held)?.slice(0, 200) ?? `no ${key}`, mend });
}

const newOne = "write a new one with `twin data map`, and edit that";

function checkOnce(names: readonly string[], where: string, mend: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name))
      throw new InputError({ where, must: "must name each header and each meaning once", got: `${name} twice`, mend });
    seen.add(name);
  }
}
