import * as z from "zod";
import { InputError } from "../core/InputError.js";

/** A number less its training mean over its training standard deviation. */
export interface EncodedNumber {
  readonly kind: "number";
  readonly name: string;
  readonly unit: string;
  /** A recipe feature by its name, or a column as it is. */
  readonly source: { readonly feature: string } | { readonly column: string };
  readonly mean: number;
  /** Population standard deviation over training rows; 1 where the column is constant. */
  readonly scale: number;
  /** What a missing value is replaced by; null where missing values are refused. */
  readonly fill: number | null;
}

/** 1 where the number of that name is missing. */
export interface EncodedMissing {
  readonly kind: "missing";
  readonly name: string;
  readonly unit: "1";
  readonly of: string;
}

/** 1 where a category column holds this level. */
export interface EncodedCategory {
  readonly kind: "category";
  readonly name: string;
  readonly unit: "1";
  readonly column: string;
  readonly level: string;
}

/** How one column of a matrix follows from a table. */
export type EncodedColumn = EncodedNumber | EncodedMissing | EncodedCategory;

/**
 * How a table becomes a matrix, learned from training rows. Plain data: `JSON.stringify` and `parseEncoder` are inverse
 * to each other.
 */
export interface Encoder {
  readonly version: 1;
  readonly columns: readonly EncodedColumn[];
  /** What a category does that no training row had: refuse the row, or leave all its columns 0. */
  readonly unseen: "refuse" | "ignore";
  readonly trainingRows: number;
}

const text = z.string();
const schema: z.ZodType<Encoder> = z.strictObject({
  version: z.literal(1),
  columns: z
    .array(
      z.discriminatedUnion("kind", [
        z.strictObject({
          kind: z.literal("number"),
          name: text,
          unit: text,
          source: z.strictObject({ feature: text }).or(z.strictObject({ column: text })),
          mean: z.number(),
          scale: z.number().positive(),
          fill: z.number().nullable(),
        }),
        z.strictObject({ kind: z.literal("missing"), name: text, unit: z.literal("1"), of: text }),
        z.strictObject({ kind: z.literal("category"), name: text, unit: z.literal("1"), column: text, level: text }),
      ]),
    )
    .min(1),
  unseen: z.enum(["refuse", "ignore"]),
  trainingRows: z.int().positive(),
});

/**
 * An encoder from its JSON.
 *
 * @param where  file or place that the message names
 * @throws InputError if the text is no encoder
 */
export function parseEncoder(json: string, where = "encoder"): Encoder {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new InputError({
      where,
      must: "must be JSON",
      got: (error as Error).message,
      mend: "write the encoder anew with JSON.stringify",
    });
  }
  const { success, data, error } = schema.safeParse(value);
  if (!success)
    throw new InputError({
      where,
      must: "must be an encoder as fitEncoder returns it",
      got: z.prettifyError(error).split("\n").slice(0, 2).join(" "),
      mend: "write the encoder anew with JSON.stringify",
    });
  return data;
}
