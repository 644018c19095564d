import { phaseNames } from "../../chemistry/phases.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { trainForest } from "../../training/baselines/trainForest.js";
import type { ParameterValues } from "../../tuning/Parameter.js";
import type { SearchSpace } from "../../tuning/SearchSpace.js";
import { logLosses } from "../rivals/logLosses.js";
import type { FoldSearch } from "../search/searchFolds.js";
import type { TrainingExperiments } from "./phaseExperiments.js";

/** As custom has it, and as notebook 04 grows its forest: the square root of the columns, leaves of one row. */
export const phaseForestDefaults: ParameterValues = { thresholds: "best", leastLeaf: 1, columnsPerNode: 5 };

const trees = 40;

/** @param columns  of the features */
export function phaseForestSpace(columns: number): SearchSpace {
  return {
    thresholds: { kind: "categorical", choices: ["best", "drawn"] },
    leastLeaf: { kind: "integer", low: 1, high: 32, log: true },
    columnsPerNode: { kind: "integer", low: 1, high: columns },
  };
}

/** A search for the forest of the phase with the least log loss, in nats. */
export function phaseForestSearch({ features, labels }: Pick<TrainingExperiments, "features" | "labels">): FoldSearch {
  return {
    space: phaseForestSpace(features.columns),
    lossesOf: (parameters, { train, test }, random) => {
      const forest = trainForest(
        selectMatrixRows(features, train),
        Array.from(train, (row) => labels[row]),
        phaseNames,
        random,
        {
          trees,
          thresholds: parameters.thresholds as "best" | "drawn",
          leastLeaf: parameters.leastLeaf as number,
          columnsPerNode: parameters.columnsPerNode as number,
        },
      );
      const told = forest.predict(selectMatrixRows(features, test));
      return Promise.resolve(
        logLosses(
          Array.from(test, (row) => labels[row]),
          Float64Array.from(told),
          phaseNames.length,
        ),
      );
    },
  };
}
