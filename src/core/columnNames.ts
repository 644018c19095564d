import type { Field, Schema } from "./Schema.js";

/** Orders that an object cannot hold: JavaScript puts keys like "400" before all others, by size. */
const orders = new WeakMap<Schema, readonly string[]>();

/** A schema of fields in their order, which `columnNames` knows also where whole numbers are names (wavelengths). */
export function orderedSchema(fields: readonly (readonly [name: string, field: Field])[]): Schema {
  const schema = Object.fromEntries(fields);
  const names = fields.map(([name]) => name);
  if (Object.keys(schema).some((name, i) => name !== names[i])) orders.set(schema, names);
  return schema;
}

/** Names of the columns of a schema, in the order they are read from and written to files. */
export function columnNames(schema: Schema): readonly string[] {
  return orders.get(schema) ?? Object.keys(schema);
}
