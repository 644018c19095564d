import { checkCounts } from "../checkCounts.js";
import { type Choice, innerOf, outerOf, type ParameterValues } from "../Parameter.js";
import { groupedNames, sharedNames } from "./parameterGroups.js";
import { type ParzenEstimator, parzenEstimator } from "./parzenEstimator.js";
import type { Sampler, SamplerView } from "./Sampler.js";
import { type SplitTrials, splitTrials } from "./splitTrials.js";
import { valueAt } from "./valueAt.js";

/** How a tree-structured Parzen estimator proposes. */
export interface TpeOptions {
  /** Trials that must have ended before it does; until then values are random (default 10). */
  readonly startup?: number;
  /** Points of which the most promising is proposed (default 24). */
  readonly candidates?: number;
  /** Whether parameters that stand together in all trials are told together (default true). */
  readonly multivariate?: boolean;
  /** Whether parameters that stand together in some trials are, too (default true). */
  readonly grouped?: boolean;
}

/**
 * Tree-structured Parzen estimator: of candidates drawn where good trials lie, the one at which these lie densest
 * beside all others. Trials that run count among the others, so that proposals keep away from what is being tried.
 *
 * @throws RangeError if startup or candidates are no whole numbers, or there is no candidate
 * @see Bergstra et al. 2011, Algorithms for hyper-parameter optimization, NeurIPS 24
 */
export function tpeSampler({
  startup = 10,
  candidates = 24,
  multivariate = true,
  grouped = true,
}: TpeOptions = {}): Sampler {
  checkCounts("tpeSampler", 0, { startup });
  checkCounts("tpeSampler", 1, { candidates });
  const propose = (view: SamplerView, names: readonly string[]): Tried => {
    const { running, known, random } = view;
    const parameters = names.map((name) => known[name]);
    const { good, others } = splitOf(view);
    const densityOf = (tried: readonly ParameterValues[]): ParzenEstimator => {
      const own = tried.filter((values) => names.every((name) => Object.hasOwn(values, name)));
      const columns = names.map((name, i) => {
        const column = new Float64Array(own.length);
        for (let at = 0; at < column.length; at++) column[at] = innerOf(parameters[i], own[at][name]);
        return column;
      });
      return parzenEstimator(parameters, columns, recencyWeights(own.length));
    };
    const dense = densityOf(good.map((trial) => trial.parameters));
    const sparse = densityOf([...others.map((trial) => trial.parameters), ...running]);
    const points = dense.sample(random.fork(names.join("\n")), candidates);
    const elsewhere = sparse.logDensities(points);
    const gains = dense.logDensities(points).map((log, at) => log - elsewhere[at]);
    const best = gains.reduce((at, gain, k) => (gain > gains[at] ? k : at), 0);
    return Object.fromEntries(names.map((name, i) => [name, outerOf(parameters[i], points[i][best])]));
  };
  const isRandom = ({ ended }: SamplerView): boolean =>
    ended.filter(({ outcome }) => outcome?.state !== "failed").length < startup;
  return {
    settings: { name: "tpe", startup, candidates, multivariate, grouped },
    together: (view) => {
      if (!multivariate || isRandom(view)) return {};
      const groups = (grouped ? groupedNames : sharedNames)(view.ended.map((trial) => trial.parameters));
      return Object.assign({}, ...groups.map((names) => propose(view, names))) as Tried;
    },
    alone: (view, name) =>
      isRandom(view) ? valueAt(view.known[name], view.random.fork(name)()) : propose(view, [name])[name],
  };
}

/** Of views that are still looked at: parts of a trial are proposed one after the other. */
const splits = new WeakMap<SamplerView, SplitTrials>();

function splitOf(view: SamplerView): SplitTrials {
  const known = splits.get(view);
  if (known !== undefined) return known;
  const split = splitTrials(view.ended, view.directions, { share: 0.1, most: 25 });
  splits.set(view, split);
  return split;
}

type Tried = Readonly<Record<string, Choice>>;

/** Of the newest 25 each 1; of those before them less, the older the less, down to one part of all. */
function recencyWeights(many: number): Float64Array {
  const old = Math.max(0, many - 25);
  const weights = new Float64Array(many).fill(1);
  for (let at = 0; at < old; at++) weights[at] = 1 / many + (old === 1 ? 0 : (at / (old - 1)) * (1 - 1 / many));
  return weights;
}
