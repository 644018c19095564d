import { percent } from "../core/percent.js";
import { phaseNames } from "../chemistry/phases.js";
import type { ConformalSets } from "../uncertainty/conformal/fitConformalSets.js";

/** What sets of phases promise, and what that rests on. */
export interface CoveragePromise {
  /**
   * Share of recipes whose set holds their phase, at least: of each phase on its own, and of new batches where rows
   * come in batches.
   */
  readonly share: number;
  readonly of: "new batches" | "new rows";
  readonly phases: readonly PhasePromise[];
}

/** The promise that sets keep for one phase. */
export interface PhasePromise {
  readonly phase: string;
  /** Calibrate rows of the phase. */
  readonly rows: number;
  /** Batches that those rows come in; null where they were drawn one by one. */
  readonly batches: number | null;
  /** Why the phase is in every set: too few of them; null where they are enough. */
  readonly reason: string | null;
}

/** @param sets  fitted within each class */
export function coveragePromise({ alpha, thresholds }: ConformalSets): CoveragePromise {
  // A rank is taken where each row stands for itself.
  const inBatches = thresholds.some(({ rank }) => rank === null);
  return {
    share: 1 - alpha,
    of: inBatches ? "new batches" : "new rows",
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
  const count = (value: number): string => value.toLocaleString("en-GB");
  const known = phases
    .filter(({ reason }) => reason === null)
    .map(
      ({ phase, rows, batches }) => `${phase} ${count(rows)}${batches === null ? "" : ` in ${count(batches)} batches`}`,
    );
  return [
    known.length === 0
      ? "sets promise nothing"
      : `sets promise ${percent(share)} for each phase, in ${of}, from calibrate rows: ${known.join(", ")}`,
    ...phases.filter(({ reason }) => reason !== null).map(({ phase, reason }) => `${phase} is in every set: ${reason}`),
  ].join("\n");
}
