import { evaluateLinear, leastSquares } from "../../core/statistics/leastSquares.js";
import { numbersOf, rowsWhere, selectRows, type Table, textsOf } from "../../core/Table.js";
import { leaveOneGroupOut } from "../../splitting/leaveOneGroupOut.js";
import { outOfFoldPredictions } from "../../validation/outOfFoldPredictions.js";

/** Sizes of published hot injections, each predicted from all papers but its own. */
export interface SizesAcrossPapers {
  /** Rows of the recipes. */
  readonly rows: Uint32Array;
  readonly papers: readonly string[];
  /** ln nm. */
  readonly target: readonly number[];
  /** ln D = a + b T + c ln(Br:Pb) + d ln(OAm:Pb + 0.5) + e ln t. */
  readonly byLaw: Float64Array;
  readonly byMean: Float64Array;
  /** Papers, each left out once. */
  readonly folds: number;
}

/**
 * A size law of hot injections fitted on all papers but one and asked about that one, beside the mean of those papers.
 *
 * @param recipes  as loadRecipes gives them
 */
export async function sizeLawAcrossPapers(recipes: Table): Promise<SizesAcrossPapers> {
  const { rows, features, target, papers } = sizeLawRows(recipes);
  const folds = leaveOneGroupOut(papers);
  const byLaw = await outOfFoldPredictions(folds, target.length, (train, test) => {
    const law = leastSquares(
      Array.from(train, (row) => features[row]),
      Array.from(train, (row) => target[row]),
    );
    return Array.from(test, (row) => evaluateLinear(law, features[row]));
  });
  const byMean = await outOfFoldPredictions(folds, target.length, (train, test) =>
    Array.from(test, () => meanOf(Array.from(train, (row) => target[row]))),
  );
  return { rows, papers, target, byLaw, byMean, folds: folds.length };
}

/** Hot injections of CsPbBr3 with a size, as a law of it takes them. */
export interface SizeLawRows {
  /** Rows of the recipes. */
  readonly rows: Uint32Array;
  /** Of each row: T in °C, ln(Br:Pb), ln(OAm:Pb + 0.5), ln t in s. */
  readonly features: readonly (readonly [number, number, number, number])[];
  /** ln nm. */
  readonly target: readonly number[];
  /** DOI of each. */
  readonly papers: readonly string[];
}

/**
 * The rows that a size law of hot injections can be asked about: CsPbBr3 with a size, an amine and a time.
 *
 * @param recipes  as loadRecipes gives them
 */
export function sizeLawRows(recipes: Table): SizeLawRows {
  const rows = sizedHotInjections(recipes);
  const table = selectRows(recipes, rows);
  const columns = [
    "temperatureCelsius",
    "bromideLeadRatio",
    "oleylamineMolar",
    "leadMolar",
    "timeSecond",
    "sizeNanometre",
  ].map((name) => numbersOf(table, name));
  const features = Array.from({ length: table.numRows }, (_, row) => {
    const [temperature, bromide, amine, lead, time] = columns.map((column) => column[row]);
    return [temperature, Math.log(bromide), Math.log(amine / lead + 0.5), Math.log(time)] as const;
  });
  return { rows, features, target: Array.from(columns[5], Math.log), papers: textsOf(table, "doi") };
}

function sizedHotInjections(table: Table): Uint32Array {
  const [routes, phases] = [textsOf(table, "route"), textsOf(table, "phase")];
  const [sizes, amines, times] = ["sizeNanometre", "oleylamineMolar", "timeSecond"].map((name) =>
    numbersOf(table, name),
  );
  return rowsWhere(
    table,
    (row) =>
      routes[row] === "hot injection" &&
      phases[row] === "CsPbBr3" &&
      sizes[row] > 0 &&
      amines[row] >= 0 &&
      times[row] > 0,
  );
}

/** Sum over rows. */
export function squaredError(target: readonly number[], predicted: ArrayLike<number>, rows: Uint32Array): number {
  return rows.reduce((total, row) => total + (target[row] - predicted[row]) ** 2, 0);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
