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
import { twinSetting, twinView } from "./twinView.js";

/** What a model of platelets is trained with. */
export interface PlateletTraining {
  readonly seed: number;
  /** Whether what the twin says of a recipe is a feature beside what the recipe says (default false). */
  readonly twinPrior?: boolean;
  readonly onProgress?: (target: PlateletTarget, done: number, all: number) => void;
}

/**
 * Trains a model that tells emission peak, emission width, and whether a perovskite forms, each by what a nested choice
 * keeps. Rows of one recipe, its fractions and repeats, stay in one fold. Equal input gives equal bytes.
 *
 * @param table  as loadAllNanoplatelets gives it
 * @throws InputError as plateletRows; RangeError as the fits, where there are too few rows
 */
export async function trainPlatelets(
  table: Table,
  { seed, twinPrior = false, onProgress = () => undefined }: PlateletTraining,
): Promise<PlateletModel> {
  const rows = plateletRows(table);
  const twin = twinPrior ? await twinSetting(table, seed) : null;
  const means = featureMeans(rows);
  const features = await modelFeatures(rows, means, twin);
  const random = seededRandom(seed).fork("platelets");
  const targets: [PlateletTarget, TargetModel][] = [];
  for (const target of plateletTargets)
    targets.push([
      target,
      await trainTarget({ rows, features, target }, random.fork(target), (done, all) => {
        onProgress(target, done, all);
      }),
    ]);
  return {
    format: plateletModelFormat,
    seed,
    twin,
    trainedOn: [...new Set(textsOf(table, "sourceSha256"))].join(" "),
    features,
    means,
    solvents: [...new Set(rows.solvents)].sort(),
    recipes: rows.recipes.map(recipeHash),
    targets: Object.fromEntries(targets) as Record<PlateletTarget, TargetModel>,
  };
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

async function trainTarget(
  { rows, features, target }: TargetTraining,
  random: Random,
  onProgress: (done: number, all: number) => void,
): Promise<TargetModel> {
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
  return {
    chosen: model,
    places,
    outOfFold: Float64Array.from(places, (row, at) =>
      target === "formed"
        ? outOfFold[2 * at + truth[row]]
        : Math.abs(outOfFold[2 * at] - truth[row]) / outOfFold[2 * at + 1],
    ),
  };
}
