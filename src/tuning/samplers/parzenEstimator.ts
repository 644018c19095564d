import type { Random } from "../../core/random/Random.js";
import { normalQuantile } from "../../core/statistics/normalQuantile.js";
import { normalBelow, normalMass } from "../normalMass.js";
import { innerOf, lastOf, outerOf, type Parameter, spacingOf } from "../Parameter.js";

/** A density of trials: it gives points, by parameter in inner numbers, and says how dense it is at others. */
export interface ParzenEstimator {
  readonly sample: (random: Random, count: number) => readonly Float64Array[];
  /** Natural logarithms, one per point. */
  readonly logDensities: (points: readonly Float64Array[]) => Float64Array;
}

/**
 * Mixture with one product of truncated normal densities (of shares, for a choice) about each observation, and one
 * about the middle of the space. The width about an observation is the distance to the farther of its neighbours, at
 * least a hundredth of the range or what so many observations would leave to each.
 *
 * @param parameters    in the order of the columns
 * @param observations  by parameter, inner numbers, all of equal length
 * @param weights       of the observations; that of the middle is 1
 * @see Bergstra et al. 2011, Algorithms for hyper-parameter optimization, NeurIPS 24; Watanabe 2023, arXiv:2304.11127,
 *   for widths and weights, as Optuna 5.0.0 has them
 */
export function parzenEstimator(
  parameters: readonly Parameter[],
  observations: readonly Float64Array[],
  weights: Float64Array,
): ParzenEstimator {
  const kernels = weights.length + 1;
  const total = weights.reduce((a, b) => a + b, 1);
  const shares = new Float64Array(kernels);
  const logShares = new Float64Array(kernels);
  for (let k = 0; k < kernels; k++) {
    shares[k] = (k < weights.length ? weights[k] : 1) / total;
    logShares[k] = Math.log(shares[k]);
  }
  const columns = parameters.map((parameter, i) =>
    parameter.kind === "categorical"
      ? choiceColumn(parameter.choices.length, observations[i])
      : numberColumn(parameter, observations[i]),
  );
  return {
    sample: (random, count) => {
      const kernelOf = Uint32Array.from({ length: count }, () => placeOf(shares, 1, random()));
      return columns.map((column) => Float64Array.from(kernelOf, (kernel) => column.draw(kernel, random())));
    },
    logDensities: (points) => {
      const count = points[0].length;
      const own = new Float64Array(kernels);
      return Float64Array.from({ length: count }, (_, at) => {
        own.set(logShares);
        columns.forEach((column, i) => {
          column.addLogs(points[i][at], own);
        });
        let most = -Infinity;
        for (let k = 0; k < kernels; k++) most = Math.max(most, own[k]);
        if (most === -Infinity) return most;
        let sum = 0;
        for (let k = 0; k < kernels; k++) if (own[k] - most > negligible) sum += Math.exp(own[k] - most);
        return most + Math.log(sum);
      });
    },
  };
}

/** Logarithm of a share that adds nothing to 1. */
const negligible = -40;

interface Column {
  /** A value of one kernel, from a uniform number. */
  readonly draw: (kernel: number, uniform: number) => number;
  /** Adds the log density of each kernel at a value. */
  readonly addLogs: (value: number, logs: Float64Array) => void;
}

/** First place at which so much of shares is reached. */
function placeOf(shares: Float64Array, total: number, uniform: number): number {
  let left = uniform * total;
  for (let k = 0; k < shares.length - 1; k++) {
    left -= shares[k];
    if (left < 0) return k;
  }
  return shares.length - 1;
}

/** Each observation gives its choice 1, and all choices one part of the middle's 1. */
function choiceColumn(choices: number, observed: Float64Array): Column {
  const kernels = observed.length + 1;
  const spread = observed.length === 0 ? 1 : 1 / kernels;
  const sum = choices * spread + 1;
  const [hit, miss] = [Math.log((spread + 1) / sum), Math.log(spread / sum)];
  return {
    draw: (kernel, uniform) => {
      if (kernel === observed.length) return Math.min(choices - 1, Math.floor(uniform * choices));
      const weights = new Float64Array(choices).fill(spread);
      weights[observed[kernel]]++;
      return placeOf(weights, sum, uniform);
    },
    addLogs: (value, logs) => {
      for (let k = 0; k < observed.length; k++) logs[k] += observed[k] === value ? hit : miss;
      logs[observed.length] -= Math.log(choices);
    },
  };
}

function numberColumn(parameter: Exclude<Parameter, { readonly kind: "categorical" }>, observed: Float64Array): Column {
  const { low: start, high, log = false } = parameter;
  const last = lastOf(parameter);
  const step = spacingOf(parameter);
  const half = (step ?? 0) / 2;
  const inner = (value: number): number => (log ? Math.log(value) : value);
  const [low, top] = [inner(start - half), inner((step === null ? high : last) + half)];
  const range = top - low;
  // Of one value there is no density, and nothing to choose.
  if (range === 0) return { draw: () => inner(start), addLogs: () => undefined };
  const kernels = observed.length + 1;
  const centres = new Float64Array(kernels).fill((low + top) / 2);
  centres.set(observed);
  const widths = new Float64Array(kernels).fill(range);
  widths.set(widthsOf(observed, low, top));
  const draw = (kernel: number, uniform: number): number => {
    const [centre, width] = [centres[kernel], widths[kernel]];
    const from = normalBelow((low - centre) / width);
    const to = normalBelow((top - centre) / width);
    const value = centre + width * normalQuantile(from + uniform * (to - from));
    const kept = Math.min(top, Math.max(low, value));
    return step === null ? kept : innerOf(parameter, outerOf(parameter, kept));
  };
  /** Of what lies between the ends, as a logarithm. */
  const normOf = (k: number): number =>
    Math.log(normalMass((low - centres[k]) / widths[k], (top - centres[k]) / widths[k]));
  if (step === null) {
    const heights = new Float64Array(kernels);
    const scales = new Float64Array(kernels);
    for (let k = 0; k < kernels; k++) {
      heights[k] = logRoot - Math.log(widths[k]) - normOf(k);
      scales[k] = 1 / widths[k];
    }
    return {
      draw,
      addLogs: (value, logs) => {
        for (let k = 0; k < kernels; k++) {
          const z = (value - centres[k]) * scales[k];
          logs[k] += heights[k] - 0.5 * z * z;
        }
      },
    };
  }
  const { first: leaders, which } = distinct(centres, widths);
  const norms = leaders.map(normOf);
  const massesAt = (value: number): Float64Array => {
    const whole = log ? Math.round(Math.exp(value)) : value;
    const [left, right] = [inner(whole - half), inner(whole + half)];
    const masses = new Float64Array(leaders.length).fill(-Infinity);
    for (let one = 0; one < leaders.length; one++) {
      const [centre, width] = [centres[leaders[one]], widths[leaders[one]]];
      const [from, to] = [(left - centre) / width, (right - centre) / width];
      if (from < reach && to > -reach) masses[one] = Math.log(normalMass(from, to)) - norms[one];
    }
    return masses;
  };
  /** Of few steps, many candidates are at the same one. */
  const known = new Map<number, Float64Array>();
  return {
    draw,
    addLogs: (value, logs) => {
      let masses = known.get(value);
      if (masses === undefined) known.set(value, (masses = massesAt(value)));
      for (let k = 0; k < kernels; k++) logs[k] += masses[which[k]];
    },
  };
}

/** Widths beyond which a kernel adds nothing to that of the middle, however dense it is in other columns. */
const reach = 20;

/** Kernels that are not alike, by the first of each, and for each kernel which of them it is. */
interface DistinctKernels {
  readonly first: readonly number[];
  readonly which: Uint32Array;
}

/** On few steps many observations lie at one place, most of them equally wide. */
function distinct(centres: Float64Array, widths: Float64Array): DistinctKernels {
  const known = new Map<number, Map<number, number>>();
  const first: number[] = [];
  const which = new Uint32Array(centres.length);
  for (let k = 0; k < centres.length; k++) {
    let ofCentre = known.get(centres[k]);
    if (ofCentre === undefined) known.set(centres[k], (ofCentre = new Map<number, number>()));
    let one = ofCentre.get(widths[k]);
    if (one === undefined) ofCentre.set(widths[k], (one = first.push(k) - 1));
    which[k] = one;
  }
  return { first, which };
}

const logRoot = -0.5 * Math.log(2 * Math.PI);

/** Distance of each observation to the farther neighbour; the outermost have but one, two ends beside one alone. */
function widthsOf(observed: Float64Array, low: number, top: number): Float64Array {
  const many = observed.length;
  const least = (top - low) / Math.min(100, 2 + many);
  if (many === 1) return Float64Array.of(Math.max(least, observed[0] - low, top - observed[0]));
  const sorted = observed.slice().sort();
  /** How many of the equals that begin at a place were met. */
  const met = new Uint32Array(many);
  const widths = new Float64Array(many);
  for (let k = 0; k < many; k++) {
    const first = firstFrom(sorted, observed[k]);
    const at = first + met[first]++;
    const before = at > 0 ? observed[k] - sorted[at - 1] : 0;
    const after = at < many - 1 ? sorted[at + 1] - observed[k] : 0;
    widths[k] = Math.min(top - low, Math.max(least, before, after));
  }
  return widths;
}

/** First place of sorted numbers that is not below a value, which is among them. */
function firstFrom(sorted: Float64Array, value: number): number {
  let [from, to] = [0, sorted.length - 1];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle] < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
