import type { Fold } from "../../core/Fold.js";
import { seededRandom } from "../../core/random/Random.js";
import type { Table } from "../../core/Table.js";
import { groupedKFold } from "../../splitting/groupedKFold.js";
import type { RealProblem } from "../rivals/RealProblem.js";
import { noSplit, type RealSplit, realSplit } from "../rivals/realSplit.js";
import {
  type CrystallisationRows,
  crystallisationRows,
  scoreClasses,
  trustedWells,
  wellMatrix,
  wellMeans,
} from "./crystallisationRows.js";
import { scoreCandidates, scoreRivals } from "./scoreCandidates.js";

/** The problem with its rows. */
export interface CrystallisationProblem extends RealProblem {
  readonly rows: CrystallisationRows;
  /** Wells that are not among them, since their record leaves liquid out. */
  readonly doubtful: number;
}

/**
 * Which score a well is given by eye, from what it holds and how it was treated. Wells whose composition is in doubt
 * are not asked; blanks are, as whoever asks about a plate asks about its blanks too.
 *
 * @param campaigns  as loadCrystallisationCampaigns gives it
 * @throws InputError as crystallisationRows
 */
export function crystallisationProblem(campaigns: Table): CrystallisationProblem {
  const { table, doubtful } = trustedWells(campaigns);
  const rows = crystallisationRows(table);
  // Of the published table everything is told: no mean takes a place there.
  const features = wellMatrix(rows, wellMeans(rows));
  return {
    id: "crystallisation",
    what: "score of crystallisations",
    classes: scoreClasses,
    unit: "",
    features,
    truth: rows.score,
    candidates: scoreCandidates(features),
    incumbent: scoreRivals.constant,
    rows,
    doubtful,
  };
}

/** From this day on wells are later ones. */
export const laterFrom = "2019-08-20";

/** Splits of the problem, by the name of what is left out. */
export const crystallisationSplits = [
  "by plate",
  "laboratory LBL",
  "laboratory HC",
  "laboratory ECL",
  "by operator",
  "later date",
  "unseen salt",
  "bromides",
] as const;

/** Seed of the divisions: fixed before anything was fitted, as the hash of a split shows. */
const seed = 20;
const folds = 5;

/**
 * One way to leave wells out. Intervals take plates as witnesses; where a split leaves whole groups of another kind
 * out, rivals are chosen by leaving such groups out among the training wells too.
 *
 * @returns with its reason, and without folds, where the wells cannot be split so
 */
export function crystallisationSplit(
  rows: CrystallisationRows,
  name: (typeof crystallisationSplits)[number],
): RealSplit {
  const parts = { name, groups: rows.plates, unit: "plate" };
  const random = seededRandom(seed).fork(name);
  const laboratory = /^laboratory (.+)$/.exec(name)?.[1];
  if (laboratory !== undefined)
    return twoSides(
      parts,
      rows.laboratories.map((one) => one === laboratory),
    );
  if (name === "bromides") return twoSides(parts, rows.holdsBromide);
  if (name === "later date") {
    const undated = rows.dates.filter((date) => date === "").length;
    if (undated > 0) return noSplit(name, `${undated} of ${rows.dates.length} wells have no date`);
    return twoSides(
      parts,
      rows.dates.map((date) => date >= laterFrom),
    );
  }
  const groups = { "by plate": rows.plates, "by operator": rows.operators, "unseen salt": rows.salts }[
    name as "by plate" | "by operator" | "unseen salt"
  ];
  // A well of nobody, or without an organic salt, is neither trained on nor asked about.
  const known = Uint32Array.from(groups.keys()).filter((row) => groups[row] !== "");
  const own = Array.from(known, (row) => groups[row]);
  const many = new Set(own).size;
  if (many < 2) return noSplit(name, `the wells are of ${many === 0 ? "no known group" : `one alone, ${own[0]}`}`);
  const found = groupedKFold(own, random, { folds: Math.min(folds, many) });
  return realSplit({ ...parts, chosenBy: groups, folds: found.map((fold) => placedFold(fold, known, rows.plates)) });
}

/** Of all wells: a plate that holds several salts is not trained on where one of them is left out. */
function placedFold({ name, train, test }: Fold, rows: Uint32Array, plates: readonly string[]): Fold {
  const left = new Set(Array.from(test, (at) => plates[rows[at]]));
  return {
    name,
    train: train.map((at) => rows[at]).filter((row) => !left.has(plates[row])),
    test: test.map((at) => rows[at]),
  };
}

function twoSides(
  parts: { readonly name: string; readonly groups: readonly string[]; readonly unit: string },
  isTest: readonly boolean[],
): RealSplit {
  const test = Uint32Array.from(isTest.keys()).filter((row) => isTest[row]);
  if (test.length === 0 || test.length === isTest.length)
    return noSplit(parts.name, `${test.length === 0 ? "none" : "all"} of ${isTest.length} wells would be left out`);
  // A plate on both sides would be known before it is asked about.
  const left = new Set(Array.from(test, (row) => parts.groups[row]));
  const train = Uint32Array.from(isTest.keys()).filter((row) => !isTest[row] && !left.has(parts.groups[row]));
  return realSplit({ ...parts, folds: [{ name: parts.name, train, test }] });
}
