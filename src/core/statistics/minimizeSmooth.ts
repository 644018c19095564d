/** Where a minimisation ended, and whether it may be called a minimum. */
export interface SmoothMinimum {
  readonly values: Float64Array;
  readonly loss: number;
  readonly iterations: number;
  /** Evaluations of the objective, line searches included. */
  readonly evaluations: number;
  readonly converged: boolean;
  /**
   * gᵀHg at the end, H the current estimate of the inverse Hessian:
   * twice the decrease still to be expected, in units of the loss.
   */
  readonly decrement: number;
}

export interface SmoothOptions {
  /**
   * Converged when gᵀHg falls to this share of the loss at the start. The error
   * of the loss is then about half of it, that of the values about its root.
   */
  readonly tolerance?: number;
  readonly maxIterations?: number;
  /** Pairs of steps and gradient changes that are remembered. */
  readonly memory?: number;
  /**
   * Turns a gradient, in place, into H₀ times the gradient; H₀ symmetric
   * and positive definite, close to the inverse Hessian where one is known.
   */
  readonly precondition?: (vector: Float64Array) => void;
}

/**
 * A step must keep this share of the decrease that the slope promises,
 * and must end where the slope is at most `steepness` of it.
 */
const decrease = 1e-4;
const steepness = 0.9;
/**
 * Differences of the loss below this share of it are rounding:
 * there the slopes alone decide (approximate Wolfe conditions).
 */
const rounding = 1e-12;

/**
 * Minimum of a smooth function by L-BFGS with a line search for the Wolfe conditions. Close to the minimum, where the
 * loss no longer resolves the decrease, the slopes decide, so that the values come out to more than half the digits.
 * A run that does not converge is reported, not thrown.
 *
 * @param objective  returns the loss at `values` and writes its gradient; values and gradient keep their place, copy
 *   them to keep them
 * @param start      finite, with a finite loss
 * @throws RangeError if the loss at the start is not finite
 * @see Liu and Nocedal 1989, doi:10.1007/BF01589116; Hager and Zhang
 *   2005, doi:10.1137/030601880, for the approximate Wolfe conditions
 */
export function minimizeSmooth(
  objective: (values: Float64Array, gradient: Float64Array) => number,
  start: Float64Array,
  { tolerance = 1e-20, maxIterations = 500, memory = 10, precondition = () => undefined }: SmoothOptions = {},
): SmoothMinimum {
  const size = start.length;
  let values = Float64Array.from(start);
  let gradient = new Float64Array(size);
  let loss = objective(values, gradient);
  if (!Number.isFinite(loss)) throw new RangeError(`minimizeSmooth: the loss at the start must be finite; got ${loss}`);
  const enough = tolerance * Math.max(Math.abs(loss), Number.MIN_VALUE);
  let [trial, trialGradient] = [new Float64Array(size), new Float64Array(size)];
  const direction = new Float64Array(size);
  const pairs: Pair[] = [];
  let evaluations = 1;
  for (let iterations = 0; ; iterations++) {
    direction.set(gradient);
    inverseHessianTimes(direction, pairs, precondition);
    const slope = -dot(gradient, direction);
    const converged = -slope <= enough;
    if (converged || iterations === maxIterations)
      return { values, loss, iterations, evaluations, converged, decrement: -slope };

    let [low, high, step] = [0, Infinity, 1];
    let [lowSlope, highSlope] = [slope, NaN];
    let [trialLoss, accepted] = [NaN, false];
    for (let tries = 0; tries < 50; tries++) {
      for (let i = 0; i < size; i++) trial[i] = values[i] - step * direction[i];
      trialLoss = objective(trial, trialGradient);
      evaluations++;
      const trialSlope = -dot(trialGradient, direction);
      const falls =
        trialLoss <= loss + decrease * step * slope ||
        (trialLoss <= loss + rounding * Math.abs(loss) && trialSlope <= (2 * decrease - 1) * slope);
      accepted = falls && trialSlope >= steepness * slope;
      if (accepted) break;
      if (falls) [low, lowSlope] = [step, trialSlope];
      else [high, highSlope] = [step, trialSlope];
      step = nextStep(low, high, lowSlope, highSlope, tries);
    }
    // No step falls any more although the decrement says that one should: rounding, or a gradient that is wrong.
    if (!accepted) return { values, loss, iterations, evaluations, converged: false, decrement: -slope };
    remember(pairs, memory, trial, values, trialGradient, gradient);
    [values, trial, gradient, trialGradient, loss] = [trial, values, trialGradient, gradient, trialLoss];
  }
}

/** Of the line search: so often the slopes say where to go, after that the bracket is halved. */
const slopesDecide = 5;

/**
 * Where the slope would vanish if it changed evenly over the bracket, kept off its
 * ends; twice as far while there is no far end. A slope that levels off far out
 * says nothing of where it vanishes, so after a few tries the bracket is halved.
 */
function nextStep(low: number, high: number, lowSlope: number, highSlope: number, tries: number): number {
  if (high === Infinity) return 2 * low;
  if (tries >= slopesDecide) return low + (high - low) / 2;
  const share = highSlope > 0 ? -lowSlope / (highSlope - lowSlope) : 0.5;
  return low + (high - low) * Math.min(0.9, Math.max(0.1, share));
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

/** Keeps the newest pairs; one without positive curvature would make H indefinite and is left out. */
function remember(
  pairs: Pair[],
  memory: number,
  to: Float64Array,
  from: Float64Array,
  toGradient: Float64Array,
  fromGradient: Float64Array,
): void {
  const oldest =
    pairs.length === memory
      ? pairs.shift()!
      : { step: new Float64Array(to.length), change: new Float64Array(to.length) };
  const { step, change } = oldest;
  for (let i = 0; i < to.length; i++) {
    step[i] = to[i] - from[i];
    change[i] = toGradient[i] - fromGradient[i];
  }
  const curvature = dot(step, change);
  if (curvature > 0) pairs.push({ step, change, curvature });
}

/** The two loops of L-BFGS, in place. */
function inverseHessianTimes(
  vector: Float64Array,
  pairs: readonly Pair[],
  precondition: (vector: Float64Array) => void,
): void {
  const shares = new Float64Array(pairs.length);
  for (let p = pairs.length - 1; p >= 0; p--) {
    const { step, change, curvature } = pairs[p];
    shares[p] = dot(step, vector) / curvature;
    addTo(vector, change, -shares[p]);
  }
  const scale = newestScale(pairs, precondition);
  precondition(vector);
  for (let i = 0; i < vector.length; i++) vector[i] *= scale;
  pairs.forEach(({ step, change, curvature }, p) => addTo(vector, step, shares[p] - dot(change, vector) / curvature));
}

/** sᵀy / yᵀH₀y of the newest pair: H₀ brought to the size of the inverse Hessian here. */
function newestScale(pairs: readonly Pair[], precondition: (vector: Float64Array) => void): number {
  const newest = pairs.at(-1);
  if (newest === undefined) return 1;
  const turned = Float64Array.from(newest.change);
  precondition(turned);
  return newest.curvature / dot(newest.change, turned);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function addTo(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * source[i];
}
