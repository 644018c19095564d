import { type Matrix, selectMatrixRows } from "../../core/Matrix.js";
import type { ParameterValues } from "../../tuning/Parameter.js";
import type { SearchSpace } from "../../tuning/SearchSpace.js";
import type { KernelSmoothness } from "../../training/baselines/gaussian/maternKernel.js";
import { averaged } from "../fewRows/averaged.js";
import type { Candidate } from "../fewRows/Candidate.js";
import { forestNumber } from "../fewRows/forestNumber.js";
import { networkNumber } from "../fewRows/networkNumber.js";
import { quantityProcess, type TargetRows } from "../fewRows/targetCandidates.js";
import type { FoldSearch } from "../search/searchFolds.js";
import { leanFeatures } from "./plateletProblems.js";

const [ofProcess, ofTrees, ofNetwork] = [["process", "average"], ["trees", "average"], ["network"]].map((is) => ({
  when: { parameter: "model", is },
}));

/** Models of a quantity of platelets, each with what it can be given. */
export const plateletSpace: SearchSpace = {
  model: { kind: "categorical", choices: ["process", "trees", "average", "network"] },
  smoothness: { kind: "categorical", choices: [0.5, 2.5], ...ofProcess },
  lengths: { kind: "categorical", choices: ["each", "shared"], ...ofProcess },
  thresholds: { kind: "categorical", choices: ["drawn", "best"], ...ofTrees },
  leastLeaf: { kind: "integer", low: 1, high: 16, log: true, ...ofTrees },
  columnsPerNode: { kind: "integer", low: 1, high: 6, ...ofTrees },
  shareOfTrees: { kind: "float", low: 0.1, high: 0.9, when: { parameter: "model", is: ["average"] } },
  units: { kind: "integer", low: 4, high: 64, log: true, ...ofNetwork },
  learningRate: { kind: "float", low: 1e-3, high: 5e-2, log: true, ...ofNetwork },
  weightDecay: { kind: "float", low: 1e-3, high: 1, log: true, ...ofNetwork },
};

/** The setting of notebook 07 that stands at first, chosen by hand on rows of the first date. */
export const plateletDefaults: ParameterValues = { model: "process", smoothness: 0.5, lengths: "each" };

/** Trees of a forest: fewer than where nothing is searched for, so that a search has time. */
const trees = 60;

/**
 * The model that a setting describes.
 *
 * @param known  what processes learned from rows before
 */
function plateletCandidate(parameters: ParameterValues, all: Matrix, known: LearnedBefore): Candidate<TargetRows> {
  const columns = leanFeatures.map((name) => all.names.indexOf(name));
  const process = (): Candidate<TargetRows> => {
    const { smoothness, lengths } = parameters as { smoothness: KernelSmoothness; lengths: "each" | "shared" };
    const candidate = quantityProcess("process", columns, all, { smoothness, lengths });
    return { ...candidate, fit: onceByRows(candidate.fit, `${smoothness} ${lengths}`, known) };
  };
  const forest = (): Candidate<TargetRows> =>
    forestNumber("trees", columns, {
      trees,
      thresholds: parameters.thresholds as "drawn" | "best",
      leastLeaf: parameters.leastLeaf as number,
      columnsPerNode: parameters.columnsPerNode as number,
    });
  switch (parameters.model) {
    case "process":
      return process();
    case "trees":
      return forest();
    case "average": {
      const share = parameters.shareOfTrees as number;
      return averaged("average", [process(), forest()], [1 - share, share]);
    }
    default:
      return networkNumber("network", columns, {
        hidden: [parameters.units as number],
        learningRate: parameters.learningRate as number,
        optimizer: { name: "adamW", weightDecay: parameters.weightDecay as number },
      });
  }
}

type LearnedBefore = WeakMap<TargetRows, Map<string, unknown>>;

/** Few settings of a process are tried many times, and draw nothing: each learns once from the same rows. */
function onceByRows(fit: Candidate<TargetRows>["fit"], setting: string, known: LearnedBefore): typeof fit {
  return (rows, random) => {
    const own = known.get(rows) ?? new Map<string, unknown>();
    known.set(rows, own);
    if (!own.has(setting)) own.set(setting, fit(rows, random));
    return own.get(setting);
  };
}

/** A search for the model of a quantity with the least absolute error, in the unit of the quantity. */
export function plateletSearch({
  features,
  truth,
}: {
  readonly features: Matrix;
  readonly truth: Float64Array;
}): FoldSearch {
  const known: LearnedBefore = new WeakMap();
  const handed = new WeakMap<Uint32Array, TargetRows>();
  const rowsOf = (places: Uint32Array): TargetRows => {
    const rows = handed.get(places) ?? {
      features: selectMatrixRows(features, places),
      places,
      target: Float64Array.from(places, (row) => truth[row]),
    };
    handed.set(places, rows);
    return rows;
  };
  return {
    space: plateletSpace,
    lossesOf: async (parameters, { train, test }, random) => {
      const candidate = plateletCandidate(parameters, features, known);
      const learned = await candidate.fit(rowsOf(train), random);
      const told = candidate.answerer(learned as never)(rowsOf(test));
      return Float64Array.from(test, (row, at) => Math.abs(truth[row] - told[2 * at]));
    },
  };
}
