import { percent } from "../../core/percent.js";
import { describeMeasurement } from "../../core/describeMeasurement.js";
import type { EvidenceFile } from "../../core/Evidence.js";
import type { CalibrationReport } from "../../analyses/02-generation/physicsCalibration.js";

/**
 * The calibration's report for the terminal: scores beside the constant answer, parameters with what is known of them.
 */
export function formatCalibration({ result, measurements }: EvidenceFile<CalibrationReport>): string {
  const place = ({ value, low, high }: CalibrationReport["parameters"][number]): string =>
    percent((value - low) / (high - low), { decimals: 0 }).padStart(5);
  const profile = ({ profileLow, profileHigh, unit }: CalibrationReport["parameters"][number]): string =>
    profileLow === null || profileHigh === null
      ? "finer than its grid"
      : `${profileLow.toPrecision(3)} to ${profileHigh.toPrecision(3)} ${unit}`;
  return [
    ...measurements.map(
      (one) =>
        `${describeMeasurement(one).padEnd(44)} ${one.meaning}` +
        (one.baseline === null ? "" : ` (constant answer ${percent(one.baseline, { decimals: 1 })})`),
    ),
    "",
    "parameter                        value         of its range  profile",
    ...result.parameters.map(
      (one) =>
        `${one.name.padEnd(32)} ${one.value.toPrecision(4).padEnd(13)} ` +
        `${place(one)}${one.onBound ? " bound" : "      "}   ${profile(one)}`,
    ),
    "",
    ...result.acceptance.map(
      ({ id, published, twin, probability }) =>
        `${twin === published ? "as published" : "DIFFERS"}  ${id}: ${published}, twin ${twin}, p ${probability}`,
    ),
    "",
    "written: src/chemistry/fittedParameters.json and the evidence; run `npm run build` to use them",
  ].join("\n");
}
