import { checkColumnNames, checkDistinct } from "../../core/checkColumnNames.js";
import { InputError } from "../../core/InputError.js";
import type { Field, Schema } from "../../core/Schema.js";
import type { Column } from "../../core/Table.js";

/**
 * What was read from a file, before it is put in the order of the schema. Below, what every reader holds it against.
 */
export interface ReadColumns {
  readonly columns: Readonly<Record<string, Column>>;
  readonly schema: Schema | undefined;
  readonly numRows: number;
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

/** @throws InputError as checkColumnNames, or without a schema as checkDistinct */
export function checkNames(
  names: readonly string[],
  schema: Schema | undefined,
  where: string,
  unknown: "refuse" | "keep",
): void {
  if (schema === undefined) checkDistinct(names, where);
  else checkColumnNames(names, schema, { where, unknown });
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

export function infiniteNumber(where: string, row: number, name: string, value: number): InputError {
  return new InputError({
    where: `${where}, row ${row + 1}, column ${name}`,
    must: "must be a finite number",
    got: String(value),
    mend: "write the value or leave it missing",
  });
}
