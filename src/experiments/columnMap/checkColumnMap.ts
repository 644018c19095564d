import { outcomeFields } from "../../chemistry/recipeSchema.js";
import { convertUnit, quantityOf, unitsOf } from "../../chemistry/units.js";
import { columnNames } from "../../core/columnNames.js";
import { InputError } from "../../core/InputError.js";
import { shortText } from "../../core/shortText.js";
import type { Table } from "../../core/Table.js";
import { cellAt } from "./cellAt.js";
import { type ColumnMap, type Ion, ions } from "./ColumnMap.js";
import { alsoIn, type MapEntry } from "./mapEntries.js";
import { shortUnit } from "./shortUnit.js";
import type { UndecidedHeader } from "./undecidedHeaders.js";

/** A map beside the table that it is of. */
export interface CheckColumnMapOptions {
  readonly table: Table;
  readonly map: ColumnMap;
  readonly entries: readonly MapEntry[];
  readonly undecided: readonly UndecidedHeader[];
  readonly where: string;
  readonly mapWhere: string;
}

/**
 * Holds a map as a whole against its table, before any row is read.
 *
 * @throws InputError if it names a header that is not there, leaves an amount undecided, tells no recipe or one thing
 *   twice, has amounts and no volume, a constant that cannot be, or a column of outcomes in another unit
 */
export function checkColumnMap({ table, map, entries, undecided, where, mapWhere }: CheckColumnMapOptions): void {
  checkHeaders(table, map, mapWhere, where);
  checkDecided(undecided, mapWhere);
  checkWhole(entries, mapWhere);
  checkConstants(entries, mapWhere);
  checkUnitsByValues(table, entries, where, mapWhere);
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
function checkConstants(entries: readonly MapEntry[], mapWhere: string): void {
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
    const others = unitsOf(quantityOf(unit)!).filter(fits).map(shortUnit).slice(0, 2).join(" or ");
    throw refusal(
      `${one.column} must be from ${min} to ${max} ${unit}, and its unit is ${one.unit}`,
      `mend its value${others === "" ? "" : `; was ${others} meant?`}`,
    );
  }
}

/** What the map as a whole must tell: a recipe, once, and a volume where it has amounts. */
function checkWhole(entries: readonly MapEntry[], mapWhere: string): void {
  const refusal = (must: string, got: string, mend: string): InputError =>
    new InputError({ where: mapWhere, must, got, mend });
  const columns = new Set(entries.flatMap((one) => (one.kind === "column" ? [one.column] : [])));
  const measured = entries.flatMap((one) => (one.kind === "reagent" ? [one] : []));
  const brings = (ion: Ion): string | undefined =>
    measured.find(({ reagent, as }) => (reagent.ions[ion] ?? 0) > 0 && as !== "stock concentration")?.header;
  const isGiven = (ion: Ion): boolean =>
    columns.has(`${ion}Molar`) || brings(ion) !== undefined || columns.has(`${ion}LeadRatio`);
  const isLead =
    isGiven("lead") ||
    (columns.has("caesiumLeadRatio") && (columns.has("caesiumMolar") || brings("caesium") !== undefined));
  const lacking = ions.filter((ion) => (ion === "lead" ? !isLead : !isGiven(ion)));
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
  for (const ion of ions)
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
  for (const { within, as, reagent, header } of measured) {
    if (within === undefined) continue;
    const isThere = measured.some((one) => one.reagent === within && one.as === "amount" && within.density !== null);
    if (as !== "concentration" || !isThere)
      throw new InputError({
        where: `${mapWhere}, header "${header}"`,
        must: '"in" must name a liquid whose amount the map tells, for a concentration',
        got: `${as} of ${reagent.name} in ${within.name}`,
        mend: 'name the header of that liquid as an "amount", or remove "in"',
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
function checkUnitsByValues(table: Table, entries: readonly MapEntry[], where: string, mapWhere: string): void {
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
