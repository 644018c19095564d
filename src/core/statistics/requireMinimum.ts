import { InputError } from "../InputError.js";
import type { SmoothMinimum } from "./minimizeSmooth.js";

/** Of the loss: what is still to be gained below this share of it moves no value by more than about 1e-5 of itself. */
const settled = 1e-10;

/**
 * The minimum, of a fit that has reached it. A search that rounding ended next to the minimum has; one that ran out of
 * iterations, or whose line search found no way down from further off, has not.
 *
 * @param where      fit to name in the error
 * @param what.mend  what whoever called the fit can do
 * @throws InputError if it was not reached
 */
export function requireMinimum(
  minimum: SmoothMinimum,
  where: string,
  { mend }: { readonly mend: string },
): SmoothMinimum {
  const { converged, decrement, loss, iterations } = minimum;
  if (converged || decrement <= settled * Math.abs(loss)) return minimum;
  throw new InputError({
    where,
    must: "the fit must reach its minimum",
    got: `a loss of ${loss} that should still fall by ${decrement / 2} after ${iterations} iterations`,
    mend,
  });
}
