import { type Matrix, makeMatrix, selectMatrixColumns, selectMatrixRows } from "../../core/Matrix.js";
import { type Forest, forestPredictor } from "../../training/baselines/forestPredictor.js";
import { type ClassProcess, gaussianClassPredictor } from "../../training/baselines/gaussian/gaussianClassPredictor.js";
import {
  gaussianTargetPredictor,
  type TargetProcess,
} from "../../training/baselines/gaussian/gaussianTargetPredictor.js";
import {
  type GaussianClassifierOptions,
  trainGaussianClassifier,
} from "../../training/baselines/gaussian/trainGaussianClassifier.js";
import {
  type GaussianRegressorOptions,
  trainGaussianRegressor,
} from "../../training/baselines/gaussian/trainGaussianRegressor.js";
import { logisticPredictor, type LogisticWeights } from "../../training/baselines/logisticPredictor.js";
import { trainForest } from "../../training/baselines/trainForest.js";
import { trainLogistic } from "../../training/baselines/trainLogistic.js";
import { trainMajority } from "../../training/baselines/trainMajority.js";
import { trainRidge } from "../../training/baselines/trainRidge.js";
import type { Answerer, Candidate } from "../fewRows/Candidate.js";
import { mixedFeatures } from "./plateletRows.js";
import { twinFeatures } from "./twinView.js";

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

/** Classes of a synthesis, by code. */
export const formedClasses = ["failed", "formed"] as const;

/** What the twin reads of a quantity. */
export type TwinReading = "twinPeak" | "twinWidth";

/**
 * Ways to tell a quantity, in the order in which they challenge: row-major [rows, 2], value and how far off it may be.
 * Gaussian processes know that of each row; for the others it is 1, all rows alike. The twin comes with an offset and a
 * slope, since its readings are of dots; beyond, its columns are features as any others.
 *
 * @param all  features of all rows of the model, in which Gaussian processes have their centres
 */
export function quantityCandidates(all: Matrix, reading: TwinReading): readonly Candidate<TargetRows>[] {
  return [
    {
      name: constantAnswer,
      fit: ({ target }) => target.reduce((sum, value) => sum + value, 0) / target.length,
      answerer:
        (mean: number): Answerer<TargetRows> =>
        ({ features }) =>
          withDeviations(
            Array.from({ length: features.rows }, () => mean),
            null,
          ),
    },
    ...(hasTwin(all) ? [ridge("twin with offset", [all.names.indexOf(reading)])] : []),
    ridge("ridge", [...all.names.keys()]),
    quantityProcess("Gaussian process of what is mixed", placesOf(all, mixedFeatures), all),
    quantityProcess("Gaussian process of all", [...all.names.keys()], all),
  ];
}

/**
 * Ways to tell whether a perovskite forms, as probabilities of `formedClasses`, in the order in which they challenge.
 *
 * @param all  as for quantityCandidates
 */
export function formedCandidates(all: Matrix): readonly Candidate<TargetRows>[] {
  return [
    {
      name: constantAnswer,
      fit: ({ target }) => trainMajority(target, formedClasses).shares,
      answerer:
        (shares: Float64Array): Answerer<TargetRows> =>
        ({ features }) =>
          alike(features.rows, shares),
    },
    ...(hasTwin(all) ? [logistic("twin with offset", [all.names.indexOf("twinFormedLogit")])] : []),
    logistic("logistic", [...all.names.keys()]),
    formedProcess("Gaussian process of what is mixed", placesOf(all, mixedFeatures), all),
    forest,
  ];
}

function hasTwin({ names }: Matrix): boolean {
  return names.includes(twinFeatures[0]);
}

/** What the twin says goes with any features. */
function placesOf({ names }: Matrix, wanted: readonly string[]): readonly number[] {
  const own: readonly string[] = [...wanted, ...twinFeatures];
  return [...names.keys()].filter((place) => own.includes(names[place]));
}

/** A linear model of features as they are: coefficient of each column, after the intercept. */
interface Linear {
  readonly coefficients: Float64Array;
}

function ridge(name: string, columns: readonly number[]): Candidate<TargetRows> {
  return {
    name,
    fit: ({ features, target }): Linear => {
      const { standardised, means, scales } = standardisedColumns(features, columns);
      const [intercept, ...slopes] = trainRidge(standardised, target, ["target"]).fits[0].coefficients;
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

function logistic(name: string, columns: readonly number[]): Candidate<TargetRows> {
  return {
    name,
    fit: ({ features, target }): LogisticWeights | Float64Array => {
      const { shares } = trainMajority(target, formedClasses);
      // It needs rows of both classes.
      if (shares.includes(0)) return shares;
      const { standardised, means, scales } = standardisedColumns(features, columns);
      const { coefficients, intercepts } = trainLogistic(standardised, target, formedClasses);
      const whole = formedClasses.map((_, k) =>
        unstandardised(
          intercepts[k],
          Array.from(coefficients.subarray(k * columns.length, (k + 1) * columns.length)),
          means,
          scales,
        ),
      );
      return {
        classes: formedClasses,
        names: standardised.names,
        coefficients: Float64Array.from(whole.flatMap((one) => Array.from(one.subarray(1)))),
        intercepts: Float64Array.from(whole, (one) => one[0]),
      };
    },
    answerer: (learned: LogisticWeights | Float64Array): Answerer<TargetRows> => {
      if (learned instanceof Float64Array) return ({ features }) => alike(features.rows, learned);
      const predictor = logisticPredictor(learned);
      return ({ features }) => predictor.predict(selectMatrixColumns(features, columns));
    },
  };
}

/** Coefficients of features as they are, from those of standardised ones. */
function unstandardised(
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

function standardisedColumns(
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

function quantityProcess(name: string, columns: readonly number[], all: Matrix): Candidate<TargetRows> {
  const train = ({ features, target }: TargetRows, options: GaussianRegressorOptions): TargetProcess =>
    trainGaussianRegressor(selectMatrixColumns(features, columns), target, processTargets, options).processes[0];
  return {
    name,
    tune: (rows) => train(rows, {}).kernel,
    fit: (rows, _random, tuned): QuantityProcess => {
      const { kernel, mean, scale, pull, rowNoise } = train(rows, { kernels: [tuned as TargetProcess["kernel"]] });
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

/** Gaussian processes of classes, by the places of their centres. */
interface FormedProcess {
  readonly places: Uint32Array;
  readonly present: readonly number[];
  readonly processes: readonly ClassProcess[];
}

function formedProcess(name: string, columns: readonly number[], all: Matrix): Candidate<TargetRows> {
  const train = (
    { features, target }: TargetRows,
    options: GaussianClassifierOptions,
  ): ReturnType<typeof trainGaussianClassifier> =>
    trainGaussianClassifier(selectMatrixColumns(features, columns), target, formedClasses, options);
  return {
    name,
    tune: (rows) => train(rows, {}).kernels,
    fit: (rows, _random, tuned): FormedProcess => {
      const kernels = tuned as NonNullable<GaussianClassifierOptions["kernels"]>;
      const { present, processes } = train(rows, { kernels });
      return {
        places: rows.places,
        present,
        processes: processes.map(({ kernel, pull, curvature }) => ({ kernel, pull, curvature })),
      };
    },
    answerer: ({ places, present, processes }: FormedProcess): Answerer<TargetRows> => {
      const centres = selectMatrixRows(selectMatrixColumns(all, columns), places);
      const predictor = gaussianClassPredictor({
        classes: formedClasses,
        names: centres.names,
        features: centres,
        present,
        processes,
      });
      return ({ features }) => predictor.predict(selectMatrixColumns(features, columns));
    },
  };
}

/** As many trees as tell the shares in leaves to a few hundredths, and no more, since they are kept. */
const trees = 100;

const forest: Candidate<TargetRows> = {
  name: "forest",
  fit: ({ features, target }, random): Forest => {
    const grown = trainForest(features, target, formedClasses, random, { trees });
    const { classes, names, roots, column, threshold, next, leafShares, shares } = grown;
    return { classes, names, roots, column, threshold, next, leafShares, shares };
  },
  answerer: (learned: Forest): Answerer<TargetRows> => {
    const predictor = forestPredictor(learned);
    return ({ features }) => predictor.predict(features);
  },
};

/** @param deviations  null: all rows alike */
function withDeviations(values: ArrayLike<number>, deviations: ArrayLike<number> | null): Float64Array {
  return Float64Array.from({ length: 2 * values.length }, (_, i) =>
    i % 2 === 0 ? values[i / 2] : (deviations?.[(i - 1) / 2] ?? 1),
  );
}

function alike(rows: number, shares: Float64Array): Float64Array {
  return Float64Array.from({ length: rows * shares.length }, (_, i) => shares[i % shares.length]);
}
