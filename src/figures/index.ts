/*
 * Results as Plotly specifications, one function for each figure, and their static SVG. They compute nothing: numbers
 * with their intervals go in, data and layout come out, with a unit on every axis. Notebooks show them and write them.
 */

export { checkFigure, type Figure } from "./Figure.js";
export { plotCategoryScores, type CategoryScores } from "./plotCategoryScores.js";
export { plotClassShares, type ClassShares } from "./plotClassShares.js";
export { plotContour, type ContourPlot, type PlottedSurface } from "./plotContour.js";
export { plotControlChart, type ControlChart, type ControlPoint } from "./plotControlChart.js";
export { plotDrift, type DriftPlot } from "./plotDrift.js";
export { plotEstimatePairs, type EstimatePairs } from "./plotEstimatePairs.js";
export { plotImportances, type Importances } from "./plotImportances.js";
export { plotIncumbents, type IncumbentCurve, type IncumbentPoint, type Incumbents } from "./plotIncumbents.js";
export { plotLearningCurves, type CurvePoint, type LearningCurves } from "./plotLearningCurves.js";
export { plotParallelCoordinates } from "./plotParallelCoordinates.js";
export { plotParetoFront, type ParetoFront } from "./plotParetoFront.js";
export { plotParity, type ParityPlot } from "./plotParity.js";
export { plotPhaseMap, type PhaseMap } from "./plotPhaseMap.js";
export { plotProfiles, type Profiles } from "./plotProfiles.js";
export { plotRatioHistogram, type RatioHistogram } from "./plotRatioHistogram.js";
export { plotRecalls, type Recalls } from "./plotRecalls.js";
export { plotReliability, type Reliability, type ReliabilityPoint } from "./plotReliability.js";
export { plotRiskCoverage, type RiskCoveragePlot } from "./plotRiskCoverage.js";
export { plotRuleAgainstConstant, type RuleAgainstConstant } from "./plotRuleAgainstConstant.js";
export { plotSizeEmission, type SizeEmission } from "./plotSizeEmission.js";
export { plotSizeSeries, type SizeSeriesPlot } from "./plotSizeSeries.js";
export { plotSlices } from "./plotSlices.js";
export { plotSpectra, type SpectraPlot } from "./plotSpectra.js";
export { plotStudyHistory } from "./plotStudyHistory.js";
export {
  type PlottedChoice,
  type PlottedParameter,
  type PlottedStudy,
  type PlottedTrial,
  type StudyFigure,
} from "./PlottedStudy.js";
export { plotSweep, type Sweep } from "./plotSweep.js";
export {
  errorBar,
  figureLayout,
  formulaMarkup,
  phaseColour,
  phaseColours,
  referenceLine,
  seriesStyles,
} from "./theme.js";
export { renderSvg } from "./render/renderSvg.js";
