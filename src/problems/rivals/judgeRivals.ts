import { calibrate } from "../../calibration/calibrate.js";
import { argmax } from "../../core/metrics/argmax.js";
import { type Matrix, selectMatrixRows } from "../../core/Matrix.js";
import type { Random } from "../../core/random/Random.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import { groupedKFold } from "../../splitting/groupedKFold.js";
import { crossConformalIntervals } from "../../uncertainty/conformal/crossConformalIntervals.js";
import { crossConformalSets } from "../../uncertainty/conformal/crossConformalSets.js";
import { featureDistances } from "../../uncertainty/domain/featureDistances.js";
import { fitDomainCheck } from "../../uncertainty/domain/fitDomainCheck.js";
import { fitFeatureDistance } from "../../uncertainty/domain/fitFeatureDistance.js";
import type { Candidate } from "../fewRows/Candidate.js";
import { type ChoiceStep, ladder } from "../fewRows/ladder.js";
import { standardisedColumns, type TargetRows } from "../fewRows/targetCandidates.js";
import { answerTemperature } from "./answerTemperature.js";
import { logLosses } from "./logLosses.js";
import type { RealProblem } from "./RealProblem.js";
import type { RealSplit } from "./realSplit.js";

/** What rivals said of rows that they had not seen. */
export interface RivalAnswers {
  /** Rows that were tested, ascending; all else stands in their order. */
  readonly places: Uint32Array;
  /** Fold of the split that tested each. */
  readonly foldOf: Uint32Array;
  /** By name of the rival: a quantity for each place, or probabilities, row-major [places, classes]. */
  readonly byRival: Readonly<Record<string, Float64Array>>;
  /** The same of whichever rival the training rows of each fold chose. */
  readonly chosen: Float64Array;
  /**
   * Its probabilities as the temperature of each fold mends them; those of a fold without one stay as they came. Null
   * for a quantity, and where no fold has one.
   */
  readonly calibrated: Float64Array | null;
  /** By fold. */
  readonly choices: readonly RivalChoice[];
  /** Limits of the chosen rival's answers. */
  readonly limits: RivalLimits;
  /** Share of training rows at least as strange as each place: small outside of what was trained on. */
  readonly likeTraining: Float64Array;
}

/** What the training rows of a fold chose. */
export interface RivalChoice {
  readonly fold: string;
  readonly kept: string;
  readonly steps: readonly ChoiceStep[];
  /**
   * That mends probabilities of the one that is kept: from what it said of training rows that it had not seen. Null
   * for a quantity, where training rows were not divided, are of one class or are all answered right.
   */
  readonly temperature: number | null;
}

/** Limits that hold an outcome with probability 1 - alpha where rows are like those of training. */
export interface RivalLimits {
  readonly alpha: number;
  /** False where training rows were not divided: then they hold everything, and nothing is known of strangeness. */
  readonly areTold: boolean;
  /** Of a quantity. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Of classes, bit k for class k; empty for a quantity. */
  readonly sets: Uint32Array;
}

/** How finely training rows are divided, and which rivals come. */
export interface FoldOptions {
  /** Of limits (default 0.1). */
  readonly alpha?: number;
  /**
   * Within the training rows of a fold; as many as groups where these are fewer (default 5). 0: the first rival is
   * taken as chosen, and no limit is told.
   */
  readonly innerFolds?: number;
  /** Whether sets of classes hold each class as often as promised, rare ones too (default false: all rows together). */
  readonly byClass?: boolean;
  /** Names of the rivals that come (default all). */
  readonly only?: readonly string[];
  /** The one of them that stands at first (default that of the problem, or the first that comes). */
  readonly incumbent?: string;
  /** Names of those that answer beside the others and are never chosen, as they saw the rows (default none). */
  readonly asides?: readonly string[];
}

/** The same of a whole split. */
export interface JudgeRivalsOptions extends FoldOptions {
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * Has rivals answer rows that they had not seen, under one split. In each fold the training rows alone, divided once
 * more, say which rival is chosen (a rival takes the place only where its paired gain is above a standard error) and
 * how wide its limits are (CV+, from the same divisions) and at which temperature its probabilities mean what they
 * say; then all rivals learn from all training rows and answer the test rows, so that the choice can be compared with
 * each of them.
 *
 * @throws RangeError if the split says nothing, or a name of `only` is no rival
 * @see ladder; crossConformalIntervals; crossConformalSets; answerTemperature
 */
export async function judgeRivals(
  problem: RealProblem,
  split: RealSplit,
  random: Random,
  { onProgress = () => undefined, ...options }: JudgeRivalsOptions = {},
): Promise<RivalAnswers> {
  const judged: JudgedFold[] = [];
  for (const k of foldsOf(split).keys()) {
    judged.push(await judgeFold(problem, split, k, random, options));
    onProgress(k + 1, split.folds.length);
  }
  return gatherFolds(judged, options);
}

/**
 * One fold of judgeRivals, whose draws are its own: folds may be judged anywhere and in any order.
 *
 * @param fold  its place in the split
 * @throws RangeError as judgeRivals
 */
export async function judgeFold(
  problem: RealProblem,
  split: RealSplit,
  fold: number,
  random: Random,
  { alpha = defaultAlpha, innerFolds = 5, byClass = false, only, incumbent, asides }: FoldOptions = {},
): Promise<JudgedFold> {
  const { name, train, test } = foldsOf(split)[fold];
  const rivals = rivalsOf(problem, { only, incumbent, asides });
  const task = { fold: name, train, test, groups: split.chosenBy, rivals, alpha, innerFolds, byClass };
  return judgedFold(problem, task, random.fork(split.name).fork(fold));
}

const defaultAlpha = 0.1;

/** @throws RangeError if there is nothing to be judged */
function foldsOf({ name, folds, reason }: RealSplit): RealSplit["folds"] {
  if (reason !== null) throw new RangeError(`judgeRivals: "${name}" says nothing: ${reason}`);
  return folds;
}

function rivalsOf(
  { id, candidates, incumbent: own }: RealProblem,
  { only, incumbent = own, asides = [] }: Pick<FoldOptions, "only" | "incumbent" | "asides">,
): Rivals {
  const strange = [...(only ?? []), ...asides].find((name) => candidates.every((candidate) => candidate.name !== name));
  if (strange !== undefined)
    throw new RangeError(
      `judgeRivals: "${strange}" must be a rival of ${id}; these are ${candidates.map(({ name }) => name).join(", ")}`,
    );
  const beside = candidates.filter(({ name }) => asides.includes(name));
  const coming = candidates.filter((one) => !beside.includes(one) && (only === undefined || only.includes(one.name)));
  return {
    coming,
    beside,
    incumbent: coming.some(({ name }) => name === incumbent) ? incumbent : coming[0].name,
  };
}

interface Rivals {
  readonly coming: readonly Candidate<TargetRows>[];
  /** That are never chosen. */
  readonly beside: readonly Candidate<TargetRows>[];
  readonly incumbent: string;
}

interface FoldTask {
  readonly fold: string;
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  /** Of all rows. */
  readonly groups: readonly string[];
  readonly rivals: Rivals;
  readonly alpha: number;
  readonly innerFolds: number;
  readonly byClass: boolean;
}

/** What one fold said. */
export interface JudgedFold {
  readonly test: Uint32Array;
  /** As answered: [test, 2] or [test, classes]. */
  readonly byRival: ReadonlyMap<string, Float64Array>;
  readonly choice: RivalChoice;
  readonly limits: Omit<RivalLimits, "alpha">;
  readonly likeTraining: Float64Array;
  readonly width: number;
}

async function judgedFold(
  problem: RealProblem,
  { fold, train, test, groups, rivals, alpha, innerFolds, byClass }: FoldTask,
  random: Random,
): Promise<JudgedFold> {
  const rowsOf = (places: Uint32Array): TargetRows => ({
    features: selectMatrixRows(problem.features, places),
    places,
    target: Float64Array.from(places, (row) => problem.truth[row]),
  });
  const inner = divided(train, groups, innerFolds, random.fork("inner folds"));
  const width = problem.classes?.length ?? 2;
  const [trainRows, testRows] = [rowsOf(train), rowsOf(test)];
  const byRival = new Map<string, Float64Array>();
  const seen = new Map<string, Float64Array>();
  const ofTest = new Map<string, Float64Array[]>();
  for (const { name, fit, answerer } of rivals.coming) {
    const own = random.fork(name);
    const outOfFold = new Float64Array(train.length * width);
    const byInner: Float64Array[] = [];
    for (const [k, part] of inner.parts.entries()) {
      const answer = answerer((await fit(rowsOf(part.train), own.fork(k))) as never);
      const told = answer(rowsOf(part.test));
      part.at.forEach((at, i) => {
        outOfFold.set(told.subarray(i * width, (i + 1) * width), at * width);
      });
      byInner.push(answer(testRows));
    }
    seen.set(name, outOfFold);
    ofTest.set(name, byInner);
    byRival.set(name, answerer((await fit(trainRows, own.fork("all"))) as never)(testRows));
  }
  for (const { name, fit, answerer } of rivals.beside)
    byRival.set(name, answerer((await fit(trainRows, random.fork(name).fork("all"))) as never)(testRows));
  const losses = new Map(
    Array.from(seen, ([name, told]) => [name, lossesOf(problem, trainRows.target, told)] as const),
  );
  const codes = groupCodes(Array.from(train, (row) => groups[row])).codes;
  const { kept, steps } =
    inner.parts.length === 0 ? { kept: rivals.incumbent, steps: [] } : ladder(losses, rivals.incumbent, codes);
  const temperature =
    problem.classes === null || inner.parts.length === 0
      ? null
      : answerTemperature(trainRows.target, seen.get(kept)!, width);
  return {
    test,
    byRival,
    width,
    choice: { fold, kept, steps, temperature },
    limits: limitsOf(
      problem,
      { truth: trainRows.target, seen: seen.get(kept)!, foldOf: inner.foldOf, ofTest: ofTest.get(kept)! },
      { alpha, byClass, whole: byRival.get(kept)! },
    ),
    likeTraining: likenesses(trainRows.features, testRows.features, inner.parts),
  };
}

interface InnerFolds {
  readonly parts: readonly {
    readonly train: Uint32Array;
    readonly test: Uint32Array;
    /** Of test rows, among the training rows of the fold. */
    readonly at: Uint32Array;
    readonly trainAt: Uint32Array;
  }[];
  readonly foldOf: Uint32Array;
}

/** None where there is one group alone: then nothing speaks for another rival, and no limit can be told. */
function divided(train: Uint32Array, groups: readonly string[], wanted: number, random: Random): InnerFolds {
  const { codes } = groupCodes(Array.from(train, (row) => groups[row]));
  const many = new Set(codes).size;
  const foldOf = new Uint32Array(train.length);
  if (many < 2 || wanted < 2) return { parts: [], foldOf };
  const folds = groupedKFold(codes, random, { folds: Math.min(wanted, many) });
  const parts = folds.map(({ train: trainAt, test: at }, k) => {
    for (const place of at) foldOf[place] = k;
    return { train: trainAt.map((place) => train[place]), test: at.map((place) => train[place]), at, trainAt };
  });
  return { parts, foldOf };
}

function lossesOf({ classes }: RealProblem, truth: Float64Array, told: Float64Array): Float64Array {
  return classes === null
    ? truth.map((value, row) => (told[2 * row] - value) ** 2)
    : logLosses(truth, told, classes.length);
}

interface SeenRows {
  readonly truth: Float64Array;
  readonly seen: Float64Array;
  readonly foldOf: Uint32Array;
  readonly ofTest: readonly Float64Array[];
}

function limitsOf(
  { classes, least: floor = -Infinity }: RealProblem,
  { truth, seen, foldOf, ofTest }: SeenRows,
  { alpha, byClass, whole }: Pick<FoldTask, "alpha" | "byClass"> & { readonly whole: Float64Array },
): Omit<RivalLimits, "alpha"> {
  const areTold = ofTest.length > 0;
  const part = (answers: Float64Array, at: 0 | 1): Float64Array => answers.filter((_, i) => i % 2 === at);
  if (classes !== null) {
    const rows = whole.length / classes.length;
    // Everything, where nothing could be told of training rows.
    const sets = !areTold
      ? new Uint32Array(rows).fill(2 ** classes.length - 1)
      : crossConformalSets({ labels: truth, probabilities: seen, foldOf }, ofTest, { alpha, score: "lac", byClass })
          .sets;
    const most = argmax(whole, classes.length);
    return {
      areTold,
      low: new Float64Array(0),
      high: new Float64Array(0),
      // An answer is in its own set, also where outcomes are surer than the promise.
      sets: sets.map((set, row) => (set | (1 << most[row])) >>> 0),
    };
  }
  const values = part(whole, 0);
  if (!areTold)
    return {
      areTold,
      low: new Float64Array(values.length).fill(-Infinity),
      high: new Float64Array(values.length).fill(Infinity),
      sets: new Uint32Array(0),
    };
  const { low, high } = crossConformalIntervals(
    { truth, predictions: part(seen, 0), deviations: part(seen, 1), foldOf },
    ofTest.map((answers) => part(answers, 0)),
    { alpha, foldDeviations: ofTest.map((answers) => part(answers, 1)) },
  );
  return {
    areTold,
    low: low.map((end, row) => Math.max(floor, Math.min(end, values[row]))),
    high: high.map((end, row) => Math.max(end, values[row])),
    sets: new Uint32Array(0),
  };
}

/** p-values of test rows among training rows, each of which was held against the others. */
function likenesses(train: Matrix, test: Matrix, parts: InnerFolds["parts"]): Float64Array {
  if (parts.length === 0) return new Float64Array(test.rows).fill(1);
  const held = new Float64Array(train.rows);
  for (const { at, trainAt } of parts) {
    const own = distancesFrom(selectMatrixRows(train, trainAt), selectMatrixRows(train, at));
    own.forEach((distance, i) => (held[at[i]] = distance));
  }
  // Ranks alone are asked for: half of all rows may be called strange, so that few rows are enough.
  return fitDomainCheck([held], { falseAlarm: 0.5 })([distancesFrom(train, test)]).pValues;
}

function distancesFrom(train: Matrix, rows: Matrix): Float64Array {
  const columns = [...train.names.keys()];
  const { standardised, means, scales } = standardisedColumns(train, columns);
  const distance = fitFeatureDistance(standardised, new Uint8Array(train.rows), 1);
  const own = {
    ...rows,
    values: rows.values.map((value, i) => (value - means[i % means.length]) / scales[i % means.length]),
  };
  return featureDistances(distance, own);
}

/** Folds of one split put together. @param folds  all of them, in their order */
export function gatherFolds(
  folds: readonly JudgedFold[],
  { alpha = defaultAlpha }: Pick<FoldOptions, "alpha"> = {},
): RivalAnswers {
  const order = folds
    .flatMap(({ test }, fold) => Array.from(test, (row, at) => ({ row, fold, at })))
    .sort((a, b) => a.row - b.row);
  const isQuantity = folds.every(({ limits }) => limits.sets.length === 0);
  const told = (byFold: readonly Float64Array[]): Float64Array =>
    Float64Array.from(
      order.flatMap(({ fold, at }) => {
        const [own, { width }] = [byFold[fold], folds[fold]];
        return isQuantity ? [own[2 * at]] : Array.from(own.subarray(at * width, (at + 1) * width));
      }),
    );
  const kept = folds.map(({ byRival, choice }) => byRival.get(choice.kept)!);
  const limit = (end: "low" | "high"): Float64Array =>
    isQuantity ? Float64Array.from(order, ({ fold, at }) => folds[fold].limits[end][at]) : new Float64Array(0);
  return {
    places: Uint32Array.from(order, ({ row }) => row),
    foldOf: Uint32Array.from(order, ({ fold }) => fold),
    byRival: Object.fromEntries(
      Array.from(folds[0].byRival.keys(), (name) => [name, told(folds.map(({ byRival }) => byRival.get(name)!))]),
    ),
    chosen: told(kept),
    calibrated: folds.every(({ choice }) => choice.temperature === null)
      ? null
      : told(folds.map((fold, k) => atTemperature(kept[k], fold))),
    choices: folds.map(({ choice }) => choice),
    limits: {
      alpha,
      areTold: folds.every(({ limits }) => limits.areTold),
      low: limit("low"),
      high: limit("high"),
      sets: isQuantity ? new Uint32Array(0) : Uint32Array.from(order, ({ fold, at }) => folds[fold].limits.sets[at]),
    },
    likeTraining: Float64Array.from(order, ({ fold, at }) => folds[fold].likeTraining[at]),
  };
}

function atTemperature(
  told: Float64Array,
  { choice: { temperature }, width }: Pick<JudgedFold, "choice" | "width">,
): Float64Array {
  if (temperature === null) return told;
  return calibrate({ method: "temperature", classes: width, withoutRows: [], temperature }, told);
}
