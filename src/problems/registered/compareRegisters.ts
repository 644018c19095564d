import type { Random } from "../../core/random/Random.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { estimateOver, meanOver } from "../platelets/overRecipes.js";
import { plainScores } from "./plainScores.js";
import type { JudgedRow, RegisterKind } from "./RegisterKind.js";

/** How two registers of the same experiments differ in a loss. */
export interface RegisterComparison {
  readonly loss: string;
  readonly unit: string;
  readonly first: string;
  readonly second: string;
  readonly rows: number;
  /** Mean loss of the first less that of the second, paired: below 0 the first is better. */
  readonly difference: EstimateOrReason;
}

/**
 * Compares two registers of one kind on the experiments that both predicted, row by row, over whole groups.
 *
 * @param first,second  judged rows of each
 */
export function compareRegisters(
  kind: RegisterKind,
  first: readonly JudgedRow[],
  second: readonly JudgedRow[],
  random: Random,
): readonly RegisterComparison[] {
  const others = new Map(second.map((row) => [row.line.recipe, row]));
  const pairs = first.flatMap((row) => {
    const other = others.get(row.line.recipe);
    return other === undefined ? [] : [[row, other] as const];
  });
  if (pairs.length === 0) return [];
  return kind.losses.map(({ loss, unit, of }) => {
    const known = pairs.flatMap(([one, other]) => {
      const [a, b] = [of(one), of(other)];
      return a === null || b === null ? [] : [{ group: one.group, difference: a - b }];
    });
    const differences = known.map(({ difference }) => difference);
    return {
      ...{ loss, unit, first: first[0].line.name, second: second[0].line.name, rows: known.length },
      difference: plainScores(
        estimateOver(
          known.map(({ group }) => group),
          (rows) => meanOver(differences, rows),
          random.fork(loss),
          { unit: kind.unit(first[0].line.form) },
        ),
      ) as EstimateOrReason,
    };
  });
}
