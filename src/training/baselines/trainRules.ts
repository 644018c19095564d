import { decidingRules, phaseRules } from "../../chemistry/phaseRules.js";
import { phaseCode, phaseNames } from "../../chemistry/phases.js";
import { checkCodes } from "../../core/metrics/checkCodes.js";
import { rowWeights } from "../../core/statistics/rowWeights.js";
import type { Table } from "../../core/Table.js";

/** How a rule fared on the training rows that it decided. */
export interface RuleRecord {
  readonly name: string;
  /** Code of the phase that it says. */
  readonly says: number;
  /** Weight of the rows that it decided, and of those that it told rightly. */
  readonly decided: number;
  readonly right: number;
  /** (right + 1) / (decided + classes), Laplace's rule of succession: what it is trusted with. */
  readonly probability: number;
}

/** The chemist's rules with a track record. Like a Predictor, but it reads recipes instead of features. */
export interface RulesModel {
  readonly classes: readonly string[];
  readonly rules: readonly RuleRecord[];
  /** What the rules say: phase codes, shape [rows]. */
  phases(table: Table): Uint8Array;
  /**
   * Row-major [rows, classes]: the rule's probability for what it says, the rest divided as the other phases are in
   * training. Of a rule that was seldom right another phase may be the likeliest.
   */
  predict(table: Table): Float64Array;
}

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
  const total = counts.reduce((a, b) => a + b);
  return {
    classes: phaseNames,
    rules,
    phases: (some) => decidingRules(some).map((rule) => codes[rule]),
    predict: (some) => {
      const probabilities = new Float64Array(some.numRows * phaseNames.length);
      decidingRules(some).forEach((rule, row) => {
        const { says, probability } = rules[rule];
        const rest = (1 - probability) / (total - counts[says]);
        counts.forEach(
          (count, k) => (probabilities[row * phaseNames.length + k] = k === says ? probability : rest * count),
        );
      });
      return probabilities;
    },
  };
}
