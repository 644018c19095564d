import type { Direction } from "../core/Evidence.js";

/** Whether a check is shown, shown to fail, or not known. */
export type CheckStatus = "PASS" | "FAIL" | "UNKNOWN";

/**
 * Why a check is not PASS.
 * NO_EVIDENCE: nothing measured · STALE: older than the check allows at the as-of date ·
 * HASH_MISMATCH: the files or sources behind the number have changed since ·
 * UNDERPOWERED: the interval straddles the threshold, or there are too few rows ·
 * PRECONDITION: another check must pass first · BELOW_THRESHOLD: measured, and not good enough ·
 * UNATTAINABLE: noise or counts forbid it to everybody, as its ceiling says.
 */
export type ReasonCode =
  "NO_EVIDENCE" | "STALE" | "HASH_MISMATCH" | "UNDERPOWERED" | "PRECONDITION" | "BELOW_THRESHOLD" | "UNATTAINABLE";

/** Short name of a category of the rubric. */
export type CategoryId = "data" | "performance" | "rigor" | "infra" | "code" | "docs";

/** One measurement that a check needs, and what it must show. */
export interface Requirement {
  /** Id of the measurement in an evidence file. */
  readonly measure: string;
  readonly direction: Direction;
  readonly threshold: number;
  /** Fewest cases for a PASS: also keeps a count of faults from passing where nothing was looked at. */
  readonly minimumN?: number;
  /** Counts and yes/no facts (1 or 0) have no interval; every other measurement needs one. */
  readonly exact?: boolean;
  /** Id of the measurement of the best that anybody could reach, where noise or counts set an end. */
  readonly ceiling?: string;
}

/** A check of the rubric: what it asks, what it is worth, and the measurements that decide it. */
export interface Check {
  readonly id: string;
  readonly points: number;
  readonly what: string;
  readonly rule: string;
  /** A gate that is not PASS caps the score: hard at 25, soft at 70. */
  readonly gate?: "hard" | "soft";
  /** Check that must PASS first. */
  readonly precondition?: string;
  readonly requires: readonly Requirement[];
  /** Days after which evidence is STALE, where the rubric's default does not fit. */
  readonly daysValid?: number;
}

/** A category of the rubric: its weight, and the checks that fill it. */
export interface Category {
  readonly id: CategoryId;
  readonly name: string;
  /** Share of the whole score; the six sum to 1. Each category holds 10 points. */
  readonly weight: number;
  readonly checks: readonly Check[];
}

/** The rubric: categories with their weights and checks, and how long evidence is valid. */
export interface Rubric {
  readonly version: string;
  readonly daysValid: number;
  readonly categories: readonly Category[];
}

/** A check as it was judged, with the reason where it is no PASS. */
export interface CheckResult {
  readonly id: string;
  readonly category: CategoryId;
  readonly what: string;
  readonly rule: string;
  readonly points: number;
  readonly gate: "hard" | "soft" | null;
  readonly status: CheckStatus;
  /** Empty for PASS, else a ReasonCode and words. */
  readonly reason: string;
  /** What would change the status. */
  readonly mend: string;
  /** Points counted: all of them recomputed, half if recorded once. */
  readonly earned: number;
  /** Share of the points that its evidence can earn: 1 = recomputed, 0.5 = recorded once. */
  readonly credit: number;
  /** Its evidence rests on the twin's labels. */
  readonly simulated: boolean;
  /** Why a PASS earns less than its points, or leaves its gate closed; else empty. */
  readonly note: string;
  /** Ids of the evidence files behind it. */
  readonly evidence: readonly string[];
}

/** What the score allows, in one word. */
export type Verdict = "NOT_READY" | "NOT_SHOWN" | "RESEARCH" | "SHADOW" | "CANARY" | "PRODUCTION";

/** Readiness scores: the whole runs from 0 to 100, categories from 0 to 10; larger is better. */
export interface Readiness {
  /** What evidence has earned. */
  readonly low: number;
  /** The same with every UNKNOWN counted as earned: what could still be shown. */
  readonly high: number;
  /** Highest score the gates allow. */
  readonly cap: number;
  /** min(low, cap): the headline. */
  readonly displayed: number;
  readonly verdict: Verdict;
  readonly categories: readonly {
    readonly id: CategoryId;
    readonly name: string;
    readonly weight: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly gatesNotPassed: readonly string[];
}

/** A readiness score with every check that it rests on. */
export interface Scorecard extends Readiness {
  readonly checks: readonly CheckResult[];
}
