import type { Fold } from "../../core/Fold.js";
import { InputError } from "../../core/InputError.js";
import { seededRandom } from "../../core/random/Random.js";
import { textsOf } from "../../core/Table.js";
import { groupedKFold } from "../../splitting/groupedKFold.js";
import type { SearchSpace } from "../../tuning/SearchSpace.js";
import type { StudyObjective } from "../../tuning/workers/StudyObjective.js";
import { trainingExperiments } from "../phase/phaseExperiments.js";
import { phaseForestSearch, phaseForestSpace } from "../phase/phaseForestSearch.js";
import type { FoldSearch } from "../search/searchFolds.js";
import { foldByFold } from "./foldByFold.js";
import { madeOnce } from "./madeOnce.js";

/** Features of whole recipes. */
const columns = 28;

/** What trials of the forest vary. */
export const space: SearchSpace = phaseForestSpace(columns);

/** Seed of the experiments and of their folds, and how many there are. */
export interface TunedForestOptions {
  readonly seed: number;
  readonly rows: number;
}

/**
 * Log loss of a forest of the phase, in nats, over five folds of the twin's training and tune rows, batches whole;
 * calibrate and test rows are not met.
 */
export const objective: StudyObjective<TunedForestOptions> = async (trial, options) => {
  const { search, folds } = await searchOf(options);
  return foldByFold(trial, search, folds, options.seed);
};

const searchOf = madeOnce(
  async ({ seed, rows }: TunedForestOptions): Promise<{ search: FoldSearch; folds: readonly Fold[] }> => {
    const { table, whole, labels, split } = await trainingExperiments({ seed, rows });
    if (whole.features.columns !== columns)
      throw new InputError({
        where: "--rows",
        must: `must be so many that each of ${columns} features is known in one`,
        got: `${rows}, in which ${whole.features.columns} are`,
        mend: "take more rows",
      });
    const own = Uint32Array.from([...split.train, ...split.tune]).sort();
    const batches = textsOf(table, "batch");
    const places = groupedKFold(
      Array.from(own, (row) => batches[row]),
      seededRandom(seed).fork("folds of the tuned forest"),
    );
    const inTable = (some: Uint32Array): Uint32Array => some.map((place) => own[place]);
    return {
      search: phaseForestSearch({ features: whole.features, labels }),
      folds: places.map(({ name, train, test }) => ({ name, train: inTable(train), test: inTable(test) })),
    };
  },
);
