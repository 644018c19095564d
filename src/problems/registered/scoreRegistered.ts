import type { Random } from "../../core/random/Random.js";
import { coverageOfIntervals } from "../../uncertainty/conformal/coverageOfIntervals.js";
import type { PlateletQuantity } from "../platelets/answerPlatelets.js";
import { type QuantityScore, scoreQuantity } from "../platelets/scoreQuantity.js";
import { meansElsewhere } from "./meansElsewhere.js";

/** A quantity that was measured, beside what was registered of it. */
export interface RegisteredRows {
  readonly truth: readonly number[];
  readonly told: readonly PlateletQuantity[];
  readonly groups: readonly string[];
}

/** Width of limits over that of one interval for all rows. */
export interface RelativeWidth {
  /** The one interval is the middle share of the outcomes themselves that limits promise; null where they are few. */
  readonly relativeWidth: number | null;
  readonly relativeWidthReason: string | null;
}

/**
 * Scores a quantity with limits beside the constant answer, which knows the mean of all other groups.
 *
 * @param options.alpha  of the limits
 * @param options.unit   what a group is
 */
export function scoreRegistered(
  rows: RegisteredRows,
  random: Random,
  { alpha, unit }: { readonly alpha: number; readonly unit: string },
): QuantityScore & RelativeWidth {
  const { truth, told, groups } = rows;
  const constant = meansElsewhere(truth, groups);
  return {
    ...scoreQuantity({ truth, told, constant, recipes: groups, random }, { unit }),
    ...relativeWidthOf(rows, alpha),
  };
}

/** What limits are worth: below 1 they say more than an interval that is the same for all. */
export function relativeWidthOf({ truth, told }: Omit<RegisteredRows, "groups">, alpha: number): RelativeWidth {
  if (truth.length === 0) return { relativeWidth: null, relativeWidthReason: "no row was judged" };
  const low = Float64Array.from(told, (one) => one.low);
  const high = Float64Array.from(told, (one) => one.high);
  const { relativeWidth, reason } = coverageOfIntervals({ low, high }, truth, { alpha, reference: truth });
  return { relativeWidth, relativeWidthReason: relativeWidth === null ? reason : null };
}
