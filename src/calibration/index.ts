/*
 * Probabilities that mean what they say. Probabilities and true labels of calibrate rows go in; a calibrator of plain
 * JSON comes out, which calibrate applies to new ones. Curves, errors and tests say how far a model is from it.
 */

export { calibrate } from "./calibrate.js";
export { calibratedPredictor } from "./calibratedPredictor.js";
export { calibrationTest, type CalibrationTest } from "./calibrationTest.js";
export type { Calibrator } from "./Calibrator.js";
export { confidenceGap, type ConfidenceGap } from "./confidenceGap.js";
export { correctPrior } from "./correctPrior.js";
export { estimatePriors } from "./estimatePriors.js";
export { expectedCalibrationError, type ExpectedCalibrationError } from "./expectedCalibrationError.js";
export { fitHistogram } from "./fitHistogram.js";
export { fitIsotonic } from "./fitIsotonic.js";
export { fitMatrixScaling } from "./fitMatrixScaling.js";
export { fitPlatt } from "./fitPlatt.js";
export {
  fitQuantileRecalibration,
  heldLevel,
  levelToAsk,
  type QuantileRecalibration,
} from "./fitQuantileRecalibration.js";
export { fitSigmaScale } from "./fitSigmaScale.js";
export { fitTemperature } from "./fitTemperature.js";
export { fitVectorScaling } from "./fitVectorScaling.js";
export { gaussianPit } from "./gaussianPit.js";
export { isotonicRegression } from "./isotonicRegression.js";
export { parseCalibrator } from "./parseCalibrator.js";
export { pitHistogram } from "./pitHistogram.js";
export { plattSigmoid } from "./plattSigmoid.js";
export { reliabilityCurve, type ReliabilityBin } from "./reliabilityCurve.js";
export { surprises } from "./surprises.js";
