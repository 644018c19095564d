import { miscalibrations } from "./miscalibrations.js";

/** One point of the grid on which the bound of gate MP5 is judged. */
export interface GateScenario {
  /** Of `miscalibrations`. */
  readonly miscalibration: string;
  /** Rows alone, or in batches whose rows are alike in confidence and err together. */
  readonly layout: "rows" | "batches";
  /** Whose confidences the bins are cut at: those of the rows judged, or of 5,000 others. */
  readonly cuts: "same rows" | "other rows";
  readonly rows: number;
  /** True calibration error over the bins. */
  readonly error: number;
  readonly draws: number;
}

/** The bound of the rubric. */
export const gateThreshold = 0.05;

/** How batches are made, and how many rows the bins are cut on where those are others. */
export const gateLayout = {
  batchRows: 20,
  /** Correlation of being right between two rows of a batch that are right equally often. */
  intraclassCorrelation: 0.1,
  /** Chance that a row has the confidence of its batch instead of one of its own. */
  sharedConfidence: 0.5,
  cutRows: 5000,
} as const;

const layouts = ["rows", "batches"] as const;
const cutsOn = ["same rows", "other rows"] as const;
const curve = [0.01, 0.02, 0.03, 0.04, 0.055] as const;
const sizes = [500, 2000, 10_000] as const;

/**
 * The grid, fixed before any method was tried on it. At the threshold: wrong passes, of 10,000 draws (2,000 where bins
 * are cut on the same rows). Below and above it: the curve of passes, of 1,000. At 0 the model is calibrated in every
 * way alike: how often the interval reaches down to 0.
 */
export const gateScenarios: readonly GateScenario[] = layouts.flatMap((layout) =>
  sizes.flatMap((rows) =>
    cutsOn.flatMap((cuts) => {
      const draws = cuts === "other rows" ? 10_000 : 2000;
      const at = (miscalibration: string, error: number, times = draws): GateScenario => ({
        miscalibration,
        layout,
        cuts,
        rows,
        error,
        draws: times,
      });
      return [
        at("temperature", 0),
        ...miscalibrations.flatMap(({ name }) => [
          at(name, gateThreshold),
          ...(cuts === "other rows" ? curve.map((error) => at(name, error, 1000)) : []),
        ]),
      ];
    }),
  ),
);
