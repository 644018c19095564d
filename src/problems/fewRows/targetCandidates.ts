import { type Matrix, makeMatrix, selectMatrixColumns, selectMatrixRows } from "../../core/Matrix.js";
import {
  gaussianTargetPredictor,
  type TargetProcess,
} from "../../training/baselines/gaussian/gaussianTargetPredictor.js";
import {
  type GaussianRegressorOptions,
  trainGaussianRegressor,
} from "../../training/baselines/gaussian/trainGaussianRegressor.js";
import { trainRidge } from "../../training/baselines/trainRidge.js";
import type { Answerer, Candidate } from "./Candidate.js";

/** Rows with one target, among all rows of a model. */
export interface TargetRows {
  /** Of these rows. */
  readonly features: Matrix;
  /** Where they stand among all rows; new rows stand nowhere. */
  readonly places: Uint32Array;
  /** A quantity, or 1 and 0; of new rows it is not asked. */
  readonly target: Float64Array;
}

/** Name of the candidate that stands until another beats it. */
export const constantAnswer = "constant";

/** The mean of all rows, as sure of each. */
export const constantNumber: Candidate<TargetRows> = {
  name: constantAnswer,
  fit: ({ target }) => target.reduce((sum, value) => sum + value, 0) / target.length,
  answerer:
    (mean: number): Answerer<TargetRows> =>
    ({ features }) =>
      withDeviations(
        Array.from({ length: features.rows }, () => mean),
        null,
      ),
};

/** A linear model of features as they are: coefficient of each column, after the intercept. */
interface Linear {
  readonly coefficients: Float64Array;
}

/**
 * Ridge regression on some columns, standardised over the rows that it learns from.
 *
 * @param alpha  strength of the penalty
 */
export function ridge(name: string, columns: readonly number[], alpha = 1): Candidate<TargetRows> {
  return {
    name,
    fit: ({ features, target }): Linear => {
      const { standardised, means, scales } = standardisedColumns(features, columns);
      const [intercept, ...slopes] = trainRidge(standardised, target, ["target"], { alpha }).fits[0].coefficients;
      return { coefficients: unstandardised(intercept, slopes, means, scales) };
    },
    answerer:
      ({ coefficients }: Linear): Answerer<TargetRows> =>
      ({ features }) => {
        const own = selectMatrixColumns(features, columns);
        const values = Array.from({ length: own.rows }, (_, row) =>
          columns.reduce(
            (sum, _column, j) => sum + coefficients[j + 1] * own.values[row * columns.length + j],
            coefficients[0],
          ),
        );
        return withDeviations(values, null);
      },
  };
}

/** Coefficients of features as they are, from those of standardised ones. */
export function unstandardised(
  intercept: number,
  slopes: readonly number[],
  means: readonly number[],
  scales: readonly number[],
): Float64Array {
  const own = slopes.map((slope, j) => slope / scales[j]);
  return Float64Array.of(
    own.reduce((sum, slope, j) => sum - slope * means[j], intercept),
    ...own,
  );
}

/** Columns with mean 0 and standard deviation 1 over these rows. */
export function standardisedColumns(
  features: Matrix,
  columns: readonly number[],
): { readonly standardised: Matrix; readonly means: readonly number[]; readonly scales: readonly number[] } {
  const own = selectMatrixColumns(features, columns);
  const valuesOf = (j: number): number[] =>
    Array.from({ length: own.rows }, (_, row) => own.values[row * columns.length + j]);
  const means = columns.map((_, j) => valuesOf(j).reduce((sum, value) => sum + value, 0) / own.rows);
  // A column that does not vary bears no coefficient.
  const scales = columns.map(
    (_, j) => Math.sqrt(valuesOf(j).reduce((sum, value) => sum + (value - means[j]) ** 2, 0) / own.rows) || 1,
  );
  const standardised = makeMatrix(
    own.names,
    own.values.map((value, i) => (value - means[i % columns.length]) / scales[i % columns.length]),
  );
  return { standardised, means, scales };
}

/** A Gaussian process by the places of its centres. */
interface QuantityProcess extends Pick<TargetProcess, "kernel" | "mean" | "scale" | "pull" | "rowNoise"> {
  readonly places: Uint32Array;
}

const processTargets = ["target"];

/**
 * A Gaussian process of some columns, which says of each row how far off it may be.
 *
 * @param all  features of all rows of the model, in which it has its centres
 * @param options.lengths  whether each column has a length of its own in the kernel (default), or all share one
 * @param options.smoothness  of the kernel (default 2.5)
 */
export function quantityProcess(
  name: string,
  columns: readonly number[],
  all: Matrix,
  { lengths, smoothness }: Pick<GaussianRegressorOptions, "lengths" | "smoothness"> = {},
): Candidate<TargetRows> {
  const train = ({ features, target }: TargetRows, options: GaussianRegressorOptions): TargetProcess =>
    trainGaussianRegressor(selectMatrixColumns(features, columns), target, processTargets, options).processes[0];
  return {
    name,
    fit: (rows): QuantityProcess => {
      const { kernel, mean, scale, pull, rowNoise } = train(rows, { starts: 1, lengths, smoothness });
      return { places: rows.places, kernel, mean, scale, pull, rowNoise };
    },
    answerer: ({ places, ...process }: QuantityProcess): Answerer<TargetRows> => {
      const centres = selectMatrixRows(selectMatrixColumns(all, columns), places);
      const predictor = gaussianTargetPredictor({
        names: centres.names,
        targets: processTargets,
        processes: [{ ...process, features: centres }],
      });
      return ({ features }) => {
        const own = selectMatrixColumns(features, columns);
        return withDeviations(predictor.predictTargets(own), predictor.predictDeviations(own));
      };
    },
  };
}

/**
 * Answers of candidates of a quantity, row-major [rows, 2]: value, and how far off it may be.
 *
 * @param deviations  null: 1, all rows alike
 */
export function withDeviations(values: ArrayLike<number>, deviations: ArrayLike<number> | null): Float64Array {
  return Float64Array.from({ length: 2 * values.length }, (_, i) =>
    i % 2 === 0 ? values[i / 2] : (deviations?.[(i - 1) / 2] ?? 1),
  );
}
