import { checkCounts } from "../checkCounts.js";
import type { Pruner } from "./Pruner.js";

/** How long a trial may go on without getting better. */
export interface PatiencePrunerOptions {
  /** Steps reported since its best one (default 10). */
  readonly patience?: number;
  /** By which a step must be better to count (default 0). */
  readonly least?: number;
}

/**
 * Stops a trial that did not get better for so many of its own steps, whatever others did.
 *
 * @throws RangeError if the patience is not a whole number above 0, or the least not a number from 0 on
 */
export function patiencePruner({ patience = 10, least = 0 }: PatiencePrunerOptions = {}): Pruner {
  checkCounts("patiencePruner", 1, { patience });
  if (!(least >= 0)) throw new RangeError(`patiencePruner: least must be a number, at least 0; got ${least}`);
  return {
    settings: { name: "patience", patience, least },
    stops: ({ steps, direction }) => {
      const sign = direction === "minimize" ? 1 : -1;
      let [best, since] = [Infinity, 0];
      for (const { value } of steps) {
        since++;
        if (sign * value < best - least) [best, since] = [sign * value, 0];
      }
      return since >= patience;
    },
  };
}
