import * as z from "zod";
import { percent } from "../core/percent.js";
import { type Matrix, selectMatrixColumns } from "../core/Matrix.js";
import { recipeFeatures } from "../features/recipeFeatures.js";
import { featureDistances, type FeatureDistance } from "../uncertainty/domain/featureDistances.js";

/** Which recipes are like those of training: plain JSON. */
export interface DomainLimits {
  /** Of each feature among training rows, standardised as the network sees it. */
  readonly ranges: readonly FeatureRange[];
  /**
   * How far a recipe may lie from the training rows as a whole; or the reason why that cannot be said, and is not
   * checked.
   */
  readonly distance: DistanceLimit | { readonly reason: string };
}

/** Range of one feature among the training rows. */
export interface FeatureRange {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

/** How far from the training rows a recipe may lie. */
export interface DistanceLimit {
  readonly fitted: FeatureDistance;
  /** A recipe farther than this is outside. */
  readonly threshold: number;
  /**
   * Share of recipes like those of training that are farther, at most: over the draw of the calibrate rows and of the
   * recipe, which is one of a new batch where rows come in batches.
   */
  readonly falseAlarm: number;
  /** Calibrate rows that the threshold was taken from. */
  readonly rows: number;
}

/** How far recipes may lie that tell some of the features. */
export interface KnownDomain {
  /** Places of the features that follow from what is told. */
  readonly known: readonly number[];
  /** Over these features; or why it is not checked. */
  readonly distance: Omit<DistanceLimit, "rows"> | { readonly reason: string };
}

/** How recipes stand to those of training. */
export interface DomainAnswers {
  /** In which ways a recipe lies outside, in words, by row; those that lie within are absent. */
  readonly outside: ReadonlyMap<number, readonly string[]>;
  /** From the training rows, measured in their own spread, by row; NaN where it is not checked. */
  readonly distance: Float64Array;
}

/** @param own  limits of recipes that tell as much as these */
export function domainAnswers({ ranges }: DomainLimits, own: KnownDomain, features: Matrix): DomainAnswers {
  const { known, distance } = own;
  const { rows, columns, values } = features;
  const outside = new Map<number, string[]>();
  const say = (row: number, text: string): void => {
    const said = outside.get(row);
    if (said === undefined) outside.set(row, [text]);
    else said.push(text);
  };
  for (const column of known) {
    const { name, low, high } = ranges[column];
    for (let row = 0; row < rows; row++) {
      const value = values[row * columns + column];
      if (!(value >= low && value <= high))
        say(row, `${meaningOf(name)} ${value < low ? "below" : "above"} the training range`);
    }
  }
  if ("reason" in distance) return { outside, distance: new Float64Array(rows).fill(NaN) };
  const { fitted, threshold, falseAlarm } = distance;
  const distances = featureDistances(fitted, selectMatrixColumns(features, known));
  const kept = `${percent(1 - falseAlarm)} of recipes like those of training keep to`;
  for (let row = 0; row < rows; row++) {
    if (!(distances[row] > threshold)) continue;
    const kind = outside.has(row) ? "far as a whole" : "unusual combination";
    say(row, `${kind}: distance ${distances[row].toFixed(2)} above the ${threshold.toFixed(2)} that ${kept}`);
  }
  return { outside, distance: distances };
}

/** Without what explains its numbers. */
function meaningOf(feature: string): string {
  const known = recipeFeatures.find(({ name }) => name === feature);
  return known === undefined ? feature : `${known.meaning.split(": ")[0]} (${feature})`;
}

const numbers = z.array(z.number());

export const domainShape: z.ZodType<DomainLimits> = z.strictObject({
  ranges: z.array(z.strictObject({ name: z.string(), low: z.number(), high: z.number() })),
  distance: z
    .strictObject({
      fitted: z.strictObject({
        names: z.array(z.string()),
        shrinkage: z.number(),
        axes: z.array(numbers),
        centres: z.array(numbers),
      }),
      threshold: z.number(),
      falseAlarm: z.number(),
      rows: z.int().positive(),
    })
    .or(z.strictObject({ reason: z.string() })),
});
