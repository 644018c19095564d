import type { Encoder } from "../../features/Encoder.js";
import type { TargetScale } from "../../training/files/Model.js";
import type { OnnxGraph, OnnxTensor } from "../../training/files/onnxGraph.js";
import type { OnnxAnswers } from "../../training/files/onnxNetworks.js";
import type { ConformalSets } from "../../uncertainty/conformal/fitConformalSets.js";
import type { PhaseLimits } from "../phaseLimits.js";

/** A model of the phase, taken apart for a graph. */
export interface OnnxPhaseParts {
  /** What the model is called: the hash that its folder is named after. */
  readonly model: string;
  /** In words: "3 networks", "forest". */
  readonly learner: string;
  /** Of the recipes: which columns are read, which levels and missing values are known, where ranges lie. */
  readonly encoder: Encoder;
  /** What the model learned with, where that is another encoder. */
  readonly ownEncoder?: Encoder;
  /**
   * Adds what the model says of features, float32 [batch, columns]: probabilities of all phases in float64, and its
   * numbers, standardised.
   */
  readonly answer: (graph: OnnxGraph, features: OnnxTensor) => OnnxAnswers;
  readonly limits: Pick<PhaseLimits, "calibrator" | "domain" | "quantities">;
  /** Of recipes that tell all; or why the graph cannot find sets. */
  readonly sets: ConformalSets | { readonly reason: string };
  /** One per quantity. */
  readonly targetScales: readonly TargetScale[];
  /** What else `twin predict` says of this model that the graph does not, in words. */
  readonly notCarried?: readonly string[];
}
