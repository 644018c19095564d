import { extname } from "node:path";
import { z } from "zod";
import { formulaElements, formulaMass } from "../chemistry/formulaElements.js";
import type { MixturePart } from "../chemistry/mixture.js";
import { type ReagentIons, type ReagentRole, reagentRoles } from "../chemistry/Reagent.js";
import {
  builtInReagents,
  extendReagents,
  findReagent,
  type ReagentEntry,
  type ReagentList,
} from "../chemistry/reagentList.js";
import { InputError } from "../core/InputError.js";
import { projectName } from "../io/projectPath.js";
import { readJson } from "../io/readText.js";
import { readRawCsv } from "../io/tables/readRawCsv.js";

/**
 * The built-in reagents with those of a user's file, which take the place of built-in ones of the same name; the
 * list's `overridden` names these. A molar mass that is left out is that of the formula.
 *
 * @param path  .json (an array of entries as docs/reagents.md shows) or .csv (one entry a row)
 * @param options.onNote  takes a sentence that names the built-in reagents replaced, if any
 * @throws InputError naming the entry and the field: what is not of the format, a role without what it promises, a
 *   molar mass that is not the formula's, more ions than the formula has atoms, a name or alias that already means
 *   another reagent
 */
export async function readReagents(
  path: string,
  { onNote = () => undefined }: { readonly onNote?: (note: string) => void } = {},
): Promise<ReagentList> {
  const where = projectName(path);
  const found = extname(path).toLowerCase() === ".json" ? await readJson(path) : await entriesOfCsv(path);
  const parsed = z.array(entry).min(1).safeParse(found);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const [place, ...field] = issue.path;
    throw new InputError({
      where: [where, ...(typeof place === "number" ? [entryName(found, place)] : []), ...field].join(", "),
      must: "every entry must be of the format",
      got: issue.message,
      mend: "correct it; docs/reagents.md shows the format",
    });
  }
  const entries = parsed.data.map((one) => completed(one, where));
  const list = extendReagents(builtInReagents, entries, { where });
  for (const reagent of list.reagents)
    for (const field of ["dilutedWith", "impurity"] as const) {
      const other = reagent[field] === undefined ? undefined : findReagent(list, reagent[field]);
      if (other === undefined || (other !== null && other !== reagent)) continue;
      throw new InputError({
        where: `${where}, reagent "${reagent.name}", ${field}`,
        must: "must name another reagent of the list",
        got: `"${reagent[field]}"`,
        mend: 'name it as the list does ("water"), or add an entry for it',
      });
    }
  if (list.overridden.length > 0)
    onNote(`${where} takes the place of built-in reagents: ${list.overridden.join(", ")}.`);
  return list;
}

const count = z.number().min(0).max(100);
const text = z.string().trim().min(1);
const entry = z.strictObject({
  name: text,
  aliases: z.array(text).optional(),
  formula: text.nullable().optional(),
  molarMass: z.number().positive().max(100_000).nullable().optional(),
  density: z.number().positive().max(25).nullable().optional(),
  purity: z.number().positive().max(1).nullable().optional(),
  ions: z
    .strictObject({ caesium: count, lead: count, bromide: count, iodide: count, chloride: count })
    .partial()
    .optional(),
  ligands: z
    .strictObject({ oleicAcid: count, otherAcid: count, oleylamine: count, otherAmine: count })
    .partial()
    .optional(),
  role: z.enum(reagentRoles),
  dilutedWith: text.optional(),
  impurity: text.optional(),
  ambiguous: z.record(text, text).optional(),
  polarity: z
    .strictObject({
      relative: z.number().min(-0.1).max(1.2),
      dielectric: z.number().min(1).max(250),
      hydrogenBonding: z.number().min(0).max(60),
    })
    .optional(),
  source: text.optional(),
});

function entryName(found: unknown, place: number): string {
  const name = (found as readonly { readonly name?: unknown }[])[place]?.name;
  return typeof name === "string" ? `entry ${place + 1} ("${name}")` : `entry ${place + 1}`;
}

const ionElements: Readonly<Record<keyof ReagentIons, string>> = {
  caesium: "Cs",
  lead: "Pb",
  bromide: "Br",
  iodide: "I",
  chloride: "Cl",
};

/** What a role promises; without it the reagent would count as nothing. */
const broughtByRole: Readonly<Partial<Record<ReagentRole, readonly MixturePart[]>>> = {
  "caesium source": ["caesium"],
  "lead source": ["lead"],
  "bromide source": ["bromide"],
  acid: ["oleicAcid", "otherAcid"],
  amine: ["oleylamine", "otherAmine"],
};

/** An entry whose numbers agree with its formula. */
function completed(given: z.infer<typeof entry>, where: string): ReagentEntry {
  const { formula, molarMass, ions = {} } = given;
  const refuse = (field: string, must: string, got: string): InputError =>
    new InputError({
      where: `${where}, reagent "${given.name}", ${field}`,
      must,
      got,
      mend: "correct the entry; docs/reagents.md shows the format",
    });
  const brought = { ...ions, ...given.ligands };
  const needs = broughtByRole[given.role] ?? [];
  if (needs.length > 0 && !needs.some((part) => (brought[part] ?? 0) > 0))
    throw refuse(
      needs.some((part) => part in ionElements) ? "ions" : "ligands",
      `an entry in the role "${given.role}" must bring ${needs.join(" or ")}`,
      "none",
    );
  if ((given.dilutedWith ?? given.impurity) !== undefined && typeof given.purity !== "number")
    throw refuse("purity", "must be given of what comes with another substance", "none");
  if (formula === undefined || formula === null) return given;
  const elements = formulaElements(formula);
  if (elements === null) throw refuse("formula", "must be elements with counts, as Pb(CH3COO)2·3H2O", `"${formula}"`);
  const mass = formulaMass(formula)!;
  if (molarMass !== undefined && molarMass !== null && Math.abs(molarMass - mass) > massTolerance * mass)
    throw refuse("molarMass", `must be that of ${formula}, ${mass.toFixed(2)} g/mol`, String(molarMass));
  for (const [ion, number] of Object.entries(ions)) {
    const atoms = elements.get(ionElements[ion as keyof ReagentIons]) ?? 0;
    if (number > atoms) throw refuse(`ions.${ion}`, `must not exceed the ${atoms} atoms of ${formula}`, String(number));
  }
  return { ...given, molarMass: molarMass ?? mass };
}

/** By which a rounded molar mass may differ from the sum of its elements. */
const massTolerance = 2e-3;

/** Columns of a CSV that are no field of their own: counts of ions and ligands, and polarity, stand in such columns. */
const groups = {
  ions: ["caesium", "lead", "bromide", "iodide", "chloride"],
  ligands: ["oleicAcid", "otherAcid", "oleylamine", "otherAmine"],
  polarity: ["relative", "dielectric", "hydrogenBonding"],
} as const;
const numberFields: ReadonlySet<string> = new Set(["molarMass", "density", "purity"]);

async function entriesOfCsv(path: string): Promise<unknown[]> {
  const { numRows, columns } = await readRawCsv(path);
  const value = (column: string, cell: string): unknown => {
    if (column === "aliases") return cell.split(";");
    const isNumber = numberFields.has(column) || Object.values(groups).some((names) => isOneOf(names, column));
    // What is no number is left for the format to refuse, by its name.
    return isNumber && cell.trim() !== "" && Number.isFinite(Number(cell)) ? Number(cell) : cell;
  };
  return Array.from({ length: numRows }, (_, row) => {
    const found: Record<string, unknown> = {};
    for (const [column, cells] of Object.entries(columns)) {
      const cell = cells[row];
      if (cell === null) continue;
      const group = Object.entries(groups).find(([, names]) => isOneOf(names, column))?.[0];
      if (group === undefined) found[column] = value(column, cell);
      else found[group] = { ...(found[group] as object | undefined), [column]: value(column, cell) };
    }
    return found;
  });
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
