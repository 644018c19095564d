import type { Matrix } from "../core/Matrix.js";
import type { Random } from "../core/random/Random.js";
import { interpolate } from "./interpolate.js";
import type { NominalColumns } from "./nominalDistances.js";
import type { Addition, RowKind } from "./Resampled.js";

/**
 * Which of its bases and neighbours a new row is mixed from: base floor(pair / neighbours),
 * neighbour pair mod neighbours; and where between.
 */
export interface Draws {
  readonly pairs: Uint32Array;
  readonly gaps: Float32Array;
}

/**
 * @param choices   pairs of a base and a neighbour, all as likely
 * @param farthest  greatest part of the way to the neighbour
 */
export function drawPairs(
  choices: number,
  count: number,
  random: Random,
  { farthest = 1 }: { readonly farthest?: number } = {},
): Draws {
  const pairs = Uint32Array.from({ length: count }, () => Math.floor(random() * choices));
  return { pairs, gaps: Float32Array.from({ length: count }, () => random() * farthest) };
}

interface Mixture {
  readonly label: number;
  readonly kind: RowKind;
  readonly bases: Uint32Array;
  /** Rows of the matrix near each base, `neighbours` of them. */
  readonly near: Uint32Array;
  readonly neighbours: number;
  readonly nominal: NominalColumns;
}

/** New rows from draws; categories are those that most of the first parent's neighbours have. */
export function mixedRows(
  features: Matrix,
  { label, kind, bases, near, neighbours, nominal }: Mixture,
  { pairs, gaps }: Draws,
): Addition {
  const parents = new Uint32Array(2 * pairs.length);
  pairs.forEach((pair, i) => {
    parents[2 * i] = bases[Math.floor(pair / neighbours)];
    parents[2 * i + 1] = near[pair];
  });
  const values = interpolate(features, parents, gaps);
  if (nominal.length > 0)
    pairs.forEach((pair, i) =>
      takeCommonest(
        features,
        nominal,
        {
          base: parents[2 * i],
          near: near.subarray(pair - (pair % neighbours), pair - (pair % neighbours) + neighbours),
        },
        values,
        i * features.columns,
      ),
    );
  return { label, kind, values, parents, gaps };
}

/**
 * Writes into a new row at `at` the categories that most neighbours have; where several are as common, the
 * base's own if it is one of them, else the first.
 */
function takeCommonest(
  { values, columns }: Matrix,
  nominal: NominalColumns,
  { base, near }: { readonly base: number; readonly near: Uint32Array },
  into: Float32Array,
  at: number,
): void {
  for (const list of nominal) {
    const votes = list.map(
      (column) =>
        near.reduce((sum, row) => sum + values[row * columns + column], 0) + values[base * columns + column] / 2,
    );
    const winner = votes.indexOf(Math.max(...votes));
    list.forEach((column, i) => (into[at + column] = i === winner ? 1 : 0));
  }
}
