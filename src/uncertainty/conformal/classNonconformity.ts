import type { Random } from "../../core/random/Random.js";

/** Which nonconformity score says how strange a class would be as the answer, from the probabilities of a row. */
export interface ScoreRule {
  /**
   * "lac": 1 - its probability; smallest sets on average, and little care for hard rows.
   * "aps": summed probability of all classes down to it, from the likeliest; larger sets for hard rows.
   * "raps": the same and `penalty` for each place below `freeRanks`, so that no set grows long.
   * "topK": its place, from 1; all sets are equally large.
   */
  readonly score: "lac" | "aps" | "raps" | "topK";
  /**
   * Whether a uniform share of the class's own probability comes off again ("aps", "raps"): coverage is then exact,
   * and a set may be empty.
   */
  readonly randomised: boolean;
  readonly penalty: number;
  readonly freeRanks: number;
}

/**
 * Nonconformity scores of every class of every row, larger where the class would be a stranger answer. Equal
 * probabilities rank by class code.
 *
 * @param probabilities  row-major, shape [rows, classes], rows sum to 1
 * @param random         one number per row, in row order, if the rule is randomised
 * @returns row-major, shape [rows, classes]
 * @throws RangeError if the rule is randomised and has no random stream, is one that cannot be, or its numbers do not
 *   fit
 * @see Sadinle, Lei and Wasserman 2019, doi:10.1080/01621459.2017.1395341 (LAC); Romano, Sesia and Candès 2020,
 *   arXiv:2006.02544 (APS); Angelopoulos et al. 2021, arXiv:2009.14193 (RAPS)
 */
export function classNonconformity(
  probabilities: ArrayLike<number>,
  classes: number,
  { score, randomised, penalty, freeRanks }: ScoreRule,
  random?: Random,
): Float64Array {
  if (randomised && (score === "lac" || score === "topK"))
    throw new RangeError(
      `classNonconformity: only "aps" and "raps" can be randomised; got "${score}" with a random stream; ` +
        "leave the stream out",
    );
  if (randomised && random === undefined)
    throw new RangeError(`classNonconformity: "${score}" was fitted with a random stream and needs one here too`);
  if (!(penalty >= 0 && penalty < Infinity && freeRanks >= 0))
    throw new RangeError(
      `classNonconformity: penalty and freeRanks must be finite and at least 0; got ${penalty} and ${freeRanks}`,
    );
  const scores = new Float64Array(probabilities.length);
  if (score === "lac") return scores.map((_, at) => 1 - probabilities[at]);
  const order = Array.from({ length: classes }, (_, k) => k);
  for (let from = 0; from < probabilities.length; from += classes) {
    order.sort((a, b) => probabilities[from + b] - probabilities[from + a] || a - b);
    const u = randomised ? random!() : 0;
    let sum = 0;
    order.forEach((k, place) => {
      sum += probabilities[from + k];
      scores[from + k] =
        score === "topK"
          ? place + 1
          : sum - u * probabilities[from + k] + (score === "raps" ? penalty * Math.max(0, place + 1 - freeRanks) : 0);
    });
  }
  return scores;
}
