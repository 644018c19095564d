import { philoxKey } from "../../core/random/philoxKey.js";
import { driftRoom } from "./driftProgram.js";
import { largestGap } from "./kolmogorovSmirnovDrift.js";
import { permutationFloor } from "./permutationFloor.js";
import { hair, permuteGroups, type PermuteGroupsOptions } from "./permuteGroups.js";
import { type GroupCells, overGroups } from "./sampleCells.js";

/**
 * Probability of permuteGroups for the largest distance of distribution functions, from the same draws, in WebAssembly:
 * of hundreds of batches a permutation takes microseconds.
 *
 * @throws InputError if the program was not built
 */
export function permuteGaps(sample: GroupCells, options: Omit<PermuteGroupsOptions, "isSymmetric">): number {
  const { reference, current, random, draws = 999, stopAfter = Infinity } = options;
  const statistic = overGroups(sample, largestGap);
  // Few permutations are all looked at, in another order.
  if (1 / permutationFloor({ reference, current }) <= draws + 0.5)
    return permuteGroups(statistic, { ...options, isSymmetric: true }).pValue;
  const [count, size] = [reference + current, Math.min(reference, current)];
  const observed = statistic(Uint32Array.from({ length: size }, (_, i) => (reference < current ? i : reference + i)));
  const { cells, counts, total } = sample;
  const words = [count, count, count, cells.length, cells.length, total.length, total.length, 4, 2];
  const { program, buffer, at } = driftRoom(...words.map((length) => 4 * length));
  const [order, begins, ends, cellsAt, rows, below, here, philox, out] = at.map(
    (address, i) => new Uint32Array(buffer, address, words[i]),
  );
  for (let group = 0; group < count; group++) order[group] = group;
  begins.set(sample.begins.subarray(0, count));
  ends.set(sample.ends);
  cellsAt.set(cells);
  rows.set(counts);
  for (let cell = 0, sum = 0; cell < total.length; cell++) below[cell] = sum += total[cell];
  const [key0, key1] = philoxKey(random);
  program.permute(
    order.byteOffset,
    count,
    size,
    begins.byteOffset,
    ends.byteOffset,
    cellsAt.byteOffset,
    rows.byteOffset,
    below.byteOffset,
    here.byteOffset,
    total.length,
    key0,
    key1,
    observed - hair * Math.abs(observed),
    draws,
    Math.min(stopAfter, 2 ** 31 - 1),
    philox.byteOffset,
    out.byteOffset,
  );
  const [asLarge, drawn] = out;
  return asLarge === stopAfter ? asLarge / drawn : (asLarge + 1) / (drawn + 1);
}
