import { InputError } from "../InputError.js";
import { checkLevel } from "./checkLevel.js";
import { normalQuantile } from "./normalQuantile.js";

/**
 * How many independent trials it takes until a share's one-sided lower bound (Wilson) clears a threshold, if the
 * observed share stays what it is.
 *
 * @param observed           share, above the threshold, at most 1
 * @param options.threshold  that the bound must exceed, in [0, 1)
 * @param options.level      of the one-sided bound (default 0.95)
 * @param options.step       trials come in so many at a time (default 1)
 * @throws InputError if the observed share does not lie above the threshold: no number would do
 *
 * @example
 * ```ts
 * import { trialsNeeded } from "cspbbr3-twin";
 *
 * console.log(trialsNeeded(0.87, { threshold: 0.85 }), trialsNeeded(0.95, { threshold: 0.9, step: 5 }));
 * // 863 100
 * ```
 */
export function trialsNeeded(
  observed: number,
  {
    threshold,
    level = 0.95,
    step = 1,
  }: { readonly threshold: number; readonly level?: number; readonly step?: number },
): number {
  checkLevel(level, "trialsNeeded");
  if (!(threshold >= 0 && observed > threshold && observed <= 1 && Number.isInteger(step) && step >= 1))
    throw new InputError({
      where: "trialsNeeded",
      must: "the observed share must lie above the threshold, both in [0, 1], and the step be a whole number",
      got: `a share of ${observed}, a threshold of ${threshold} and steps of ${step}`,
      mend: "a share that is not above the threshold clears it with no number of trials",
    });
  const z = normalQuantile(level);
  const clears = (trials: number): boolean => {
    const weight = z ** 2 / trials;
    const spread = Math.sqrt((observed * (1 - observed)) / trials + weight / (4 * trials));
    return (observed + weight / 2 - z * spread) / (1 + weight) > threshold;
  };
  // The bound rises with the trials, so that halving finds the first that does.
  let [few, many] = [0, 1];
  while (!clears(many * step)) [few, many] = [many, 2 * many];
  while (many - few > 1) {
    const middle = Math.floor((few + many) / 2);
    if (clears(middle * step)) many = middle;
    else few = middle;
  }
  return many * step;
}
