import { checkColumnNames } from "../../core/checkColumnNames.js";
import { InputError } from "../../core/InputError.js";
import type { Field, Schema } from "../../core/Schema.js";
import type { Column } from "../../core/Table.js";
import { tidyText } from "../../core/tidyText.js";
import { faultError, type TableFault } from "./TableFault.js";
import { tellColumns } from "./tellColumns.js";

/**
 * What was read from a file, before it is put in the order of the schema. Below, what every reader holds it against.
 */
export interface ReadColumns {
  readonly columns: Readonly<Record<string, Column>>;
  readonly schema: Schema | undefined;
  readonly numRows: number;
  /** Units that the file names besides its header, as `plainUnit` writes them. */
  readonly units?: Readonly<Record<string, string>>;
}

/**
 * Tells from the names in a file and the schema that it brings what its columns are called, each by a name of its own,
 * and what they are held against. Throws where they do not fit.
 */
export type NamesOf = (
  found: readonly string[],
  stored?: Schema,
) => { readonly names: readonly string[]; readonly schema: Schema | undefined };

/** What the first column is called where it has no name, as programs write the numbers of their rows. */
const unnamedFirst = "index";

/**
 * Names of their own for the columns of a file, tidied as texts are: of equal ones (in any case) the second becomes
 * "name#2". A first column without a name is called "index".
 *
 * @param options.stored  schema of the file, whose names stay as they are
 * @param options.onNote  told of every name that is another than the file's
 * @throws InputError if another column has no name
 */
export function ownNames(
  found: readonly string[],
  where: string,
  { stored, onNote }: { readonly stored: Schema | undefined; readonly onNote: (note: string) => void },
): readonly string[] {
  const tidied = found.map((name) => (fieldOf(stored, name) === undefined ? tidyText(name) : name));
  const taken = new Set(tidied.map((name) => name.toLowerCase()));
  const seen = new Set<string>();
  const notes: string[] = [];
  const names = tidied.map((given, i) => {
    if (given === "" && i > 0)
      throw new InputError({
        where,
        must: "every column must have a name of its own",
        got: `no name in column ${i + 1}`,
        mend: "rename the column in the header",
      });
    const name = given === "" ? unnamedFirst : given;
    let own = name;
    for (let k = 2; seen.has(own.toLowerCase()) || (own !== given && taken.has(own.toLowerCase())); k++)
      own = `${name}#${k}`;
    seen.add(own.toLowerCase());
    if (given === "") notes.push(`column 1 has no name: it is called ${own}`);
    else if (own !== given) {
      const before = tidied.findIndex((one) => one.toLowerCase() === given.toLowerCase());
      notes.push(`column ${i + 1} is called ${own}, as column ${before + 1} is called ${tidied[before]}`);
    }
    return own;
  });
  tellColumns(notes, onNote);
  return names;
}

/** The schema's own field: a column may be called "constructor". */
export function fieldOf(schema: Schema | undefined, name: string): Field | undefined {
  return schema !== undefined && Object.hasOwn(schema, name) ? schema[name] : undefined;
}

/** A schema, or what tells it from the names of a file and the schema that it brings. */
export type WantedSchema = Schema | ((names: readonly string[], stored?: Schema) => Schema | undefined) | undefined;

/** The schema that a file is held against: the one that is wanted, else its own. */
export function schemaFor(
  wanted: WantedSchema,
  stored: Schema | undefined,
  names: readonly string[],
): Schema | undefined {
  return typeof wanted === "function" ? wanted(names, stored) : (wanted ?? stored);
}

/** @throws InputError as checkColumnNames, unless there is no schema */
export function checkNames(
  names: readonly string[],
  schema: Schema | undefined,
  where: string,
  unknown: "refuse" | "keep",
): void {
  if (schema !== undefined) checkColumnNames(names, schema, { where, unknown });
}

/** @throws InputError unless a column of a file has the kind of its field */
export function checkKind(isNumber: boolean, field: Field | undefined, where: string, got: string): void {
  if (field !== undefined && (field.kind === "number") !== isNumber) {
    const numbers = field.unit === "1" ? "numbers" : `numbers in ${field.unit}`;
    throw new InputError({
      where,
      must: `must hold ${field.kind === "number" ? numbers : "texts"}`,
      got,
      mend: "convert the column",
    });
  }
}

/**
 * Says that a number is infinite, which is missing then.
 *
 * @param options.onFault  takes it; where left out, it is thrown
 */
export function infiniteNumber(
  { row, name, value }: { readonly row: number; readonly name: string; readonly value: number },
  { where, onFault }: { readonly where: string; readonly onFault?: (fault: TableFault) => void },
): void {
  const fault: TableFault = {
    row: row + 1,
    column: name,
    at: `row ${row + 1}, column ${name}`,
    must: "must be a finite number",
    got: String(value),
    mend: "write the value or leave it missing",
  };
  if (onFault === undefined) throw faultError(where, fault);
  onFault(fault);
}
