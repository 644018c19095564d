import type { CheckResult, Readiness, Rubric, Scorecard } from "./Scorecard.js";
import { scoreReadiness } from "./scoreReadiness.js";

/** What is worth measuring next. */
export interface NextMeasurements {
  /** Every check that has yet to pass or keeps a gate closed; what shows most first, then what earns most. */
  readonly gains: readonly Gain[];
  /**
   * Closed gates opened one after the other, hard ones first, in each kind the one that earns most first: while one
   * is closed, the cap hides what the others earn.
   */
  readonly gates: readonly GateStep[];
}

/** What one check would bring if it alone came to pass. */
export interface Gain {
  readonly id: string;
  readonly what: string;
  /** Points of 100 by which the earned score would rise. */
  readonly low: number;
  /** The same of the displayed score: less where a cap holds, and more where the last closed gate opens. */
  readonly displayed: number;
  /** What it needs. */
  readonly needs: string;
}

/** The score once this gate and all before it are open. */
export interface GateStep {
  readonly id: string;
  readonly gate: "hard" | "soft";
  /** Its check passes, but on the twin's labels, which open no soft gate. */
  readonly passes: boolean;
  readonly low: number;
  readonly cap: number;
  readonly displayed: number;
}

/**
 * What to measure next: gains of single checks, and the way through the gates.
 *
 * A check is taken to pass on evidence as good as what it has now (half its points if recorded once), and on
 * recomputed evidence where it has none; with it pass those that wait for it alone. A soft gate opens on real
 * experiments only, so there they are supposed.
 */
export function nextMeasurements(rubric: Rubric, scorecard: Scorecard): NextMeasurements {
  const { checks, gatesNotPassed, low, displayed } = scorecard;
  const scoreWith = (passed: readonly CheckResult[]): Readiness =>
    scoreReadiness(
      rubric,
      Object.fromEntries(
        checks.map((check) => [
          check.id,
          passed.some((one) => one === check || isHeldBackBy(one, check)) ? asPassed(check) : check,
        ]),
      ),
    );
  const open = checks.filter(({ id, status }) => status !== "PASS" || gatesNotPassed.includes(id));
  const gains = open.map((check): Gain => {
    const score = scoreWith([check]);
    return {
      id: check.id,
      what: check.what,
      low: score.low - low,
      displayed: score.displayed - displayed,
      needs: needs(check),
    };
  });
  const lowOf = new Map(gains.map((gain) => [gain.id, gain.low]));
  const closed = open
    .filter(({ id }) => gatesNotPassed.includes(id))
    .sort((a, b) => kind(a) - kind(b) || lowOf.get(b.id)! - lowOf.get(a.id)!);
  const gates = closed.map(({ id, gate, status }, step): GateStep => {
    const score = scoreWith(closed.slice(0, step + 1));
    return { id, gate: gate!, passes: status === "PASS", low: score.low, cap: score.cap, displayed: score.displayed };
  });
  return { gains: gains.sort((a, b) => b.displayed - a.displayed || b.low - a.low), gates };
}

/** Whether a check passes already, but for a precondition. */
function isHeldBackBy({ id }: CheckResult, { reason }: CheckResult): boolean {
  return reason === `PRECONDITION: ${id} must pass first`;
}

function asPassed(check: CheckResult): CheckResult {
  return { ...check, status: "PASS", simulated: check.simulated && check.gate !== "soft" };
}

function needs({ status, mend, gate, simulated }: CheckResult): string {
  if (gate !== "soft" || !simulated) return mend;
  const first = status === "PASS" ? "" : `${mend}; `;
  return `${first}measure it on real experiments, as the twin's labels open no soft gate`;
}

function kind({ gate }: CheckResult): number {
  return gate === "hard" ? 0 : 1;
}
