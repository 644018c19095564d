import * as z from "zod";
import { InputError } from "../../core/InputError.js";
import type { ConformalSets } from "./fitConformalSets.js";
import { thresholdShape } from "./thresholdShape.js";

const schema: z.ZodType<ConformalSets> = z.strictObject({
  classes: z.int().min(2),
  alpha: z.number(),
  rule: z.strictObject({
    score: z.enum(["lac", "aps", "raps", "topK"]),
    randomised: z.boolean(),
    penalty: z.number(),
    freeRanks: z.number(),
  }),
  within: z.enum(["class", "strata"]).nullable(),
  thresholds: z.array(thresholdShape).min(1),
});

/**
 * Fitted sets of classes that were stored as JSON.
 *
 * @param value  as JSON.parse gave it
 * @param where  file or place that the message names
 * @throws InputError if it is none
 */
export function parseConformalSets(value: unknown, where = "conformal sets"): ConformalSets {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  throw new InputError({
    where,
    must: "must be conformal sets as fitConformalSets returns them",
    got: z.prettifyError(error).split("\n").slice(0, 2).join(" "),
    mend: "fit and store them anew",
  });
}
