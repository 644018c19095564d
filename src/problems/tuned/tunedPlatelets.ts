import type { Fold } from "../../core/Fold.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { seededRandom } from "../../core/random/Random.js";
import { textsOf } from "../../core/Table.js";
import { readRealTable } from "../../experiments/dataStore.js";
import { groupedKFold } from "../../splitting/groupedKFold.js";
import type { SearchSpace } from "../../tuning/SearchSpace.js";
import type { StudyObjective } from "../../tuning/workers/StudyObjective.js";
import { featureMeans, plateletMatrix, plateletRows } from "../platelets/plateletRows.js";
import { plateletSearch, plateletSpace } from "../platelets/plateletSearch.js";
import { laterDate } from "../platelets/plateletSplits.js";
import type { FoldSearch } from "../search/searchFolds.js";
import { foldByFold } from "./foldByFold.js";
import { madeOnce } from "./madeOnce.js";

/** What trials of the platelets vary. */
export const space: SearchSpace = plateletSpace;

/** Seed of the folds. */
export interface TunedPlateletsOptions {
  readonly seed: number;
}

/**
 * Absolute error of the emission peak of platelets, in nm, over five folds by recipe of the rows that were published
 * first; rows of later dates, on which models are judged, are not met.
 */
export const objective: StudyObjective<TunedPlateletsOptions> = async (trial, options) => {
  const { search, folds } = await searchOf(options);
  return foldByFold(trial, search, folds, options.seed);
};

const searchOf = madeOnce(
  async ({ seed }: TunedPlateletsOptions): Promise<{ search: FoldSearch; folds: readonly Fold[] }> => {
    const { table } = await readRealTable("nanoplatelets-all");
    const all = plateletRows(table);
    const known = Uint32Array.from(all.peak.keys()).filter((row) => !Number.isNaN(all.peak[row]));
    const of = <Value>(values: ArrayLike<Value>): Value[] => Array.from(known, (row) => values[row]);
    const [recipes, truth] = [of(all.recipes), Float64Array.from(of(all.peak))];
    const [first] = laterDate({
      ...{ recipes, truth, classes: null },
      dates: of(textsOf(table, "firstCommit")),
      solvents: of(all.solvents),
    }).folds;
    const features = selectMatrixRows(plateletMatrix(all, featureMeans(all)), known);
    const places = groupedKFold(
      Array.from(first.train, (row) => recipes[row]),
      seededRandom(seed).fork("folds of the tuned platelets"),
    );
    const inRows = (some: Uint32Array): Uint32Array => some.map((place) => first.train[place]);
    return {
      search: plateletSearch({ features, truth }),
      folds: places.map(({ name, train, test }) => ({ name, train: inRows(train), test: inRows(test) })),
    };
  },
);
