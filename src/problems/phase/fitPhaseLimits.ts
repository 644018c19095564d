import type { Calibrator } from "../../calibration/Calibrator.js";
import { fitTemperature } from "../../calibration/fitTemperature.js";
import { limitsVersion, type PhaseLimits } from "../../predictor/phaseLimits.js";
import { fitConformalSets } from "../../uncertainty/conformal/fitConformalSets.js";
import { fitDomainLimits } from "./fitDomainLimits.js";
import type { PhaseData } from "./phaseData.js";
import { labelsOf } from "./phaseTable.js";

/** Share of rows whose set may miss the phase. */
const alpha = 0.1;

/**
 * @param data           its calibrate rows are used, and features and phases of its training rows
 * @param probabilities  of the network on the calibrate rows, row-major
 * @returns with the reason why there is no calibrator, null where there is one
 */
export function fitPhaseLimits(
  data: Pick<PhaseData, "seed" | "encoder" | "features" | "labels" | "split" | "groups" | "splitBy">,
  probabilities: Float64Array,
): PhaseLimits & { readonly uncalibrated: string | null } {
  const { labels, split, groups, splitBy } = data;
  const own = labelsOf(labels, split.calibrate);
  const calibrateGroups = groups === null ? undefined : Array.from(split.calibrate, (row) => groups[row]);
  return {
    version: limitsVersion,
    splitBy,
    ...temperatureOf(own, probabilities),
    sets: fitConformalSets(probabilities, own, { alpha, strata: "class", groups: calibrateGroups }),
    domain: fitDomainLimits(data),
  };
}

/** Rows that are all answered rightly, or all of one phase, have no temperature. */
function temperatureOf(
  labels: Uint8Array,
  probabilities: Float64Array,
): { readonly calibrator: Calibrator | null; readonly uncalibrated: string | null } {
  try {
    return { calibrator: fitTemperature(labels, probabilities), uncalibrated: null };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { calibrator: null, uncalibrated: error.message };
  }
}
