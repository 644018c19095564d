import * as z from "zod";
import type { ConformalIntervals } from "../uncertainty/conformal/fitConformalIntervals.js";
import { thresholdShape } from "../uncertainty/conformal/thresholdShape.js";

/** How far a model's number (size, emission, yield) may be believed: plain JSON. */
export interface QuantityLimits {
  /** Column of outcomes. */
  readonly column: string;
  readonly unit: string;
  /** The scale on which it was learned, before it was standardised. */
  readonly scale: "ln" | "linear";
  /** Around the network's standardised output. */
  readonly intervals: ConformalIntervals;
  /** Calibrate rows that the intervals rest on. */
  readonly rows: number;
  /** Width of the intervals over that of one for all recipes, which needs no model. */
  readonly relativeWidth: number | null;
  /** What the simulator itself says of it; or why that is not known. */
  readonly ceiling: QuantityCeiling | { readonly reason: string };
}

/**
 * What the simulator itself, averaged over laboratories and days that nobody knows, says of a number. A model may come
 * a little lower by chance, or as it knows the laboratories that it learned from, but not by much.
 */
export interface QuantityCeiling {
  /** Width of its 90 % intervals over that of one for all recipes. */
  readonly relativeWidth: number;
  /** Share of the variance that it explains. */
  readonly r2: number;
  /** Recipes that it was asked. */
  readonly rows: number;
}

/** Where even the simulator's intervals are this wide beside one for all recipes, an interval helps nobody. */
export const leastUseful = 0.8;

/** Why a number is not answered, in words; null where it is. */
export function unanswerable({ ceiling, intervals }: Pick<QuantityLimits, "ceiling" | "intervals">): string | null {
  const [{ reason }] = intervals.thresholds;
  if (reason !== null) return `no interval: ${reason}`;
  if ("reason" in ceiling || ceiling.relativeWidth < leastUseful) return null;
  return (
    `no useful interval: even the simulator, asked about a laboratory that nobody knows, has intervals ` +
    `${ceiling.relativeWidth.toFixed(2)} times as wide as one for all recipes`
  );
}

export const quantityLimitsShape: z.ZodType<QuantityLimits> = z.strictObject({
  column: z.string(),
  unit: z.string(),
  scale: z.enum(["ln", "linear"]),
  intervals: z.strictObject({
    kind: z.literal("absolute"),
    side: z.literal("both"),
    alpha: z.number(),
    within: z.null(),
    thresholds: z.array(thresholdShape).length(1),
  }),
  rows: z.int().nonnegative(),
  relativeWidth: z.number().nullable(),
  ceiling: z
    .strictObject({ relativeWidth: z.number(), r2: z.number(), rows: z.int().positive() })
    .or(z.strictObject({ reason: z.string() })),
});
