import { phaseNames } from "../../chemistry/phases.js";
import { measurement, type Measurement } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { numbersOf, textsOf } from "../../core/Table.js";
import { type TrainingExperiments, trueProbabilities } from "../../problems/phase/phaseExperiments.js";

/** One recipe of the calibrate part, and what each model says of it before any average is taken. */
export interface OneRecipeByModels {
  readonly recipe: ShownTable;
  readonly answers: ShownTable;
}

/** A model's probabilities of the five phases for the recipe. */
export interface ModelAnswer {
  readonly name: string;
  readonly probabilities: ArrayLike<number>;
}

/** The twin itself is in doubt where its likeliest phase comes about this often. */
const doubtful = { low: 0.55, high: 0.75 } as const;

/**
 * The first calibrate row about which the twin itself is in doubt, so that a right probability is neither 0 nor 1. No
 * model has a say in the choice.
 *
 * @returns a row of the table
 * @throws RangeError if there is none
 */
export function recipeToShow({ table, split }: Pick<TrainingExperiments, "table" | "split">): number {
  const truth = trueProbabilities(table, split.calibrate);
  const found = split.calibrate.findIndex((_, i) => {
    const largest = Math.max(...truth.subarray(i * phaseNames.length, (i + 1) * phaseNames.length));
    return largest >= doubtful.low && largest <= doubtful.high;
  });
  if (found < 0)
    throw new RangeError(
      `recipeToShow: one of the ${split.calibrate.length} calibrate rows must be in doubt; none is; generate more rows`,
    );
  return split.calibrate[found];
}

/** @param answers  of models that have not seen the row */
export function oneRecipeByModels(
  { table, labels }: Pick<TrainingExperiments, "table" | "labels">,
  row: number,
  answers: readonly ModelAnswer[],
): OneRecipeByModels {
  const number = (name: string, factor = 1): number => Number((factor * numbersOf(table, name)[row]).toPrecision(4));
  const twin = { name: "the twin, which knows all but the noise", probabilities: truthOf(table, row) };
  return {
    recipe: {
      caption: "A recipe of the calibrate part",
      columns: [{ name: "quantity" }, { name: "value", align: "right" }, { name: "unit" }],
      rows: [
        ["route", textsOf(table, "route")[row], ""],
        ["temperature", number("temperatureCelsius"), "°C"],
        ["time", number("timeSecond"), "s"],
        ["lead", number("leadMolar", 1e3), "mmol/L"],
        ["caesium", number("caesiumMolar", 1e3), "mmol/L"],
        ["bromide", number("bromideMolar", 1e3), "mmol/L"],
        ["oleic acid", number("oleicAcidMolar", 1e3), "mmol/L"],
        ["oleylamine", number("oleylamineMolar", 1e3), "mmol/L"],
        ["polar solvent", number("polarSolventFraction", 100), "volume %"],
        ["water", number("waterFraction", 100), "volume %"],
      ],
    },
    answers: shownTable({
      caption: `Probability of each phase, in %; the operator wrote ${phaseNames[labels[row]]}`,
      columns: [
        { name: "model", of: ({ name }) => name },
        ...phaseNames.map((phase, k) => ({
          name: phase,
          of: ({ probabilities }: ModelAnswer) => Math.round(1e4 * probabilities[k]) / 100,
        })),
      ],
      rows: [...answers, twin],
    }),
  };
}

/** What the network and the twin give to the phase that was made. */
export function oneRecipeMeasurements(
  { table, labels }: Pick<TrainingExperiments, "table" | "labels">,
  row: number,
  network: ModelAnswer,
): Measurement[] {
  const given = (id: string, whose: string, probabilities: ArrayLike<number>): Measurement =>
    measurement({
      id: `oneRecipe.${id}`,
      meaning: `probability that ${whose} gives to the phase that was made of one calibrate recipe`,
      value: probabilities[labels[row]],
      unit: "share",
    });
  return [
    given("network", "the network", network.probabilities),
    given("twin", "the twin, which knows all but the noise,", truthOf(table, row)),
  ];
}

function truthOf(table: TrainingExperiments["table"], row: number): Float64Array {
  return trueProbabilities(table, Uint32Array.of(row));
}
