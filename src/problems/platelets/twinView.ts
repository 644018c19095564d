import { physics } from "../../chemistry/physicsParameters.js";
import { type Matrix, makeMatrix } from "../../core/Matrix.js";
import { seededRandom } from "../../core/random/Random.js";
import type { Table } from "../../core/Table.js";
import { recipeSimulator, type SimulatedAnswers } from "../../generation/recipeSimulator.js";
import { phaseNames } from "../../chemistry/phases.js";
import type { TwinSetting } from "./PlateletModel.js";

/** What the twin says of a recipe, averaged over laboratories that nobody knows. */
export const twinFeatures = ["twinFormedLogit", "twinLnSize", "twinPeak", "twinWidth"] as const;

/** Tries of each recipe by as many operators. */
const draws = 1024;
/** Of probabilities that rest on so many tries. */
const least = 1 / draws;

/** How the twin is asked of rows like some table's, and what it says of that table. */
export interface FirstTwinView {
  readonly setting: TwinSetting;
  /** As twinView gives it under the setting. */
  readonly view: Matrix;
}

/**
 * Asks the twin for the first time: by a seed, and with its mean readings for rows of which it gives none.
 *
 * @throws InputError as recipeSimulator, RangeError if it gives no reading of any row
 */
export async function firstTwinView(table: Table, seed: number): Promise<FirstTwinView> {
  const asked = { seed, draws, physics, readings: [] };
  const answers = await ask(table, asked);
  const readings = answers.quantities.map(({ column, mean }) => {
    const known = mean.filter((value) => !Number.isNaN(value));
    if (known.length === 0)
      throw new RangeError(`firstTwinView: the twin must give a reading of ${column} of some row`);
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
  return { setting: { ...asked, readings }, view: viewOf(answers, readings) };
}

/**
 * What the twin says of rows: log odds that CsPbBr3 forms, alone or beside another phase; ln size in nm, emission peak
 * and width in nm. The laboratories' own ligands stand in for those that platelet tables do not tell.
 */
export async function twinView(table: Table, setting: TwinSetting): Promise<Matrix> {
  return viewOf(await ask(table, setting), setting.readings);
}

function viewOf({ probabilities, quantities }: SimulatedAnswers, readings: readonly number[]): Matrix {
  const rows = probabilities.length / phaseNames.length;
  const values = new Float32Array(rows * twinFeatures.length);
  for (let row = 0; row < rows; row++) {
    const of = (phase: (typeof phaseNames)[number]): number =>
      probabilities[row * phaseNames.length + phaseNames.indexOf(phase)];
    const formed = Math.min(1 - least, Math.max(least, of("CsPbBr3") + of("coexistence")));
    values[row * twinFeatures.length] = Math.log(formed / (1 - formed));
    quantities.forEach(({ mean }, k) => {
      values[row * twinFeatures.length + 1 + k] = Number.isNaN(mean[row]) ? readings[k] : mean[row];
    });
  }
  return makeMatrix(twinFeatures, values);
}

async function ask(table: Table, { seed, draws: tries, physics: values }: TwinSetting): Promise<SimulatedAnswers> {
  const simulate = await recipeSimulator({
    random: seededRandom(seed).fork("twin"),
    draws: tries,
    physics: values,
    levels: [],
  });
  return simulate(table);
}
