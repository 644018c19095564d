import { decidingRules } from "../../chemistry/phaseRules.js";
import { phaseNames } from "../../chemistry/phases.js";
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

/** Rules as plain numbers: all that must be stored to predict again. */
export interface RuleTrust {
  readonly rules: readonly RuleRecord[];
  /** Weight of training rows of each phase, and one more. */
  readonly counts: readonly number[];
}

/** The chemist's rules with a track record. Like a Predictor, but it reads recipes instead of features. */
export interface RulesModel extends RuleTrust {
  readonly classes: readonly string[];
  /** What the rules say: phase codes, shape [rows]. */
  phases(table: Table): Uint8Array;
  /**
   * Row-major [rows, classes]: the rule's probability for what it says, the rest divided as the other phases are in
   * training. Of a rule that was seldom right another phase may be the likeliest.
   */
  predict(table: Table): Float64Array;
}

/**
 * Answers by rules, each trusted as its record says.
 *
 * @throws RangeError or TypeError when it predicts, as decidingRules
 */
export function rulesPredictor({ rules, counts }: RuleTrust): RulesModel {
  return {
    classes: phaseNames,
    rules,
    counts,
    phases: (some) => decidingRules(some).map((rule) => rules[rule].says),
    predict: (some) => ruleAnswers({ rules, counts }, decidingRules(some)),
  };
}

/** What rules answer that decide, row-major [deciding, classes]. */
export function ruleAnswers({ rules, counts }: RuleTrust, deciding: ArrayLike<number>): Float64Array {
  const total = counts.reduce((a, b) => a + b);
  const probabilities = new Float64Array(deciding.length * phaseNames.length);
  for (let row = 0; row < deciding.length; row++) {
    const { says, probability } = rules[deciding[row]];
    const rest = (1 - probability) / (total - counts[says]);
    counts.forEach((count, k) => {
      probabilities[row * phaseNames.length + k] = k === says ? probability : rest * count;
    });
  }
  return probabilities;
}
