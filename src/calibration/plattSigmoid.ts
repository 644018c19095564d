import { InputError } from "../core/InputError.js";
import { checkScores } from "../core/metrics/checkScores.js";
import { minimizeSmooth } from "../core/statistics/minimizeSmooth.js";
import { requireMinimum } from "../core/statistics/requireMinimum.js";
import { rowWeights } from "../core/statistics/rowWeights.js";
import type { Sigmoid } from "./Calibrator.js";

/**
 * Platt's sigmoid of a score: P(event) = 1 / (1 + exp(a · score + b)), fitted by maximum likelihood. Targets are
 * drawn in a little from 0 and 1, to 1 / (N₋ + 2) and (N₊ + 1) / (N₊ + 2), so that events that separate give a finite
 * curve. Scores are standardised for the fit alone: their unit and their origin do not matter.
 *
 * @param events  1 where the event came, else 0, shape [n]; both must occur
 * @param scores  any finite numbers, shape [n]
 * @param options.weights  one per row (default 1 each); N₊ and N₋ are then sums of weights
 * @throws RangeError if lengths differ, a score is not finite, all events are alike, or the fit does not converge
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
  const { center, scale, standard } = standardized(scores, weight);
  const objective = ([slope, offset]: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    gradient.fill(0);
    for (let row = 0; row < events.length; row++) {
      const target = events[row] === 1 ? high : low;
      const score = slope * standard[row] + offset;
      // log(1 + e^score) + (target - 1) · score, without overflow on either side.
      loss += weight[row] * (Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) + (target - 1) * score);
      const error = weight[row] * (target - 1 / (1 + Math.exp(score)));
      gradient[0] += error * standard[row];
      gradient[1] += error;
    }
    return loss;
  };
  const start = Float64Array.of(0, Math.log((negative + 1) / (positive + 1)));
  const [slope, offset] = requireMinimum(minimizeSmooth(objective, start, { tolerance: 1e-24 }), "plattSigmoid", {
    mend: "look for scores far from all others, or give the scores of another model",
  }).values;
  const a = slope / scale;
  const b = offset - slope * (center / scale);
  if (Number.isFinite(a) && Number.isFinite(b)) return { a, b };
  throw new InputError({
    where: "plattSigmoid",
    must: "scores must differ by enough for a slope in floating point",
    got: `a standard deviation of ${scale}`,
    mend: "multiply them by a constant",
  });
}

/**
 * Scores less their mean, in standard deviations: large ones, or some far from 0, leave the search no step that lowers
 * the loss, and it would end where it began. Equal scores are all 0.
 */
function standardized(
  scores: ArrayLike<number>,
  weight: ArrayLike<number>,
): { readonly center: number; readonly scale: number; readonly standard: Float64Array } {
  let largest = 0;
  for (let row = 0; row < scores.length; row++) largest = Math.max(largest, Math.abs(scores[row]));
  // In units of the largest, so that neither sums nor squares overflow.
  const unit = largest === 0 ? 1 : largest;
  const standard = Float64Array.from(scores, (score) => score / unit);
  let [total, sum] = [0, 0];
  standard.forEach((score, row) => {
    total += weight[row];
    sum += weight[row] * score;
  });
  const mean = sum / total;
  let squares = 0;
  standard.forEach((score, row) => (squares += weight[row] * (score - mean) ** 2));
  const deviation = Math.sqrt(squares / total);
  // What rounding leaves of equal scores is no deviation.
  if (!(deviation > 4 * Number.EPSILON * Math.abs(mean))) return { center: 0, scale: 1, standard: standard.fill(0) };
  return {
    center: mean * unit,
    scale: deviation * unit,
    standard: standard.map((score) => (score - mean) / deviation),
  };
}
