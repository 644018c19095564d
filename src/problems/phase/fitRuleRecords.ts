import { decidingRules, phaseRules } from "../../chemistry/phaseRules.js";
import { phaseCode } from "../../chemistry/phases.js";
import type { Random } from "../../core/random/Random.js";
import { coverageInterval } from "../../core/statistics/coverageInterval.js";
import type { Table } from "../../core/Table.js";
import { completeRecipes, type RuleTrackRecord, type TrackRecord } from "../../predictor/rulesView.js";

/** Two-sided, so that 95 % lie above its low end. */
const level = 0.9;

/**
 * How often each of the chemist's rules is right on training rows, with a lower bound over batches: a rule that was
 * right in all rows of a few batches has shown less than its rows say. Each bound holds by itself, at 95 %.
 *
 * @param recipes  training rows as the model sees them: in the terms of the twin, values hidden
 * @param labels   phase codes, shape [rows]
 * @param options.groups  batch of each row; null where every row stands alone
 * @returns one per rule of phaseRules, in their order
 * @throws RangeError if lengths differ
 */
export function fitRuleRecords(
  recipes: Table,
  labels: ArrayLike<number>,
  { groups, random }: { readonly groups: readonly string[] | null; readonly random: Random },
): RuleTrackRecord[] {
  for (const [name, length] of [["labels", labels.length] as const, ["groups", groups?.length] as const])
    if (length !== undefined && length !== recipes.numRows)
      throw new RangeError(`fitRuleRecords: ${name} must be one per row; got ${length} for ${recipes.numRows} rows`);
  const deciding = decidingRules(recipes);
  const isComplete = completeRecipes(recipes);
  return phaseRules.map(({ name, says }, rule) => {
    const code = phaseCode(says);
    const recordOf = (complete: number): TrackRecord => {
      const rows = Uint32Array.from(deciding.keys()).filter(
        (row) => deciding[row] === rule && isComplete[row] === complete,
      );
      const right = Uint8Array.from(rows, (row) => Number(labels[row] === code));
      const grouped = groups && {
        groups: Array.from(rows, (row) => groups[row]),
        random: random.fork(name).fork(complete),
      };
      return {
        decided: rows.length,
        right: right.reduce((a, b) => a + b, 0),
        bound: rows.length === 0 ? null : (coverageInterval(right, grouped ?? undefined, level)?.low ?? null),
      };
    };
    return { name, complete: recordOf(1), incomplete: recordOf(0) };
  });
}
