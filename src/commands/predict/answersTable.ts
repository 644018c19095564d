import { phaseNames, phaseWords } from "../../chemistry/phases.js";
import { outcomeFields } from "../../chemistry/recipeSchema.js";
import type { Field, Schema } from "../../core/Schema.js";
import { categoryColumn, type Column, makeTable, type Table } from "../../core/Table.js";
import type { AnswerColumns, QuantityColumn } from "../../predictor/answerColumns.js";
import { predictionLabel } from "../../predictor/answerRecipes.js";
import type { TableFault } from "../../io/tables/TableFault.js";
import type { LoadedPhaseModel } from "../../predictor/phaseModelOf.js";
import type { RecipeAdvice } from "../../predictor/recipeAdvice.js";
import { holdsClass } from "../../uncertainty/conformal/labelSets.js";
import { adviceColumns, adviceSchema, type AdviceWanted, numberField, textField } from "./adviceColumns.js";
import type { AdviceSetting } from "./adviser.js";

/** What of the advice a table shows; null where it shows none. */
export function tableAdvice(setting: AdviceSetting | null): AdviceWanted | null {
  return setting === null ? null : { explain: setting.explain !== null, secondOpinion: setting.secondOpinion };
}

/** Columns of a table of answers, one row for each row of the recipes. */
export function answersSchema({ limits }: LoadedPhaseModel, wanted: AdviceWanted | null): Schema {
  const quantities = limits.quantities.map(({ column }) => ({ column, unit: outcomeFields[column].unit }));
  return schemaOf(quantities, wanted);
}

function schemaOf(quantities: readonly Pick<QuantityColumn, "column" | "unit">[], wanted: AdviceWanted | null): Schema {
  return {
    row: numberField("1", "row of the recipe in its file, counted from 1; missing of a line that is no row"),
    phase: textField("likeliest phase; missing where the recipe was refused"),
    ...Object.fromEntries(
      phaseWords.map((name, k) => [
        `probability${name}`,
        numberField("1", `calibrated probability of ${phaseNames[k]}`),
      ]),
    ),
    set: textField("phases of the set that promises 90 % for each phase, joined by +"),
    inDomain: textField("whether the recipe lies in the ranges of training rows, and not far from them"),
    outside: textField("in which ways it does not, joined by semicolons"),
    distance: numberField("1", "from training rows, measured in their own spread; missing where it is not checked"),
    ...Object.fromEntries(
      quantities.flatMap(({ column, unit }): [string, Field][] => [
        [column, numberField(unit, "predicted; missing where the model cannot say")],
        [`${column}Low`, numberField(unit, "lower end of its interval")],
        [`${column}High`, numberField(unit, "upper end of its interval")],
      ]),
    ),
    ...(wanted === null ? {} : adviceSchema(wanted)),
    missing: textField("columns of the recipe without a value, joined by semicolons"),
    refused: textField("why the recipe cannot be answered; empty where it is"),
    label: textField("what every prediction is"),
  };
}

/**
 * Answers and refusals as rows of `answersSchema`, in the order of the recipes; Float32, as the network has them.
 *
 * @param place.rows  of the file, counted from 1, that each answer is of
 */
export function answersTable(
  { phase, probabilities, sets, outside, distance, limits, quantities }: AnswerColumns,
  {
    rows,
    refused,
    advice,
    wanted,
  }: {
    readonly rows: Float64Array;
    readonly refused: readonly TableFault[];
    readonly advice: readonly RecipeAdvice[] | null;
    readonly wanted: AdviceWanted | null;
  },
): Table {
  const width = phaseNames.length;
  const order = placesOf(rows, refused);
  // Most tables have no refusal: their columns are those of the answers as they stand.
  const numbers = (values: Float64Array): Column =>
    order === null
      ? new Float32Array(values)
      : Float32Array.from(order, (place) => (place < 0 ? Number.NaN : values[place]));
  const coded = (known: readonly string[], codes: ArrayLike<number>): Column => {
    if (order === null) return { codes: new Uint8Array(codes), levels: known };
    const levels = known.includes("") ? known : [...known, ""];
    const none = levels.indexOf("");
    return { codes: Uint8Array.from(order, (place) => (place < 0 ? none : codes[place])), levels };
  };
  const texts = (of: (place: number) => string): Column =>
    categoryColumn(Array.from(order ?? rows.keys(), (place) => (place < 0 ? "" : of(place))));
  const everywhere = new Uint8Array(rows.length);
  const ofPhase = (k: number): Float64Array => {
    const own = new Float64Array(rows.length);
    for (let place = 0; place < own.length; place++) own[place] = probabilities[place * width + k];
    return own;
  };
  const isOutside = new Uint8Array(rows.length);
  for (const place of outside.keys()) isOutside[place] = 1;
  const told = new Map([...new Set(limits)].map((one) => [one, one.missing.join("; ")]));
  const setNames = Array.from({ length: 1 << width }, (_, set) =>
    phaseNames.filter((__, k) => holdsClass(set, k)).join("+"),
  );
  return makeTable(schemaOf(quantities, wanted), {
    row:
      order === null
        ? rows
        : Float64Array.from(order, (place) => (place < 0 ? (refused[-1 - place].row ?? Number.NaN) : rows[place])),
    phase: coded(phaseNames, phase),
    ...Object.fromEntries(phaseWords.map((name, k) => [`probability${name}`, numbers(ofPhase(k))])),
    set: coded(setNames, sets),
    inDomain: coded(["yes", "no"], isOutside),
    outside: outside.size === 0 ? coded([""], everywhere) : texts((place) => outside.get(place)?.join("; ") ?? ""),
    distance: numbers(distance),
    ...Object.fromEntries(
      quantities.flatMap(({ column, value, low, high }) => [
        [column, numbers(value)],
        [`${column}Low`, numbers(low)],
        [`${column}High`, numbers(high)],
      ]),
    ),
    ...(advice === null || wanted === null
      ? {}
      : adviceColumns(
          order === null ? advice : Array.from(order, (place) => (place < 0 ? null : advice[place])),
          wanted,
        )),
    // Most tables tell the same of every recipe.
    missing: told.size === 1 ? coded([...told.values()], everywhere) : texts((place) => told.get(limits[place])!),
    refused:
      order === null
        ? coded([""], everywhere)
        : categoryColumn(Array.from(order, (place) => (place < 0 ? reason(refused[-1 - place]) : ""))),
    label: coded([predictionLabel], everywhere),
  });
}

/**
 * Places of answers in the order of the file, with -1 - i for refusal i: lines that are no rows first. Null where there
 * is no refusal.
 */
function placesOf(rows: Float64Array, refused: readonly TableFault[]): Int32Array | null {
  if (refused.length === 0) return null;
  const all = [
    ...Array.from(rows, (row, place) => ({ row, place })),
    ...refused.map(({ row }, i) => ({ row: row ?? 0, place: -1 - i })),
  ];
  return Int32Array.from(
    all.sort((a, b) => a.row - b.row),
    ({ place }) => place,
  );
}

function reason({ at, must, got, mend }: TableFault): string {
  return `${at}: ${must}; got ${got}; ${mend}`;
}
