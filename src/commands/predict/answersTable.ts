import { phaseNames } from "../../chemistry/phases.js";
import { outcomeFields } from "../../chemistry/recipeSchema.js";
import type { Field, Schema } from "../../core/Schema.js";
import { categoryColumn, type Column, makeTable, type Table } from "../../core/Table.js";
import type { QuantityColumn } from "../../predictor/answerColumns.js";
import { predictionLabel } from "../../predictor/answerRecipes.js";
import type { LoadedPhaseModel } from "../../predictor/phaseModelOf.js";
import { holdsClass } from "../../uncertainty/conformal/labelSets.js";
import type { AnsweredBatch } from "./answeredBatches.js";

const phaseWords = ["CsPbBr3", "Cs4PbBr6", "CsPb2Br5", "Coexistence", "Nothing"];

const number = (unit: string, meaning: string): Field => ({ kind: "number", unit, meaning });
const text = (meaning: string): Field => ({ kind: "category", unit: "", meaning });

/** Columns of a table of answers, one row for each row of the recipes. */
export function answersSchema({ limits }: LoadedPhaseModel): Schema {
  return schemaOf(limits.quantities.map(({ column }) => ({ column, unit: outcomeFields[column].unit })));
}

function schemaOf(quantities: readonly Pick<QuantityColumn, "column" | "unit">[]): Schema {
  return {
    row: number("1", "row of the recipe in its file, counted from 1; missing of a line that is no row"),
    phase: text("likeliest phase; missing where the recipe was refused"),
    ...Object.fromEntries(
      phaseWords.map((name, k) => [`probability${name}`, number("1", `calibrated probability of ${phaseNames[k]}`)]),
    ),
    set: text("phases of the set that promises 90 % for each phase, joined by +"),
    inDomain: text("whether the recipe lies in the ranges of training rows, and not far from them"),
    outside: text("in which ways it does not, joined by semicolons"),
    distance: number("1", "from training rows, measured in their own spread; missing where it is not checked"),
    ...Object.fromEntries(
      quantities.flatMap(({ column, unit }): [string, Field][] => [
        [column, number(unit, "predicted; missing where the model cannot say")],
        [`${column}Low`, number(unit, "lower end of its interval")],
        [`${column}High`, number(unit, "upper end of its interval")],
      ]),
    ),
    missing: text("columns of the recipe without a value, joined by semicolons"),
    refused: text("why the recipe cannot be answered; empty where it is"),
    label: text("what every prediction is"),
  };
}

/** Answers and refusals as rows of `answersSchema`, in the order of the recipes; Float32, as the network has them. */
export function answersTable({ answers, refused, rowOf }: AnsweredBatch): Table {
  const { rows, phase, probabilities, sets, outside, distance, limits, quantities } = answers;
  const all = [
    ...Array.from(rows.keys(), (place) => ({ row: rowOf(place), place, why: "" })),
    ...refused.map(({ row, at, must, got, mend }) => ({
      row: row ?? Number.NaN,
      place: -1,
      why: `${at}: ${must}; got ${got}; ${mend}`,
    })),
  ];
  if (refused.length > 0) all.sort((a, b) => (a.row || 0) - (b.row || 0));
  const width = phaseNames.length;
  const numbers = (of: (place: number) => number): Column =>
    Float32Array.from(all, ({ place }) => (place < 0 ? Number.NaN : of(place)));
  const texts = (of: (place: number) => string): Column =>
    categoryColumn(all.map(({ place }) => (place < 0 ? "" : of(place))));
  const coded = (known: readonly string[], of: (place: number) => number): Column => {
    const levels = known.includes("") ? known : [...known, ""];
    const none = levels.indexOf("");
    return { codes: Uint8Array.from(all, ({ place }) => (place < 0 ? none : of(place))), levels };
  };
  const setNames = Array.from({ length: 1 << width }, (_, set) =>
    phaseNames.filter((__, k) => holdsClass(set, k)).join("+"),
  );
  return makeTable(schemaOf(quantities), {
    row: Float64Array.from(all, ({ row }) => row),
    phase: coded(phaseNames, (place) => phase[place]),
    ...Object.fromEntries(
      phaseWords.map((name, k) => [`probability${name}`, numbers((place) => probabilities[place * width + k])]),
    ),
    set: coded(setNames, (place) => sets[place]),
    inDomain: coded(["yes", "no"], (place) => Number(outside.has(place))),
    outside: outside.size === 0 ? coded([""], () => 0) : texts((place) => outside.get(place)?.join("; ") ?? ""),
    distance: numbers((place) => distance[place]),
    ...Object.fromEntries(
      quantities.flatMap(({ column, value, low, high }) => [
        [column, numbers((place) => value[place])],
        [`${column}Low`, numbers((place) => low[place])],
        [`${column}High`, numbers((place) => high[place])],
      ]),
    ),
    missing: texts((place) => limits[place].missing.join("; ")),
    refused: categoryColumn(all.map(({ why }) => why)),
    label: coded([predictionLabel], () => 0),
  });
}
