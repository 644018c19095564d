import { innerOf, lastOf, type Parameter, stepOf } from "./Parameter.js";
import type { StudyRecord } from "./files/StudyRecord.js";
import { frontOrder } from "./frontOrder.js";
import { lossesOf } from "./lossesOf.js";
import { normalMass } from "./normalMass.js";
import type { Direction, Trial } from "./Trial.js";

/** How much a parameter mattered. */
export interface ParameterImportance {
  readonly name: string;
  /** All together 1. */
  readonly share: number;
}

/** Which trials are asked what they have in common. */
export interface ImportanceOptions {
  /** Share of complete trials that are the best (default 0.1). */
  readonly best?: number;
}

/**
 * How much each parameter mattered for being among the best trials. That is how far its density among these is from
 * that among all complete ones, whether or not these kept their constraints. A parameter that is there in some trials
 * counts by the share of these, conditional parameters by the trials that have them. Most important first; all alike
 * where nothing can be told.
 *
 * @example
 * ```ts
 * import { optimize, parameterImportances, randomSampler } from "cspbbr3-twin";
 *
 * const study = await optimize(({ parameters }) => Number(parameters.x) ** 2 + 0.01 * Number(parameters.y), {
 *   seed: 1,
 *   sampler: randomSampler(),
 *   space: { x: { kind: "float", low: -1, high: 1 }, y: { kind: "float", low: -1, high: 1 } },
 * });
 * const { trials } = study;
 * const [first] = parameterImportances({ parameters: study.parameters(), trials, directions: ["minimize"] });
 * console.log(first.name, first.share > 0.5);
 * // x true
 * ```
 *
 * @throws RangeError if the share of the best does not lie in (0, 1]
 * @see Watanabe, Bansal and Hutter 2023, PED-ANOVA, arXiv:2304.10255, with the conditional form of arXiv:2601.20800, as
 *   Optuna 5.0.0 has them
 */
export function parameterImportances(
  { parameters, trials, directions }: Pick<StudyRecord, "parameters" | "trials" | "directions">,
  { best = 0.1 }: ImportanceOptions = {},
): readonly ParameterImportance[] {
  if (!(best > 0 && best <= 1))
    throw new RangeError(`parameterImportances: the share of the best must lie in (0, 1]; got ${best}`);
  const complete = trials.filter(({ outcome }) => outcome?.state === "complete");
  const names = Object.keys(parameters).filter((name) =>
    complete.some((trial) => Object.hasOwn(trial.parameters, name)),
  );
  const top = bestOf(complete, directions, best);
  const raw = names.map((name) => divergence(name, parameters[name], complete, top));
  const sum = raw.reduce((a, b) => a + b, 0);
  return names
    .map((name, i) => ({ name, share: sum > 0 ? raw[i] / sum : 1 / names.length }))
    .sort((a, b) => b.share - a.share || names.indexOf(a.name) - names.indexOf(b.name));
}

/** All that are as good as the last of so large a share; of several objectives those of the first fronts. */
function bestOf(complete: readonly Trial[], directions: readonly Direction[], share: number): ReadonlySet<number> {
  const losses = complete.map(({ outcome }) => lossesOf(outcome!, directions));
  const many = Math.ceil(share * losses.length);
  if (directions.length > 1)
    return new Set([...frontOrder(losses, many).slice(0, many)].map((at) => complete[at].number));
  const cut = losses.map(([loss]) => loss).sort((a, b) => a - b)[many - 1];
  return new Set(complete.filter((_, at) => losses[at][0] <= cut).map(({ number }) => number));
}

/** With fewer trials a density says nothing. */
const fewest = 2;

function divergence(name: string, parameter: Parameter, complete: readonly Trial[], top: ReadonlySet<number>): number {
  const own = complete.filter((trial) => Object.hasOwn(trial.parameters, name));
  const best = own.filter(({ number }) => top.has(number));
  if (complete.length < fewest || own.length < fewest || best.length === 0 || isSingle(parameter)) return 0;
  const [shareOfTop, shareOfAll] = [best.length / top.size, own.length / complete.length];
  const valuesOf = (trials: readonly Trial[]): readonly number[] =>
    trials.map((trial) => innerOf(parameter, trial.parameters[name]));
  const [dense, all] = [best, own].map((trials) => densityOf(parameter, valuesOf(trials)).map((p) => p + 1e-12));
  const pearson = all.reduce((sum, p, cell) => sum + p * (dense[cell] / p - 1) ** 2, 0);
  return (top.size / complete.length) ** 2 * (shareOfTop ** 2 / shareOfAll) * pearson;
}

function isSingle(parameter: Parameter): boolean {
  return parameter.kind === "categorical" ? parameter.choices.length === 1 : parameter.low === lastOf(parameter);
}

/** Shares of cells: choices, or up to 50 of a range. */
function densityOf(parameter: Parameter, values: readonly number[]): Float64Array {
  if (parameter.kind === "categorical") return choiceDensity(countsOf(values, parameter.choices.length));
  const cells = cellsOf(parameter);
  const [low, high] = [parameter.low, lastOf(parameter)].map((end) => innerOf(parameter, end));
  const width = (high - low) / (cells - 1);
  return cellDensity(
    countsOf(
      values.map((value) => Math.min(cells - 1, Math.max(0, Math.ceil((value - low) / width - 0.5)))),
      cells,
    ),
  );
}

const mostCells = 50;

function cellsOf(parameter: Exclude<Parameter, { readonly kind: "categorical" }>): number {
  const { kind, low, log = false } = parameter;
  const high = lastOf(parameter);
  const step = stepOf(parameter);
  if (log && kind === "integer") return Math.min(mostCells, Math.ceil(Math.log(high - low + 1) / Math.LN2) + 1);
  return step === null ? mostCells : Math.min(mostCells, Math.round((high - low) / step) + 1);
}

function countsOf(cells: readonly number[], many: number): Float64Array {
  const counts = new Float64Array(many);
  for (const cell of cells) counts[cell]++;
  return counts;
}

/** Each choice that was seen leans to itself, and one more to all alike. */
function choiceDensity(counts: Float64Array): Float64Array {
  const seen = counts.filter((count) => count > 0).length;
  const spread = 1 / (seen + 1);
  const total = counts.reduce((a, b) => a + b, 1);
  const sum = 1 + spread * counts.length;
  return counts.map(
    (count) => (count * (1 + spread) + (total - 1 - count) * spread) / sum / total + 1 / counts.length / total,
  );
}

/** Normal bells about the cells that were seen, of Scott's width, and one as wide as all. */
function cellDensity(counts: Float64Array): Float64Array {
  const cells = Uint32Array.from(counts.keys()).filter((cell) => counts[cell] > 0);
  const total = counts.reduce((a, b) => a + b, 0);
  const width = scottWidth(cells, counts, total);
  const [low, top] = [-0.5, counts.length - 0.5];
  const density = new Float64Array(counts.length);
  const add = (centre: number, spread: number, weight: number): void => {
    const inside = normalMass((low - centre) / spread, (top - centre) / spread);
    for (let cell = 0; cell < counts.length; cell++)
      density[cell] += (weight * normalMass((cell - 0.5 - centre) / spread, (cell + 0.5 - centre) / spread)) / inside;
  };
  for (const cell of cells) add(cell, width, counts[cell] / (total + 1));
  add((counts.length - 1) / 2, counts.length, 1 / (total + 1));
  return density;
}

/** At least so wide that nine tenths of a bell lie in its own cell. */
const leastWidth = 0.5 / 1.64;

function scottWidth(cells: Uint32Array, counts: Float64Array, total: number): number {
  const mean = cells.reduce((sum, cell) => sum + counts[cell] * cell, 0) / total;
  const square = cells.reduce((sum, cell) => sum + counts[cell] * (cell - mean) ** 2, 0);
  const sums = cells.reduce<number[]>((all, cell) => [...all, (all.at(-1) ?? 0) + counts[cell]], []);
  const first = sums.findIndex((sum) => sum >= Math.floor(total / 4));
  const past = sums.findIndex((sum) => sum > Math.floor((total * 3) / 4));
  const third = past === -1 ? cells.length - 1 : past;
  const spread = Math.min((cells[third] - cells[first]) / 1.34, Math.sqrt(square / Math.max(1, total - 1)));
  return Math.max(leastWidth, 1.059 * spread * total ** -0.2);
}
