import { findReagent, type ReagentList } from "../../chemistry/reagentList.js";
import { outcomeFields } from "../../chemistry/recipeSchema.js";
import { convertUnit, quantityOf, unitsOf, widthInNanometre } from "../../chemistry/units.js";
import type { RowNote } from "../../core/RowNote.js";
import type { Table } from "../../core/Table.js";
import { cellAt } from "./cellAt.js";
import { type Ion, ions, mappedSchema } from "./ColumnMap.js";
import type { MapEntry } from "./mapEntries.js";
import type { MappedFault } from "./MappedFault.js";
import { mappedMixture, type MeasuredReagent } from "./mappedMixture.js";
import { shortUnit } from "./shortUnit.js";

/** A row of a table, what is read of it, and what takes notes. */
export interface RowContext {
  readonly table: Table;
  readonly row: number;
  readonly repaired: RowNote[];
  readonly entries: readonly MapEntry[];
  readonly reagents: ReagentList;
}

type ColumnEntry = Extract<MapEntry, { readonly kind: "column" }>;
type ReagentEntry = Extract<MapEntry, { readonly kind: "reagent" }>;
type RowFault = Omit<MappedFault, "row">;
/** A row in our columns, why it is left out, or why it cannot be true. */
export type MappedRow =
  | { readonly values: Readonly<Record<string, number | string>>; readonly unmodelled: readonly string[] }
  | { readonly header: string; readonly value: string; readonly why: string }
  | RowFault;

/** Reads one row of a table by the entries of its map. */
export function readMappedRow(context: RowContext): MappedRow {
  const { entries, reagents } = context;
  const columns = entries.flatMap((one) => (one.kind === "column" ? [one] : []));
  const texts = columns.flatMap((one) =>
    one.field.kind === "category" ? [[one.column, textOf(context, one)] as const] : [],
  );
  const numbers = numbersOfRow(
    context,
    columns.filter(({ field }) => field.kind === "number"),
  );
  for (const one of columns) {
    const fault = one.field.kind === "number" ? rangeFault(context, one, numbers) : undefined;
    if (fault !== undefined) return fault;
  }
  const measured: MeasuredReagent[] = [];
  for (const one of entries) {
    if (one.kind !== "reagent") continue;
    const { value, text } = numberOf(context, one);
    const amount = Number.isNaN(value) && one.empty && text.trim() === "" ? 0 : value;
    if (amount < 0)
      return {
        column: one.header,
        must: "an amount must be from 0 on",
        got: `${text} ${one.unit} of ${one.reagent.name}`,
        mend: "mend the cell, or empty it: a row without an amount of caesium, lead or bromide is left out",
      };
    const solvent = entries.find((other) => other.kind === "solvent" && other.reagent === one.reagent);
    measured.push({ ...one, value: amount, ...(solvent?.kind === "solvent" ? { solvent: solvent.solvent } : {}) });
  }
  const mixed = mappedMixture(measured, numbers, reagents);
  if ("why" in mixed) return mixed;
  const known = Object.fromEntries(Object.entries(numbers).filter(([, value]) => !Number.isNaN(value)));
  const named = Object.fromEntries(texts.filter(([, text]) => text !== ""));
  const values = { ...mixed.columns, ...known, ...named } as Record<string, number | string>;
  if (mixed.notes.length > 0 && otherHalide(measured) !== undefined) {
    const { header, value, reagent } = otherHalide(measured)!;
    return { header, value: String(value), why: `${reagent.name} brings another halide: outside the Cs-Pb-Br system` };
  }
  const absent = ions.find((ion) => Number.isNaN(values[`${ion}Molar`] as number));
  if (absent !== undefined)
    return { header: headerOf(entries, absent), value: "", why: `the amount of ${absent} is missing` };
  checkRatios(context, numbers, mixed.columns, values);
  return (
    derivedFault(values, known, measured) ??
    chargeFault(context, values, measured) ?? { values, unmodelled: mixed.notes }
  );
}

function otherHalide(measured: readonly MeasuredReagent[]): MeasuredReagent | undefined {
  return measured.find(
    ({ reagent, value }) => value > 0 && ((reagent.ions.iodide ?? 0) > 0 || (reagent.ions.chloride ?? 0) > 0),
  );
}

function headerOf(entries: readonly MapEntry[], ion: Ion): string {
  const isOfIon = (one: MapEntry): boolean =>
    one.kind === "column"
      ? one.column === `${ion}Molar` || one.column === `${ion}LeadRatio`
      : one.kind === "reagent" && (one.reagent.ions[ion] ?? 0) > 0;
  return entries.find(isOfIon)?.header ?? `${ion}Molar`;
}

/** Number of an entry, times its factor, in the entry's unit; what cannot be read is missing, and noted. */
function numberOf(
  { table, row, repaired }: RowContext,
  { header, unit, factor, constant }: ColumnEntry | ReagentEntry,
): { readonly value: number; readonly text: string } {
  if (constant !== undefined) return { value: Number(constant) * factor, text: String(constant) };
  const { text, number } = cellAt(table, row, header, unit);
  if (number === undefined) {
    repaired.push({
      row: row + 1,
      column: header,
      came: text,
      made: "missing",
      why: `no number${unit === "1" ? "" : ` in ${unit}`}`,
    });
    return { value: Number.NaN, text };
  }
  if (number.why !== "")
    repaired.push({
      row: row + 1,
      column: header,
      came: text,
      made: Number.isNaN(number.value) ? "missing" : `${number.value}${unit === "1" ? "" : ` ${unit}`}`,
      why: number.why,
    });
  return { value: number.value * factor, text };
}

/** Numbers of a row in our units. Widths of light in eV need the peak, a spread in nm needs the size. */
function numbersOfRow(context: RowContext, entries: readonly ColumnEntry[]): Readonly<Record<string, number>> {
  const numbers: Record<string, number> = {};
  const later: (() => void)[] = [];
  for (const one of entries) {
    const { column, field, unit } = one;
    const { value } = numberOf(context, one);
    const width = column === "photoluminescenceWidthNanometre" && quantityOf(unit) === "energy";
    const spread = column === "sizeDispersionPercent" && quantityOf(unit) === "length";
    if (width)
      later.push(() => {
        numbers[column] = widthInNanometre(
          convertUnit(value, unit, "eV"),
          numbers.photoluminescencePeakNanometre ?? Number.NaN,
        );
      });
    else if (spread)
      later.push(() => {
        numbers[column] = (100 * convertUnit(value, unit, "nm")) / (numbers.sizeNanometre ?? Number.NaN);
      });
    else numbers[column] = Number.isNaN(value) ? value : convertUnit(value, unit, field.unit);
  }
  later.forEach((compute) => compute());
  return numbers;
}

/** Of what goes in: a value that no recipe has. An outcome out of range is missing, and noted. */
function rangeFault(
  { table, row, repaired }: RowContext,
  entry: ColumnEntry,
  numbers: Readonly<Record<string, number>>,
): RowFault | undefined {
  const { column, field, header, unit, factor, constant } = entry;
  const value = numbers[column];
  const { min = -Infinity, max = Infinity } = field;
  if (Number.isNaN(value) || (value >= min && value <= max)) return undefined;
  const came = constant === undefined ? cellAt(table, row, header, unit).text : String(constant);
  if (Object.hasOwn(outcomeFields, column)) {
    (numbers as Record<string, number>)[column] = Number.NaN;
    repaired.push({
      row: row + 1,
      column: header,
      came: `${came} ${unit}`,
      made: "missing",
      why: `${column} lies from ${min} to ${max} ${field.unit}`,
    });
    return undefined;
  }
  const fits = (other: string): boolean => {
    const converted = convertUnit(Number(came) * factor, other, field.unit);
    return converted >= min && converted <= max;
  };
  const others = Number.isFinite(Number(came))
    ? unitsOf(quantityOf(unit)!).filter((other) => other !== unit && fits(other))
    : [];
  return {
    column: header,
    must: `${column} must be from ${min} to ${max}${field.unit === "1" ? "" : ` ${field.unit}`}`,
    got: `${came}${unit === "1" ? "" : ` ${unit}`}`,
    mend: meant(others.map(shortUnit)),
  };
}

function meant(units: readonly string[]): string {
  return units.length === 0
    ? "mend the cell, or empty it"
    : `was ${units.slice(0, 2).join(" or ")} meant? then write that unit in the map; else mend the cell, or empty it`;
}

/** Concentrations that no recipe has, of amounts and volumes that one could. */
function derivedFault(
  values: Readonly<Record<string, number | string>>,
  given: Readonly<Record<string, number>>,
  measured: readonly MeasuredReagent[],
): RowFault | undefined {
  for (const [column, { kind, min = -Infinity, max = Infinity, unit }] of Object.entries(mappedSchema)) {
    const value = values[column];
    if (kind !== "number" || typeof value !== "number" || column in given) continue;
    if (Number.isNaN(value) || (value >= min && value <= max)) continue;
    const part = column.replace(/Molar$|LeadRatio$/, "");
    const sources = measured.filter(
      ({ reagent }) => (({ ...reagent.ions, ...reagent.ligands }) as Record<string, number>)[part] > 0,
    );
    const smaller: Readonly<Record<string, string>> = {
      "mol/L": "mM",
      mol: "mmol",
      mmol: "µmol",
      g: "mg",
      L: "mL",
      mL: "µL",
    };
    return {
      column: sources[0]?.header ?? measured[0]?.header ?? column,
      must: `${column} must be from ${min} to ${max}${unit === "1" ? "" : ` ${unit}`}`,
      got: `${Number(value.toPrecision(4))}${unit === "1" ? "" : ` ${unit}`}, from ${(sources.length === 0
        ? measured
        : sources
      )
        .map(({ header, value: own, unit: ownUnit }) => `${header} ${own} ${ownUnit}`)
        .join(", ")}`,
      mend: meant(sources.flatMap((one) => (Object.hasOwn(smaller, one.unit) ? [smaller[one.unit]] : []))),
    };
  }
  return undefined;
}

/** By how much charges may be off: weighing, and rounded numbers. */
const chargeTolerance = 0.02;

/**
 * Bromide needs as many charges as caesium, lead and protonated amines have. It is judged where the table tells
 * bromide by itself and what else brings it, by its name or by the amines; a salt brings its own charge.
 */
function chargeFault(
  { entries, reagents }: RowContext,
  values: Readonly<Record<string, number | string>>,
  measured: readonly MeasuredReagent[],
): RowFault | undefined {
  const isBare = entries.some(
    (one) =>
      (one.kind === "column" && ["bromideMolar", "bromideLeadRatio"].includes(one.column)) ||
      (one.kind === "reagent" && one.reagent.name === "bromide"),
  );
  const named = String(values.bromideSource ?? "");
  const others = (text: string): boolean =>
    text.split("+").some((name) => {
      const reagent = findReagent(reagents, name);
      return reagent === null || !((reagent.ions.caesium ?? 0) > 0 || (reagent.ions.lead ?? 0) > 0);
    });
  const hasSalt = measured.some(
    ({ reagent, value }) => value > 0 && reagent.name !== "bromide" && (reagent.ions.bromide ?? 0) > 0,
  );
  if (!isBare || hasSalt || (named !== "" && others(named))) return undefined;
  const number = (column: string): number => Number(values[column] ?? Number.NaN);
  const amines = named === "" ? number("oleylamineMolar") + number("otherAmineMolar") : 0;
  const limit = number("caesiumMolar") + 2 * number("leadMolar") + amines;
  if (!(number("bromideMolar") > limit * (1 + chargeTolerance))) return undefined;
  const told = (value: number): string => `${Number(value.toPrecision(4))} mol/L`;
  return {
    column: headerOf(entries, "bromide"),
    must: "charges must balance: bromide is at most caesium + 2 lead + amines, unless a salt or acid brings more",
    got: `bromide ${told(number("bromideMolar"))} against ${told(limit)}`,
    mend: "mend the amounts, or name what brings the rest (bromideSource, or the amount of its salt)",
  };
}

/** A ratio that the table tells beside the amounts is that of the amounts. */
function checkRatios(
  { row, repaired, entries }: RowContext,
  numbers: Readonly<Record<string, number>>,
  counted: Readonly<Record<string, number | string>>,
  values: Record<string, number | string>,
): void {
  for (const column of ["caesiumLeadRatio", "bromideLeadRatio"]) {
    const [told, found] = [numbers[column], Number(counted[column])];
    if (!(Math.abs(told - found) > 0.02 * Math.abs(found))) continue;
    values[column] = found;
    const header = entries.find((one) => one.kind === "column" && one.column === column)!.header;
    repaired.push({
      row: row + 1,
      column: header,
      came: String(told),
      made: String(Number(found.toPrecision(6))),
      why: "computed again from the amounts",
    });
  }
}

/** Text of an entry as its column has it: a phase or a route that there is not is missing, and noted. */
function textOf(
  { table, row, repaired }: RowContext,
  { column, field, header, constant, values }: ColumnEntry,
): string {
  const came = constant === undefined ? cellAt(table, row, header, "1").text : String(constant);
  const text = (Object.hasOwn(values, came) ? values[came] : came).trim();
  if (column === "doi") return text.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, "").toLowerCase();
  // A day with its hour is that day.
  if (column === "date") return /^\d{4}-\d\d-\d\d(?=[ T])/.exec(text)?.[0] ?? text;
  if (text === "" || field.levels === undefined || field.levels.includes(text)) return text;
  repaired.push({
    row: row + 1,
    column: header,
    came,
    made: "missing",
    why:
      `no ${column}: name it under "values" in the map, ` +
      `one of ${field.levels.filter((level) => level !== "").join(", ")}`,
  });
  return "";
}
