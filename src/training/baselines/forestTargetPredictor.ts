import { checkFinite, type Matrix } from "../../core/Matrix.js";
import { checkFeatureNames } from "../checkFeatureNames.js";
import type { NetworkPredictor } from "../networkPredictor.js";
import type { ForestNodes } from "./growForest.js";
import { leafOf } from "./leafOf.js";

/** A grown forest of one target as plain numbers. */
export interface TargetForest extends ForestNodes {
  /** Mean of the target in each leaf. */
  readonly leafMeans: Float64Array;
}

/** Forests of several targets of the same features: all that must be stored to predict again. */
export interface TargetForests {
  /** Names of the features, in the order of the columns. */
  readonly names: readonly string[];
  readonly targets: readonly string[];
  /** One per target. */
  readonly forests: readonly TargetForest[];
}

/** It predicts as a network does. */
export type ForestTargetPredictor = Pick<NetworkPredictor, "targets" | "predictTargets">;

/**
 * Targets by forests: the mean over trees of the leaves that a row falls into. A row is answered alike whatever comes
 * with it, and never beyond the least and the greatest target of training.
 *
 * @throws RangeError when it predicts, if features have other names or another order, or one is not finite (row and
 *   column named)
 */
export function forestTargetPredictor({ names, targets, forests }: TargetForests): ForestTargetPredictor {
  return {
    targets,
    predictTargets: (features) => {
      checkFeatureNames(names, features, "forestTargetPredictor");
      checkFinite("forestTargetPredictor", features);
      const width = forests.length;
      const answers = new Float64Array(features.rows * width);
      forests.forEach((forest, t) => {
        for (let row = 0; row < features.rows; row++) answers[row * width + t] = meanOf(forest, features, row);
      });
      return answers;
    },
  };
}

function meanOf(forest: TargetForest, { columns, values }: Matrix, row: number): number {
  let sum = 0;
  for (const root of forest.roots) sum += forest.leafMeans[leafOf(forest, root, values, row * columns)];
  return sum / forest.roots.length;
}
