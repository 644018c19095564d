import { groupedDigits } from "../core/groupedDigits.js";
import { percent } from "../core/percent.js";
import { phaseNames } from "../chemistry/phases.js";
import type { PhaseLimits } from "./phaseLimits.js";

/** What sets of phases promise, and what that rests on. */
export interface CoveragePromise {
  /**
   * Share of recipes whose set holds their phase, at least: of each phase on its own, and of new batches or recipes
   * where rows come in such.
   */
  readonly share: number;
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
  /** Why the phase is in every set: too few of them; null where they are enough. */
  readonly reason: string | null;
}

/** @param limits.sets  fitted within each class */
export function coveragePromise({ sets, splitBy }: Pick<PhaseLimits, "sets" | "splitBy">): CoveragePromise {
  const { alpha, thresholds } = sets;
  // A rank is taken where each row stands for itself.
  const inBatches = thresholds.some(({ rank }) => rank === null);
  return {
    share: 1 - alpha,
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
export function formatCoveragePromise({ share, of, phases }: CoveragePromise): string {
  const count = groupedDigits;
  const known = phases
    .filter(({ reason }) => reason === null)
    .map(
      ({ phase, rows, batches }) =>
        `${phase} ${count(rows)}${batches === null ? "" : ` in ${count(batches)} ${of.replace("new ", "")}`}`,
    );
  return [
    known.length === 0
      ? "sets promise nothing"
      : `sets promise ${percent(share)} for each phase, in ${of}, from calibrate rows: ${known.join(", ")}`,
    ...phases.filter(({ reason }) => reason !== null).map(({ phase, reason }) => `${phase} is in every set: ${reason}`),
  ].join("\n");
}
