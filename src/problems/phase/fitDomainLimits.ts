import { phaseNames } from "../../chemistry/phases.js";
import { type Matrix, selectMatrixColumns, selectMatrixRows } from "../../core/Matrix.js";
import { shuffledRows } from "../../core/random/shuffledRows.js";
import type { Encoder } from "../../features/Encoder.js";
import { recipeFeatures } from "../../features/recipeFeatures.js";
import type { DomainLimits, FeatureRange } from "../../predictor/domainLimits.js";
import { knownFeatures } from "../../predictor/knownFeatures.js";
import { conformalThreshold } from "../../uncertainty/conformal/conformalThreshold.js";
import { distanceOver } from "../../uncertainty/domain/distanceOver.js";
import { featureDistances } from "../../uncertainty/domain/featureDistances.js";
import { fitFeatureDistance } from "../../uncertainty/domain/fitFeatureDistance.js";
import type { PhaseData } from "./phaseData.js";
import { phaseRandom } from "./phaseExperiments.js";
import { labelsOf } from "./phaseTable.js";

const falseAlarm = 0.05;
/** Means and covariances are known well enough from as many. */
const distanceRows = 24_000;

/**
 * Ranges and the distance are those of training rows, the threshold is that of calibrate rows, which neither has seen.
 * A range reaches to what its feature is without the additive, or at the first second (RecipeFeature.least).
 */
export function fitDomainLimits({
  seed,
  encoder,
  features,
  labels,
  split,
  groups,
}: Pick<PhaseData, "seed" | "encoder" | "features" | "labels" | "split" | "groups">): DomainLimits {
  const own = shuffledRows(split.train, phaseRandom(seed, "phase model, domain")).slice(0, distanceRows).sort();
  const calibrateGroups = groups === null ? undefined : Array.from(split.calibrate, (row) => groups[row]);
  const limit = (): DomainLimits["distance"] => {
    const fitted = fitFeatureDistance(selectMatrixRows(features, own), labelsOf(labels, own), phaseNames.length);
    const known = knownFeatures(encoder, []);
    const { value, rows, reason } = conformalThreshold(
      featureDistances(
        distanceOver(fitted, known),
        selectMatrixColumns(selectMatrixRows(features, split.calibrate), known),
      ),
      falseAlarm,
      { groups: calibrateGroups },
    );
    return value === null ? { reason: reason! } : { fitted, threshold: value, falseAlarm, rows };
  };
  return { ranges: rangesOf(features, split.train, encoder), distance: orReason(limit) };
}

/** Rows that do not vary within a phase have no distance. */
function orReason(limit: () => DomainLimits["distance"]): DomainLimits["distance"] {
  try {
    return limit();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { reason: error.message };
  }
}

/** Ranges of features over rows, from what a feature is without its additive on. */
export function rangesOf({ names, columns, values }: Matrix, rows: Uint32Array, encoder: Encoder): FeatureRange[] {
  return names.map((name, column) => {
    let [low, high] = [leastOf(encoder, name), -Infinity];
    for (const row of rows) {
      low = Math.min(low, values[row * columns + column]);
      high = Math.max(high, values[row * columns + column]);
    }
    return { name, low, high };
  });
}

/** Standardised, as the network sees it; infinite where the feature has no least value. */
function leastOf({ columns }: Encoder, name: string): number {
  const encoded = columns.find((column) => column.name === name);
  const least = recipeFeatures.find((feature) => feature.name === name)?.least;
  if (least === undefined || encoded?.kind !== "number" || !("feature" in encoded.source)) return Infinity;
  return Math.fround((least - encoded.mean) / encoded.scale);
}
