import { InputError } from "../core/InputError.js";
import type { Estimate } from "../core/statistics/Estimate.js";
import { studentEstimate } from "../core/statistics/studentEstimate.js";
import { isKept } from "./isKept.js";
import type { StudyRecord } from "./files/StudyRecord.js";

/** Mean of the best value so far over studies, after so much was spent. */
export interface MeanIncumbent extends Estimate {
  /** Trials that ended, or steps that they reported. */
  readonly at: number;
}

/** By what studies are compared. */
export interface MeanIncumbentsOptions {
  /** What is spent: trials, or steps up to the last one that each reported, such as epochs (default trials). */
  readonly over?: "trials" | "steps";
  /** Two-sided, in (0, 1) (default 0.95). */
  readonly level?: number;
  /** The least that was spent (default: where each has a value), to leave out what all begin with. */
  readonly from?: number;
  /** At most so many places (default 100). */
  readonly places?: number;
}

/**
 * Mean of the best value so far over studies that differ by their seed, with Student's interval, from where each of
 * them has one to where the shortest ends.
 *
 * @throws InputError for fewer than two studies, or if in one no trial is complete before another ends
 */
export function meanIncumbents(
  studies: readonly Pick<StudyRecord, "directions" | "trials">[],
  { over = "trials", level = 0.95, from = 0, places = 100 }: MeanIncumbentsOptions = {},
): readonly MeanIncumbent[] {
  if (studies.length < 2)
    throw new InputError({
      where: "meanIncumbents",
      must: "at least two studies are needed for an interval",
      got: String(studies.length),
      mend: "run the study with several seeds",
    });
  const courses = studies.map((study) => courseOf(study, over));
  const first = Math.max(from, ...courses.map(({ steps }) => steps[0]?.at ?? Infinity));
  const last = Math.min(...courses.map(({ spent }) => spent));
  if (!(first <= last))
    throw new InputError({
      where: "meanIncumbents",
      must: "each study must have a complete trial before another ends",
      got: first === Infinity ? "a study without one" : `one only after ${first}, and another that ends at ${last}`,
      mend: "compare studies of more trials",
    });
  const count = Math.min(places, last - first + 1);
  return Array.from({ length: count }, (_, i) => {
    const at = count === 1 ? last : Math.round(first + (i * (last - first)) / (count - 1));
    const values = courses.map(({ steps }) => steps.findLast((step) => step.at <= at)!.value);
    return { at, ...studentEstimate(values, { over: "studies", level }) };
  });
}

interface Course {
  readonly spent: number;
  /** Each better value, and what was spent when it was found. */
  readonly steps: readonly { readonly at: number; readonly value: number }[];
}

function courseOf(
  { directions, trials }: Pick<StudyRecord, "directions" | "trials">,
  over: "trials" | "steps",
): Course {
  const sign = directions[0] === "minimize" ? 1 : -1;
  const steps: { at: number; value: number }[] = [];
  let spent = 0;
  for (const trial of trials) {
    if (trial.outcome === null) continue;
    spent += over === "trials" ? 1 : (trial.outcome.steps.at(-1)?.step ?? 0);
    if (!isKept(trial)) continue;
    const [value] = trial.outcome.values;
    if (steps.length === 0 || sign * value < sign * steps.at(-1)!.value) steps.push({ at: spent, value });
  }
  return { spent, steps };
}
