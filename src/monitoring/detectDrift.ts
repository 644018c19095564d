import { InputError } from "../core/InputError.js";
import { seededRandom } from "../core/random/Random.js";
import { holmAdjusted } from "../core/statistics/holmAdjusted.js";
import { isCategory, type Table } from "../core/Table.js";
import { compareFeature } from "./compareFeature.js";
import type { DriftReport, FeatureDrift } from "./DriftReport.js";
import { featurePairs } from "./featurePairs.js";
import { type DriftReference, namesOfRows } from "./fitDriftReference.js";
import { tableSamples } from "./tableSamples.js";

/** Two tables, and how they are to be compared. */
export interface DetectDriftOptions {
  /** A table, or one that fitDriftReference made ready: then its groups and names of rows hold. */
  readonly reference: Table | DriftReference;
  readonly current: Table;
  /** Column that names the batch of each row: rows of a batch are not independent (default: rows are). */
  readonly groups?: string;
  /** Columns that tell rows apart and are left out (default namesOfRows). */
  readonly rowNames?: readonly string[];
  /** Probability of any false alarm over all comparisons (default 0.05). */
  readonly alpha?: number;
  /**
   * A comparison that would miss a shift of so many standard deviations of rows, and found none, is unknown and not
   * passed (default 1).
   */
  readonly mustFind?: number;
  /** Of the permutations (default 1). */
  readonly seed?: number;
}

/**
 * Whether columns of a table are distributed as in a reference, and how much they moved, in their own unit. Numbers are
 * judged by level (levelDrift) and shape (Kolmogorov-Smirnov), categories and missing values by chi-square; where rows
 * come in batches, whole batches are permuted. Of two tables that come from one distribution any column is called
 * drifted with probability at most `alpha` over all of them together (Holm).
 *
 * What could not be found out is unknown, with what would be needed, and no pass.
 *
 * Where many windows meet one reference, fitDriftReference saves what every window would do to it anew.
 *
 * @throws InputError if a table has no rows, they have no column in common, a number is infinite, or groups do not fit
 * @throws RangeError if alpha is not in (0, 1)
 *
 * @example
 * ```ts
 * import { detectDrift, makeTable } from "cspbbr3-twin";
 *
 * const schema = { temperature: { kind: "number", unit: "°C", meaning: "of injection" } } as const;
 * const days = (mean: number) =>
 *   makeTable(schema, { temperature: Float64Array.from({ length: 40 }, (_, row) => mean + 8 * Math.sin(row)) });
 * const [{ drifted, change, unit }] = detectDrift({ reference: days(160), current: days(172) }).features;
 * console.log(drifted, change.difference.toFixed(1), unit);
 * // true 12.0 °C
 * ```
 */
export function detectDrift({
  reference: given,
  current,
  alpha = 0.05,
  mustFind = 1,
  seed = 1,
  ...asked
}: DetectDriftOptions): DriftReport {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`detectDrift: alpha must be in (0, 1); got ${alpha}`);
  const { table: reference, groups, rowNames, samples: fitted } = referenceOf(given, asked);
  const [common, onlyCurrent, onlyReference] = sharedColumns(reference, current, [...rowNames, groups ?? ""]);
  if (common.length === 0)
    throw new InputError({
      where: "detectDrift",
      must: "the tables must have a column in common",
      got: "none",
      mend: "compare tables of the same kind",
    });
  if (reference.numRows === 0 || current.numRows === 0)
    throw new InputError({
      where: "detectDrift",
      must: "both tables must have rows",
      got: `${current.numRows} here and ${reference.numRows} in the reference`,
      mend: "wait until the window has rows, or name another reference",
    });
  const random = seededRandom(seed).fork("drift");
  const samples = {
    reference: fitted ?? tableSamples(reference, common, groups),
    current: tableSamples(current, common, groups),
  };
  const pairs = featurePairs(common, samples, random);
  const compared = pairs.map((pair) => compareFeature(pair, { alpha: alpha / pairs.length, mustFind, random }));
  const tested = compared.filter(({ pValue }) => pValue !== null);
  const adjusted = new Map(holmAdjusted(tested.map(({ pValue }) => pValue!)).map((value, i) => [tested[i], value]));
  const features = compared.map((one): FeatureDrift => {
    const value = adjusted.get(one) ?? null;
    const drifted = value !== null && value <= alpha;
    return { ...one, adjusted: value, drifted, unknown: drifted ? null : one.unknown };
  });
  return {
    features,
    drifted: features.filter((one) => one.drifted).length,
    unknown: features.filter((one) => one.unknown !== null).length,
    alpha,
    groups,
    onlyCurrent,
    onlyReference,
  };
}

/** A reference that is not ready yet is sorted in the columns of the window alone. */
function referenceOf(
  reference: Table | DriftReference,
  { groups, rowNames }: Pick<DetectDriftOptions, "groups" | "rowNames">,
): Omit<DriftReference, "samples"> & { readonly samples: DriftReference["samples"] | null } {
  if (!("samples" in reference))
    return { table: reference, groups: groups ?? null, rowNames: rowNames ?? namesOfRows, samples: null };
  if (groups === undefined || groups === reference.groups) return reference;
  throw new InputError({
    where: "groups",
    must: "must be the column that the reference was made ready with",
    got: `"${groups}", and the reference has ${reference.groups === null ? "none" : `"${reference.groups}"`}`,
    mend: "name the groups when you call fitDriftReference",
  });
}

/** Names in both tables and of one kind there; those of the current table alone; those of the reference alone. */
function sharedColumns(reference: Table, current: Table, left: readonly string[]): readonly (readonly string[])[] {
  const namesOf = ({ columns }: Table): string[] => Object.keys(columns).filter((name) => !left.includes(name));
  const isCommon = (name: string): boolean =>
    [reference, current].every(({ columns }) => Object.hasOwn(columns, name)) &&
    isCategory(reference.columns[name]) === isCategory(current.columns[name]);
  return [
    namesOf(current).filter(isCommon),
    namesOf(current).filter((name) => !isCommon(name)),
    namesOf(reference).filter((name) => !isCommon(name)),
  ];
}
