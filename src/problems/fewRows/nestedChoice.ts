import type { Random } from "../../core/random/Random.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import { groupedKFold } from "../../splitting/groupedKFold.js";
import type { Answerer, Candidate, FewRowsProblem } from "./Candidate.js";
import { type ChoiceStep, ladder } from "./ladder.js";

/** A candidate that was chosen, and what it learned: plain JSON. */
export interface Chosen {
  readonly kept: string;
  readonly learned: unknown;
}

/** What was chosen and learned from all rows, and in each fold without its rows: plain JSON. */
export interface ChosenModel extends Chosen {
  /** How each rival fared, on all rows. */
  readonly steps: readonly ChoiceStep[];
  /** Mean loss of each candidate over all rows, each by fits that had not seen the row. */
  readonly losses: Readonly<Record<string, number>>;
  /** Fold of each row, from 0. */
  readonly foldOf: readonly number[];
  readonly folds: readonly Chosen[];
}

/** A choice, and what it answered of its own rows. */
export interface NestedChoice {
  readonly model: ChosenModel;
  /** All rows, each by the fold that was chosen and learned without it: row-major [rows, width]. */
  readonly outOfFold: Float64Array;
}

/** How finely rows are divided, and who is told of progress. */
export interface NestedChoiceOptions {
  /** At most; as many as groups where these are fewer (default 5). */
  readonly folds?: number;
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * Chooses how to predict by cross-validation, and makes the whole choice again in each fold without its rows, so that
 * what the choice is worth can be told from rows that it has not seen.
 *
 * @throws RangeError if there are fewer than two groups
 * @see Varma and Simon 2006, doi:10.1186/1471-2105-7-91 (nested cross-validation)
 */
export async function nestedChoice<Rows>(
  problem: FewRowsProblem<Rows>,
  random: Random,
  { folds: wanted = 5, onProgress = () => undefined }: NestedChoiceOptions = {},
): Promise<NestedChoice> {
  const { rows, select, candidates } = problem;
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  const outer = foldsOf(problem, all, random.fork("folds"), wanted);
  const foldOf = new Array<number>(rows).fill(0);
  const folds: Chosen[] = [];
  let outOfFold = new Float64Array(0);
  for (const [k, { train, test }] of outer.entries()) {
    const { kept, learned } = await choice(problem, train, random.fork("fold").fork(k), wanted);
    const predictions = chosenAnswerer(candidates, { kept, learned })(select(test));
    const width = predictions.length / test.length;
    if (k === 0) outOfFold = new Float64Array(rows * width);
    test.forEach((row, i) => {
      foldOf[row] = k;
      outOfFold.set(predictions.subarray(i * width, (i + 1) * width), row * width);
    });
    folds.push({ kept, learned });
    onProgress(k + 1, outer.length + 1);
  }
  const whole = await choice(problem, all, random.fork("all rows"), wanted);
  onProgress(outer.length + 1, outer.length + 1);
  return { model: { ...whole, foldOf, folds }, outOfFold };
}

/**
 * Answers by what was chosen.
 *
 * @throws RangeError if that is no candidate
 */
export function chosenAnswerer<Rows>(
  candidates: readonly Candidate<Rows>[],
  { kept, learned }: Chosen,
): Answerer<Rows> {
  const candidate = candidates.find(({ name }) => name === kept);
  if (candidate === undefined)
    throw new RangeError(
      `chosenAnswerer: "${kept}" must be a candidate; these are ${candidates.map(({ name }) => name).join(", ")}`,
    );
  return candidate.answerer(learned as never);
}

async function choice<Rows>(
  problem: FewRowsProblem<Rows>,
  rows: Uint32Array,
  random: Random,
  wanted: number,
): Promise<Omit<ChosenModel, "foldOf" | "folds">> {
  const { candidates, incumbent, select, losses } = problem;
  const learnAll = async (kept: string): Promise<Chosen> => {
    const candidate = candidates.find(({ name }) => name === kept)!;
    return { kept, learned: await candidate.fit(select(rows), random.fork(kept).fork("all")) };
  };
  const codes = groupsOf(problem, rows);
  // One group alone cannot tell how others would be answered: nothing speaks against the one that stands.
  if (new Set(codes).size < 2) return { ...(await learnAll(incumbent)), steps: [], losses: {} };
  const inner = foldsOf(problem, rows, random.fork("folds"), wanted);
  const placeOf = new Map(Array.from(rows, (row, at) => [row, at]));
  const found = new Map<string, Float64Array>();
  for (const candidate of candidates) {
    const { name } = candidate;
    const own = new Float64Array(rows.length);
    for (const [k, { train, test }] of inner.entries()) {
      const learned = await candidate.fit(select(train), random.fork(name).fork(k));
      const predictions = candidate.answerer(learned as never)(select(test));
      losses(predictions, test).forEach((loss, i) => (own[placeOf.get(test[i])!] = loss));
    }
    found.set(name, own);
  }
  const { kept, steps } = ladder(found, incumbent, codes);
  return {
    ...(await learnAll(kept)),
    steps,
    losses: Object.fromEntries(
      Array.from(found, ([name, own]) => [name, own.reduce((sum, one) => sum + one, 0) / own.length]),
    ),
  };
}

interface RowFold {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/** Of places in the problem; as many as there are groups, where these are few. */
function foldsOf<Rows>(problem: FewRowsProblem<Rows>, rows: Uint32Array, random: Random, wanted: number): RowFold[] {
  const codes = groupsOf(problem, rows);
  const groups = new Set(codes).size;
  return groupedKFold(codes, random, { folds: Math.min(wanted, groups) }).map(({ train, test }) => ({
    train: Uint32Array.from(train, (at) => rows[at]),
    test: Uint32Array.from(test, (at) => rows[at]),
  }));
}

function groupsOf<Rows>({ groups }: FewRowsProblem<Rows>, rows: Uint32Array): Uint32Array {
  return groups === null ? rows.map((_, at) => at) : groupCodes(Array.from(rows, (row) => groups[row])).codes;
}
