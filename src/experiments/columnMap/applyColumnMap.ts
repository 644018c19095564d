import { findReagent, type ReagentList } from "../../chemistry/reagentList.js";
import type { Reagent } from "../../chemistry/Reagent.js";
import { outcomeFields } from "../../chemistry/recipeSchema.js";
import { convertUnit, quantityOf, unitsOf, widthInNanometre } from "../../chemistry/units.js";
import { columnNames } from "../../core/columnNames.js";
import { InputError, type InputFault } from "../../core/InputError.js";
import { shortText } from "../../core/shortText.js";
import type { Field } from "../../core/Schema.js";
import type { Table } from "../../core/Table.js";
import { tableFromRows } from "../../core/tableFromRows.js";
import type { RowNote } from "../../core/RowNote.js";
import type { LoadedTable } from "../LoadedTable.js";
import { cellAt } from "./cellAt.js";
import { requireRows } from "./requireRows.js";
import { type UndecidedHeader, undecidedHeaders } from "./undecidedHeaders.js";
import { type ColumnConstant, type ColumnMap, type ColumnUse, mappedSchema, type ReagentMeasure } from "./ColumnMap.js";
import { headerUnit } from "./headerUnit.js";
import { bareReagents, mappedMixture, type MeasuredReagent } from "./mappedMixture.js";

/** A row that cannot be true, as a message and by its place. */
export interface MappedFault extends Omit<InputFault, "where"> {
  /** Counted from 1. */
  readonly row: number;
  /** Of the table. */
  readonly column: string;
}

/** A table that was mapped, with what its map left open. */
export interface MappedTable extends LoadedTable {
  /** Headers that the map still calls unsure. */
  readonly unsure: readonly string[];
  /** Headers that are not read, and of which nobody has said that they need not be. */
  readonly undecided: readonly string[];
  /** Rows that cannot be true. */
  readonly refused: number;
}

/** What a table is mapped with, and how messages name it. */
export interface ApplyColumnMapOptions {
  readonly reagents: ReagentList;
  /** The table and its map as messages name them. */
  readonly where: string;
  readonly mapWhere: string;
  /** Written into every row (default ""). */
  readonly source?: string;
  readonly sourceSha256?: string;
  /** Takes rows that cannot be true, which are left out then; by default the first is thrown. */
  readonly onFault?: (fault: MappedFault) => void;
}

/**
 * A table that somebody else wrote as one of recipes, by its column map. Units are converted, amounts and volumes of
 * reagents become mol per litre of all liquid, compounds become ions. Rows that do not tell their caesium, lead and
 * bromide are left out; cells that cannot be read are missing. All of it is listed.
 *
 * @throws InputError if the map does not fit the table (a header that it has not, a unit that a column cannot have, an
 *   amount where no volume is told, no recipe at all) or leaves a column of amounts undecided, if the table has no
 *   rows, or if a row cannot be true (a negative amount, a value out of range, charges that do not balance)
 */
export function applyColumnMap(
  table: Table,
  map: ColumnMap,
  { reagents, where, mapWhere, source = "", sourceSha256 = "", onFault }: ApplyColumnMapOptions,
): MappedTable {
  const entries = [...map.columns, ...map.constants].flatMap((one) => entryOf(one, reagents, mapWhere));
  requireRows(table, where);
  checkHeaders(table, map, mapWhere, where);
  const undecided = undecidedHeaders(table, map, reagents);
  checkDecided(undecided, mapWhere);
  checkWhole(entries, mapWhere);
  checkConstants(entries, mapWhere);
  checkUnitsByValues(table, entries, where, mapWhere);
  const dropped: RowNote[] = [];
  const repaired: RowNote[] = [];
  const rows: Record<string, number | string>[] = [];
  const unmodelled = new Set<string>();
  let refused = 0;
  const refuse =
    onFault ??
    (({ row, column, ...fault }: MappedFault): never => {
      throw new InputError({ ...fault, where: `${where}, row ${row}, column ${column}` });
    });
  for (let row = 0; row < table.numRows; row++) {
    const read = readRow({ table, row, repaired, entries, reagents });
    if ("why" in read) {
      dropped.push({ row: row + 1, column: read.header, came: read.value, made: "row left out", why: read.why });
      continue;
    }
    if ("must" in read) {
      refused++;
      refuse({ row: row + 1, ...read });
      continue;
    }
    read.unmodelled.forEach((name) => unmodelled.add(name));
    rows.push({ ...read.values, source, sourceSha256, sourceRow: row + 1 });
  }
  if (rows.length === 0 && table.numRows > 0 && dropped.length > 0) throw nothingLeft(dropped, where, mapWhere);
  return {
    table: tableFromRows(mappedSchema, rows),
    dropped,
    repaired,
    assumptions: [
      "Concentrations are per litre of all liquid, volumes taken as additive at 25 °C.",
      ...(unmodelled.size === 0 ? [] : [`Brings what no column counts: ${[...unmodelled].join(", ")}.`]),
    ],
    unsure: map.columns.filter((one) => "unsure" in one && one.unsure !== undefined).map(({ header }) => header),
    undecided: undecided.map(({ header }) => header),
    refused,
  };
}

/** An entry of a map with its unit and its reagent looked up. */
type Entry =
  | {
      readonly kind: "column";
      readonly column: string;
      readonly field: Field;
      readonly unit: string;
      readonly factor: number;
      readonly header: string;
      readonly constant: number | string | undefined;
      readonly values: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "reagent";
      readonly reagent: Reagent;
      readonly as: ReagentMeasure;
      readonly unit: string;
      readonly factor: number;
      readonly header: string;
      readonly constant: number | undefined;
      readonly empty: boolean;
    }
  | { readonly kind: "solvent"; readonly reagent: Reagent; readonly solvent: Reagent; readonly header: string };

function entryOf(one: ColumnUse | ColumnConstant, list: ReagentList, mapWhere: string): Entry[] {
  if ("ignored" in one || "undecided" in one) return [];
  const header =
    "header" in one ? one.header : `constant ${"column" in one ? one.column : `${one.as} of ${one.reagent}`}`;
  const where = `${mapWhere}, ${"header" in one ? `header "${one.header}"` : header}`;
  if ("column" in one) {
    const field = mappedSchema[one.column];
    const unit = field.kind === "number" ? columnUnit(one.column, one.unit ?? field.unit, where) : "";
    return [
      {
        kind: "column",
        column: one.column,
        field,
        unit,
        factor: one.factor ?? 1,
        header,
        constant: "value" in one ? one.value : undefined,
        values: "values" in one ? (one.values ?? {}) : {},
      },
    ];
  }
  const reagent = namedReagent(one.reagent, list, where);
  checkRatio(reagent, one.as, where);
  if (one.as === "stock solvent")
    return [{ kind: "solvent", reagent, solvent: namedReagent(one.value, list, where), header }];
  return [
    {
      kind: "reagent",
      reagent,
      as: one.as,
      unit: reagentUnit(reagent, one.as, one.unit, where),
      factor: one.factor ?? 1,
      header,
      constant: "value" in one ? one.value : undefined,
      empty: "empty" in one && one.empty === "none",
    },
  ];
}

function namedReagent(name: string, list: ReagentList, where: string): Reagent {
  const found = bareReagents.find((one) => one.name === name) ?? findReagent(list, name);
  if (found !== null) return found;
  throw new InputError({
    where,
    must: "reagent must be one of the list, an ion (caesium, lead, bromide) or a liquid (antisolvent, solvent)",
    got: `"${name}"`,
    mend: "mend the name, or add it to a file for --reagents (docs/reagents.md)",
  });
}

/** Units that a column may have beside those of its own quantity. */
const alsoIn: Readonly<Record<string, "energy" | "length">> = {
  photoluminescencePeakNanometre: "energy",
  photoluminescenceWidthNanometre: "energy",
  sizeDispersionPercent: "length",
};

function columnUnit(column: string, written: string, where: string): string {
  const unit = headerUnit(written) ?? written;
  const own = mappedSchema[column].unit;
  const quantity = quantityOf(unit);
  if (quantity !== undefined && (quantity === quantityOf(own) || quantity === alsoIn[column])) return unit;
  const allowed = [...unitsOf(quantityOf(own)!), ...(column in alsoIn ? unitsOf(alsoIn[column]) : [])];
  throw new InputError({
    where,
    must: `the unit of ${column} must be one of ${allowed.join(", ")}`,
    got: `"${written}"`,
    mend: "mend the unit, or name another column",
  });
}

const quantitiesOf: Readonly<Record<ReagentMeasure, readonly string[]>> = {
  amount: ["amount", "mass", "volume"],
  "stock volume": ["volume"],
  "stock concentration": ["concentration", "mass concentration"],
  concentration: ["concentration", "mass concentration"],
  "per lead": ["share"],
  "per caesium": ["share"],
};

/** The lead of lead bromide per lead is 1, whatever the table says. */
function checkRatio(reagent: Reagent, as: ReagentMeasure | "stock solvent", where: string): void {
  const ion = as === "per lead" ? "lead" : as === "per caesium" ? "caesium" : undefined;
  if (ion === undefined || !((reagent.ions[ion] ?? 0) > 0)) return;
  throw new InputError({
    where,
    must: `what is told ${as} must bring no ${ion} itself`,
    got: reagent.name,
    mend: `tell it "per ${ion === "lead" ? "caesium" : "lead"}", or name what the ratio is of`,
  });
}

function reagentUnit(reagent: Reagent, as: ReagentMeasure, written: string, where: string): string {
  const unit = headerUnit(written) ?? written;
  const quantity = quantityOf(unit);
  if (quantity === undefined || !quantitiesOf[as].includes(quantity))
    throw new InputError({
      where,
      must: `the unit of the ${as} of ${reagent.name} must measure ${quantitiesOf[as].join(" or ")}`,
      got: `"${written}"`,
      mend: 'mend the unit or "as"',
    });
  const needsMass = quantity === "mass" || quantity === "mass concentration";
  if (needsMass && reagent.molarMass === null)
    throw new InputError({
      where,
      must: "a mass must be that of a compound with a known molar mass",
      got: `"${written}" of ${reagent.name}`,
      mend: "name the compound that was weighed, or give its molar mass by --reagents",
    });
  if (as === "amount" && quantity === "volume" && reagent.density === null)
    throw new InputError({
      where,
      must: "a volume must be one of a liquid, or of a solution",
      got: `"${written}" of ${reagent.name}, which has no density in the list`,
      mend: 'write "as": "stock volume" and give its "stock concentration", by a header or under constants',
    });
  return unit;
}

function checkHeaders(table: Table, { columns }: ColumnMap, mapWhere: string, where: string): void {
  const names = columnNames(table.schema);
  const there = new Set(names);
  const absent = columns.find((one) => !there.has(one.header) && ("column" in one || "reagent" in one));
  if (absent !== undefined)
    throw new InputError({
      where: `${mapWhere}, header "${absent.header}"`,
      must: `must be a header of ${where}`,
      got: names.slice(0, 40).join(", "),
      mend: "mend the header, or write a new map with `twin data map`",
    });
}

/** What went in and was not read would change the volume and the ligands of every row. */
function checkDecided(undecided: readonly UndecidedHeader[], mapWhere: string): void {
  const [first, ...others] = undecided.filter(({ unit }) => unit !== null);
  if (first === undefined) return;
  throw new InputError({
    where: `${mapWhere}, header "${shortText(first.header)}"`,
    must: "a column of amounts must have a meaning, or be left out by you",
    got:
      `${first.why}, in ${first.unit}` +
      (others.length === 0
        ? ""
        : `; and so ${others
            .slice(0, 6)
            .map(({ header }) => `"${shortText(header)}"`)
            .join(", ")}${others.length > 6 ? ` and ${others.length - 6} more` : ""}`),
    mend:
      `in place of "undecided" write what it measures (for example "reagent": "oleic acid", "as": "amount", ` +
      `"unit": "${first.unit}"), or "ignored": true where it did not go into the reaction`,
  });
}

/** What holds for every row is refused once, not for every row. */
function checkConstants(entries: readonly Entry[], mapWhere: string): void {
  for (const one of entries) {
    if (one.kind === "solvent" || one.constant === undefined) continue;
    const refusal = (must: string, mend: string): InputError =>
      new InputError({ where: `${mapWhere}, ${one.header}`, must, got: JSON.stringify(one.constant), mend });
    if (one.kind === "column" && one.field.kind === "category") {
      const { levels } = one.field;
      if (levels !== undefined && !levels.includes(String(one.constant)))
        throw refusal(`must be one of ${levels.filter((level) => level !== "").join(", ")}`, "mend its value");
      continue;
    }
    if (typeof one.constant !== "number" || !Number.isFinite(one.constant))
      throw refusal("its value must be a number", "write the number, without its unit");
    if (one.kind === "reagent" && one.constant < 0) throw refusal("an amount must be from 0 on", "mend its value");
    if (one.kind === "reagent" || quantityOf(one.unit) !== quantityOf(one.field.unit)) continue;
    const { min = -Infinity, max = Infinity, unit } = one.field;
    const fits = (other: string): boolean => {
      const value = convertUnit(Number(one.constant) * one.factor, other, unit);
      return value >= min && value <= max;
    };
    if (fits(one.unit)) continue;
    const others = unitsOf(quantityOf(unit)!).filter(fits).map(short).slice(0, 2).join(" or ");
    throw refusal(
      `${one.column} must be from ${min} to ${max} ${unit}, and its unit is ${one.unit}`,
      `mend its value${others === "" ? "" : `; was ${others} meant?`}`,
    );
  }
}

/** What the map as a whole must tell: a recipe, once, and a volume where it has amounts. */
function checkWhole(entries: readonly Entry[], mapWhere: string): void {
  const refusal = (must: string, got: string, mend: string): InputError =>
    new InputError({ where: mapWhere, must, got, mend });
  const columns = new Set(entries.flatMap((one) => (one.kind === "column" ? [one.column] : [])));
  const measured = entries.flatMap((one) => (one.kind === "reagent" ? [one] : []));
  const brings = (ion: "caesium" | "lead" | "bromide"): string | undefined =>
    measured.find(({ reagent, as }) => (reagent.ions[ion] ?? 0) > 0 && as !== "stock concentration")?.header;
  const isGiven = (ion: "caesium" | "lead" | "bromide"): boolean =>
    columns.has(`${ion}Molar`) || brings(ion) !== undefined || columns.has(`${ion}LeadRatio`);
  const isLead =
    isGiven("lead") ||
    (columns.has("caesiumLeadRatio") && (columns.has("caesiumMolar") || brings("caesium") !== undefined));
  const lacking = (["caesium", "lead", "bromide"] as const).filter((ion) => (ion === "lead" ? !isLead : !isGiven(ion)));
  if (lacking.length > 0) {
    const outcomes = [...columns].filter((name) => Object.hasOwn(outcomeFields, name));
    const got =
      measured.length === 0 && outcomes.length > 0
        ? `outcomes only (${outcomes.join(", ")})`
        : [...columns, ...measured.map(({ as, reagent }) => `${as} of ${reagent.name}`)].join(", ") || "nothing";
    throw refusal(
      `must tell how much ${lacking.join(", ")} goes in`,
      got,
      "name the header or the constant that does: a concentration, a ratio, or the amount of a salt",
    );
  }
  for (const ion of ["caesium", "lead", "bromide"] as const)
    if (columns.has(`${ion}Molar`) && brings(ion) !== undefined)
      throw refusal(
        `must tell ${ion} once`,
        `column ${ion}Molar and header "${brings(ion)}"`,
        'write "ignored": true for one of them',
      );
  const seen = new Map<string, string>();
  for (const { reagent, as, header } of measured) {
    const key =
      as === "stock concentration" ? `concentration of the stock of ${reagent.name}` : `how much ${reagent.name}`;
    if (seen.has(key))
      throw refusal(
        `must tell the ${key} once`,
        `"${seen.get(key)}" and "${header}"`,
        'write "ignored": true for one of them',
      );
    seen.set(key, header);
    const mate =
      as === "stock volume" ? "stock concentration" : as === "stock concentration" ? "stock volume" : undefined;
    if (mate !== undefined && !measured.some((one) => one.reagent === reagent && one.as === mate))
      throw new InputError({
        where: `${mapWhere}, header "${header}"`,
        must: `the ${as} of ${reagent.name} must have its ${mate} beside it`,
        got: "none",
        mend:
          "name its header, or write under constants " +
          `{"reagent": "${reagent.name}", "as": "${mate}", "value": ..., "unit": ...}`,
      });
  }
  const amounts = measured.filter(({ as }) => as === "amount" || as === "stock volume");
  const hasVolume =
    columns.has("volumeMillilitre") ||
    amounts.some(({ reagent, as }) => as === "stock volume" || reagent.density !== null);
  if (amounts.length > 0 && !hasVolume)
    throw new InputError({
      where: `${mapWhere}, header "${amounts[0].header}"`,
      must: "amounts must have a volume to become concentrations",
      got: `${amounts[0].unit} of ${amounts[0].reagent.name}, and no volume`,
      mend: 'name the header of the volume ({"column": "volumeMillilitre", "unit": "mL"}), or give it under constants',
    });
}

/** A whole column of outcomes out of range is one in another unit. */
function checkUnitsByValues(table: Table, entries: readonly Entry[], where: string, mapWhere: string): void {
  for (const one of entries) {
    if (one.kind !== "column" || one.field.kind !== "number" || one.constant !== undefined) continue;
    if (!Object.hasOwn(outcomeFields, one.column) || quantityOf(one.unit) !== quantityOf(one.field.unit)) continue;
    const { min = -Infinity, max = Infinity, unit: own } = one.field;
    const numbers = Array.from(
      { length: table.numRows },
      (_, row) => cellAt(table, row, one.header, one.unit).number?.value ?? Number.NaN,
    )
      .filter((value) => !Number.isNaN(value))
      .map((value) => value * one.factor);
    const inRange =
      (unit: string) =>
      (value: number): boolean => {
        const converted =
          quantityOf(unit) === "energy" && one.column === "photoluminescenceWidthNanometre"
            ? convertUnit(value, unit, "meV") / 4
            : convertUnit(value, unit, own);
        return converted >= min && converted <= max;
      };
    const strays = numbers.filter((value) => !inRange(one.unit)(value));
    if (numbers.length === 0 || strays.length * 2 <= numbers.length) continue;
    const others = [...unitsOf(quantityOf(own)!), ...(one.column in alsoIn ? unitsOf(alsoIn[one.column]) : [])];
    const better = others.filter(
      (unit) => unit !== one.unit && numbers.filter(inRange(unit)).length * 2 > numbers.length,
    );
    if (better.length === 0) continue;
    throw new InputError({
      where: `${where}, column ${one.header}`,
      must: `must be ${one.column}, from ${min} to ${max} ${own}`,
      got: `${strays[0]} ${one.unit} in ${strays.length} of ${numbers.length} rows`,
      mend: `was ${better.slice(0, 2).join(" or ")} meant? then write that unit in ${mapWhere}`,
    });
  }
}

interface RowContext {
  readonly table: Table;
  readonly row: number;
  readonly repaired: RowNote[];
  readonly entries: readonly Entry[];
  readonly reagents: ReagentList;
}

type ColumnEntry = Extract<Entry, { readonly kind: "column" }>;
type ReagentEntry = Extract<Entry, { readonly kind: "reagent" }>;
type RowFault = Omit<MappedFault, "row">;
type ReadRow =
  | { readonly values: Readonly<Record<string, number | string>>; readonly unmodelled: readonly string[] }
  | { readonly header: string; readonly value: string; readonly why: string }
  | RowFault;

function readRow(context: RowContext): ReadRow {
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
  const absent = ["caesium", "lead", "bromide"].find((ion) => Number.isNaN(values[`${ion}Molar`] as number));
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

function headerOf(entries: readonly Entry[], ion: string): string {
  const isOfIon = (one: Entry): boolean =>
    one.kind === "column"
      ? one.column === `${ion}Molar` || one.column === `${ion}LeadRatio`
      : one.kind === "reagent" && (one.reagent.ions[ion as "caesium"] ?? 0) > 0;
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
    mend: meant(others.map(short)),
  };
}

function short(unit: string): string {
  return { "mol/L": "M", "mmol/L": "mM", "µmol/L": "µM" }[unit] ?? unit;
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

function nothingLeft(dropped: readonly RowNote[], where: string, mapWhere: string): InputError {
  const [{ row, column, came, why }] = dropped;
  return new InputError({
    where: `${where}, row ${row}, column ${column}`,
    must: "at least one row must tell its caesium, lead and bromide",
    got: `${came === "" ? "nothing" : `"${came}"`} (${why}), and none of ${dropped.length} rows does`,
    mend: `mend the rows, or ${mapWhere}`,
  });
}
