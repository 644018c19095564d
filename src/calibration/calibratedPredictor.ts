import type { Predictor } from "../core/Predictor.js";
import type { Calibrator } from "./Calibrator.js";
import { calibrate } from "./calibrate.js";

/**
 * A predictor that answers with calibrated probabilities.
 *
 * @throws RangeError if predictor and calibrator differ in their number of classes
 */
export function calibratedPredictor(predictor: Predictor, calibrator: Calibrator): Predictor {
  const { classes } = predictor;
  if (classes.length !== calibrator.classes)
    throw new RangeError(
      "calibratedPredictor: predictor and calibrator must have the same classes; " +
        `got ${classes.length} (${classes.join(", ")}) and ${calibrator.classes}; ` +
        "fit the calibrator on this predictor",
    );
  return { classes, predict: (features) => calibrate(calibrator, predictor.predict(features)) };
}
