import type { Random } from "../core/random/Random.js";
import { shuffledRows } from "../core/random/shuffledRows.js";
import { splitParts, type Split, type SplitShares } from "../core/Split.js";
import { classPartCounts } from "./classPartCounts.js";
import { defaultShares, partShares } from "./partShares.js";
import { rowClasses, type Labels } from "./rowClasses.js";
import { splitFromParts } from "./splitFromParts.js";

/**
 * Splits rows at random so that every part has every class in its share. Part sizes and, part after part, class
 * counts go by largest remainder (of equal remainders the first class gets the row), each within one row of class
 * size times share.
 *
 * @param labels  class of each row, shape [n]
 * @param options.shares       share of each part (default 0.6, 0.1, 0.1, 0.2); left out is 0
 * @param options.allowAbsent  whether a small class may be absent from a part that has a share (default no)
 * @throws RangeError if there is no row, a row has no label, shares do not sum to 1, or a class is too small for a part
 *
 * @example
 * ```ts
 * import { seededRandom, stratifiedSplit } from "cspbbr3-twin";
 *
 * const labels = Array.from({ length: 20 }, (_, row) => (row < 10 ? "CsPbBr3" : "Cs4PbBr6"));
 * const { train, tune, calibrate, test } = stratifiedSplit(labels, seededRandom(1));
 * console.log(train.length, tune.length, calibrate.length, test);
 * // 12 2 2 Uint32Array(4) [ 0, 2, 11, 17 ]
 * ```
 */
export function stratifiedSplit(
  labels: Labels,
  random: Random,
  {
    shares = defaultShares,
    allowAbsent = false,
  }: { readonly shares?: SplitShares; readonly allowAbsent?: boolean } = {},
): Split {
  const all = partShares(shares, "stratifiedSplit");
  const { codes, names, rows } = rowClasses(labels, { where: "stratifiedSplit" });
  const counts = classPartCounts(
    rows.map(({ length }) => length),
    all,
  );
  if (!allowAbsent) checkPresence(counts, all, { names, rows });
  const partOf = new Uint8Array(codes.length);
  rows.forEach((ofClass, one) => {
    const shuffled = shuffledRows(ofClass, random.fork(names[one]));
    let next = 0;
    counts.forEach((ofPart, part) => {
      for (let i = 0; i < ofPart[one]; i++) partOf[shuffled[next++]] = part;
    });
  });
  return splitFromParts(partOf);
}

function checkPresence(
  counts: readonly (readonly number[])[],
  shares: readonly number[],
  { names, rows }: { readonly names: readonly string[]; readonly rows: readonly Uint32Array[] },
): void {
  for (const [part, ofPart] of counts.entries()) {
    const absent = shares[part] === 0 ? -1 : ofPart.indexOf(0);
    if (absent < 0) continue;
    const count = rows[absent].length;
    throw new RangeError(
      "stratifiedSplit: every class must have a row in every part; " +
        `class "${names[absent]}" has ${count} ${count === 1 ? "row" : "rows"} and none for ${splitParts[part]} ` +
        `(share ${shares[part]}); add rows, merge classes, give the part share 0, or allow it with allowAbsent`,
    );
  }
}
