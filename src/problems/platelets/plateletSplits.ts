import { seededRandom } from "../../core/random/Random.js";
import { groupedKFold } from "../../splitting/groupedKFold.js";
import { leaveOneGroupOut } from "../../splitting/leaveOneGroupOut.js";
import { noSplit, type RealSplit, realSplit } from "../rivals/realSplit.js";
import type { PlateletProblem } from "./plateletProblems.js";

/** Ways to leave platelet syntheses out, from the easiest to the hardest. */
export interface PlateletSplits {
  /** Five parts of the recipes: fractions and repeats of one stay together. */
  readonly byRecipe: RealSplit;
  /** Each antisolvent once. */
  readonly unseenAntisolvent: RealSplit;
  /** The first date tells of all later ones. */
  readonly laterDate: RealSplit;
}

/** Of the draw of recipes; fixed before the first fit. */
const seed = 20;

/**
 * The splits of one question. Where antisolvents are new, as most of the later dates are, rivals are chosen by leaving
 * antisolvents of the training rows out. A recipe that was repeated at a later date is not trained on.
 *
 * A split that the rows do not allow has a reason in its place.
 */
export function plateletSplits({ problem, recipes, antisolvents, dates }: PlateletProblem): PlateletSplits {
  const solvents = antisolvents.map((name) => name || "none");
  return {
    byRecipe: byRecipe(recipes),
    unseenAntisolvent: unseenAntisolvent(solvents),
    laterDate: laterDate({ dates, recipes, solvents, classes: problem.classes, truth: problem.truth }),
  };
}

const wanted = 5;

function byRecipe(recipes: readonly string[]): RealSplit {
  const name = "by recipe";
  const many = new Set(recipes).size;
  if (many < wanted) return noSplit(name, `at least ${wanted} recipes are needed; got ${many}`);
  return realSplit({
    name,
    folds: groupedKFold(recipes, seededRandom(seed).fork(name), { folds: wanted }),
    groups: recipes,
    unit: "recipe",
  });
}

function unseenAntisolvent(solvents: readonly string[]): RealSplit {
  const name = "unseen antisolvent";
  const many = new Set(solvents).size;
  // With two, the one that is left has nothing to be chosen by.
  if (many < 3) return noSplit(name, `at least 3 antisolvents are needed; got ${many}`);
  return realSplit({ name, folds: leaveOneGroupOut(solvents), groups: solvents, unit: "antisolvent" });
}

/** Rows of a question, with what the split by date needs to know of them. */
export interface DatedRows {
  readonly dates: readonly string[];
  readonly recipes: readonly string[];
  readonly solvents: readonly string[];
  readonly classes: readonly string[] | null;
  readonly truth: Float64Array;
}

/** The first date tells of all later ones; recipes that were repeated later are not trained on. */
export function laterDate({ dates, recipes, solvents, classes, truth }: DatedRows): RealSplit {
  const name = "later date";
  if (dates.every((date) => date === "")) return noSplit(name, "the table tells no dates");
  const [first, ...later] = [...new Set(dates)].filter((date) => date !== "").sort();
  if (later.length === 0) return noSplit(name, `all rows are of one date, ${first}`);
  const test = places(dates, (date) => date > first);
  const lacking = classes?.find((_, code) => !Array.from(test, (row) => truth[row]).includes(code));
  if (lacking !== undefined)
    return noSplit(name, `no row after ${first} is "${lacking}": nothing tells how well it is foreseen there`);
  const repeated = new Set(Array.from(test, (row) => recipes[row]));
  return realSplit({
    name,
    folds: [
      {
        name: `after ${first}`,
        train: places(dates, (date, row) => date === first && !repeated.has(recipes[row])),
        test,
      },
    ],
    groups: recipes,
    unit: "recipe",
    chosenBy: solvents,
  });
}

function places(dates: readonly string[], isWanted: (date: string, row: number) => boolean): Uint32Array {
  return Uint32Array.from(dates.keys()).filter((row) => isWanted(dates[row], row));
}
