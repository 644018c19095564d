import { describeMeasurement } from "../core/describeMeasurement.js";
import type { Evidence } from "../core/Evidence.js";
import { againstThreshold } from "../core/statistics/againstThreshold.js";
import { normalQuantile } from "../core/statistics/normalQuantile.js";
import type { Exhibit } from "./judgeCheck.js";
import type { Requirement, Rubric, Scorecard } from "./Scorecard.js";

/** What it would take for one requirement of a closed gate to hold. */
export interface NeededEvidence {
  readonly gate: string;
  readonly measure: string;
  /** What is measured now, or why it is not. */
  readonly now: string;
  readonly wanted: string;
  /** Cases, of the kind that the measurement counts; null where no number of them would do, or nobody can tell. */
  readonly cases: number | null;
  /** In words: of what kind, and under which assumption. */
  readonly needs: string;
}

/** How often so many cases would open the gate, if what is assumed were so. */
const power = 0.8;

/**
 * Which evidence would open each closed gate: the plan for collecting data. One row for each requirement that does not
 * hold on real experiments.
 *
 * Cases are counted for a power of 0.8 that the one-sided 95 % bound clears the threshold, from how the measurement
 * at hand scatters: a share as independent trials times the design effect of its interval, anything else with an error
 * that falls with the root of the cases. The truth is taken to be the measured value where that clears the threshold,
 * and else half-way from the threshold to the ceiling (to 1 where none is known): at a value that is worse than asked
 * for no number of cases would do.
 *
 * @see Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, section 2.3
 */
export function neededEvidence(
  rubric: Rubric,
  scorecard: Scorecard,
  exhibits: readonly Exhibit[],
): readonly NeededEvidence[] {
  const byMeasure = new Map(exhibits.map(({ evidence }) => [evidence.id, evidence]));
  const closed = rubric.categories
    .flatMap(({ checks }) => checks)
    .filter(({ id }) => scorecard.gatesNotPassed.includes(id));
  return closed.flatMap(({ id, requires, gate }) =>
    requires.flatMap((requirement): NeededEvidence[] => {
      const evidence = byMeasure.get(requirement.measure);
      const needed = neededFor(requirement, evidence, byMeasure.get(requirement.ceiling ?? ""), gate === "soft");
      if (needed === undefined) return [];
      const { measure } = requirement;
      const now = evidence === undefined ? "not measured" : describeMeasurement(evidence);
      return [{ gate: id, measure, now, wanted: wantedOf(requirement), ...needed }];
    }),
  );
}

type Needed = Pick<NeededEvidence, "cases" | "needs">;

/** Undefined where the requirement holds. */
function neededFor(
  requirement: Requirement,
  evidence: Evidence | undefined,
  ceiling: Evidence | undefined,
  mustBeReal: boolean,
): Needed | undefined {
  const { threshold, exact = false, minimumN = 0 } = requirement;
  const best = ceiling?.value ?? null;
  if (ceiling !== undefined && best !== null) {
    const ends = ceiling.interval ?? { low: best, high: best };
    if (againstThreshold(ends, requirement) === "beyond")
      return { cases: null, needs: `no better model and no more of the same: ${ceiling.meaning}` };
  }
  if (evidence?.value == null)
    return {
      cases: minimumN > 0 ? minimumN : exact ? threshold : null,
      needs: exact || minimumN > 0 ? "at least so many, as the rubric says" : "a first measurement",
    };
  const simulated = mustBeReal && evidence.labels === "simulated";
  const kind = simulated ? "real experiments" : "cases as those at hand";
  if (exact) {
    const side = againstThreshold({ low: evidence.value, high: evidence.value }, requirement);
    if (side !== "clears") return { cases: threshold, needs: "so many; beside it stands how many there are" };
    return simulated ? { cases: null, needs: "the same of real experiments" } : undefined;
  }
  if (evidence.interval === null || evidence.n === null) return { cases: null, needs: "an interval" };
  if (!simulated && againstThreshold(evidence.interval, requirement) === "clears" && evidence.n >= minimumN)
    return undefined;
  const isGood = againstThreshold({ low: evidence.value, high: evidence.value }, requirement) === "clears";
  const truth = isGood ? evidence.value : (threshold + (best ?? 1)) / 2;
  if (requirement.direction !== "atLeast" && !isGood) return { cases: null, needs: "a smaller value first" };
  if (truth === threshold) return { cases: null, needs: "a value that is not on the threshold" };
  const cases = Math.max(minimumN, Math.ceil(casesFor(evidence, threshold, truth)));
  const assumed = isGood ? "if the value stays" : `of a model that is better: if the value is ${rounded(truth)}`;
  return { cases, needs: `${kind}, ${assumed}` };
}

/** By how its interval scatters. */
function casesFor({ value, interval, n, unit }: Evidence, threshold: number, truth: number): number {
  const [bound, often] = [normalQuantile(0.95), normalQuantile(power)];
  const error = (interval!.high - interval!.low) / 2 / normalQuantile((1 + interval!.level) / 2);
  const distance = Math.abs(truth - threshold);
  if (unit === "share" && threshold > 0 && threshold < 1 && truth < 1) {
    const own = value! * (1 - value!);
    const effect = own > 0 ? Math.max(1, (error ** 2 * n!) / own) : 1;
    const reach = bound * Math.sqrt(threshold * (1 - threshold)) + often * Math.sqrt(truth * (1 - truth));
    return effect * (reach / distance) ** 2;
  }
  return n! * (((bound + often) * error) / distance) ** 2;
}

function wantedOf({ direction, threshold }: Requirement): string {
  return `${{ atLeast: "at least", atMost: "at most", equals: "exactly" }[direction]} ${threshold}`;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
