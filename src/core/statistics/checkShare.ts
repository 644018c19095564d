import type { Share } from "./newcombeInterval.js";

/**
 * Makes sure that a share is one: whole hits of whole trials.
 *
 * @throws RangeError if it is not
 */
export function checkShare({ hits, trials }: Share, where: string): void {
  if (!(Number.isInteger(hits) && Number.isInteger(trials) && trials >= 1 && hits >= 0 && hits <= trials))
    throw new RangeError(
      `${where}: hits must be an integer in 0..trials and trials at least 1; got ${hits} of ${trials}`,
    );
}
