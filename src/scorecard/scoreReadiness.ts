import type { CheckStatus, Readiness, Rubric, Verdict } from "./Scorecard.js";

/** What is known of one check. `credit` is the share of its points that a PASS earns. */
export interface Standing {
  readonly status: CheckStatus;
  /** 1 = recomputed from raw data, 0.5 = recorded once. */
  readonly credit?: number;
  /** The evidence rests on the twin's labels: at most half of a performance check, and never a soft gate. */
  readonly simulated?: boolean;
}

/** Highest score while a gate of the kind is not passed. */
export const caps: Readonly<Record<"hard" | "soft", number>> = { hard: 25, soft: 70 };

/**
 * The weighted readiness score of a rubric. A check without a standing is UNKNOWN.
 *
 * Hiding evidence cannot help: UNKNOWN earns as little as FAIL and keeps a gate closed just as well.
 *
 * @see rubric.json, "mechanics"; reference values in test/golden/i_scorecard.json
 *
 * @example
 * ```ts
 * import { rubric, scoreReadiness } from "cspbbr3-twin";
 *
 * const { displayed, cap, verdict } = scoreReadiness(rubric, { DQ1: { status: "PASS" } });
 * console.log(displayed, cap, verdict);
 * // 2.5 25 NOT_SHOWN
 * ```
 */
export function scoreReadiness(rubric: Rubric, standings: Readonly<Record<string, Standing>>): Readiness {
  const of = (id: string): Standing => standings[id] ?? { status: "UNKNOWN" };
  const categories = rubric.categories.map(({ id, name, weight, checks }) => {
    const low = sum(checks.map((check) => earnedPoints(check.points, id, of(check.id))));
    const open = sum(checks.filter((check) => of(check.id).status === "UNKNOWN").map((check) => check.points));
    return { id, name, weight, low, high: low + open };
  });
  const gates = rubric.categories.flatMap(({ checks }) => checks.filter((check) => check.gate !== undefined));
  const closed = gates.filter(
    ({ id, gate }) => of(id).status !== "PASS" || (gate === "soft" && of(id).simulated === true),
  );
  const hard = closed.filter(({ gate }) => gate === "hard").map(({ id }) => of(id).status);
  const cap = hard.length > 0 ? caps.hard : closed.length > 0 ? caps.soft : 100;
  const low = 10 * sum(categories.map((category) => category.weight * category.low));
  const high = 10 * sum(categories.map((category) => category.weight * category.high));
  const displayed = Math.min(low, cap);
  const weakest = Math.min(...categories.map((category) => category.low));
  const softClosed = closed.some(({ gate }) => gate === "soft");
  return {
    low,
    high,
    cap,
    displayed,
    verdict: verdictOf({ hard, softClosed, displayed, weakest }),
    categories,
    gatesNotPassed: closed.map(({ id }) => id),
  };
}

/** Points that a standing earns of a check of the given category. */
export function earnedPoints(
  points: number,
  category: string,
  { status, credit = 1, simulated = false }: Standing,
): number {
  if (status !== "PASS") return 0;
  return points * Math.min(credit, simulated && category === "performance" ? 0.5 : 1);
}

function verdictOf({
  hard,
  softClosed,
  displayed,
  weakest,
}: {
  hard: readonly CheckStatus[];
  softClosed: boolean;
  displayed: number;
  weakest: number;
}): Verdict {
  if (hard.includes("FAIL")) return "NOT_READY";
  if (hard.length > 0) return "NOT_SHOWN";
  if (displayed < 60) return "RESEARCH";
  if (displayed < 75 || softClosed) return "SHADOW";
  if (displayed < 85 || weakest < 7) return "CANARY";
  return "PRODUCTION";
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
