import { InputError } from "../InputError.js";
import { checkLevel } from "./checkLevel.js";

/** How an interval is drawn; every function that resamples takes these, and checks them here. */
export interface ResamplingOptions {
  /** Resamples, a whole number of at least 2. */
  readonly draws?: number;
  /** Two-sided coverage, in (0, 1). */
  readonly level?: number;
  /** What a group is, for the method text. */
  readonly unit?: string;
}

/**
 * Makes sure that an interval can be drawn as asked; what is left out is left to its default.
 *
 * @param where  function to name in the error
 * @throws InputError if the level does not lie in (0, 1), or draws are no whole number of at least 2
 */
export function checkResampling({ draws, level }: ResamplingOptions, where: string): void {
  if (level !== undefined) checkLevel(level, where);
  if (draws === undefined || (Number.isInteger(draws) && draws >= 2)) return;
  throw new InputError({
    where,
    must: "draws must be a whole number of at least 2",
    got: String(draws),
    mend: "leave them out, or give 1000 or more: the ends of an interval are rare draws",
  });
}
