import { selectMatrixColumns } from "../../core/Matrix.js";
import { forestTargetPredictor, type TargetForests } from "../../training/baselines/forestTargetPredictor.js";
import { type ForestRegressorOptions, trainForestRegressor } from "../../training/baselines/trainForestRegressor.js";
import type { Answerer, Candidate } from "./Candidate.js";
import { type TargetRows, withDeviations } from "./targetCandidates.js";

/**
 * A forest of a quantity on some columns: extremely randomised trees by default, as sure of each row.
 *
 * @param options  of the forest
 */
export function forestNumber(
  name: string,
  columns: readonly number[],
  options: ForestRegressorOptions = { thresholds: "drawn" },
): Candidate<TargetRows> {
  return {
    name,
    fit: ({ features, target }, random): TargetForests => {
      const grown = trainForestRegressor(selectMatrixColumns(features, columns), target, ["target"], random, options);
      return { names: grown.names, targets: grown.targets, forests: grown.forests };
    },
    answerer: (learned: TargetForests): Answerer<TargetRows> => {
      const predictor = forestTargetPredictor(learned);
      return ({ features }) => withDeviations(predictor.predictTargets(selectMatrixColumns(features, columns)), null);
    },
  };
}
