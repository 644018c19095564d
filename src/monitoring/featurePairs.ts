import type { Random } from "../core/random/Random.js";
import type { FeatureDrift } from "./DriftReport.js";
import type { GroupCounts } from "./detectors/permutationFloor.js";
import { type CodedGroups, everyRow, fitGroups, type PooledGroups } from "./detectors/pooledGroups.js";
import type { SampleCells } from "./detectors/sampleCells.js";
import { type PlacedSample, pooled } from "./detectors/SortedSample.js";
import type { ColumnSample, LevelSample, TableSamples } from "./tableSamples.js";

/** What one comparison looks at: the rows of a feature that have a value, or whether rows have one. */
export interface FeaturePair {
  readonly feature: string;
  readonly compared: FeatureDrift["compared"];
  readonly unit: string;
  readonly rows: GroupCounts;
  readonly groups: PooledGroups;
  /** Numbers; or cells with their names. */
  readonly numbers: { readonly reference: PlacedSample; readonly current: PlacedSample } | null;
  readonly levels: NamedCells | null;
}

/** Levels of both samples, those of the reference first. */
export interface NamedCells extends SampleCells {
  readonly names: readonly string[];
}

interface Both<T> {
  readonly reference: T;
  readonly current: T;
}

/**
 * The comparisons of some columns of two tables: values or levels where both have some, and missing values where either
 * has.
 *
 * @param random  thins larger batches
 */
export function featurePairs(
  names: readonly string[],
  { reference, current }: Both<TableSamples>,
  random: Random,
): readonly FeaturePair[] {
  const groupsOf = remembered(random);
  return names.flatMap((feature) => {
    const [there, here] = [reference.columns[feature], current.columns[feature]];
    const pairs: FeaturePair[] = [];
    if (there.rows > 0 && here.rows > 0) {
      const rows = { reference: there.rows, current: here.rows };
      pairs.push({ feature, rows, groups: groupsOf(rows, there.groups, here.groups), ...compared(there, here) });
    }
    if (there.missing !== null || here.missing !== null) {
      const rows = { reference: reference.numRows, current: current.numRows };
      const missing = [there.missing ?? new Uint32Array(rows.reference), here.missing ?? new Uint32Array(rows.current)];
      const levels = { codes: pooled(missing[0], missing[1]), cells: 2, names: ["present", "missing"] };
      const groups = groupsOf(rows, reference.groups, current.groups);
      pairs.push({ feature, rows, groups, compared: "missing", unit: "share", numbers: null, levels });
    }
    return pairs;
  });
}

function compared(
  { unit, values: there }: ColumnSample,
  { values: here }: ColumnSample,
): Pick<FeaturePair, "compared" | "unit" | "numbers" | "levels"> {
  if ("names" in there && "names" in here)
    return { compared: "levels", unit: "share", numbers: null, levels: pooledLevels(there, here) };
  const numbers = { reference: there as PlacedSample, current: here as PlacedSample };
  return { compared: "values", unit, numbers, levels: null };
}

function pooledLevels(there: LevelSample, here: LevelSample): NamedCells {
  const names = [...new Set([...there.names, ...here.names])];
  const cellOf = new Map(names.map((name, cell) => [name, cell]));
  const cells = here.names.map((name) => cellOf.get(name)!);
  const codes = pooled(
    there.codes,
    here.codes.map((code) => cells[code]),
  );
  return { codes, cells: names.length, names };
}

/** Features that have every value come in the same groups, which are made once. */
function remembered(
  random: Random,
): (rows: GroupCounts, there: CodedGroups | null, here: CodedGroups | null) => PooledGroups {
  let last: { readonly of: readonly unknown[]; readonly groups: PooledGroups } | undefined;
  return ({ reference, current }, there, here) => {
    const of = [reference, current, there, here];
    if (last?.of.every((one, i) => one === of[i]) !== true) {
      const isByRow = there === null || here === null;
      last = { of, groups: isByRow ? everyRow({ reference, current }) : fitGroups(there, here, random) };
    }
    return last.groups;
  };
}
