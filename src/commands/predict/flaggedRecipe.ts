import type { ReagentList } from "../../chemistry/reagentList.js";
import { quantityOf, convertUnit, unitsOf } from "../../chemistry/units.js";
import { InputError } from "../../core/InputError.js";
import { numberPattern } from "../../core/parseNumber.js";
import { plainUnit } from "../../core/plainUnit.js";
import type { Table } from "../../core/Table.js";
import { tableFromRows } from "../../core/tableFromRows.js";
import { tidyText } from "../../core/tidyText.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";
import { flagText, type RecipeFlag, type RecipeFlags, recipeFlags } from "./recipeFlags.js";

/**
 * A recipe from values with units on the command line: `{ lead: "5mM", temperature: "170C" }`. Bromide that is not
 * given follows from the amounts of the salts that bring it; where no bromide source is named, lead is taken to come as
 * its bromide, and `onNote` is told so.
 *
 * @returns a table of one row
 * @throws InputError naming the flag, if a value has no unit or one of another kind, is beyond the range of its column
 *   (with the units in which it would lie within), or bromide neither stands there nor follows
 */
export async function flaggedRecipe(
  given: RecipeFlags,
  {
    reagents,
    onNote = () => undefined,
  }: { readonly reagents?: ReagentList; readonly onNote?: (note: string) => void } = {},
): Promise<Table> {
  const values: Record<string, number | string> = {};
  for (const one of recipeFlags) {
    const text = given[one.name];
    if (text !== undefined)
      values[one.column] = recipeColumns[one.column].kind === "number" ? valueOf(one, text) : nameOf(one, text);
  }
  const isAssumed = (values.bromideSource ?? "") === "";
  // Without lead there is nothing to derive it from, and lead is asked for first.
  if (values.bromideMolar === undefined && (values.leadMolar !== undefined || !isAssumed)) {
    if (isAssumed) values.bromideSource = usualSource;
    values.bromideMolar = await bromideOf(values, reagents);
    if (isAssumed)
      onNote(
        `assumed: lead comes as ${usualSource}, which makes ` +
          `${Number((1e3 * values.bromideMolar).toPrecision(4))} mM of bromide in all; ` +
          "--bromide or --bromide-source says otherwise",
      );
  }
  return tableFromRows(recipeColumns, [values]);
}

const usualSource = "lead bromide";

const quantity = new RegExp(`^(${numberPattern})\\s*(.*)$`);

function valueOf(one: RecipeFlag, text: string): number {
  const flag = flagText(one);
  const { unit, min = -Infinity, max = Infinity } = recipeColumns[one.column];
  const refuse = (must: string, mend: string): InputError =>
    new InputError({ where: flag, must, got: `"${text}"`, mend });
  const example = `write for example ${flag} ${one.example}`;
  const [, number, , , own] = quantity.exec(tidyText(text).replace(/^[\u2212\u2013]/, "-")) ?? [];
  const value = Number(number);
  if (number === undefined || !Number.isFinite(value))
    throw refuse(unit === "1" ? "must be a number" : "must be a number with its unit", example);
  const kind = quantityOf(unit)!;
  const units = unitsOf(kind).map(short);
  if (own === "" && unit !== "1") throw refuse(`must have its unit, one of ${units.join(", ")}`, example);
  const from = own === "" ? "1" : plainUnit(own);
  const found = from === undefined ? undefined : quantityOf(from);
  if (from === undefined || found !== kind)
    throw refuse(
      unit === "1" ? "must be a share or a ratio, with % or without a unit" : `must be in one of ${units.join(", ")}`,
      kind === "concentration" && (found === "amount" || found === "mass" || found === "volume")
        ? `divide by the volume of all liquid, ${example}; a table with a column map counts amounts and volumes itself`
        : example,
    );
  const converted = Number(convertUnit(value, from, unit).toPrecision(12));
  if (converted >= min && converted <= max) return converted;
  const meant = unitsOf(kind)
    .filter((other) => other !== from)
    .filter((other) => convertUnit(value, other, unit) >= min && convertUnit(value, other, unit) <= max)
    .map(short);
  const inUnit = unit === "1" ? "" : ` ${unit}`;
  throw refuse(
    `must be from ${min} to ${max}${inUnit}`,
    meant.length === 0 ? example : `was ${meant.slice(0, 2).join(" or ")} meant? then write that unit`,
  );
}

/** As chemists write it. */
function short(unit: string): string {
  return { "mol/L": "M", "mmol/L": "mM", "µmol/L": "µM", "°C": "C", "°F": "F" }[unit] ?? unit;
}

function nameOf(one: RecipeFlag, text: string): string {
  const { levels } = recipeColumns[one.column];
  const name = tidyText(text);
  if (levels === undefined || levels.includes(name)) return name;
  const known = levels.find((level) => level.toLowerCase() === name.toLowerCase());
  if (known !== undefined) return known;
  throw new InputError({
    where: flagText(one),
    must: `must be one of ${levels.map((level) => `"${level}"`).join(", ")}`,
    got: `"${text}"`,
    mend: "write one of them",
  });
}

/** Bromide of salts that are named, whose lead or caesium is known. */
async function bromideOf(
  values: Readonly<Record<string, number | string>>,
  reagents: ReagentList | undefined,
): Promise<number> {
  const refuse = (got: string): InputError =>
    new InputError({
      where: "--bromide",
      must: "must be given, or follow from salts of lead and caesium that are named",
      got,
      mend:
        "write it, for example --bromide 12mM, or name all that brings it: " +
        '--bromide-source "lead bromide" has two for each lead',
    });
  const named = [values.bromideSource, values.caesiumSource].map((text) => (text === undefined ? "" : String(text)));
  const { builtInReagents, findReagent } = await import("../../chemistry/reagentList.js");
  const list = reagents ?? builtInReagents;
  const sources = named.map((text) => text.split("+").filter((name) => name.trim() !== ""));
  const salts = new Map(
    sources.flatMap((names, i) =>
      names.flatMap((name) => {
        const reagent = findReagent(list, name);
        // What brings caesium alone is no source of bromide.
        if (i === 1 && !((reagent?.ions.bromide ?? 0) > 0)) return [];
        return [[reagent?.name ?? name, reagent] as const];
      }),
    ),
  );
  let bromide = 0;
  const counted = new Set<string>();
  const amounts = { lead: values.leadMolar, caesium: values.caesiumMolar };
  for (const [name, salt] of salts) {
    const metal = (["lead", "caesium"] as const).find((ion) => (salt?.ions[ion] ?? 0) > 0);
    const per = salt?.ions.bromide ?? 0;
    if (salt === null || metal === undefined || !(per > 0)) throw refuse(`"${name}", of which no amount is known`);
    const amount = amounts[metal];
    if (typeof amount !== "number") throw refuse(`"${name}" without --${metal}`);
    if (counted.has(metal)) throw refuse(`two salts of ${metal}, of which only the sum is known`);
    counted.add(metal);
    bromide += (amount * per) / salt.ions[metal]!;
  }
  return bromide;
}
