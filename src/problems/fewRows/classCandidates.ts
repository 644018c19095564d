import { type Matrix, selectMatrixColumns, selectMatrixRows } from "../../core/Matrix.js";
import { type Forest, forestPredictor } from "../../training/baselines/forestPredictor.js";
import { type ClassProcess, gaussianClassPredictor } from "../../training/baselines/gaussian/gaussianClassPredictor.js";
import { trainGaussianClassifier } from "../../training/baselines/gaussian/trainGaussianClassifier.js";
import { logisticPredictor, type LogisticWeights } from "../../training/baselines/logisticPredictor.js";
import { trainForest } from "../../training/baselines/trainForest.js";
import { trainLogistic } from "../../training/baselines/trainLogistic.js";
import { trainMajority } from "../../training/baselines/trainMajority.js";
import type { Answerer, Candidate } from "./Candidate.js";
import { constantAnswer, standardisedColumns, type TargetRows, unstandardised } from "./targetCandidates.js";

/** The shares of the classes among all rows, for each row alike. */
export function constantShares(classes: readonly string[]): Candidate<TargetRows> {
  return {
    name: constantAnswer,
    fit: ({ target }) => trainMajority(target, classes).shares,
    answerer:
      (shares: Float64Array): Answerer<TargetRows> =>
      ({ features }) =>
        alike(features.rows, shares),
  };
}

/** Logistic regression on some columns, standardised over the rows that it learns from. */
export function logistic(name: string, columns: readonly number[], classes: readonly string[]): Candidate<TargetRows> {
  return {
    name,
    fit: ({ features, target }): LogisticWeights | Float64Array => {
      const { shares } = trainMajority(target, classes);
      const made = [...classes.keys()].filter((code) => shares[code] > 0);
      // It tells apart classes of which it has rows.
      if (made.length < 2) return shares;
      const { standardised, means, scales } = standardisedColumns(features, columns);
      const codes = target.map((code) => made.indexOf(code));
      const { coefficients, intercepts } = trainLogistic(
        standardised,
        codes,
        made.map((code) => classes[code]),
      );
      const whole = made.map((_, k) =>
        unstandardised(
          intercepts[k],
          Array.from(coefficients.subarray(k * columns.length, (k + 1) * columns.length)),
          means,
          scales,
        ),
      );
      return {
        classes: made.map((code) => classes[code]),
        names: standardised.names,
        coefficients: Float64Array.from(whole.flatMap((one) => Array.from(one.subarray(1)))),
        intercepts: Float64Array.from(whole, (one) => one[0]),
      };
    },
    answerer: (learned: LogisticWeights | Float64Array): Answerer<TargetRows> => {
      if (learned instanceof Float64Array) return ({ features }) => alike(features.rows, learned);
      const predictor = logisticPredictor(learned);
      return ({ features }) => {
        const told = predictor.predict(selectMatrixColumns(features, columns));
        if (learned.classes.length === classes.length) return told;
        return amongAll(told, learned.classes, classes);
      };
    },
  };
}

/** Gaussian processes of classes, by the places of their centres. */
interface ClassCentres {
  readonly places: Uint32Array;
  readonly present: readonly number[];
  readonly processes: readonly ClassProcess[];
}

/**
 * Gaussian processes of some columns, one per class.
 *
 * @param all  features of all rows of the model, in which they have their centres
 */
export function classProcess(
  name: string,
  columns: readonly number[],
  all: Matrix,
  classes: readonly string[],
): Candidate<TargetRows> {
  return {
    name,
    fit: ({ features, target, places }): ClassCentres => {
      const { present, processes } = trainGaussianClassifier(selectMatrixColumns(features, columns), target, classes, {
        starts: 1,
      });
      return {
        places,
        present,
        processes: processes.map(({ kernel, pull, curvature }) => ({ kernel, pull, curvature })),
      };
    },
    answerer: ({ places, present, processes }: ClassCentres): Answerer<TargetRows> => {
      const centres = selectMatrixRows(selectMatrixColumns(all, columns), places);
      const predictor = gaussianClassPredictor({
        classes,
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
const keptTrees = 100;

/** How large a forest grows, and on which columns (default all). */
export interface ForestSize {
  readonly trees?: number;
  readonly leastLeaf?: number;
  readonly columns?: readonly number[];
}

/** A random forest, of all columns unless told which. */
export function classForest(classes: readonly string[], { columns, ...size }: ForestSize = {}): Candidate<TargetRows> {
  const own = (features: Matrix): Matrix => (columns === undefined ? features : selectMatrixColumns(features, columns));
  return {
    name: "forest",
    fit: ({ features, target }, random): Forest => {
      const grown = trainForest(own(features), target, classes, random, { trees: keptTrees, ...size });
      const { names, roots, column, threshold, next, leafShares, shares } = grown;
      return { classes, names, roots, column, threshold, next, leafShares, shares };
    },
    answerer: (learned: Forest): Answerer<TargetRows> => {
      const predictor = forestPredictor(learned);
      return ({ features }) => predictor.predict(own(features));
    },
  };
}

/**
 * A candidate that holds no class impossible: it answers (n p + 1) / (n + k) where it learned from n rows of k
 * classes, as the rule of succession does of shares. Else a class of which no row was there would cost an infinite
 * log loss.
 */
export function withRoom(candidate: Candidate<TargetRows>, classes: readonly string[]): Candidate<TargetRows> {
  return {
    name: candidate.name,
    fit: async (rows, random) => ({ rows: rows.target.length, learned: await candidate.fit(rows, random) }),
    answerer: ({ rows, learned }: { readonly rows: number; readonly learned: unknown }): Answerer<TargetRows> => {
      const own = candidate.answerer(learned as never);
      return (asked) => own(asked).map((share) => (rows * share + 1) / (rows + classes.length));
    },
  };
}

function alike(rows: number, shares: Float64Array): Float64Array {
  return Float64Array.from({ length: rows * shares.length }, (_, i) => shares[i % shares.length]);
}

/** Probabilities of some classes, with 0 for the others. */
function amongAll(told: ArrayLike<number>, made: readonly string[], classes: readonly string[]): Float64Array {
  const all = new Float64Array((told.length / made.length) * classes.length);
  for (let i = 0; i < told.length; i++)
    all[Math.floor(i / made.length) * classes.length + classes.indexOf(made[i % made.length])] = told[i];
  return all;
}
