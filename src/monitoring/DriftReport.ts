import type { Interval } from "../core/statistics/Interval.js";
import type { GroupCounts } from "./detectors/permutationFloor.js";

/** One feature of two tables. */
export interface FeatureDrift {
  readonly feature: string;
  /** What was compared: values of numbers, levels of categories, or how many values are missing. */
  readonly compared: "values" | "levels" | "missing";
  /** Of `change` and `detectable`: the column's own, or "share". */
  readonly unit: string;
  /**
   * In [0, 1]: the largest distance of distribution functions (values), or
   * the total variation distance (levels, missing).
   */
  readonly distance: number;
  /** How far values must move to be distributed as in the reference, in their unit; null of levels and missing. */
  readonly wasserstein: number | null;
  /** Probability of as much if both came from one distribution; null where it is unknown. */
  readonly pValue: number | null;
  /** The same after Holm, over all comparisons; drifted where it is at most alpha. */
  readonly adjusted: number | null;
  readonly drifted: boolean;
  /** Why this is neither drift nor its absence, and what would be needed; null where it is known. */
  readonly unknown: string | null;
  readonly change: FeatureChange;
  /** Shift that would have been found four times of five, in the unit; null where no shift would. */
  readonly detectable: number | null;
  /** Rows that have a value, and the groups they come in. */
  readonly rows: GroupCounts;
  readonly groups: GroupCounts;
}

/** How much a feature changed: its mean, the share of the level that changed most, or that of missing values. */
export interface FeatureChange {
  /** "mean", "share of water", "share missing". */
  readonly of: string;
  readonly from: number;
  readonly to: number;
  readonly difference: number;
  /** Student's, over groups; null of fewer than three groups. */
  readonly interval: Interval | null;
}

/** How a table differs from another. */
export interface DriftReport {
  readonly features: readonly FeatureDrift[];
  /** How many of the comparisons found drift, and how many found nothing out. */
  readonly drifted: number;
  readonly unknown: number;
  readonly alpha: number;
  /** What rows come in: the column that names their batch; null where rows are taken as independent. */
  readonly groups: string | null;
  /** Columns that only this table or only the other has, or that are of another kind there. */
  readonly onlyCurrent: readonly string[];
  readonly onlyReference: readonly string[];
}
