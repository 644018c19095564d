import { complementaryError } from "../core/statistics/complementaryError.js";
import type { Evidence } from "../core/Evidence.js";
import { holmAdjusted } from "../core/statistics/holmAdjusted.js";
import { normalQuantile } from "../core/statistics/normalQuantile.js";
import type { Exhibit } from "./judgeCheck.js";
import type { Check, Requirement, Rubric, Scorecard } from "./Scorecard.js";
import type { ScoreUncertainty } from "./scoreUncertainty.js";

/** What many looks at chance cost. */
export interface GateTests {
  /** Gates that rest on a measurement with sampling error, in the rubric's order. */
  readonly gates: readonly GateTest[];
  /** Gates that pass on their own and not by Holm at 5 %. */
  readonly lost: readonly string[];
  /**
   * Checks that pass by luck, at most, on average: the sum of the one-sided errors of the intervals behind every PASS.
   */
  readonly expectedFalsePasses: number;
}

export interface GateTest {
  readonly id: string;
  /** Probability of evidence this good if the gate should be closed; 1 where a measurement is missing or not valid. */
  readonly p: number;
  /** The same, adjusted for all gates tested (Holm). */
  readonly adjusted: number;
  /**
   * Share of the draws behind the score's uncertainty in which the gate's check passes; null
   * where none of its measurements could be drawn.
   */
  readonly passing: number | null;
}

/** Probability, at most, that any gate opens by luck. */
const familyError = 0.05;

/**
 * Holm over the gates, and the number of false passes to be expected over all checks.
 *
 * The family is fixed by the rubric: a gate whose evidence is missing counts with p = 1, so hiding evidence does not
 * make the others significant. A gate asks for all its requirements, so its p is the largest of theirs
 * (intersection-union test); each comes from its interval, read as normal on the side of the threshold.
 *
 * @param options.passing  of each check that was drawn, the share of draws in which it passes: `scoreUncertainty`
 */
export function gateTests(
  rubric: Rubric,
  scorecard: Scorecard,
  exhibits: readonly Exhibit[],
  { passing }: Pick<ScoreUncertainty, "passing">,
): GateTests {
  const byMeasure = new Map(exhibits.map(({ evidence }) => [evidence.id, evidence]));
  const statusOf = new Map(
    scorecard.checks.map(({ id, status, reason }) => [
      id,
      { status, isValid: !/^(?:STALE|HASH_MISMATCH)/.test(reason) },
    ]),
  );
  const all = rubric.categories.flatMap(({ checks }) => checks);
  const tested = all.filter((check) => check.gate !== undefined && sampled(check).length > 0);
  const p = tested.map((check) =>
    statusOf.get(check.id)!.isValid
      ? Math.max(...sampled(check).map((requirement) => chance(requirement, byMeasure.get(requirement.measure))))
      : 1,
  );
  const adjusted = holmAdjusted(p);
  const passed = all.filter(({ id }) => statusOf.get(id)!.status === "PASS");
  return {
    gates: tested.map(({ id }, i) => ({
      id,
      p: p[i],
      adjusted: adjusted[i],
      passing: passing.find((check) => check.id === id)?.share ?? null,
    })),
    lost: tested
      .filter(({ id }, i) => statusOf.get(id)!.status === "PASS" && adjusted[i] > familyError)
      .map(({ id }) => id),
    // A check passes wrongly only where a requirement does that should not: at most the largest error of one.
    expectedFalsePasses: passed.reduce(
      (total, check) =>
        total + Math.max(0, ...sampled(check).map(({ measure }) => (1 - byMeasure.get(measure)!.interval!.level) / 2)),
      0,
    ),
  };
}

function sampled({ requires }: Check): readonly Requirement[] {
  return requires.filter(({ exact }) => exact !== true);
}

/** One-sided p of the value against the threshold. */
function chance({ direction, threshold }: Requirement, evidence: Evidence | undefined): number {
  if (evidence === undefined || evidence.value === null || evidence.interval === null) return 1;
  const { low, high, level } = evidence.interval;
  const [distance, reach] =
    direction === "atMost"
      ? [threshold - evidence.value, high - evidence.value]
      : [evidence.value - threshold, evidence.value - low];
  if (!(reach > 0)) return distance >= 0 ? 0 : 1;
  return complementaryError((distance * normalQuantile((1 + level) / 2)) / reach / Math.SQRT2) / 2;
}
