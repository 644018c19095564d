import { InputError } from "../../core/InputError.js";
import { cellTest } from "./cellTest.js";
import type { DriftTest, DriftTestOptions } from "./DriftTest.js";
import { jensenShannonDistance } from "./jensenShannonDistance.js";
import { pooledGroups } from "./pooledGroups.js";
import { pooledNumbers, type SampleCells } from "./sampleCells.js";

/**
 * Whether the Jensen-Shannon distance of two samples is more than chance, by permutation of whole groups. Bins are of
 * equal width, as many as Sturges has for both samples together.
 *
 * @param reference,current  finite numbers, at least one each
 * @throws InputError if a sample is empty or holds NaN, all numbers are one, or groups do not fit
 * @see Sturges 1926, doi:10.1080/01621459.1926.10502161
 */
export function jensenShannonDrift(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  { groups, ...options }: DriftTestOptions,
): DriftTest {
  const where = "jensenShannonDrift";
  const pooled = pooledNumbers(reference, current, where);
  const sizes = { reference: reference.length, current: current.length };
  const among = pooledGroups(sizes, { groups, random: options.random, where });
  return cellTest(sturgesCells(pooled, where), among, jensenShannonDistance, options);
}

/** A bin holds its lower edge; the last one both. */
function sturgesCells(pooled: Float64Array, where: string): SampleCells {
  const sorted = pooled.slice().sort();
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  if (low === high)
    throw new InputError({
      where,
      must: "numbers must differ",
      got: `${low} in every row of both samples`,
      mend: "leave the feature out: what is constant has no bins",
    });
  const cells = Math.ceil(Math.log2(pooled.length) + 1);
  const edges = Array.from({ length: cells - 1 }, (_, i) => low + ((i + 1) * (high - low)) / cells);
  return {
    codes: Uint32Array.from(pooled, (value) => edges.filter((edge) => edge <= value).length),
    cells,
  };
}
