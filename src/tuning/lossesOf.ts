import type { Direction, TrialOutcome } from "./Trial.js";

/** What a complete trial found, one number per objective, turned so that smaller is better. */
export function lossesOf(
  { values }: Pick<TrialOutcome, "values">,
  directions: readonly Direction[],
): readonly number[] {
  return values.map((value, i) => (directions[i] === "minimize" ? value : -value));
}
