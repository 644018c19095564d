import type { Random } from "../../core/random/Random.js";

/** What a label of a group may be: the batch, the day or the laboratory of a row. */
export type GroupLabels = readonly (string | number)[];

/** The group of each row of both samples. Labels of one sample say nothing about the other's. */
export interface SampleGroups {
  readonly reference: GroupLabels;
  readonly current: GroupLabels;
}

/** What every test of two samples takes beside them. */
export interface DriftTestOptions {
  /** Rows of a group are not independent and change sides together (default: every row is a group of its own). */
  readonly groups?: SampleGroups;
  /** Probability of a false alarm, in (0, 1); of several tests, of each (default 0.05). */
  readonly alpha?: number;
  /** Permutations (default 999). */
  readonly draws?: number;
  readonly random: Random;
}

/** One test of two samples, with what decided it. */
export interface DriftTest {
  readonly statistic: number;
  /** Probability of as large a statistic if groups of both samples are alike; null where it is unknown. */
  readonly pValue: number | null;
  /** Quantile of the statistic at 1 - alpha if nothing drifted; null where it is unknown or was not needed. */
  readonly threshold: number | null;
  readonly alpha: number;
  readonly drifted: boolean;
  readonly method: string;
  /** Why this is neither drift nor its absence, and what would be needed; null where it is known. */
  readonly unknown: string | null;
}
