import { percent } from "../core/percent.js";
import type { Random } from "../core/random/Random.js";
import { shuffledRows } from "../core/random/shuffledRows.js";
import { splitParts, type Split, type SplitShares } from "../core/Split.js";
import { defaultShares, partShares } from "./partShares.js";
import { rowClasses, type Labels } from "./rowClasses.js";
import { splitFromParts } from "./splitFromParts.js";

/**
 * Splits whole groups (laboratories, papers, batches) so that none is in two parts, and classes are as balanced as
 * groups allow. Greedy: the largest groups first, each to the part whose class counts it brings closest to their
 * shares, then single groups move for as long as that helps; groups of equal size come in random order. Where that
 * misses the tolerance and groups are few (10 for four parts), every way of giving them to parts is tried.
 *
 * @param labels  class of each row, shape [n]
 * @param groups  group of each row, shape [n]
 * @param options.shares     share of each part (default 0.6, 0.1, 0.1, 0.2); left out is 0
 * @param options.tolerance  by how much the share of rows a part gets may miss the one asked for (default 0.1)
 * @throws RangeError if lengths differ, a row has no label or group, shares do not sum to 1, there are fewer groups
 *   than parts, or groups are too large for the shares
 *
 * @example
 * ```ts
 * import { groupedSplit, seededRandom } from "cspbbr3-twin";
 *
 * const labels = Array.from({ length: 40 }, (_, row) => row % 2);
 * const batches = Array.from({ length: 40 }, (_, row) => Math.floor(row / 4));
 * const split = groupedSplit(labels, batches, seededRandom(1));
 * console.log(split.tune, split.calibrate);
 * // Uint32Array(4) [ 20, 21, 22, 23 ] Uint32Array(4) [ 4, 5, 6, 7 ]
 * ```
 */
export function groupedSplit(
  labels: Labels,
  groups: Labels,
  random: Random,
  { shares = defaultShares, tolerance = 0.1 }: { readonly shares?: SplitShares; readonly tolerance?: number } = {},
): Split {
  const all = partShares(shares, "groupedSplit");
  const classes = rowClasses(labels, { where: "groupedSplit" });
  const grouped = rowClasses(groups, { where: "groupedSplit", what: "group" });
  const rows = classes.codes.length;
  if (grouped.codes.length !== rows)
    throw new RangeError(
      `groupedSplit: labels and groups must have the same length; got ${rows} and ${grouped.codes.length}`,
    );
  if (!(tolerance >= 0 && tolerance <= 1))
    throw new RangeError(`groupedSplit: tolerance must be a share in [0, 1]; got ${tolerance}`);
  const parts = splitParts.map((_, part) => part).filter((part) => all[part] > 0);
  if (grouped.rows.length < parts.length) {
    throw new RangeError(
      "groupedSplit: at least as many groups as parts with a share are needed; " +
        `got ${grouped.rows.length} ${grouped.rows.length === 1 ? "group" : "groups"} for ${parts.length} parts; ` +
        "give parts share 0, or split by rows",
    );
  }
  const largest = grouped.rows.reduce((best, one, group) => (one.length > grouped.rows[best].length ? group : best), 0);
  const mostShare = Math.max(...all);
  if (grouped.rows[largest].length / rows > mostShare + tolerance + roundingError) {
    throw new RangeError(
      "groupedSplit: no group may be larger than the largest part, " +
        `${percent(mostShare, { significant: 3 })} of ${rows} rows; ` +
        `group "${grouped.names[largest]}" has ${grouped.rows[largest].length}; ` +
        `split it, give a part a larger share, or raise tolerance (${tolerance})`,
    );
  }
  const counts = classCounts(grouped.rows, classes);
  const splitOf = (partOfGroup: Uint8Array): Split =>
    splitFromParts(Uint8Array.from(grouped.codes, (group) => partOfGroup[group]));
  const isMissed = (split: Split, part: number): boolean =>
    Math.abs(split[splitParts[part]].length / rows - all[part]) > tolerance + roundingError;
  const greedy = splitOf(assignGroups(counts, { shares: all, parts, random }));
  if (!parts.some((part) => isMissed(greedy, part))) return greedy;
  const found = bestAssignment(counts, { shares: all, parts, tolerance });
  const split = found === null ? greedy : splitOf(found);
  for (const part of parts) {
    const got = split[splitParts[part]].length / rows;
    if (isMissed(split, part)) {
      throw new RangeError(
        `groupedSplit: every part must get its share of rows within ${percent(tolerance, { significant: 3 })}; ` +
          `${splitParts[part]} gets ${percent(got, { significant: 3 })} in place of ` +
          `${percent(all[part], { significant: 3 })}, since groups are large (${grouped.rows.length} groups, ` +
          `the largest of ${grouped.rows[largest].length} rows); ` +
          "ask for other shares, fewer parts, or a larger tolerance",
      );
    }
  }
  return split;
}

const roundingError = 1e-9;

/** counts[group][class] */
function classCounts(
  groupRows: readonly Uint32Array[],
  { codes, names }: { readonly codes: Uint32Array; readonly names: readonly string[] },
): readonly Float64Array[] {
  return groupRows.map((rows) => {
    const counts = new Float64Array(names.length);
    for (const row of rows) counts[codes[row]]++;
    return counts;
  });
}

function assignGroups(
  counts: readonly Float64Array[],
  {
    shares,
    parts,
    random,
  }: { readonly shares: readonly number[]; readonly parts: readonly number[]; readonly random: Random },
): Uint8Array {
  const sizes = counts.map((ofGroup) => ofGroup.reduce((a, b) => a + b, 0));
  const totals = counts.reduce(
    (sum, ofGroup) => sum.map((value, one) => value + ofGroup[one]),
    new Float64Array(counts[0].length),
  );
  const rows = sizes.reduce((a, b) => a + b, 0);
  const held = shares.map(() => new Float64Array(totals.length));
  const groupsIn = new Uint32Array(shares.length);
  const partOf = new Uint8Array(counts.length);

  /**
   * By how much the squared misses grow when a part gets a group: of each class in shares of the class, so that rare
   * ones count, and of all rows.
   */
  const cost = (group: number, part: number): number => {
    let sum = 0;
    let size = 0;
    for (let one = 0; one < totals.length; one++) {
      const miss = held[part][one] / totals[one] - shares[part];
      const more = counts[group][one] / totals[one];
      sum += more * (more + 2 * miss);
      size += held[part][one];
    }
    const more = sizes[group] / rows;
    return sum / totals.length + more * (more + 2 * (size / rows - shares[part]));
  };
  const put = (group: number, part: number, sign: 1 | -1): void => {
    for (let one = 0; one < totals.length; one++) held[part][one] += sign * counts[group][one];
    groupsIn[part] += sign;
    partOf[group] = part;
  };
  const cheapest = (group: number, among: readonly number[]): number =>
    among.reduce((best, part) => (cost(group, part) < cost(group, best) ? part : best));

  const order = [
    ...shuffledRows(
      Uint32Array.from(counts, (_, group) => group),
      random,
    ),
  ].sort((a, b) => sizes[b] - sizes[a]);
  order.forEach((group, i) => {
    const empty = parts.filter((part) => groupsIn[part] === 0);
    put(group, cheapest(group, order.length - i === empty.length ? empty : parts), 1);
  });
  for (let moved = true, round = 0; moved && round < mostRounds; round++) {
    moved = false;
    for (const group of order) {
      const from = partOf[group];
      if (groupsIn[from] === 1) continue;
      put(group, from, -1);
      const to = cheapest(group, parts);
      const better = cost(group, to) < cost(group, from) - roundingError ? to : from;
      put(group, better, 1);
      moved ||= better !== from;
    }
  }
  return partOf;
}

/** Every move lowers the sum of misses, so this only bounds the time. */
const mostRounds = 20;

/** Ways of giving groups to parts that are tried: a second's work. */
const mostAssignments = 2 ** 20;

/**
 * The way of giving whole groups to parts that misses shares least, of all in which every part gets a group and its
 * share of rows within the tolerance; null where there is none, or there are too many ways to try.
 */
function bestAssignment(
  counts: readonly Float64Array[],
  {
    shares,
    parts,
    tolerance,
  }: { readonly shares: readonly number[]; readonly parts: readonly number[]; readonly tolerance: number },
): Uint8Array | null {
  if (parts.length ** counts.length > mostAssignments) return null;
  const sizes = counts.map((ofGroup) => ofGroup.reduce((a, b) => a + b, 0));
  const rows = sizes.reduce((a, b) => a + b, 0);
  const totals = counts[0].map((_, one) => counts.reduce((sum, ofGroup) => sum + ofGroup[one], 0));
  const most = shares.map((share) => (share + tolerance + roundingError) * rows);
  const least = shares.map((share) => (share - tolerance - roundingError) * rows);
  const held = shares.map(() => new Float64Array(totals.length));
  const [rowsIn, groupsIn] = [shares.map(() => 0), shares.map(() => 0)];
  const partOf = new Uint8Array(counts.length);
  let best: { readonly miss: number; readonly partOf: Uint8Array } | null = null;

  /** Squared misses, as the greedy way weighs them. */
  const missOf = (part: number): number => {
    const ofClasses = totals.reduce((sum, total, one) => sum + (held[part][one] / total - shares[part]) ** 2, 0);
    return ofClasses / totals.length + (rowsIn[part] / rows - shares[part]) ** 2;
  };
  const put = (group: number, part: number, sign: 1 | -1): void => {
    counts[group].forEach((count, one) => (held[part][one] += sign * count));
    rowsIn[part] += sign * sizes[group];
    groupsIn[part] += sign;
    partOf[group] = part;
  };
  const place = (group: number): void => {
    if (group === counts.length) {
      if (parts.some((part) => groupsIn[part] === 0 || rowsIn[part] < least[part])) return;
      const miss = parts.reduce((sum, part) => sum + missOf(part), 0);
      if (best === null || miss < best.miss) best = { miss, partOf: partOf.slice() };
      return;
    }
    for (const part of parts) {
      if (rowsIn[part] + sizes[group] > most[part]) continue;
      put(group, part, 1);
      place(group + 1);
      put(group, part, -1);
    }
  };
  place(0);
  return (best as { readonly partOf: Uint8Array } | null)?.partOf ?? null;
}
