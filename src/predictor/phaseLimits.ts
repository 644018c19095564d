import * as z from "zod";
import type { Calibrator } from "../calibration/Calibrator.js";
import { parseCalibrator } from "../calibration/parseCalibrator.js";
import { InputError } from "../core/InputError.js";
import type { ConformalSets } from "../uncertainty/conformal/fitConformalSets.js";
import { parseConformalSets } from "../uncertainty/conformal/parseConformalSets.js";
import { type CalibrateRows, calibrateRowsShape } from "./calibrateRows.js";
import { type DomainLimits, domainShape } from "./domainLimits.js";
import { type QuantityLimits, quantityLimitsShape } from "./quantityLimits.js";
import { ruleRecordsShape, type RuleTrackRecord } from "./rulesView.js";

/**
 * How far a model of the phase may be believed: plain JSON, stored beside its weights as what mends its probabilities.
 */
export interface PhaseLimits {
  /** Version 1 had one threshold for all phases and ranges alone; version 2 refused what was missing. */
  readonly version: typeof limitsVersion;
  /** What stood whole in one part of the split. */
  readonly splitBy: (typeof splitUnits)[number];
  /** Null where calibrate rows could not say how: they are then given as the network has them. */
  readonly calibrator: Calibrator | null;
  /**
   * One threshold per phase for recipes that tell all, of the network's own probabilities: the calibrator has seen the
   * calibrate rows, and sets of what it mends would lose their promise.
   */
  readonly sets: ConformalSets;
  /** Phases in such a set, on average over the calibrate rows. */
  readonly setSize: number;
  readonly domain: DomainLimits;
  /** One per target of the networks. */
  readonly quantities: readonly QuantityLimits[];
  readonly calibrateRows: CalibrateRows;
  /** How the chemist's rules fared on training rows; null where these lack what rules read. */
  readonly rules: readonly RuleTrackRecord[] | null;
}

export const limitsVersion = 3;
const splitUnits = ["batch", "recipe", "row"] as const;

const shape = z.strictObject({
  version: z.literal(limitsVersion),
  splitBy: z.enum(splitUnits),
  calibrator: z.unknown(),
  sets: z.unknown(),
  setSize: z.number().nonnegative(),
  domain: domainShape,
  quantities: z.array(quantityLimitsShape),
  calibrateRows: calibrateRowsShape,
  rules: ruleRecordsShape.nullable().default(null),
});

/**
 * @param value  as it was stored beside a model
 * @param where  the model, for the message
 * @throws InputError if it is no such limits
 */
export function parsePhaseLimits(value: unknown, where: string): PhaseLimits {
  const { success, data } = shape.safeParse(value);
  if (!success) {
    const [got, mend] =
      typeof value === "object" && value !== null && "sets" in value
        ? ["limits of another version", "train it again with `twin train`"]
        : ["one without", "name a model that `twin train` saved"];
    throw new InputError({
      where,
      must: `must be a model of the phase that carries its limits, version ${limitsVersion}`,
      got,
      mend,
    });
  }
  return {
    ...data,
    calibrator: data.calibrator === null ? null : parseCalibrator(data.calibrator, where),
    sets: parseConformalSets(data.sets, where),
  };
}
