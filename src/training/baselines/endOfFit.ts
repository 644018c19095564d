import type { LogisticModel } from "./trainLogistic.js";

/**
 * How a fit ended, to stand behind its name wherever its scores are shown: nothing where it converged, else
 * ", not converged in 100 steps".
 *
 * @param fits  of the same kind; each may have ended otherwise
 */
export function endOfFit(fits: readonly Pick<LogisticModel, "converged" | "iterations">[]): string {
  const ended = fits.filter(({ converged }) => !converged);
  if (ended.length === 0) return "";
  const iterations = Math.max(...ended.map((fit) => fit.iterations));
  const some = fits.length === 1 ? "" : ` (${ended.length} of ${fits.length} fits)`;
  return `, not converged in ${iterations} steps${some}`;
}
