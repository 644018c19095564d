import { permuteIndex } from "../core/random/permuteIndex.js";
import { philoxKey } from "../core/random/philoxKey.js";
import type { Random } from "../core/random/Random.js";
import { sobolPoint } from "../core/random/sobolPoint.js";
import { DesignAxis, designAxes } from "./layout.js";

/** Designs whose points depend on one another; the others draw each row by itself. */
export const patternDesigns = ["factorial", "latinHypercube", "sobol"] as const;
export type PatternDesign = (typeof patternDesigns)[number];

/** Points of a design in the unit cube. */
export interface DesignPoints {
  /** How many there are: as many as asked for, but for a factorial the largest full grid below that. */
  readonly count: number;
  /** Coordinates of points first .. first + rows - 1, axis after axis, strictly inside (0, 1). */
  readonly at: (first: number, rows: number) => Float32Array;
}

/**
 * The points of a design that fills space.
 *
 * - factorial: a full grid over route, Cs:Pb, acid, amine and temperature, cell centres; all other axes at their middle
 * - latinHypercube: each axis has one point in each of `rows` equal parts (McKay, Beckman and
 * Conover 1979, doi:10.1080/00401706.1979.10489755)
 * - sobol: a Sobol sequence with a random digital shift (Joe and Kuo 2008, doi:10.1137/070709359)
 *
 * Any point is a function of seed and number, so that shards and workers agree.
 *
 * @param rows  at least 1
 */
export function designPoints(design: PatternDesign, rows: number, random: Random): DesignPoints {
  const { count, coordinate } = pattern(design, rows, random);
  const at = (first: number, some: number): Float32Array => {
    const points = new Float32Array(some * designAxes);
    for (let axis = 0; axis < designAxes; axis++) {
      for (let i = 0; i < some; i++) points[axis * some + i] = inside(coordinate(first + i, axis));
    }
    return points;
  };
  return { count, at };
}

function pattern(
  design: PatternDesign,
  rows: number,
  random: Random,
): { readonly count: number; readonly coordinate: (row: number, axis: number) => number } {
  const keys = Array.from({ length: designAxes }, (_, axis) => random.fork(axis)).map(philoxKey);
  if (design === "latinHypercube") {
    const jitter = random.fork("jitter");
    const within = Array.from({ length: designAxes }, () => jitter());
    // One shift per axis, not per point: every part still holds one point, and a point needs no draw of its own.
    return { count: rows, coordinate: (row, axis) => (permuteIndex(row, rows, keys[axis]) + within[axis]) / rows };
  }
  if (design === "sobol") return { count: rows, coordinate: (row, axis) => sobolPoint(row, axis, keys[axis][0]) };
  const levels = factorialLevels(rows);
  const axes = [...levels.keys()];
  return {
    count: [...levels.values()].reduce((product, level) => product * level, 1),
    coordinate: (row, axis) => {
      let rest = row;
      for (const one of axes) {
        const level = levels.get(one)!;
        if ((one as number) === axis) return ((rest % level) + 0.5) / level;
        rest = Math.floor(rest / level);
      }
      return 0.5;
    },
  };
}

/** Levels per gridded axis: four routes, and as many levels of the rest as `rows` allow, Cs:Pb first. */
export function factorialLevels(rows: number): ReadonlyMap<DesignAxis, number> {
  const levels = new Map([
    [DesignAxis.campaign, Math.min(4, rows)],
    [DesignAxis.caesiumLeadRatio, 1],
    [DesignAxis.oleylamineLeadRatio, 1],
    [DesignAxis.oleicAcidLeadRatio, 1],
    [DesignAxis.temperatureCelsius, 1],
  ]);
  const size = (): number => [...levels.values()].reduce((product, level) => product * level, 1);
  const growing = [...levels.keys()].slice(1);
  for (let turn = 0, refused = 0; refused < growing.length; turn++) {
    const axis = growing[turn % growing.length];
    const level = levels.get(axis)!;
    if ((size() / level) * (level + 1) <= rows) {
      levels.set(axis, level + 1);
      refused = 0;
    } else refused++;
  }
  return levels;
}

/** Float32 rounds what is nearest to 0 and 1 onto them. */
function inside(u: number): number {
  return Math.min(Math.max(u, 2 ** -24), 1 - 2 ** -23);
}
