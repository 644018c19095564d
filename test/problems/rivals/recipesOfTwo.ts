import type { Random } from "../../../src/core/random/Random.js";
import { type RealSplit, realSplit } from "../../../src/problems/rivals/realSplit.js";
import { groupedKFold } from "../../../src/splitting/groupedKFold.js";

/** Five folds by recipe, of which each has two rows that follow one another. */
export function recipesOfTwo(rows: number, random: Random): RealSplit {
  const groups = Array.from({ length: rows }, (_, row) => `recipe ${Math.floor(row / 2)}`);
  return realSplit({
    name: "by recipe",
    folds: groupedKFold(groups, random.fork("folds")),
    groups,
    unit: "recipe",
  });
}
