/*
 * How sure a prediction is: ensembles, dropout, Bayesian networks and Laplace, conformal sets and intervals that keep
 * a promise, a check of how far from home a row lies, and when to stay silent. Probabilities of calibration rows go
 * in; sets, bounds, scores and coverage come out.
 */

export { deepEnsemble } from "./deepEnsemble.js";
export { monteCarloDropout } from "./monteCarloDropout.js";
export type { ClassPredictive, Predictive, TargetPredictive, UncertainPredictor } from "./Predictive.js";
export { predictiveEntropy } from "./predictiveEntropy.js";
export { predictiveVariance } from "./predictiveVariance.js";
export { adapt, adaptiveBound, adaptiveThreshold, startAdaptive } from "./conformal/AdaptiveState.js";
export { conformalIntervals, type PredictionIntervals } from "./conformal/conformalIntervals.js";
export { conformalSets } from "./conformal/conformalSets.js";
export { conformalThreshold } from "./conformal/conformalThreshold.js";
export { coverageByStratum, type StratumCoverage } from "./conformal/coverageByStratum.js";
export { coverageLaw, type CoverageLaw } from "./conformal/coverageLaw.js";
export { coverageOfIntervals, type IntervalCoverage } from "./conformal/coverageOfIntervals.js";
export { coverageOfSets, type SetCoverage } from "./conformal/coverageOfSets.js";
export { crossConformalIntervals } from "./conformal/crossConformalIntervals.js";
export { crossConformalSets } from "./conformal/crossConformalSets.js";
export { fitConformalIntervals, type ConformalIntervals } from "./conformal/fitConformalIntervals.js";
export { fitConformalSets, type ConformalSets } from "./conformal/fitConformalSets.js";
export { followStream } from "./conformal/followStream.js";
export { holdsClass, setSize } from "./conformal/labelSets.js";
export { oracleSetSize } from "./conformal/oracleSetSize.js";
export { parseConformalSets } from "./conformal/parseConformalSets.js";
export { featureDistances, type FeatureDistance } from "./domain/featureDistances.js";
export { fitDomainCheck, type DomainCheck, type DomainVerdict } from "./domain/fitDomainCheck.js";
export { fitFeatureDistance } from "./domain/fitFeatureDistance.js";
export { outOfDomainAuc } from "./domain/outOfDomainAuc.js";
export { classifierLaplace, type LaplacePosterior } from "./laplace/classifierLaplace.js";
export { laplacePredictor } from "./laplace/laplacePredictor.js";
export { probitProbabilities } from "./laplace/probitProbabilities.js";
export { predictTargetLaplace, targetLaplace } from "./laplace/targetLaplace.js";
export { abstentionPolicy, answeredRows, type AbstentionPolicy } from "./selective/abstentionPolicy.js";
export { attainableCorrelation } from "./selective/attainableCorrelation.js";
export { errorCorrelation } from "./selective/errorCorrelation.js";
export { riskCoverage, type RiskCoverage } from "./selective/riskCoverage.js";
export { selectiveRisk, type SelectiveRisk } from "./selective/selectiveRisk.js";
export { topLabelErrors } from "./selective/topLabelErrors.js";
export { usefulness, type Usefulness } from "./selective/usefulness.js";
