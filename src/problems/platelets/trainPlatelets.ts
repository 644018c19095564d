import { InputError } from "../../core/InputError.js";
import { joinMatrices } from "../../core/joinMatrices.js";
import { type Matrix, selectMatrixRows } from "../../core/Matrix.js";
import { type Random, seededRandom } from "../../core/random/Random.js";
import { type Table, textsOf } from "../../core/Table.js";
import type { Candidate } from "../fewRows/Candidate.js";
import { nestedChoice } from "../fewRows/nestedChoice.js";
import { constantAnswer, type TargetRows } from "../fewRows/targetCandidates.js";
import { formedCandidates, quantityCandidates } from "./plateletCandidates.js";
import {
  type PlateletModel,
  plateletModelFormat,
  type PlateletTarget,
  plateletTargets,
  type TargetModel,
  type TwinSetting,
} from "./PlateletModel.js";
import { featureMeans, plateletMatrix, type PlateletRows, plateletRows, recipeHash } from "./plateletRows.js";
import { firstTwinView, twinView } from "./twinView.js";
import { type UnseenScore, unseenScore } from "./unseenScore.js";

/** What a model of platelets is trained with. */
export interface PlateletTraining {
  readonly seed: number;
  /** Whether what the twin says of a recipe is a feature beside what the recipe says (default false). */
  readonly twinPrior?: boolean;
  readonly onProgress?: (target: PlateletTarget, done: number, all: number) => void;
  /** The file, for messages. */
  readonly where?: string;
}

/** A model, and what it is worth. */
export interface TrainedPlatelets {
  readonly model: PlateletModel;
  /** On rows that the folds had not seen, each of which made the whole choice anew. */
  readonly scores: Readonly<Record<PlateletTarget, UnseenScore>>;
}

/** Rows of a target with fewer say nothing of a choice. */
const fewestKnown = 10;

/** Columns of the published table, for messages. */
const targetColumns: Readonly<Record<PlateletTarget, string>> = {
  peak: "peak_nm",
  width: "fwhm_nm",
  formed: "perovskite",
};

/**
 * Trains a model that tells emission peak, emission width, and whether a perovskite forms, each by what a nested choice
 * keeps. Rows of one recipe, its fractions and repeats, stay in one fold. Equal input gives equal bytes.
 *
 * @param table  as loadAllNanoplatelets gives it
 * @throws InputError as plateletRows, and if a target is known of fewer than 10 rows, or of one recipe
 */
export async function trainPlatelets(
  table: Table,
  { seed, twinPrior = false, onProgress = () => undefined, where = "platelets" }: PlateletTraining,
): Promise<TrainedPlatelets> {
  const rows = plateletRows(table);
  for (const target of plateletTargets) requireKnown(rows, target, where);
  const twin = twinPrior ? (await firstTwinView(table, seed)).setting : null;
  const means = featureMeans(rows);
  const features = await modelFeatures(rows, means, twin);
  const random = seededRandom(seed).fork("platelets");
  const trained: [PlateletTarget, TrainedTarget][] = [];
  for (const target of plateletTargets)
    trained.push([
      target,
      await trainTarget({ rows, features, target }, random.fork(target), (done, all) => {
        onProgress(target, done, all);
      }),
    ]);
  const byTarget = <Value>(of: (one: TrainedTarget) => Value): Record<PlateletTarget, Value> =>
    Object.fromEntries(trained.map(([target, one]) => [target, of(one)])) as Record<PlateletTarget, Value>;
  const model: PlateletModel = {
    format: plateletModelFormat,
    seed,
    twin,
    trainedOn: [...new Set(textsOf(table, "sourceSha256"))].join(" "),
    features,
    means,
    solvents: [...new Set(rows.solvents)].sort(),
    recipes: rows.recipes.map(recipeHash),
    targets: byTarget((one) => one.model),
  };
  return { model, scores: byTarget((one) => one.score) };
}

/** @throws InputError naming the column, if a target is told of too few rows for a choice */
function requireKnown(rows: PlateletRows, target: PlateletTarget, where: string): void {
  const known = [...rows.recipes.keys()].filter((row) => !Number.isNaN(rows[target][row]));
  const recipes = new Set(known.map((row) => rows.recipes[row])).size;
  if (known.length >= fewestKnown && recipes > 1) return;
  throw new InputError({
    where: `${where}, column ${targetColumns[target]}`,
    must: `must be told of ${fewestKnown} rows or more, of 2 recipes at least`,
    got: `${known.length} of ${recipes} ${recipes === 1 ? "recipe" : "recipes"}`,
    mend: "add syntheses of other recipes; a model of the published table is made without --data",
  });
}

/** Features of a model: of the recipes, and what the twin says of them where it is asked. */
export async function modelFeatures(
  rows: PlateletRows,
  means: readonly number[],
  twin: TwinSetting | null,
): Promise<Matrix> {
  const own = plateletMatrix(rows, means);
  if (twin === null) return own;
  return joinMatrices([own, await twinView(rows.table, twin)]);
}

/** What may tell a target; a model answers by the same. */
export function candidatesOf(target: PlateletTarget, features: Matrix): readonly Candidate<TargetRows>[] {
  if (target === "formed") return formedCandidates(features);
  return quantityCandidates(features, target === "peak" ? "twinPeak" : "twinWidth");
}

/** Smallest probability that counts as itself: where no row of a fold failed, the constant answer is sure of it. */
const least = 1e-15;

/** What a target is told from. */
interface TargetTraining {
  readonly rows: PlateletRows;
  readonly features: Matrix;
  readonly target: PlateletTarget;
}

interface TrainedTarget {
  readonly model: TargetModel;
  readonly score: UnseenScore;
}

async function trainTarget(
  { rows, features, target }: TargetTraining,
  random: Random,
  onProgress: (done: number, all: number) => void,
): Promise<TrainedTarget> {
  // Widths are skewed and above 0: their ratios are what is told.
  const truth = target === "width" ? rows.width.map(Math.log) : rows[target];
  const places = Uint32Array.from(truth.keys()).filter((row) => !Number.isNaN(truth[row]));
  const { model, outOfFold } = await nestedChoice<TargetRows>(
    {
      candidates: candidatesOf(target, features),
      incumbent: constantAnswer,
      rows: places.length,
      select: (some) => {
        const own = some.map((at) => places[at]);
        return {
          features: selectMatrixRows(features, own),
          places: own,
          target: Float64Array.from(own, (row) => truth[row]),
        };
      },
      groups: Array.from(places, (row) => rows.recipes[row]),
      losses: (predictions, some) =>
        Float64Array.from(some, (at, i) => {
          const own = truth[places[at]];
          return target === "formed"
            ? -Math.log(Math.max(least, predictions[2 * i + own]))
            : (predictions[2 * i] - own) ** 2;
        }),
    },
    random,
    { onProgress },
  );
  const told = Array.from(places, (_, at) => outOfFold[2 * at + (target === "formed" ? 1 : 0)]);
  return {
    model: {
      chosen: model,
      places,
      outOfFold: Float64Array.from(places, (row, at) =>
        target === "formed"
          ? outOfFold[2 * at + truth[row]]
          : Math.abs(outOfFold[2 * at] - truth[row]) / outOfFold[2 * at + 1],
      ),
    },
    score: unseenScore(
      {
        target,
        truth: Array.from(places, (row) => rows[target][row]),
        told: target === "width" ? told.map(Math.exp) : told,
        recipes: Array.from(places, (row) => rows.recipes[row]),
        foldOf: model.foldOf,
      },
      random.fork("score"),
    ),
  };
}
