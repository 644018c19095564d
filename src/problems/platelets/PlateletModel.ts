import type { PhysicsValues } from "../../chemistry/physicsParameters.js";
import type { Matrix } from "../../core/Matrix.js";
import type { ChosenModel } from "../fewRows/nestedChoice.js";

/** What is told of a platelet synthesis: wavelength and width of its emission, and whether a perovskite forms. */
export const plateletTargets = ["peak", "width", "formed"] as const;

/** Name of what is told. */
export type PlateletTarget = (typeof plateletTargets)[number];

/** How one target is told, and how far off it was on rows that it had not seen. */
export interface TargetModel {
  readonly chosen: ChosenModel;
  /** Rows of the model in which the target is known. */
  readonly places: Uint32Array;
  /**
   * One per place, by the model that had not seen it: distance of the prediction from the truth, in units of how far
   * off the model thought it might be; of `formed` the probability that was given to what happened.
   */
  readonly outOfFold: Float64Array;
}

/** How the twin is asked. */
export interface TwinSetting {
  readonly seed: number;
  readonly draws: number;
  /** As they were when the model was trained. */
  readonly physics: PhysicsValues;
  /** ln nm, nm, nm: mean readings over the training rows, for recipes of which the twin gives none. */
  readonly readings: readonly number[];
}

/** A trained model of platelets: plain data that answers without the table that it was trained on. */
export interface PlateletModel {
  readonly format: typeof plateletModelFormat;
  readonly seed: number;
  /** Null: it knows nothing of the twin. */
  readonly twin: TwinSetting | null;
  /** SHA-256 of the file of the training rows. */
  readonly trainedOn: string;
  /** Of the training rows, with what the twin says of them; Gaussian processes have their centres there. */
  readonly features: Matrix;
  /** Means of the features of the recipes, in the place of what is not known of a solvent. */
  readonly means: readonly number[];
  /** What was added in some training row. */
  readonly solvents: readonly string[];
  /** First digits of the SHA-256 of each training row's recipe. */
  readonly recipes: readonly string[];
  readonly targets: Readonly<Record<PlateletTarget, TargetModel>>;
}

/** First field of a saved model. */
export const plateletModelFormat = "platelets of cspbbr3-twin, 1";
