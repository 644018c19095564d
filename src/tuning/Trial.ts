import type { ParameterValues } from "./Parameter.js";

/** How a trial ended. */
export type TrialState = "complete" | "pruned" | "failed";

/** What a trial reported on its way: after an epoch, of a fold. */
export interface TrialStep {
  /** A whole number, at least 0. */
  readonly step: number;
  readonly value: number;
}

/** What came of a trial. */
export interface TrialOutcome {
  readonly state: TrialState;
  /** One per objective; empty unless complete. */
  readonly values: readonly number[];
  /** What it reported on its way, in the order of the steps. */
  readonly steps: readonly TrialStep[];
  /** At most 0 where a constraint is kept; by name. */
  readonly constraints: Readonly<Record<string, number>>;
  /** Why it was pruned or failed; null where it is complete. */
  readonly reason: string | null;
}

/** How a trial is told to have ended. */
export type TrialEnd =
  | {
      readonly state: "complete";
      /** One per objective. */
      readonly values: readonly number[];
      /** By name; at most 0 where it is kept (default none). */
      readonly constraints?: Readonly<Record<string, number>>;
    }
  | { readonly state: "pruned" | "failed"; readonly reason: string };

/** A trial with its number, counted from 0 in the order of proposals. */
export interface Trial {
  readonly number: number;
  readonly parameters: ParameterValues;
  /** Null while it runs. */
  readonly outcome: TrialOutcome | null;
}

/** Whether smaller or larger values are better. */
export type Direction = "minimize" | "maximize";
