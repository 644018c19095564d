import { checkScores } from "../core/metrics/checkScores.js";
import { minimizeSmooth } from "../core/statistics/minimizeSmooth.js";
import { rowWeights } from "../core/statistics/rowWeights.js";
import type { Sigmoid } from "./Calibrator.js";

/**
 * Platt's sigmoid of a score: P(event) = 1 / (1 + exp(a · score + b)), fitted by maximum likelihood. Targets are
 * drawn in a little from 0 and 1, to 1 / (N₋ + 2) and (N₊ + 1) / (N₊ + 2), so that events that separate give a finite
 * curve.
 *
 * @param events  1 where the event came, else 0, shape [n]; both must occur
 * @param scores  any finite numbers, shape [n]
 * @param options.weights  one per row (default 1 each); N₊ and N₋ are then sums of weights
 * @throws RangeError if lengths differ, a score is not finite, or all events are alike
 * @see Platt 1999, Probabilistic outputs for support vector machines; Lin, Lin and Weng 2007,
 *   doi:10.1007/s10994-007-5018-6
 */
export function plattSigmoid(
  events: ArrayLike<number>,
  scores: ArrayLike<number>,
  { weights }: { readonly weights?: ArrayLike<number> } = {},
): Sigmoid {
  const weight = rowWeights(weights, events.length, "plattSigmoid");
  checkScores(events, scores, "plattSigmoid");
  let [positive, negative] = [0, 0];
  for (let row = 0; row < events.length; row++) {
    if (events[row] === 1) positive += weight[row];
    else negative += weight[row];
  }
  if (!(positive > 0 && negative > 0))
    throw new RangeError(
      "plattSigmoid: events and rows without one are both needed; " +
        `got weight ${positive} of events and ${negative} of others`,
    );
  const [high, low] = [(positive + 1) / (positive + 2), 1 / (negative + 2)];
  const objective = ([a, b]: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    gradient.fill(0);
    for (let row = 0; row < events.length; row++) {
      const target = events[row] === 1 ? high : low;
      const score = a * scores[row] + b;
      // log(1 + e^score) + (target - 1) · score, without overflow on either side.
      loss += weight[row] * (Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) + (target - 1) * score);
      const error = weight[row] * (target - 1 / (1 + Math.exp(score)));
      gradient[0] += error * scores[row];
      gradient[1] += error;
    }
    return loss;
  };
  const [a, b] = minimizeSmooth(objective, Float64Array.of(0, Math.log((negative + 1) / (positive + 1))), {
    tolerance: 1e-24,
  }).values;
  return { a, b };
}
