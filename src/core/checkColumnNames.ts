import { InputError } from "./InputError.js";
import type { Schema } from "./Schema.js";

/**
 * Holds the column names of a file against a schema. Columns that are not required
 * may be absent (they read as missing); with `unknown: "keep"` a name the schema
 * does not know is let through unless it looks like a wanted column spelled wrongly
 * or given in another unit.
 *
 * @throws InputError naming the first column that is wrong: twice
 *   there, required and absent, in another unit, misspelled, unknown
 */
export function checkColumnNames(names: readonly string[], schema: Schema, options: ColumnNameOptions): void {
  checkDistinct(names, options.where);
  for (const fault of columnNameFaults(names, schema, options)) throw fault;
}

export interface ColumnNameOptions {
  /** The file as messages name it. */
  readonly where: string;
  /** What to do with names that the schema does not know (default "refuse"). */
  readonly unknown?: "refuse" | "keep";
}

/** Whether a file has a column of the schema, in any case. */
function hasName(schema: Schema, there: ReadonlySet<string>, lower: string): boolean {
  return Object.keys(schema).some((name) => name.toLowerCase() === lower && there.has(name));
}

/** Names of a file that a message lists. */
const mostNamed = 50;

/** Every fault that checkColumnNames would throw, but for names that come twice. */
export function* columnNameFaults(
  names: readonly string[],
  schema: Schema,
  { where, unknown = "refuse" }: ColumnNameOptions,
): Generator<InputError, void, undefined> {
  const there = new Set(names);
  const absent = Object.keys(schema)
    .filter((name) => !there.has(name))
    .map((name) => ({ name, lower: name.toLowerCase(), stem: stemOf(name).toLowerCase() }));
  for (const stranger of names) {
    if (Object.hasOwn(schema, stranger)) continue;
    const twice = /^(.+)#\d+$/.exec(stranger)?.[1];
    if (twice !== undefined && hasName(schema, there, twice.toLowerCase())) {
      yield new InputError({
        where,
        must: "every column must have a name of its own",
        got: `"${twice}" twice`,
        mend: "rename the one in the header that is something else, or leave it out",
      });
      continue;
    }
    const stem = stemOf(stranger).toLowerCase();
    const twin = absent.find((one) => one.stem === stem)?.name;
    const here = `${where}, column ${stranger}`;
    if (twin !== undefined) {
      yield wrongUnit(here, stranger, twin, schema[twin].unit);
      continue;
    }
    const lower = stranger.toLowerCase();
    const close = absent.find((one) => isWithin(one.lower, lower, slipsIn(one.name)))?.name;
    if (close !== undefined)
      yield new InputError({
        where: here,
        must: "the name must be one of the schema",
        got: `"${stranger}"`,
        mend: `did you mean ${close}?`,
      });
    else if (unknown === "refuse")
      yield new InputError({
        where: here,
        must: "the name must be one of the schema",
        got: `"${stranger}"`,
        mend: `remove the column, or rename it to one of ${Object.keys(schema).join(", ")}`,
      });
  }
  const needed = absent.flatMap(({ name }) => (schema[name].required ? [name] : []));
  if (needed.length > 0)
    yield new InputError({
      where,
      must: `the columns ${needed.join(", ")} must be there`,
      got: names.length > mostNamed ? `${names.slice(0, mostNamed).join(", ")}, …` : names.join(", "),
      mend:
        `add ${needed.length === 1 ? "the column" : "the columns"}, in ` +
        `${needed.map((name) => schema[name].unit || "text").join(", ")}`,
    });
}

/**
 * @throws InputError if a name is empty or comes twice (upper and
 *   lower case count as one: files and databases confuse them)
 */
export function checkDistinct(names: readonly string[], where: string): void {
  const seen = new Set<string>();
  names.forEach((name, i) => {
    const key = name.toLowerCase();
    if (name === "" || seen.has(key)) {
      throw new InputError({
        where,
        must: "every column must have a name of its own",
        got: name === "" ? `no name in column ${i + 1}` : `"${name}" twice`,
        mend: "rename the column in the header",
      });
    }
    seen.add(key);
  });
}

/** Unit words that end a column name, with printed unit, quantity and factor to the quantity's first unit. */
const unitWords: Readonly<
  Record<string, { readonly unit: string; readonly quantity: string; readonly factor: number }>
> = {
  Celsius: { unit: "°C", quantity: "temperature", factor: 1 },
  Kelvin: { unit: "K", quantity: "temperature", factor: 1 },
  Fahrenheit: { unit: "°F", quantity: "temperature", factor: 1 },
  Second: { unit: "s", quantity: "time", factor: 1 },
  Minute: { unit: "min", quantity: "time", factor: 60 },
  Hour: { unit: "h", quantity: "time", factor: 3600 },
  Day: { unit: "d", quantity: "time", factor: 86400 },
  Nanometre: { unit: "nm", quantity: "length", factor: 1 },
  Angstrom: { unit: "Å", quantity: "length", factor: 0.1 },
  Micrometre: { unit: "µm", quantity: "length", factor: 1000 },
  Molar: { unit: "mol/L", quantity: "concentration", factor: 1 },
  Millimolar: { unit: "mmol/L", quantity: "concentration", factor: 0.001 },
  Micromolar: { unit: "µmol/L", quantity: "concentration", factor: 1e-6 },
  Mole: { unit: "mol", quantity: "amount", factor: 1 },
  Millimole: { unit: "mmol", quantity: "amount", factor: 0.001 },
  Litre: { unit: "L", quantity: "volume", factor: 1 },
  Millilitre: { unit: "mL", quantity: "volume", factor: 0.001 },
  Microlitre: { unit: "µL", quantity: "volume", factor: 1e-6 },
  Fraction: { unit: "1", quantity: "share", factor: 1 },
  Percent: { unit: "%", quantity: "share", factor: 0.01 },
  Ratio: { unit: "1", quantity: "ratio", factor: 1 },
  Electronvolt: { unit: "eV", quantity: "energy", factor: 1 },
  Millielectronvolt: { unit: "meV", quantity: "energy", factor: 0.001 },
};

/** "Millimolar" must not be taken for "Molar", nor "Millilitre" for "Litre". */
const longestFirst = Object.keys(unitWords).sort((a, b) => b.length - a.length);

/** The unit that a column name ends with ("timeSecond" gives "s"); undefined where it names none. */
export function unitInName(name: string): string | undefined {
  const word = unitWordOf(name);
  return word === undefined ? undefined : unitWords[word].unit;
}

function unitWordOf(name: string): string | undefined {
  return longestFirst.find((word) => name.endsWith(word) || name === word.toLowerCase());
}

function stemOf(name: string): string {
  return name.slice(0, name.length - (unitWordOf(name)?.length ?? 0));
}

function wrongUnit(where: string, stranger: string, wanted: string, unit: string): InputError {
  const given = unitWordOf(stranger);
  // Texts and counts have none.
  if (given === undefined && unit === "")
    return new InputError({
      where,
      must: `must be written as it is read: ${wanted}`,
      got: `"${stranger}"`,
      mend: `rename the column to ${wanted}`,
    });
  if (given === undefined) {
    return new InputError({
      where,
      must: `the unit must be in the name: ${wanted}, in ${unit}`,
      got: `"${stranger}"`,
      mend: `make sure of the unit and rename the column to ${wanted}`,
    });
  }
  const { unit: got, quantity, factor } = unitWords[given];
  const target = unitWords[unitWordOf(wanted) ?? ""];
  const how =
    target === undefined || target.quantity !== quantity
      ? `convert it from ${got} to ${unit}`
      : got === "K" && unit === "°C"
        ? "subtract 273.15"
        : got === "°F" && unit === "°C"
          ? "subtract 32 and divide by 1.8"
          : `multiply by ${Number((factor / target.factor).toPrecision(12))}`;
  return new InputError({ where, must: `must be ${wanted}, in ${unit}`, got, mend: `${how} and rename the column` });
}

/**
 * Wrong letters that still look like the name: among short names everything is close, and "name" is no misspelt "date".
 */
function slipsIn(name: string): number {
  return name.length < 5 ? 0 : Math.floor(name.length / 4);
}

/**
 * Whether no more than so many insertions, deletions and replacements of a letter lead from one text to the other
 * (Levenshtein distance). A difference in length takes as many, so long texts cost nothing.
 */
function isWithin(a: string, b: string, slips: number): boolean {
  if (slips === 0) return a === b;
  if (Math.abs(a.length - b.length) > slips) return false;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row.push(Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    if (Math.min(...row) > slips) return false;
    previous = row;
  }
  return previous[b.length] <= slips;
}
