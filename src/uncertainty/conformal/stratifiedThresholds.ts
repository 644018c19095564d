import { conformalThreshold, type ConformalThreshold } from "./conformalThreshold.js";

export type Stratum = string | number;

export interface StratumThreshold extends ConformalThreshold {
  /** The rows it is for: those of this class or stratum; null: all. */
  readonly stratum: Stratum | null;
}

export interface ThresholdOptions {
  readonly alpha: number;
  /** Stratum of each row; each gets a threshold, and keeps the promise, on its own (Mondrian). */
  readonly strata?: readonly Stratum[];
  /** Strata that must have a threshold, though no row be theirs; default: those that occur, as they come. */
  readonly levels?: readonly Stratum[];
  readonly groups?: readonly (string | number)[];
}

/**
 * Conformal thresholds: one for all rows, or one for each stratum from its own rows alone.
 *
 * @param scores  nonconformity scores of the calibration rows
 * @throws RangeError as conformalThreshold does, or if strata and scores differ in number
 * @see Vovk 2013, doi:10.1007/s10994-013-5355-6
 */
export function stratifiedThresholds(
  scores: ArrayLike<number>,
  { alpha, strata, levels, groups }: ThresholdOptions,
): readonly StratumThreshold[] {
  const all = conformalThreshold(scores, alpha, { groups });
  if (strata === undefined) return [{ stratum: null, ...all }];
  if (strata.length !== scores.length)
    throw new RangeError(
      `stratifiedThresholds: one stratum per row is needed; got ${strata.length} for ${scores.length} rows`,
    );
  const rowsOf = new Map<Stratum, number[]>((levels ?? []).map((level) => [level, []]));
  strata.forEach((stratum, row) => (rowsOf.get(stratum) ?? rowsOf.set(stratum, []).get(stratum)!).push(row));
  return [...rowsOf].map(([stratum, rows]) => ({
    stratum,
    ...conformalThreshold(
      rows.map((row) => scores[row]),
      alpha,
      { groups: groups && rows.map((row) => groups[row]) },
    ),
  }));
}

/** The threshold of a stratum, infinite where calibration had too few rows of it, or none. */
export function thresholdOf(thresholds: readonly StratumThreshold[]): (stratum: Stratum | null) => number {
  const values = new Map(thresholds.map(({ stratum, value }) => [stratum, value]));
  return (stratum) => values.get(stratum) ?? Infinity;
}
