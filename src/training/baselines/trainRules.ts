import { decidingRules, phaseRules } from "../../chemistry/phaseRules.js";
import { phaseCode, phaseNames } from "../../chemistry/phases.js";
import { checkCodes } from "../../core/metrics/checkCodes.js";
import { rowWeights } from "../../core/statistics/rowWeights.js";
import type { Table } from "../../core/Table.js";
import { type RuleRecord, type RulesModel, rulesPredictor } from "./rulesPredictor.js";

/**
 * Counts how often each rule of phaseRules is right. The rules stay as they are: data decide how far they are trusted.
 *
 * @param table   recipes
 * @param labels  phase codes, shape [rows]
 * @param options.weights  one per row (default 1 each)
 * @throws RangeError if lengths do not fit, a label is no phase code, or
 *   weights are negative or all 0; as decidingRules
 */
export function trainRules(
  table: Table,
  labels: ArrayLike<number>,
  { weights }: { readonly weights?: ArrayLike<number> } = {},
): RulesModel {
  if (labels.length !== table.numRows)
    throw new RangeError(
      `trainRules: one label per row is needed; got ${labels.length} labels for ${table.numRows} rows`,
    );
  checkCodes(labels, phaseNames.length, "trainRules");
  const rowWeight = rowWeights(weights, table.numRows, "trainRules");
  const decided = new Float64Array(phaseRules.length);
  const right = new Float64Array(phaseRules.length);
  // One row of each phase more than there are, so that none is ruled out.
  const counts = new Float64Array(phaseNames.length).fill(1);
  const codes = phaseRules.map(({ says }) => phaseCode(says));
  decidingRules(table).forEach((rule, row) => {
    decided[rule] += rowWeight[row];
    counts[labels[row]] += rowWeight[row];
    if (labels[row] === codes[rule]) right[rule] += rowWeight[row];
  });
  const rules = phaseRules.map(({ name }, i): RuleRecord => ({
    name,
    says: codes[i],
    decided: decided[i],
    right: right[i],
    probability: (right[i] + 1) / (decided[i] + phaseNames.length),
  }));
  return rulesPredictor({ rules, counts: Array.from(counts) });
}
