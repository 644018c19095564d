import { type Matrix, selectMatrixColumns, selectMatrixRows } from "../../core/Matrix.js";
import { type Forest, forestPredictor } from "../../training/baselines/forestPredictor.js";
import { type ClassProcess, gaussianClassPredictor } from "../../training/baselines/gaussian/gaussianClassPredictor.js";
import {
  type GaussianClassifierOptions,
  trainGaussianClassifier,
} from "../../training/baselines/gaussian/trainGaussianClassifier.js";
import { logisticPredictor, type LogisticWeights } from "../../training/baselines/logisticPredictor.js";
import { trainForest } from "../../training/baselines/trainForest.js";
import { trainLogistic } from "../../training/baselines/trainLogistic.js";
import { trainMajority } from "../../training/baselines/trainMajority.js";
import type { Answerer, Candidate } from "../fewRows/Candidate.js";
import {
  constantAnswer,
  constantNumber,
  quantityProcess,
  ridge,
  standardisedColumns,
  type TargetRows,
  unstandardised,
} from "../fewRows/targetCandidates.js";
import { mixedFeatures } from "./plateletRows.js";
import { twinFeatures } from "./twinView.js";

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
    constantNumber,
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
    fit: (rows): FormedProcess => {
      const { present, processes } = train(rows, { starts: 1 });
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

function alike(rows: number, shares: Float64Array): Float64Array {
  return Float64Array.from({ length: rows * shares.length }, (_, i) => shares[i % shares.length]);
}
