import { InputError } from "../core/InputError.js";
import type { EstimateOrReason } from "../core/statistics/Estimate.js";
import { sequenceReach } from "../core/statistics/sequenceReach.js";
import { type Arm, type ArmEvidence, noEvidence, withArmRows } from "./armEvidence.js";
import type { ArmCounts } from "./ArmCounts.js";
import { checkPlan } from "./checkPlan.js";
import { leastOfEither, shareDifference } from "./shareDifference.js";

/** What counts as harm: a wrong answer, a crash, an answer that is none (NaN), one that came too late. */
export const harms = ["wrong", "failed", "invalid", "slow"] as const;
/** A kind of harm that a canary can do. */
export type Harm = (typeof harms)[number];

/** How a canary is judged, fixed before its first request. */
export interface CanaryPlan {
  /** Share of requests that are drawn for the canary, in (0, 1). */
  readonly share: number;
  /** Probability of ever aborting a canary that is no worse, over all kinds of harm, in (0, 1). */
  readonly alpha: number;
  /** How much higher its error share may be, at most, to be promoted, in (0, 1). */
  readonly margin: number;
  /** Outcomes of the canary before it may be promoted. */
  readonly leastOutcomes: number;
  /** Requests of both arms that may await an outcome; more, and it halts: labels do not come. */
  readonly mostAwaited: number;
}

/** A request that was answered, by either arm. */
export interface ArmRequest {
  readonly id: string;
  readonly arm: Arm;
  /** No answer: a crash. */
  readonly failed: boolean;
  /** An answer that is none: NaN, probabilities that do not sum to 1. */
  readonly invalid: boolean;
  /** Later than allowed. */
  readonly slow: boolean;
}

/** What became known of an answer later. */
export interface ArmOutcome {
  readonly id: string;
  readonly wrong: boolean;
}

/** Where a canary stands, as plain data that JSON keeps. */
export interface CanaryState {
  readonly plan: CanaryPlan;
  readonly evidence: Readonly<Record<Harm, ArmEvidence>>;
  /** Most evidence of harm so far, natural logarithm; it is never taken back. */
  readonly most: Readonly<Record<Harm, number>>;
  /** Arm of each request whose outcome is awaited. */
  readonly awaited: Readonly<Record<string, Arm>>;
}

/** One kind of harm, counted for both arms. */
export interface HarmFound {
  readonly canary: ArmCounts;
  readonly champion: ArmCounts;
  /** Natural logarithm of the most evidence so far that the canary does it more often. */
  readonly evidence: number;
  /** From which on it is harm. */
  readonly threshold: number;
}

/** What is said of a canary, with the numbers that decided. */
export interface CanaryReport {
  readonly verdict: "abort" | "halt" | "continue" | "pass";
  readonly reason: string;
  readonly harms: Readonly<Record<Harm, HarmFound>>;
  /** Error share of the canary minus the champion's; holds at all looks together. */
  readonly difference: EstimateOrReason;
  readonly awaited: number;
  readonly plan: CanaryPlan;
}

const everyHarm = <Value>(value: (harm: Harm) => Value): Readonly<Record<Harm, Value>> =>
  Object.fromEntries(harms.map((harm) => [harm, value(harm)])) as Record<Harm, Value>;

/**
 * Starts a canary: a new version that gets a drawn share of requests and is judged as they come.
 *
 * @throws InputError if a number of the plan is out of its range
 */
export function startCanary(plan: CanaryPlan): CanaryState {
  const { share, alpha, margin, leastOutcomes, mostAwaited } = plan;
  checkPlan(share > 0 && share < 1, share, "the canary's share must lie in (0, 1)", "startCanary");
  checkPlan(alpha > 0 && alpha < 1, alpha, "alpha must lie in (0, 1)", "startCanary");
  checkPlan(margin > 0 && margin < 1, margin, "the margin must lie in (0, 1)", "startCanary");
  const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1;
  checkPlan(isCount(leastOutcomes), leastOutcomes, "leastOutcomes must be 1 or more", "startCanary");
  checkPlan(isCount(mostAwaited), mostAwaited, "mostAwaited must be 1 or more", "startCanary");
  return { plan, evidence: everyHarm(() => noEvidence), most: everyHarm(() => 0), awaited: {} };
}

/**
 * State after more requests, in the order they came. Those with a valid answer await an outcome.
 *
 * @throws InputError if an id comes twice
 */
export function observeRequests(state: CanaryState, requests: readonly ArmRequest[]): CanaryState {
  const awaited = new Map(Object.entries(state.awaited));
  const rows = requests.map(({ id, arm, failed, invalid, slow }) => {
    if (awaited.has(id))
      throw new InputError({
        where: `observeRequests, id "${id}"`,
        must: "each request must be told once",
        got: "one that awaits its outcome",
        mend: "give each request an id of its own",
      });
    if (!failed && !invalid) awaited.set(id, arm);
    return { arm, failed, invalid, slow };
  });
  const next = withHarms(state, rows, ["failed", "invalid", "slow"]);
  return { ...next, awaited: Object.fromEntries(awaited) };
}

/**
 * State after outcomes of requests that await them, in whatever order they come.
 *
 * @throws InputError if a request awaits no outcome: it had one, or was never told
 */
export function observeOutcomes(state: CanaryState, outcomes: readonly ArmOutcome[]): CanaryState {
  const awaited = new Map(Object.entries(state.awaited));
  const rows = outcomes.map(({ id, wrong }) => {
    const arm = awaited.get(id);
    if (arm === undefined)
      throw new InputError({
        where: `observeOutcomes, id "${id}"`,
        must: "an outcome must be of a request that awaits one",
        got: "one that had its outcome, gave no valid answer or was never told",
        mend: "tell requests first, and each outcome once; a corrected one needs a canary started again",
      });
    awaited.delete(id);
    return { arm, wrong };
  });
  return { ...withHarms(state, rows, ["wrong"]), awaited: Object.fromEntries(awaited) };
}

function withHarms<Kind extends Harm>(
  state: CanaryState,
  rows: readonly (Readonly<Record<Kind, boolean>> & { readonly arm: Arm })[],
  kinds: readonly Kind[],
): CanaryState {
  const evidence: Record<Harm, ArmEvidence> = { ...state.evidence };
  const most: Record<Harm, number> = { ...state.most };
  for (const kind of kinds) {
    const hits = rows.map((row) => ({ arm: row.arm, isHit: row[kind] }));
    const found = withArmRows(evidence[kind], hits, state.plan.share);
    evidence[kind] = found.evidence;
    most[kind] = Math.max(most[kind], found.most);
  }
  return { ...state, evidence, most };
}

/**
 * What is to be done with a canary now: abort it on harm, halt where there is no data, go on, or let it pass.
 *
 * Harm is evidence that any of four things happens to it more often than to the champion; a canary that is no worse is
 * ever aborted with probability at most alpha, however often it is looked at. It passes with enough outcomes and an
 * error share that exceeds the champion's by the margin at most, at all looks together. Nothing is passed on no data.
 *
 * @param options.awaited  requests that await an outcome, where they are kept elsewhere (default those of the state)
 * @see withArmRows for the evidence; Waudby-Smith et al. 2024, doi:10.1214/24-AOS2408 for the difference
 */
export function evaluateCanary(
  state: CanaryState,
  { awaited = Object.keys(state.awaited).length }: { readonly awaited?: number } = {},
): CanaryReport {
  const { plan, most } = state;
  const threshold = Math.log(harms.length / plan.alpha);
  const found = everyHarm((harm): HarmFound => {
    const { canary, champion } = state.evidence[harm];
    return { canary, champion, evidence: most[harm], threshold };
  });
  const difference = errorDifference(found.wrong, plan);
  return { ...verdictOf(found, difference, awaited, plan), harms: found, difference, awaited, plan };
}

function verdictOf(
  found: CanaryReport["harms"],
  difference: EstimateOrReason,
  awaited: number,
  { leastOutcomes, margin, mostAwaited }: CanaryPlan,
): Pick<CanaryReport, "verdict" | "reason"> {
  const done = harms.filter((harm) => found[harm].evidence >= found[harm].threshold);
  if (done.length > 0) {
    const inWords = done.map((harm) => {
      const { canary, champion, evidence, threshold } = found[harm];
      return (
        `${harm} ${canary.hits} of ${canary.rows} against ${champion.hits} of ${champion.rows} ` +
        `(evidence e^${evidence.toFixed(1)}, limit e^${threshold.toFixed(1)})`
      );
    });
    return { verdict: "abort", reason: inWords.join(", ") };
  }
  const requests = found.failed.canary.rows;
  if (requests === 0 || found.failed.champion.rows === 0)
    return { verdict: "halt", reason: "no request reached the canary, or none the champion" };
  if (awaited > mostAwaited)
    return { verdict: "halt", reason: `${awaited} requests await an outcome, at most ${mostAwaited} may` };
  const outcomes = found.wrong.canary.rows;
  if (outcomes < leastOutcomes)
    return { verdict: "continue", reason: `${outcomes} outcomes of the canary, ${leastOutcomes} are needed` };
  if (difference.interval === null) return { verdict: "continue", reason: difference.reason };
  const { high } = difference.interval;
  return high <= margin
    ? { verdict: "pass", reason: `error share at most ${high.toFixed(4)} above the champion's, margin ${margin}` }
    : { verdict: "continue", reason: `error share up to ${high.toFixed(4)} above the champion's, margin ${margin}` };
}

function errorDifference(
  { canary, champion }: HarmFound,
  { alpha, share, leastOutcomes }: CanaryPlan,
): EstimateOrReason {
  const found = shareDifference(champion, canary);
  if (found === null)
    return { value: null, interval: null, reason: `either needs ${leastOfEither} wrong and right answers at least` };
  const { difference: value, variance, rows } = found;
  const reach = sequenceReach(variance * rows, rows, { alpha, planned: leastOutcomes / share });
  return {
    value,
    interval: {
      low: Math.max(-1, value - reach),
      high: Math.min(1, value + reach),
      level: 1 - alpha,
      method: "asymptotic confidence sequence, whenever looked at",
    },
    reason: null,
  };
}
