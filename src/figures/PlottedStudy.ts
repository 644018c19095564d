/** What a choice may be. */
export type PlottedChoice = string | number | boolean | null;

/** What a parameter of a study may be: a number between two ends, or one of several choices. */
export type PlottedParameter =
  | {
      readonly kind: "float" | "integer";
      readonly low: number;
      readonly high: number;
      /** Whether ratios count: then its axis is logarithmic. */
      readonly log?: boolean;
    }
  | { readonly kind: "categorical"; readonly choices: readonly PlottedChoice[] };

/** A trial of a study: what it tried, and what came of it. */
export interface PlottedTrial {
  readonly number: number;
  /** A parameter that hangs on another is there in some trials alone. */
  readonly parameters: Readonly<Record<string, PlottedChoice>>;
  /** Null while it runs. */
  readonly outcome: {
    readonly state: "complete" | "pruned" | "failed";
    /** One per objective; empty unless complete. */
    readonly values: readonly number[];
    /** What it reported on its way. */
    readonly steps: readonly { readonly step: number; readonly value: number }[];
    /** At most 0 where a constraint is kept; by name. */
    readonly constraints: Readonly<Record<string, number>>;
  } | null;
}

/** A study as figures take it: one that tuning keeps has this shape. */
export interface PlottedStudy {
  /** One per objective. */
  readonly directions: readonly ("minimize" | "maximize")[];
  readonly parameters: Readonly<Record<string, PlottedParameter>>;
  /** By number. */
  readonly trials: readonly PlottedTrial[];
}

/** What every figure of a study takes. */
export interface StudyFigure {
  readonly id: string;
  readonly title: string;
  readonly study: PlottedStudy;
  /** What is tuned, with its unit: "Log loss (nats)". */
  readonly valueTitle: string;
  /** Place of the objective that is drawn (default 0). */
  readonly objective?: number;
  /** Whether the axis, or the colours, of values are logarithmic (default false): then values must be above 0. */
  readonly isLogarithmic?: boolean;
}

/** How a trial ended, or that it runs; a complete one that broke a constraint stands apart. */
export type TrialKind = "complete" | "broken" | "pruned" | "failed" | "running";

/** How a trial ended, for its mark. */
export function kindOf({ outcome }: PlottedTrial): TrialKind {
  if (outcome === null) return "running";
  if (outcome.state !== "complete") return outcome.state;
  return Object.values(outcome.constraints).some((value) => value > 0) ? "broken" : "complete";
}

/** A complete trial with its value. */
export interface ValuedTrial {
  readonly trial: PlottedTrial;
  readonly value: number;
}

/**
 * Complete trials that kept their constraints with their values, best first; of equals the one that came first.
 *
 * @throws RangeError if there is none, there is no such objective, or a value is not above 0 where it must be
 */
export function valuedTrials(
  { study: { directions, trials }, objective = 0, isLogarithmic = false }: StudyFigure,
  where: string,
): readonly ValuedTrial[] {
  if (!(objective in directions))
    throw new RangeError(`${where}: the objective must be one of ${directions.length}, from 0; got ${objective}`);
  const sign = directions[objective] === "minimize" ? 1 : -1;
  const valued = trials
    .filter((trial) => kindOf(trial) === "complete")
    .map((trial) => ({ trial, value: trial.outcome!.values[objective] }));
  if (valued.length === 0)
    throw new RangeError(`${where}: at least one complete trial that kept its constraints is needed; got none`);
  const bad = valued.find(({ value }) => isLogarithmic && !(value > 0));
  if (bad !== undefined)
    throw new RangeError(
      `${where}: values must be above 0 on a logarithmic axis; got ${bad.value} of trial ${bad.trial.number}`,
    );
  return valued.sort((a, b) => sign * (a.value - b.value) || a.trial.number - b.trial.number);
}
