import * as z from "zod";
import { InputError } from "../core/InputError.js";
import type { Calibrator } from "./Calibrator.js";

const fitted = { classes: z.int().min(2), withoutRows: z.array(z.int().nonnegative()) };
const numbers = z.array(z.number());
const schema: z.ZodType<Calibrator> = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("temperature"), ...fitted, temperature: z.number().positive() }),
  z.strictObject({ method: z.literal("vector"), ...fitted, slopes: numbers, offsets: numbers }),
  z.strictObject({ method: z.literal("matrix"), ...fitted, slopes: numbers, offsets: numbers }),
  z.strictObject({
    method: z.literal("platt"),
    ...fitted,
    curves: z.array(z.strictObject({ a: z.number(), b: z.number() }).nullable()),
  }),
  z.strictObject({
    method: z.literal("isotonic"),
    ...fitted,
    curves: z.array(z.strictObject({ at: numbers, values: numbers }).nullable()),
  }),
  z.strictObject({
    method: z.literal("histogram"),
    ...fitted,
    curves: z.array(z.strictObject({ upTo: numbers, values: numbers }).nullable()),
  }),
]);

/**
 * A calibrator that was stored as JSON.
 *
 * @param value  as JSON.parse gave it
 * @param where  file or place that the message names
 * @throws InputError if it is none
 */
export function parseCalibrator(value: unknown, where = "calibrator"): Calibrator {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  throw new InputError({
    where,
    must: "must be a calibrator as the fits return it",
    got: z.prettifyError(error).split("\n").slice(0, 2).join(" "),
    mend: "fit and store it anew",
  });
}
