import type { Random } from "../core/random/Random.js";
import { classRows, type ClassNames } from "./classRows.js";
import { type Target, targetCounts } from "./targetCounts.js";

/**
 * Random under-sampling: rows to keep, ascending, drawn without replacement from the classes that have too many.
 *
 * @param labels  class codes of training rows, shape [n]
 * @throws RangeError if there is no row, or as targetCounts
 * @see imbalanced-learn's RandomUnderSampler
 */
export function undersample(
  labels: Uint8Array,
  random: Random,
  { to = "auto", ...names }: ClassNames & { readonly to?: Target } = {},
): Uint32Array {
  if (labels.length === 0) throw new RangeError("undersample: at least one row is needed; got none");
  const byClass = classRows(labels, names);
  const wanted = targetCounts(
    "undersample",
    byClass.map((rows) => rows.length),
    to,
    "under",
    names,
  );
  const kept = byClass.flatMap((rows, label) => Array.from(drawn(rows, wanted[label], random.fork(label))));
  return Uint32Array.from(kept).sort();
}

/** Fisher and Yates, stopped after `count` draws. */
function drawn(rows: Uint32Array, count: number, random: Random): Uint32Array {
  const pool = rows.slice();
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (pool.length - i));
    [pool[i], pool[j]] = [pool[j], pool[i]];
  }
  return pool.subarray(0, count);
}
