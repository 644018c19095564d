import { z } from "zod";
import { InputError } from "../../core/InputError.js";
import type { Field, Schema } from "../../core/Schema.js";

/** Key under which a Parquet or Arrow file of ours carries its schema as JSON. */
export const schemaKey = "cspbbr3-twin.schema";

/** Every part of a field has its line: a part without one would be lost on the way through a file. */
const fieldParts = {
  kind: z.enum(["number", "category"]),
  unit: z.string(),
  meaning: z.string(),
  low: z.number().optional(),
  high: z.number().optional(),
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
      Object.entries(JSON.parse(text) as object).map(([name, field]) => [name, fieldShape.parse(field)]),
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
