import { groupedDigits } from "../core/groupedDigits.js";
import { percent } from "../core/percent.js";
import { phaseNames } from "../chemistry/phases.js";
import type { PhaseLimits } from "./phaseLimits.js";

/** What sets of phases promise, and what that rests on. */
export interface CoveragePromise {
  /**
   * Share of recipes whose set holds their phase, at least: of each phase on its own or of all together, and of new
   * batches or recipes where rows come in such.
   */
  readonly share: number;
  /** Whether each phase is promised it; else only all together, so that a rare one may be missed more often. */
  readonly eachPhase: boolean;
  /**
   * What is proved where sets come from a cross-validation, which mostly keeps the share: 0 where rows come in batches
   * or recipes, as proofs are of rows that are drawn one by one; null where the share itself is proved.
   */
  readonly proved: number | null;
  readonly of: "new batches" | "new recipes" | "new rows";
  readonly phases: readonly PhasePromise[];
}

/** The promise that sets keep for one phase. */
export interface PhasePromise {
  readonly phase: string;
  /** Calibrate rows of the phase. */
  readonly rows: number;
  /** Batches, or recipes, that those rows come in; null where they were drawn one by one. */
  readonly batches: number | null;
  /** Why nothing is promised of the phase: too few rows of it; null where they are enough. */
  readonly reason: string | null;
}

/** @param limits.sets  fitted within each class */
export function coveragePromise({ sets, splitBy }: Pick<PhaseLimits, "sets" | "splitBy">): CoveragePromise {
  const { alpha, thresholds } = sets;
  // A rank is taken where each row stands for itself.
  const inBatches = thresholds.some(({ rank }) => rank === null);
  return {
    share: 1 - alpha,
    eachPhase: true,
    proved: null,
    of: !inBatches ? "new rows" : splitBy === "recipe" ? "new recipes" : "new batches",
    phases: thresholds.map(({ rows, groups, reason }, k) => ({
      phase: phaseNames[k],
      rows,
      batches: inBatches ? groups : null,
      reason,
    })),
  };
}

/** For the terminal. */
export function formatCoveragePromise(promise: CoveragePromise): string {
  const { share, eachPhase, proved, of, phases } = promise;
  const lacking = phases.filter(({ reason }) => reason !== null);
  if (eachPhase)
    return [
      lacking.length === phases.length
        ? "sets promise nothing"
        : `sets promise ${percent(share)} for each phase, ${rowsInWords(promise, "calibrate rows")}`,
      ...lacking.map(({ phase, reason }) => `${phase} is in every set: ${reason}`),
    ].join("\n");
  return [
    `sets aim at ${percent(share)} over all phases together, ${rowsInWords(promise, "your rows")}`,
    ...(proved === null ? [] : [`  ${provedInWords(proved, of)}; sets by cross-validation mostly reach their aim`]),
    ...lacking.map(({ phase, reason }) => `  ${phase}: ${reason}`),
  ].join("\n");
}

function provedInWords(proved: number, of: CoveragePromise["of"]): string {
  return proved === 0
    ? `nothing is proved where rows come in ${of.replace("new ", "")}`
    : `at least ${percent(proved, { decimals: 1 })} are proved`;
}

function rowsInWords({ of, phases }: CoveragePromise, rows: string): string {
  const known = phases
    .filter(({ reason }) => reason === null)
    .map(
      ({ phase, rows, batches }) =>
        `${phase} ${groupedDigits(rows)}` +
        (batches === null ? "" : ` in ${groupedDigits(batches)} ${of.replace("new ", "")}`),
    );
  return `in ${of}, from ${rows}${known.length === 0 ? "" : `: ${known.join(", ")}`}`;
}
