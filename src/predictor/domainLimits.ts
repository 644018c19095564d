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

/** How a recipe stands to those of training. */
export interface DomainAnswer {
  /** In which ways it lies outside, in words; none where it lies within. */
  readonly outside: readonly string[];
  /** From the training rows, measured in their own spread; null where it is not checked. */
  readonly distance: number | null;
}

/**
 * One answer per row of features.
 *
 * @param own  limits of recipes that tell as much as these
 */
export function domainAnswers({ ranges }: DomainLimits, own: KnownDomain, features: Matrix): DomainAnswer[] {
  const { known, distance } = own;
  const distances =
    "reason" in distance ? null : featureDistances(distance.fitted, selectMatrixColumns(features, known));
  return Array.from({ length: features.rows }, (_, row) => {
    const beyond: string[] = [];
    for (const column of known) {
      const { name, low, high } = ranges[column];
      const value = features.values[row * features.columns + column];
      if (!(value >= low && value <= high))
        beyond.push(`${meaningOf(name)} ${value < low ? "below" : "above"} the training range`);
    }
    if (distances === null || "reason" in distance) return { outside: beyond, distance: null };
    // Written only where it is said: a text takes longer than the distance.
    if (distances[row] > distance.threshold) {
      const kind = beyond.length === 0 ? "unusual combination" : "far as a whole";
      const kept = `${percent(1 - distance.falseAlarm)} of recipes like those of training keep to`;
      const [far, most] = [distances[row], distance.threshold].map((one) => one.toFixed(2));
      beyond.push(`${kind}: distance ${far} above the ${most} that ${kept}`);
    }
    return { outside: beyond, distance: distances[row] };
  });
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
