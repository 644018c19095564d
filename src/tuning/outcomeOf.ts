import { isLostName } from "./SearchSpace.js";
import type { TrialEnd, TrialOutcome, TrialStep } from "./Trial.js";

/**
 * What came of a trial that is told to have ended so. A value or a constraint that is no finite number, or too few
 * values, make it a failed one, and the study goes on.
 *
 * @param reported    steps on its way
 * @param objectives  of the study: so many values a complete trial must have
 */
export function outcomeOf(end: TrialEnd, reported: readonly TrialStep[], objectives: number): TrialOutcome {
  const steps = [...reported];
  const failed = (reason: string): TrialOutcome => ({ state: "failed", values: [], steps, constraints: {}, reason });
  if (end.state !== "complete") return { ...failed(end.reason), state: end.state };
  const { values, constraints = {} } = end;
  if (values.length !== objectives)
    return failed(`one value per objective, ${objectives}, is needed; got ${values.length}`);
  const lost = Object.keys(constraints).find(isLostName);
  if (lost !== undefined) return failed(`constraints must have names that an object can have as a key; got ${lost}`);
  const strange = [...values, ...Object.values(constraints)].find((value) => !isReckonable(value));
  if (strange !== undefined)
    return failed(
      `objectives and constraints must be finite numbers${
        Number.isFinite(strange) ? `, within ${greatest} of 0` : ""
      }; got ${strange}`,
    );
  return { state: "complete", values, steps, constraints, reason: null };
}

/** Furthest from 0 that what is found may lie: squares and sums of what lies beyond are no numbers any more. */
const greatest = 1e150;

/** Whether samplers, importances and figures can reckon with what a trial found. */
export function isReckonable(value: number): boolean {
  return Math.abs(value) <= greatest;
}
