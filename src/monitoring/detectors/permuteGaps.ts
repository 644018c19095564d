import { philoxKey } from "../../core/random/philoxKey.js";
import { driftRoom } from "./driftProgram.js";
import { largestGap } from "./kolmogorovSmirnovDrift.js";
import { type GroupCounts, permutationFloor } from "./permutationFloor.js";
import { hair, permuteGroups, type PermuteGroupsOptions } from "./permuteGroups.js";
import type { PooledGroups } from "./pooledGroups.js";
import { groupCells, overGroups, type SampleCells } from "./sampleCells.js";

/** Cells that the program adds up; rows of a group in one of them are a byte. */
const mostCells = 256;
const mostRows = 255;

/**
 * Probability that permuteGroups gives for the largest distance of distribution functions over cells, from the same
 * draws. In WebAssembly, where it can be: of a hundred batches a permutation takes a microsecond.
 *
 * @throws InputError if the program was not built
 */
export function permuteGaps(
  groups: PooledGroups,
  sample: SampleCells,
  options: Pick<PermuteGroupsOptions, "random"> & { readonly draws: number; readonly stopAfter: number },
): number {
  const { reference, current } = groups;
  const { draws, stopAfter, random } = options;
  const [count, size] = [reference + current, Math.min(reference, current)];
  const { program, buffer, at } = driftRoom(4 * count, mostCells * count, 4 * mostCells, 5 * mostCells, 8);
  const [order, rowsAt, below, room, out] = at;
  const rows = new Uint8Array(buffer, rowsAt, mostCells * count);
  const first = reference < current ? 0 : reference;
  const counted = ways(groups) > draws + 0.5 ? countCells(groups, sample, { rows, first, size }) : null;
  if (counted === null) {
    const statistic = overGroups(groupCells(groups, sample), largestGap);
    return permuteGroups(statistic, { ...options, reference, current, isSymmetric: true }).pValue;
  }
  const groupsInOrder = new Uint32Array(buffer, order, count);
  for (let group = 0; group < count; group++) groupsInOrder[group] = group;
  new Uint32Array(buffer, below, mostCells).set(counted.all);
  const observed = gapOf(counted);
  const limit = observed - hair * Math.abs(observed);
  const [key0, key1] = philoxKey(random);
  program.permute(order, count, size, rowsAt, counted.most, below, key0, key1, limit, draws, stopAfter, room, out);
  const [asLarge, drawn] = new Uint32Array(buffer, out, 2);
  return asLarge === stopAfter ? asLarge / drawn : (asLarge + 1) / (drawn + 1);
}

function ways(groups: GroupCounts): number {
  return 1 / permutationFloor(groups);
}

interface CountedCells {
  /** Most rows of a group in a cell. */
  readonly most: number;
  /** Rows in each cell and those before it: of all groups, and of those that are drawn anew. */
  readonly all: Uint32Array;
  readonly some: Uint32Array;
}

/** Counts kept rows of each group by cell; null where there are more than there is room for. */
function countCells(
  { rows: kept, codes }: PooledGroups,
  sample: SampleCells,
  { rows, first, size }: { readonly rows: Uint8Array; readonly first: number; readonly size: number },
): CountedCells | null {
  if (sample.cells > mostCells) return null;
  rows.fill(0);
  const [all, some] = [new Uint32Array(mostCells), new Uint32Array(mostCells)];
  let most = 1;
  for (let i = 0; i < kept.length; i++) {
    const [group, cell] = [codes[kept[i]], sample.codes[kept[i]]];
    const many = rows[group * mostCells + cell] + 1;
    if (many > mostRows) return null;
    rows[group * mostCells + cell] = many;
    if (many > most) most = many;
    all[cell]++;
    if (group >= first && group < first + size) some[cell]++;
  }
  for (let cell = 1; cell < mostCells; cell++) {
    all[cell] += all[cell - 1];
    some[cell] += some[cell - 1];
  }
  return { most, all, some };
}

/** largestGap of the groups that are drawn anew. */
function gapOf({ all, some }: CountedCells): number {
  const [taken, rows] = [some[mostCells - 1], all[mostCells - 1]];
  let steps = 0;
  for (let cell = 0; cell < mostCells; cell++) steps = Math.max(steps, Math.abs(all[cell] * taken - some[cell] * rows));
  return steps / (taken * (rows - taken));
}
