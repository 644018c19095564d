import type { Direction } from "../core/Evidence.js";
import { againstThreshold } from "../core/statistics/againstThreshold.js";
import type { EstimateOrReason } from "../core/statistics/Estimate.js";

/** What became of a target. */
export type TargetWord = "MET" | "NOT MET" | "UNKNOWN" | "UNATTAINABLE";

/** A number that was asked for. */
export interface TargetBar {
  readonly direction: Direction;
  readonly threshold: number;
  /** Fewest rows for MET (default none). */
  readonly fewest?: number;
}

/** What was measured of it. */
export interface TargetEvidence {
  readonly measured: EstimateOrReason;
  readonly rows: number;
  /** Favourable end of the best that noise of outcomes allows, for the same score; null where nobody knows. */
  readonly favourable: number | null;
}

/** A verdict with why it is so, in words. */
export interface TargetVerdict {
  readonly verdict: TargetWord;
  readonly reason: string;
}

/**
 * Whether a target is met. A bound of the interval decides, not the point. UNATTAINABLE is said first: where even the
 * favourable end of the ceiling is beyond the threshold no model could meet it, whatever was measured.
 *
 * @param evidence.favourable  as of replicateCeiling and replicateNoise
 */
export function targetVerdict(target: TargetBar, { measured, rows, favourable }: TargetEvidence): TargetVerdict {
  if (favourable !== null && againstThreshold({ low: favourable, high: favourable }, target) === "beyond")
    return { verdict: "UNATTAINABLE", reason: "outcomes of equal recipes differ by more than the target allows" };
  if (measured.interval === null)
    return {
      verdict: "UNKNOWN",
      reason: measured.value === null ? measured.reason : `no interval: ${measured.reason}`,
    };
  const side = againstThreshold(measured.interval, target);
  if (side === "beyond") return { verdict: "NOT MET", reason: "" };
  const { fewest = 0 } = target;
  if (rows < fewest) return { verdict: "UNKNOWN", reason: `${rows} rows, and ${fewest} are needed` };
  return side === "clears"
    ? { verdict: "MET", reason: "" }
    : { verdict: "UNKNOWN", reason: "the interval holds the threshold" };
}
