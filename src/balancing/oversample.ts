import { type Matrix, selectMatrixRows } from "../core/Matrix.js";
import type { Random } from "../core/random/Random.js";
import { checkTrainingRows } from "./checkTrainingRows.js";
import { classRows, type ClassNames } from "./classRows.js";
import { type Addition, appendRows, type Resampled } from "./Resampled.js";
import { type Target, targetCounts } from "./targetCounts.js";

export interface OversampleOptions extends ClassNames {
  readonly to?: Target;
}

/**
 * Random over-sampling: copies of rows of the rarer classes, drawn with replacement. Training rows only: a copy of a
 * test row in the training set is a leak.
 *
 * @param features  training rows, finite
 * @param labels    class codes, shape [rows]
 * @throws RangeError as targetCounts, or if rows, labels or classes are not as stated
 * @see imbalanced-learn's RandomOverSampler
 */
export function oversample(
  features: Matrix,
  labels: Uint8Array,
  random: Random,
  { to = "auto", ...names }: OversampleOptions = {},
): Resampled {
  checkTrainingRows("oversample", features, labels);
  const byClass = classRows(labels, names);
  const wanted = targetCounts(
    "oversample",
    byClass.map((rows) => rows.length),
    to,
    "over",
    names,
  );
  const additions = byClass.map((rows, label): Addition => {
    const draw = random.fork(label);
    const copied = Uint32Array.from(
      { length: wanted[label] - rows.length },
      () => rows[Math.floor(draw() * rows.length)],
    );
    return {
      label,
      kind: "copy",
      values: selectMatrixRows(features, copied).values,
      parents: Uint32Array.from({ length: 2 * copied.length }, (_, i) => copied[i >> 1]),
      gaps: new Float32Array(copied.length),
    };
  });
  return appendRows(features, labels, additions);
}
