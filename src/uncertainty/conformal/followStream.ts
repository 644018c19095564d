import { adapt, adaptiveBound, adaptiveThreshold, startAdaptive, type AdaptiveState } from "./AdaptiveState.js";

/** What adaptive conformal prediction did over a stream of rows, row by row. */
export interface FollowedStream {
  readonly state: AdaptiveState;
  /** Largest score that entered, by row; ∞: everything did. */
  readonly thresholds: Float64Array;
  /** 1 where the row was covered. */
  readonly covered: Uint8Array;
  /** Level in use, by row. */
  readonly alphas: Float64Array;
  /** The share missed lies within this of the target, for certain. */
  readonly bound: number;
}

/**
 * Plays adaptive conformal prediction over a stream of nonconformity scores: each row is judged by the scores of rows
 * before it, then its truth becomes known.
 *
 * @param calibration  scores of rows before the stream began
 * @param scores       of the true answers, in the order of time
 * @param options.window  how many of the latest scores count (default: as many as there are calibration rows)
 * @throws RangeError if alpha leaves (0, 1), the step is not above 0, the window is no integer of at least 1, or a
 *   score is NaN (row named)
 * @see Gibbs and Candès 2021, arXiv:2106.00170
 */
export function followStream(
  calibration: ArrayLike<number>,
  scores: ArrayLike<number>,
  {
    alpha,
    step,
    window = calibration.length,
  }: { readonly alpha: number; readonly step?: number; readonly window?: number },
): FollowedStream {
  if (!(Number.isInteger(window) && window >= 1))
    throw new RangeError(`followStream: the window must be an integer of at least 1; got ${window}`);
  const all = Float64Array.from([...Array.from(calibration), ...Array.from(scores)]);
  const bad = all.findIndex((score) => Number.isNaN(score));
  if (bad >= 0)
    throw new RangeError(
      "followStream: scores must be numbers; " +
        `${bad < calibration.length ? `calibration row ${bad}` : `row ${bad - calibration.length}`} has NaN`,
    );
  const thresholds = new Float64Array(scores.length);
  const covered = new Uint8Array(scores.length);
  const alphas = new Float64Array(scores.length);
  let state = startAdaptive({ alpha, step });
  for (let row = 0; row < scores.length; row++) {
    const now = calibration.length + row;
    alphas[row] = state.alpha;
    thresholds[row] = adaptiveThreshold(state, all.subarray(Math.max(0, now - window), now));
    covered[row] = scores[row] <= thresholds[row] ? 1 : 0;
    state = adapt(state, covered[row] === 1);
  }
  return { state, thresholds, covered, alphas, bound: adaptiveBound(state) };
}
