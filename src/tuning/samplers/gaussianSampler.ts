import { type Matrix, makeMatrix } from "../../core/Matrix.js";
import type { Random } from "../../core/random/Random.js";
import { normalProbability } from "../../core/statistics/normalProbability.js";
import { bestFirst } from "../bestFirst.js";
import { checkCounts } from "../checkCounts.js";
import { type Choice, innerOf, outerOf, type Parameter, type ParameterValues } from "../Parameter.js";
import { isActive, type SpaceParameter } from "../SearchSpace.js";
import type { Sampler, SamplerView } from "./Sampler.js";
import { valueAt } from "./valueAt.js";

/** What is believed of the objective at points that were not tried. */
export interface Surrogate {
  readonly means: (points: Matrix) => Float64Array;
  /** Standard deviations of the function itself, without the noise of a trial. */
  readonly deviations: (points: Matrix) => Float64Array;
}

/** How a Gaussian process proposes. */
export interface GaussianSamplerOptions {
  /** Learns from points and their standardised values: trainGaussianRegressor, for example. */
  readonly fit: (points: Matrix, values: Float64Array) => Surrogate;
  /** Complete trials before it does, at least 2; until then values are random (default 10). */
  readonly startup?: number;
  /** Random points of which the most promising are looked at more closely (default 512). */
  readonly candidates?: number;
}

/**
 * Proposes where a Gaussian process expects most to be gained on the best point so far, as it believes it to be: noise
 * of a single trial is not taken for a gain. Trials that run are believed to find what is expected of them. For studies
 * of one objective.
 *
 * @throws RangeError if startup is no whole number from 2 on, or candidates none from 1 on
 * @see Jones, Schonlau and Welch 1998, doi:10.1023/A:1008306431147; for trials that run, Ginsbourger et al. 2010,
 *   doi:10.1007/978-3-642-10701-6_6 ("kriging believer")
 */
export function gaussianSampler({ fit, startup = 10, candidates = 512 }: GaussianSamplerOptions): Sampler {
  // Of one point nothing is learned.
  checkCounts("gaussianSampler", 2, { startup });
  checkCounts("gaussianSampler", 1, { candidates });
  return {
    settings: { name: "gaussian process", startup, candidates },
    mostObjectives: 1,
    together: (view) => {
      const told = bestFirst(view.ended, view.directions).filter(({ outcome }) => outcome!.state === "complete");
      if (told.length < startup || Object.keys(view.known).length === 0) return {};
      const encoder = spaceEncoder(view.known);
      const sign = view.directions[0] === "minimize" ? 1 : -1;
      const raw = Float64Array.from(told, ({ outcome }) => sign * outcome!.values[0]);
      const tried = told.map(({ parameters }) => parameters);
      const values = standardised(raw);
      let surrogate = fit(encoder(tried), values);
      if (view.running.length > 0) {
        const believed = surrogate.means(encoder(view.running));
        surrogate = fit(encoder([...tried, ...view.running]), Float64Array.from([...values, ...believed]));
      }
      const best = surrogate.means(encoder(tried)).reduce((a, b) => Math.min(a, b), Infinity);
      const gainOf = (points: readonly ParameterValues[]): Float64Array => {
        const matrix = encoder(points);
        const deviations = surrogate.deviations(matrix);
        return surrogate.means(matrix).map((mean, at) => expectedGain(best - mean, deviations[at]));
      };
      return mostPromising(view, { candidates, tried, gainOf });
    },
    alone: ({ known, random }, name) => valueAt(known[name], random.fork(name)()),
  };
}

interface Search {
  readonly candidates: number;
  /** Points that were tried, best first. */
  readonly tried: readonly ParameterValues[];
  readonly gainOf: (points: readonly ParameterValues[]) => Float64Array;
}

/** Steps about promising points, as shares of the ranges, ever smaller. */
const scales = [0.1, 0.03, 0.01, 0.003];
/** Points that are looked at more closely, and neighbours of each at every scale. */
const [starts, neighbours] = [6, 24];

/** Random points and neighbours of the best ones; then neighbours of the most promising, ever nearer. */
function mostPromising({ known, random }: SamplerView, { candidates, tried, gainOf }: Search): ParameterValues {
  const own = random.fork("candidates");
  let points: readonly ParameterValues[] = [
    ...Array.from({ length: candidates }, (_, at) => anyPoint(known, own.fork(at))),
    ...tried.slice(0, starts).flatMap((point, k) => nearPoints(known, point, scales[0], own.fork("tried").fork(k))),
  ];
  let gains = gainOf(points);
  for (const [round, scale] of scales.entries()) {
    const order = [...points.keys()].sort((a, b) => gains[b] - gains[a] || a - b).slice(0, starts);
    const kept = order.map((at) => points[at]);
    const near = kept.flatMap((point, k) => nearPoints(known, point, scale, own.fork(`round ${round}`).fork(k)));
    const nearGains = gainOf(near);
    gains = Float64Array.from([...order.map((at) => gains[at]), ...nearGains]);
    points = [...kept, ...near];
  }
  return points[gains.reduce((best, gain, at) => (gain > gains[best] ? at : best), 0)];
}

type Known = Readonly<Record<string, SpaceParameter>>;

function anyPoint(known: Known, random: Random): ParameterValues {
  const values: Record<string, Choice> = {};
  for (const [name, parameter] of Object.entries(known))
    if (isActive(parameter, values)) values[name] = valueAt(parameter, random());
  return values;
}

/** Of numbers a step in either direction, of choices now and then another one. */
function nearPoints(known: Known, point: ParameterValues, scale: number, random: Random): readonly ParameterValues[] {
  return Array.from({ length: neighbours }, (): ParameterValues => {
    const values: Record<string, Choice> = {};
    for (const [name, parameter] of Object.entries(known)) {
      const [share, turn] = [random(), random()];
      if (!isActive(parameter, values)) continue;
      if (!Object.hasOwn(point, name)) values[name] = valueAt(parameter, share);
      else if (parameter.kind === "categorical") values[name] = turn < scale ? valueAt(parameter, share) : point[name];
      else values[name] = moved(parameter, point[name], turn < 0.5 ? 0 : scale * 2 * (2 * share - 1));
    }
    return values;
  });
}

function moved(parameter: Exclude<Parameter, { readonly kind: "categorical" }>, value: Choice, share: number): Choice {
  const [low, high] = [innerOf(parameter, parameter.low), innerOf(parameter, parameter.high)];
  return outerOf(parameter, innerOf(parameter, value) + share * (high - low));
}

/** Expected gain of a normal variable above 0. */
function expectedGain(mean: number, deviation: number): number {
  if (!(deviation > 0)) return Math.max(0, mean);
  const z = mean / deviation;
  return mean * normalProbability(z) + (deviation * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/**
 * Points as rows: a number as its share of the range, a choice as 1 in a column of its own, what is not there as the
 * middle, with a column that says so.
 */
function spaceEncoder(known: Known): (points: readonly ParameterValues[]) => Matrix {
  const columns = Object.entries(known).flatMap(([name, parameter]): Column[] => {
    const there: Column[] =
      parameter.when === undefined
        ? []
        : [{ name: `${name} there`, of: (point) => Number(Object.hasOwn(point, name)) }];
    if (parameter.kind === "categorical")
      return [
        ...there,
        ...parameter.choices.map((choice) => ({
          name: `${name} ${JSON.stringify(choice)}`,
          of: (point: ParameterValues): number => Number(point[name] === choice),
        })),
      ];
    const [low, high] = [innerOf(parameter, parameter.low), innerOf(parameter, parameter.high)];
    const range = high > low ? high - low : 1;
    return [
      ...there,
      { name, of: (point) => (Object.hasOwn(point, name) ? (innerOf(parameter, point[name]) - low) / range : 0.5) },
    ];
  });
  const names = columns.map(({ name }) => name);
  return (points) =>
    makeMatrix(names, Float32Array.from(points.flatMap((point) => columns.map(({ of }) => of(point)))));
}

interface Column {
  readonly name: string;
  readonly of: (point: ParameterValues) => number;
}

/** Of mean 0 and variance 1; outliers far above, which tell nothing of the best, are drawn in. */
function standardised(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  const middle = sorted[Math.floor(sorted.length / 2)];
  const reach = middle + 3 * (middle - sorted[0]);
  const drawn = values.map((value) => (reach > middle && value > reach ? reach : value));
  const mean = drawn.reduce((a, b) => a + b, 0) / drawn.length;
  const spread = Math.sqrt(drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length);
  return drawn.map((value) => (value - mean) / (spread > 0 ? spread : 1));
}
