/*
 * Networks and the simple models beside them. Features and labels go in; weights, the course of the training and a
 * predictor come out, the same bytes for the same seed on the SIMD engine. Engines compute, baselines compare, and
 * files save a model whole or not at all.
 */

export { dropoutScale } from "./dropoutFactors.js";
export { layersOf, type Layer } from "./layersOf.js";
export type { Activation, Architecture, Network } from "./Network.js";
export type { PausedTraining } from "./PausedTraining.js";
export { networkOutputs, type OutputEngine } from "./networkOutputs.js";
export { networkPredictor, type NetworkPredictor } from "./networkPredictor.js";
export { predictMany, type PredictManyOptions } from "./predictMany.js";
export { predictProbabilities } from "./predictProbabilities.js";
export { predictTargets } from "./predictTargets.js";
export { thinnedNetwork } from "./thinnedNetwork.js";
export { trainClassifier, type NetworkOptions } from "./trainClassifier.js";
export type { TrainingData } from "./TrainingData.js";
export type { EpochRecord } from "./EpochRecord.js";
export type { HiddenLayers, TrainingOptions } from "./TrainingOptions.js";
export { trainMany, type TrainingJob, type TrainManyOptions } from "./trainMany.js";
export { trainNetwork, type TrainedNetwork } from "./trainNetwork.js";
export { trainRegressor } from "./trainRegressor.js";
export { trainVariational, type VariationalOptions, type VariationalTraining } from "./trainVariational.js";
export { trunkAndHead, type NetworkHead, type TrunkAndHead } from "./trunkAndHead.js";
export { drawNetwork, sampleProbabilities, type VariationalNetwork } from "./VariationalNetwork.js";
export {
  gaussianClassPredictor,
  type ClassProcess,
  type ClassProcesses,
} from "./baselines/gaussian/gaussianClassPredictor.js";
export {
  gaussianTargetPredictor,
  type GaussianTargetPredictor,
  type NoisyKernel,
  type TargetProcess,
  type TargetProcesses,
} from "./baselines/gaussian/gaussianTargetPredictor.js";
export type { KernelSearch } from "./baselines/gaussian/fitKernel.js";
export { gaussianSurrogate, type GaussianSurrogate } from "./baselines/gaussian/gaussianSurrogate.js";
export type { MaternKernel } from "./baselines/gaussian/maternKernel.js";
export {
  trainGaussianClassifier,
  type FittedClassProcess,
  type GaussianClassifier,
  type GaussianClassifierOptions,
} from "./baselines/gaussian/trainGaussianClassifier.js";
export {
  trainGaussianRegressor,
  type FittedTargetProcess,
  type GaussianRegressor,
  type GaussianRegressorOptions,
} from "./baselines/gaussian/trainGaussianRegressor.js";
export type { ForestGrowth, ForestNodes } from "./baselines/growForest.js";
export type { Thresholds } from "./baselines/growTree.js";
export {
  forestTargetPredictor,
  type ForestTargetPredictor,
  type TargetForest,
  type TargetForests,
} from "./baselines/forestTargetPredictor.js";
export { trainForest, type ForestModel, type ForestOptions } from "./baselines/trainForest.js";
export {
  trainForestRegressor,
  type ForestRegressor,
  type ForestRegressorOptions,
} from "./baselines/trainForestRegressor.js";
export { trainLogistic, type LogisticModel, type LogisticOptions } from "./baselines/trainLogistic.js";
export { trainMajority, type MajorityModel } from "./baselines/trainMajority.js";
export { trainRidge, type RidgeModel } from "./baselines/trainRidge.js";
export { rulesPredictor, type RuleRecord, type RulesModel, type RuleTrust } from "./baselines/rulesPredictor.js";
export { trainRules } from "./baselines/trainRules.js";
export { chooseTrainingEngine, type ChosenEngine, type EngineChoice } from "./engines/chooseTrainingEngine.js";
export { makeTrainingEngine } from "./engines/makeTrainingEngine.js";
export {
  pausingEngineNames,
  trainingEngineNames,
  type PausingEngineName,
  type SessionState,
  type TrainingEngine,
  type TrainingEngineName,
} from "./engines/TrainingEngine.js";
export { loadModel } from "./files/loadModel.js";
export type { Model, TargetScale, TrainingManifest } from "./files/Model.js";
export { namedLayers } from "./files/namedLayers.js";
export { onnxModel } from "./files/onnxModel.js";
export { pausedTrainingBytes } from "./files/pausedTrainingBytes.js";
export { readPausedTraining } from "./files/readPausedTraining.js";
export { saveModel } from "./files/saveModel.js";
export { tensorflowLayers } from "./files/tensorflowLayers.js";
