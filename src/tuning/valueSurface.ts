import { InputError } from "../core/InputError.js";
import type { StudyRecord } from "./files/StudyRecord.js";
import { isKept } from "./isKept.js";
import { innerOf, lastOf, type Parameter, spacingOf } from "./Parameter.js";

/** Values over two parameters, where trials are near. */
export interface ValueSurface {
  /** Names of the parameters along x and y. */
  readonly names: readonly [string, string];
  /** Edges of the cells, ascending; choices stand at 0, 1, 2 and so on. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** A row for each cell along y; null where no trial is near. */
  readonly values: readonly (readonly (number | null)[])[];
  /** How values were found, in words. */
  readonly method: string;
}

/** How values are found between trials. */
export interface ValueSurfaceOptions {
  /** Cells along a range (default 40); whole numbers that are fewer, and choices, have one each. */
  readonly cells?: number;
  /** Deviation of the weights, as a share of a range (default 0.08): a trial counts less, the farther it is. */
  readonly width?: number;
  /** Widths to the nearest trial beyond which nothing is said (default 1.5). */
  readonly reach?: number;
  /** Place of the objective (default 0). */
  readonly objective?: number;
  /** Whether the mean is one of logarithms (default false): values must be above 0. */
  readonly isLogarithmic?: boolean;
}

/**
 * Values over two parameters as a mean of complete trials that kept their constraints, weighted by nearness. Between
 * trials it is smooth, and where none is near it says nothing. Other parameters are not held, so it is an average over
 * what they were. Different choices tell nothing of each other.
 *
 * @throws InputError if a parameter is not one of the study, or both are the same
 * @see Nadaraya 1964, doi:10.1137/1109020; Watson 1964: the weighted mean with normal weights
 */
export function valueSurface(
  { parameters, trials }: Pick<StudyRecord, "parameters" | "trials">,
  names: readonly [string, string],
  { cells = 40, width = 0.08, reach = 1.5, objective = 0, isLogarithmic = false }: ValueSurfaceOptions = {},
): ValueSurface {
  const unknown = names.find((name) => !Object.hasOwn(parameters, name));
  if (unknown !== undefined || names[0] === names[1])
    throw new InputError({
      where: "valueSurface",
      must: `needs two different parameters of the study, ${Object.keys(parameters).join(", ")}`,
      got: names.join(" and "),
      mend: "name two of them",
    });
  const [across, up] = names.map((name) => axisOf(parameters[name], cells));
  const points = trials.filter(isKept).flatMap(({ parameters: own, outcome }) => {
    if (!names.every((name) => Object.hasOwn(own, name))) return [];
    const value = outcome.values[objective];
    const [x, y] = [
      across.placeOf(innerOf(parameters[names[0]], own[names[0]])),
      up.placeOf(innerOf(parameters[names[1]], own[names[1]])),
    ];
    return [{ x, y, value: isLogarithmic ? Math.log(value) : value }];
  });
  const farthest = (reach * width) ** 2;
  const valueAt = (x: number, y: number): number | null => {
    let [sum, weights, nearest] = [0, 0, Infinity];
    for (const point of points) {
      const distance = across.between(point.x, x) + up.between(point.y, y);
      const weight = Math.exp(-distance / (2 * width ** 2));
      nearest = Math.min(nearest, distance);
      weights += weight;
      sum += weight * point.value;
    }
    if (!(nearest <= farthest)) return null;
    return isLogarithmic ? Math.exp(sum / weights) : sum / weights;
  };
  return {
    names,
    x: across.edges,
    y: up.edges,
    values: up.centres.map((y) => across.centres.map((x) => valueAt(x, y))),
    method:
      `mean of trials, the nearer the more (${width} of a range); ` +
      `white: none within ${Number((reach * width).toPrecision(3))}`,
  };
}

interface SurfaceAxis {
  readonly edges: readonly number[];
  /** Middles of the cells as shares of the range, or places of choices. */
  readonly centres: readonly number[];
  readonly placeOf: (inner: number) => number;
  /** Squared distance, in shares of the range. */
  readonly between: (a: number, b: number) => number;
}

function axisOf(parameter: Parameter, cells: number): SurfaceAxis {
  if (parameter.kind === "categorical") {
    const places = [...parameter.choices.keys()];
    return {
      edges: [-0.5, ...places.map((place) => place + 0.5)],
      centres: places,
      placeOf: (inner) => inner,
      between: (a, b) => (a === b ? 0 : Infinity),
    };
  }
  const [low, last] = [parameter.low, lastOf(parameter)];
  const step = spacingOf(parameter);
  const count = step === null ? Infinity : Math.round((last - low) / step) + 1;
  const [first, end] = [low, last].map((value) => innerOf(parameter, value));
  const span = end - first || 1;
  const placeOf = (inner: number): number => (inner - first) / span;
  const between = (a: number, b: number): number => (a - b) ** 2;
  if (count <= cells && step !== null) {
    const values = Array.from({ length: count }, (_, i) => low + i * step);
    return {
      edges: [low - step / 2, ...values.map((value) => value + step / 2)],
      centres: values.map((value) => placeOf(innerOf(parameter, value))),
      placeOf,
      between,
    };
  }
  const outer = (share: number): number =>
    parameter.log === true ? Math.exp(first + share * span) : low + share * span;
  return {
    edges: Array.from({ length: cells + 1 }, (_, i) => outer(i / cells)),
    centres: Array.from({ length: cells }, (_, i) => (i + 0.5) / cells),
    placeOf,
    between,
  };
}
