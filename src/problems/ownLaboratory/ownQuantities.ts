import { type Matrix, makeMatrix, selectMatrixRows } from "../../core/Matrix.js";
import { joinMatrices } from "../../core/joinMatrices.js";
import { packNumbers, unpackNumbers } from "../../core/packNumbers.js";
import { type Random, seededRandom } from "../../core/random/Random.js";
import type { Table } from "../../core/Table.js";
import { recipeSimulator } from "../../generation/recipeSimulator.js";
import { simdEngine } from "../../generation/simd/simdEngine.js";
import type { SaidNumbers } from "../../predictor/meanAnswers.js";
import { possibleValue } from "../../predictor/possibleValue.js";
import { crossConformalIntervals } from "../../uncertainty/conformal/crossConformalIntervals.js";
import type { Candidate } from "../fewRows/Candidate.js";
import { chosenAnswerer, nestedChoice } from "../fewRows/nestedChoice.js";
import {
  constantAnswer,
  constantNumber,
  quantityProcess,
  ridge,
  type TargetRows,
} from "../fewRows/targetCandidates.js";
import { type Quantity, quantities, quantityUnit, scaledValues } from "../phase/quantities.js";
import { mostProcessRows } from "./learners.js";
import { ownAlpha, type OwnQuantity } from "./OwnLaboratory.js";

/** Of fewer rows a number is not learned: a fold would have none to be judged on. */
const fewestMeasured = 20;
/** Many features of few rows: as one row in ten of prior knowledge that a slope is small. */
const penalty = 10;

/** What the twin reads of recipes by quantity, averaged over laboratories: NaN where it gives none. */
export type TwinReadings = (recipes: Table) => ReadonlyMap<string, Float64Array>;

/** The twin's readings, on the scales on which quantities are learned. */
export async function twinReadings(): Promise<TwinReadings> {
  const simulate = await recipeSimulator({
    random: seededRandom(1).fork("own laboratory, readings"),
    quantities: quantities.map(({ column, scale }) => ({ column, scale })),
    levels: [],
    engine: simdEngine,
  });
  return (recipes) => new Map(simulate(recipes).quantities.map(({ column, mean }) => [column, mean]));
}

/** Features of all rows, with what the twin reads of each as the last column: its mean where it gives none. */
function withReading(features: Matrix, reading: Float64Array | null, mean: number): Matrix {
  if (reading === null) return features;
  const known = Float32Array.from(reading, (value) => (Number.isNaN(value) ? mean : value));
  return joinMatrices([features, makeMatrix(["twin"], known)]);
}

/** Ways to tell a number, in the order in which they challenge; the constant answer stands until another is better. */
function numberCandidates(all: Matrix): readonly Candidate<TargetRows>[] {
  const places = [...all.names.keys()];
  const twin = all.names.indexOf("twin");
  return [
    constantNumber,
    ...(twin < 0 ? [] : [ridge("twin with offset", [twin], 0)]),
    ridge("ridge", places, penalty),
    ...(all.rows <= mostProcessRows ? [quantityProcess("Gaussian process", places, all)] : []),
  ];
}

/** What own quantities are learned from. */
export interface OwnQuantityRows {
  /** Experiments, with columns of outcomes. */
  readonly table: Table;
  /** Of all rows. */
  readonly features: Matrix;
  /** Null where the twin cannot answer. */
  readonly readings: ReadonlyMap<string, Float64Array> | null;
  readonly groups: readonly string[] | null;
}

/** Numbers beside the phase that enough rows have, each by a nested choice of its own. */
export async function fitOwnQuantities(
  { table, features, readings, groups }: OwnQuantityRows,
  random: Random,
  onProgress: (news: string) => void,
): Promise<readonly OwnQuantity[]> {
  const learned: OwnQuantity[] = [];
  for (const quantity of quantities) {
    if (!Object.hasOwn(table.columns, quantity.column)) continue;
    const values = scaledValues(table, quantity);
    const rows = Uint32Array.from(values.keys()).filter((row) => Number.isFinite(values[row]));
    const own = groups === null ? null : Array.from(rows, (row) => groups[row]);
    const isConstant = rows.every((row) => values[row] === values[rows[0]]);
    if (rows.length < fewestMeasured || isConstant || (own !== null && new Set(own).size < 2)) continue;
    onProgress(`choosing for ${quantity.name}`);
    learned.push(await fitOne(quantity, { rows, values, own, features, readings }, random.fork(quantity.column)));
  }
  return learned;
}

async function fitOne(
  quantity: Quantity,
  {
    rows,
    values,
    own,
    features,
    readings,
  }: {
    readonly rows: Uint32Array;
    readonly values: Float64Array;
    readonly own: readonly string[] | null;
  } & Pick<OwnQuantityRows, "features" | "readings">,
  random: Random,
): Promise<OwnQuantity> {
  const reading = readings?.get(quantity.column) ?? null;
  const known = reading?.filter((value) => !Number.isNaN(value)) ?? new Float64Array(0);
  const readingMean = known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  const all = selectMatrixRows(withReading(features, readingMean === null ? null : reading, readingMean ?? NaN), rows);
  const { model, outOfFold } = await nestedChoice<TargetRows>(
    {
      candidates: numberCandidates(all),
      incumbent: constantAnswer,
      rows: rows.length,
      select: (places) => ({
        features: selectMatrixRows(all, places),
        places,
        target: Float64Array.from(places, (at) => values[rows[at]]),
      }),
      groups: own,
      losses: (predictions, places) =>
        Float64Array.from(places, (at, i) => (predictions[2 * i] - values[rows[at]]) ** 2),
    },
    random,
  );
  return {
    column: quantity.column,
    unit: quantityUnit(quantity),
    scale: quantity.scaleName,
    rows: Array.from(rows),
    values: Array.from(rows, (row) => values[row]),
    features: packNumbers(all.values),
    names: all.names,
    readingMean,
    model: packNumbers(model) as OwnQuantity["model"],
    outOfFold: Array.from(outOfFold),
  };
}

/** Answers of quantities, with intervals by cross-validation (CV+). */
export function ownNumbers(
  learned: readonly OwnQuantity[],
): (features: Matrix, readings: ReadonlyMap<string, Float64Array> | null) => readonly SaidNumbers[] {
  const ready = learned.map(readyQuantity);
  return (features, readings) => ready.map((answer, k) => answer(features, readings?.get(learned[k].column) ?? null));
}

function readyQuantity(quantity: OwnQuantity): (features: Matrix, reading: Float64Array | null) => SaidNumbers {
  const { names, readingMean, scale, column, values } = quantity;
  const all = makeMatrix(names, unpackNumbers(quantity.features) as Float32Array);
  const model = unpackNumbers(quantity.model) as OwnQuantity["model"];
  const candidates = numberCandidates(all);
  const [whole, ...folds] = [model, ...model.folds].map((one) => chosenAnswerer(candidates, one));
  const back = (one: number): number => possibleValue(column, scale === "ln" ? Math.exp(one) : one);
  return (features, reading) => {
    const own = withReading(features, readingMean === null ? null : reading, readingMean ?? NaN);
    const rows = { features: own, places: new Uint32Array(0), target: new Float64Array(0) };
    const said = folds.map((fold) => fold(rows));
    const { low, high } = crossConformalIntervals(
      {
        truth: values,
        predictions: everySecond(quantity.outOfFold, 0),
        foldOf: model.foldOf,
        deviations: everySecond(quantity.outOfFold, 1),
      },
      said.map((one) => everySecond(one, 0)),
      { alpha: ownAlpha, foldDeviations: said.map((one) => everySecond(one, 1)) },
    );
    return { value: everySecond(whole(rows), 0).map(back), low: low.map(back), high: high.map(back) };
  };
}

/** Columns of answers with their deviations. */
function everySecond(values: ArrayLike<number>, first: number): Float64Array {
  return Float64Array.from({ length: values.length / 2 }, (_, i) => values[2 * i + first]);
}
