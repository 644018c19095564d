import type { Encoder } from "../../features/Encoder.js";
import type { CalibrateRows } from "../../predictor/calibrateRows.js";
import type { DomainLimits } from "../../predictor/domainLimits.js";
import type { RuleTrackRecord } from "../../predictor/rulesView.js";
import type { ChosenModel } from "../fewRows/nestedChoice.js";
import type { RecipeGroups } from "../phase/recipeGroups.js";

/**
 * A model of the phase in a laboratory that has few experiments, with the experiments: plain JSON, from which the same
 * answers are made again to the last bit.
 */
export interface OwnLaboratory {
  readonly format: typeof ownFormat;
  readonly version: typeof ownVersion;
  readonly seed: number;
  /** Of the file of experiments. */
  readonly fileSha256: string;
  /**
   * Recipes in the twin's terms, the columns that the encoder reads: what sets are worth where values are missing is
   * measured on them.
   */
  readonly rows: Pick<CalibrateRows, "numbers" | "texts">;
  readonly phases: readonly number[];
  /** Laboratory of each row; empty where it is not told. */
  readonly labs: readonly string[];
  /** Group of each row, from 0: rows that answer for each other. */
  readonly groups: readonly number[];
  readonly unit: RecipeGroups["unit"];
  /** Why the twin is no candidate; null where it is. */
  readonly noTwin: string | null;
  readonly model: ChosenModel;
  /** What the folds said of the rows they had not seen, row-major [rows, phases], packed. */
  readonly outOfFold: unknown;
  /** For where a recipe lies among the rows. */
  readonly encoder: Encoder;
  readonly domain: DomainLimits;
  readonly rules: readonly RuleTrackRecord[];
  readonly quantities: readonly OwnQuantity[];
}

/** A number beside the phase, learned from the rows that have it: plain JSON. */
export interface OwnQuantity {
  readonly column: string;
  readonly unit: string;
  readonly scale: "ln" | "linear";
  /** Places of the rows that have it. */
  readonly rows: readonly number[];
  /** On its scale, of these rows. */
  readonly values: readonly number[];
  /** Of these rows, row-major [rows, names], packed. */
  readonly features: unknown;
  readonly names: readonly string[];
  /** What stands in where the twin gives no reading; null where it gives none of any row. */
  readonly readingMean: number | null;
  readonly model: ChosenModel;
  /** Of these rows, value and how far off it may be, by the fold that had not seen each: row-major [rows, 2]. */
  readonly outOfFold: readonly number[];
}

export const ownFormat = "cspbbr3-twin own laboratory";
export const ownVersion = 1;
/** Share of rows whose set may miss the phase, and whose interval the number. */
export const ownAlpha = 0.1;
/** More are left to the network that thousands of rows need; a choice fits each candidate dozens of times. */
export const mostOwnRows = 10_000;
