import { percent } from "../core/percent.js";
import { describeMeasurement } from "../core/describeMeasurement.js";
import type { Evidence } from "../core/Evidence.js";
import { againstThreshold } from "../core/statistics/againstThreshold.js";
import type { Check, CheckStatus, ReasonCode, Requirement } from "./Scorecard.js";

/** How an evidence file stands beside the files and sources it was made from. */
export interface Freshness {
  readonly matches: boolean;
  /** What changed, where it does not match. */
  readonly difference: string;
  /**
   * Days between its entry in the ledger and the as-of date; null where no date is given, infinite
   * where the ledger did not know it on that day.
   */
  readonly age: number | null;
}

/** A measurement as the scorecard reads it: the evidence, the file it came from, and that file's freshness. */
export interface Exhibit {
  readonly evidence: Evidence;
  readonly file: string;
  readonly freshness: Freshness;
}

export interface Judgement {
  readonly status: CheckStatus;
  readonly reason: string;
  readonly exhibits: readonly Exhibit[];
}

/**
 * The status of one check: PASS only if every requirement passes, FAIL as soon as one fails, else UNKNOWN.
 *
 * A bound decides, not the point: an interval passes when its near side clears the threshold and fails when its
 * far side is beyond it. The two-sided interval must cover at least 90 %, so each side is a one-sided 95 % bound.
 * Where even the favourable end of a requirement's ceiling is beyond the threshold, nobody could pass: FAIL,
 * UNATTAINABLE.
 *
 * @param exhibits   by measurement id
 * @param daysValid  days after which evidence is STALE
 */
export function judgeCheck(check: Check, exhibits: ReadonlyMap<string, Exhibit>, daysValid: number): Judgement {
  const of = (measures: readonly string[]): readonly Exhibit[] =>
    measures.flatMap((measure) => exhibits.get(measure) ?? []);
  const { status, reason } = decisive(check, exhibits, daysValid);
  const why = reason();
  const ceilings = why.startsWith("UNATTAINABLE") ? check.requires.map(({ ceiling = "" }) => ceiling) : [];
  const used = [...new Set(of([...check.requires.map(({ measure }) => measure), ...ceilings]))];
  return { status, reason: why, exhibits: used };
}

/** The status alone, for who judges many times over: words cost more than the verdict. */
export function checkStatus(check: Check, exhibits: ReadonlyMap<string, Exhibit>, daysValid: number): CheckStatus {
  return decisive(check, exhibits, daysValid).status;
}

interface Ruling {
  readonly status: CheckStatus;
  readonly reason: () => string;
}

const pass: Ruling = { status: "PASS", reason: () => "" };

/** Of the first requirement that fails, else of the first that is UNKNOWN. */
function decisive(check: Check, exhibits: ReadonlyMap<string, Exhibit>, daysValid: number): Ruling {
  const valid = check.daysValid ?? daysValid;
  const judged = check.requires.map(
    (requirement) =>
      unattainable(requirement, exhibits.get(requirement.ceiling ?? ""), valid) ??
      judgeRequirement(requirement, exhibits.get(requirement.measure), valid),
  );
  return judged.find(({ status }) => status === "FAIL") ?? judged.find(({ status }) => status === "UNKNOWN") ?? pass;
}

/** Where the ceiling is known and valid, and even its favourable end is beyond the threshold. */
function unattainable(requirement: Requirement, ceiling: Exhibit | undefined, daysValid: number): Ruling | undefined {
  if (ceiling === undefined) return undefined;
  const { evidence, freshness } = ceiling;
  if (evidence.value === null || !freshness.matches || (freshness.age ?? 0) > daysValid) return undefined;
  const { low, high } = evidence.interval ?? { low: evidence.value, high: evidence.value };
  if (againstThreshold({ low, high }, requirement) !== "beyond") return undefined;
  return {
    status: "FAIL",
    reason: () =>
      `UNATTAINABLE: ${requirement.measure} wanted ${wanted(requirement, evidence.unit)}, ` +
      `and the best that anybody could reach is ${evidence.id} = ${describeMeasurement(evidence)}`,
  };
}

function judgeRequirement(requirement: Requirement, exhibit: Exhibit | undefined, daysValid: number): Ruling {
  const unknown = (code: ReasonCode, words: string): Ruling => ({
    status: "UNKNOWN",
    reason: () => `${code}: ${words}`,
  });
  if (exhibit === undefined) return unknown("NO_EVIDENCE", `${requirement.measure} has not been measured`);
  const { evidence, freshness } = exhibit;
  if (evidence.value === null) return unknown("NO_EVIDENCE", `${evidence.id}: ${evidence.reason}`);
  if (!freshness.matches) return unknown("HASH_MISMATCH", freshness.difference);
  if (freshness.age !== null && freshness.age > daysValid)
    return unknown(
      "STALE",
      freshness.age === Infinity
        ? `${evidence.id} was not in the ledger on that day`
        : `${evidence.id} is ${freshness.age} days old, ${daysValid} are allowed`,
    );

  const [low, high] = boundsOf(requirement, evidence);
  const shown = (): string =>
    `${evidence.id} = ${describeMeasurement(evidence)}, wanted ${wanted(requirement, evidence.unit)}`;
  const side = againstThreshold({ low, high }, requirement);
  if (side === "beyond") return { status: "FAIL", reason: () => `BELOW_THRESHOLD: ${shown()}` };
  // An n that is not told is none.
  if ((evidence.n ?? 0) < (requirement.minimumN ?? 0))
    return unknown("UNDERPOWERED", `${evidence.id} rests on n = ${evidence.n}, ${requirement.minimumN} are needed`);
  if (Number.isNaN(low) || Number.isNaN(high))
    return unknown("UNDERPOWERED", `${evidence.id} has no interval of at least 90 %`);
  return side === "clears"
    ? pass
    : { status: "UNKNOWN", reason: () => `UNDERPOWERED: ${shown()}: the interval straddles it` };
}

/** NaN where an interval is needed and missing. */
function boundsOf(requirement: Requirement, { value, interval }: Evidence): [number, number] {
  if (requirement.exact === true) return [value!, value!];
  return interval === null || interval.level < 0.9 ? [NaN, NaN] : [interval.low, interval.high];
}

function wanted({ direction, threshold }: Requirement, unit: string): string {
  const inPoints = (): string => percent(threshold).replace("%", "percentage points");
  const shown = unit === "share" ? percent(threshold) : unit === "share difference" ? inPoints() : threshold;
  return `${{ atLeast: "at least", atMost: "at most", equals: "exactly" }[direction]} ${shown}`;
}
