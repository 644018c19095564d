import { phaseNames } from "../../chemistry/phases.js";
import { type Matrix, selectMatrixColumns, selectMatrixRows } from "../../core/Matrix.js";
import type { Encoder } from "../../features/Encoder.js";
import type { DomainLimits } from "../../predictor/domainLimits.js";
import { knownFeatures } from "../../predictor/knownFeatures.js";
import { conformalThreshold } from "../../uncertainty/conformal/conformalThreshold.js";
import { distanceOver } from "../../uncertainty/domain/distanceOver.js";
import { featureDistances } from "../../uncertainty/domain/featureDistances.js";
import { fitFeatureDistance } from "../../uncertainty/domain/fitFeatureDistance.js";
import { rangesOf } from "../phase/fitDomainLimits.js";

const falseAlarm = 0.05;

/**
 * Which recipes are like few experiments: their ranges, and the distance that 95 % of them keep from the others, each
 * measured where it was left out with its fold.
 *
 * @param features  of all rows, by the encoder
 * @param options.foldOf  fold of each row
 * @param options.groups  group of each row; null where each stands for itself
 */
export function ownDomain(
  encoder: Encoder,
  features: Matrix,
  labels: Uint8Array,
  { foldOf, groups }: { readonly foldOf: readonly number[]; readonly groups: readonly number[] | null },
): DomainLimits {
  const all = Uint32Array.from({ length: features.rows }, (_, row) => row);
  return { ranges: rangesOf(features, all, encoder), distance: distanceLimit() };

  function distanceLimit(): DomainLimits["distance"] {
    const known = knownFeatures(encoder, []);
    const distances = new Float64Array(features.rows);
    try {
      for (let fold = 0; fold <= Math.max(...foldOf); fold++) {
        const test = all.filter((row) => foldOf[row] === fold);
        const fitted = distanceOver(fittedOn(all.filter((row) => foldOf[row] !== fold)), known);
        featureDistances(fitted, selectMatrixColumns(selectMatrixRows(features, test), known)).forEach(
          (distance, i) => (distances[test[i]] = distance),
        );
      }
      const { value, rows, reason } = conformalThreshold(distances, falseAlarm, groups === null ? {} : { groups });
      return value === null ? { reason: reason! } : { fitted: fittedOn(all), threshold: value, falseAlarm, rows };
    } catch (error) {
      // Rows that do not vary within a phase have no distance.
      if (!(error instanceof RangeError)) throw error;
      return { reason: error.message };
    }
  }

  function fittedOn(rows: Uint32Array): ReturnType<typeof fitFeatureDistance> {
    return fitFeatureDistance(
      selectMatrixRows(features, rows),
      Uint8Array.from(rows, (row) => labels[row]),
      phaseNames.length,
    );
  }
}
