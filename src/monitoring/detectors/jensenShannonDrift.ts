import { InputError } from "../../core/InputError.js";
import { upperBound } from "../../core/upperBound.js";
import { cellTest } from "./cellTest.js";
import type { DriftTest, DriftTestOptions } from "./DriftTest.js";
import { jensenShannonDistance } from "./jensenShannonDistance.js";
import { pooledGroups } from "./pooledGroups.js";
import type { SampleCells } from "./sampleCells.js";
import { type DriftSample, pooled, type SamplePair, sizesOf, sortedPair } from "./SortedSample.js";

/**
 * Whether the Jensen-Shannon distance of two samples is more than chance, by permutation of whole groups. Bins are of
 * equal width, as many as Sturges has for both samples together.
 *
 * @param reference,current  finite numbers, at least one each
 * @throws InputError if a sample is empty or holds NaN, all numbers are one, or groups do not fit
 * @see Sturges 1926, doi:10.1080/01621459.1926.10502161
 */
export function jensenShannonDrift(
  reference: DriftSample,
  current: DriftSample,
  { groups, ...options }: DriftTestOptions,
): DriftTest {
  const where = "jensenShannonDrift";
  const samples = sortedPair(reference, current, where);
  const among = pooledGroups(sizesOf(samples), { groups, random: options.random, where });
  return cellTest(sturgesCells(samples, where), among, jensenShannonDistance, options);
}

/** A bin holds its lower edge; the last one both. */
function sturgesCells({ reference, current }: SamplePair, where: string): SampleCells {
  const [there, here] = [reference.sorted, current.sorted];
  const low = Math.min(there[0], here[0]);
  const high = Math.max(there[there.length - 1], here[here.length - 1]);
  if (low === high)
    throw new InputError({
      where,
      must: "numbers must differ",
      got: `${low} in every row of both samples`,
      mend: "leave the feature out: what is constant has no bins",
    });
  const cells = Math.ceil(Math.log2(there.length + here.length) + 1);
  const edges = Array.from({ length: cells - 1 }, (_, i) => low + ((i + 1) * (high - low)) / cells);
  const values = pooled(reference.values, current.values);
  return { codes: Uint32Array.from(values, (value) => upperBound(edges, value)), cells };
}
