import type { Review } from "./review2025.js";
import type { Rubric } from "./Scorecard.js";
import { caps } from "./scoreReadiness.js";

/** One set of category scores summed up in several ways; each of 100. */
export interface Rescore {
  /** Mean of the categories under the rubric's weights: strengths make up for weaknesses. */
  readonly arithmetic: number;
  readonly geometric: number;
  readonly harmonic: number;
  /** The weakest category alone. */
  readonly weakest: number;
  /** Arithmetic mean of data, performance and rigor alone: what the software around the model cannot lift. */
  readonly science: number;
  /** The arithmetic mean under the cap of a hard gate that is not passed. */
  readonly capped: number;
}

const science: readonly string[] = ["data", "performance", "rigor"];

/**
 * The scores of a review under the weights of the rubric.
 *
 * @throws RangeError if a category has a score outside 0 to 10
 * @see Breck et al. 2017, doi:10.1109/BigData.2017.8258038, for the weakest category as the score
 */
export function rescoreReview(rubric: Rubric, review: Review): Rescore {
  const scored = rubric.categories.map(({ id, weight }) => ({ id, weight, score: review.categories[id] }));
  const odd = scored.find(({ score }) => !(score >= 0 && score <= 10));
  if (odd !== undefined)
    throw new RangeError(`rescoreReview: every category needs a score from 0 to 10; ${odd.id} has ${odd.score}`);
  const arithmetic = 10 * mean(scored);
  return {
    arithmetic,
    geometric: 10 * Math.exp(mean(scored.map((one) => ({ ...one, score: Math.log(one.score) })))),
    harmonic: 10 / mean(scored.map((one) => ({ ...one, score: 1 / one.score }))),
    weakest: 10 * Math.min(...scored.map(({ score }) => score)),
    science: 10 * mean(scored.filter(({ id }) => science.includes(id))),
    capped: Math.min(arithmetic, caps.hard),
  };
}

function mean(scored: readonly { readonly weight: number; readonly score: number }[]): number {
  const weights = scored.reduce((total, { weight }) => total + weight, 0);
  return scored.reduce((total, { weight, score }) => total + weight * score, 0) / weights;
}
