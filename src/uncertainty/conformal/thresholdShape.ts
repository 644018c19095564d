import * as z from "zod";
import type { StratumThreshold } from "./stratifiedThresholds.js";

/** A conformal threshold as JSON holds it. */
export const thresholdShape: z.ZodType<StratumThreshold> = z.strictObject({
  stratum: z.string().or(z.number()).nullable(),
  value: z.number().nullable(),
  rows: z.int().nonnegative(),
  groups: z.int().nonnegative(),
  rank: z.number().nullable(),
  coverage: z.strictObject({ atLeast: z.number(), atMost: z.number() }),
  reason: z.string().nullable(),
});
