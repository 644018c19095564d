import { z } from "zod";
import { InputError } from "../../core/InputError.js";
import type { Field, Schema } from "../../core/Schema.js";

/** Key under which a Parquet or Arrow file of ours carries its schema as JSON. */
export const schemaKey = "cspbbr3-twin.schema";

/** What files call the bounds of a field: files of earlier versions stay readable, and bytes as they were. */
const storedNames: Readonly<Record<string, string>> = { min: "low", max: "high" };
const ownNames = Object.fromEntries(Object.entries(storedNames).map(([own, stored]) => [stored, own]));

/** A schema as the text that a file carries; `storedSchema` reads it back. */
export function schemaText(schema: Schema): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(schema).map(([name, field]) => [name, renamed(field, storedNames)])),
  );
}

/** A copy with some of its keys called otherwise, in the same order. */
function renamed(field: object, names: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(field).map(([part, value]) => [names[part] ?? part, value as unknown]));
}

/** Every part of a field has its line: a part without one would be lost on the way through a file. */
const fieldParts = {
  kind: z.enum(["number", "category"]),
  unit: z.string(),
  meaning: z.string(),
  min: z.number().optional(),
  max: z.number().optional(),
  levels: z.array(z.string()).optional(),
  required: z.boolean().optional(),
  latent: z.boolean().optional(),
  source: z.string().optional(),
} satisfies { [Part in keyof Required<Field>]: z.ZodType<Field[Part]> };

const fieldShape = z.object(fieldParts);

/** The schema inside a file; undefined if it is not one of ours. @throws InputError if it is not readable */
export function storedSchema(text: unknown, where: string): Schema | undefined {
  if (typeof text !== "string") return undefined;
  try {
    // Not a zod record, which drops a column called "__proto__".
    return Object.fromEntries(
      Object.entries(JSON.parse(text) as Readonly<Record<string, object>>).map(([name, field]) => [
        name,
        fieldShape.parse(renamed(field, ownNames)),
      ]),
    );
  } catch {
    throw new InputError({
      where,
      must: "the schema inside the file must be readable",
      got: "something else",
      mend: "write the file again with writeTable",
    });
  }
}
