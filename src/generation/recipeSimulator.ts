import { phaseNames } from "../chemistry/phases.js";
import { physics as fittedPhysics, type PhysicsValues } from "../chemistry/physicsParameters.js";
import { InputError } from "../core/InputError.js";
import { philoxKey } from "../core/random/philoxKey.js";
import type { Random } from "../core/random/Random.js";
import { sortedQuantile } from "../core/statistics/sortedQuantile.js";
import type { Table } from "../core/Table.js";
import { asRunCampaigns } from "./campaigns.js";
import type { Chunk, ExperimentEngine, TwinSetup } from "./ExperimentEngine.js";
import { laboratories, type LaboratoriesOptions } from "./laboratories.js";
import { chunkRows, CodeSlot, NumberSlot } from "./layout.js";
import { recipeTries } from "./recipeTries.js";
import { typescriptEngine } from "./typescriptEngine.js";

/** A reading to describe, and the scale on which its mean is taken. */
export interface SimulatedColumn {
  /** A measured number column of `experimentSchema`. */
  readonly column: string;
  /** Default: as it is. */
  readonly scale?: (value: number) => number;
}

/** In how many hands recipes are tried, and which readings are described. */
export interface SimulatorOptions {
  /** Laboratories, days, operators, readings, and what stands in for missing values are drawn from it. */
  readonly random: Random;
  /** Tries of each recipe, each by an operator of some laboratory on some day (default 256, at most 4,096). */
  readonly draws?: number;
  /** Laboratories to draw from (default 80). */
  readonly labs?: LaboratoriesOptions;
  /** Readings to describe (default: ln size, emission peak, emission width). */
  readonly quantities?: readonly SimulatedColumn[];
  /** Shares of readings below each quantile (default: a 90 % interval and the median). */
  readonly levels?: readonly number[];
  /** As for generateExperiments: at 0 an operator writes the noise-free label. */
  readonly noise?: number;
  readonly physics?: PhysicsValues;
  /** What computes (default: the readable engine, which needs no file and runs in a browser; that in WebAssembly is
   * forty times as fast). */
  readonly engine?: (setup: TwinSetup) => ExperimentEngine | Promise<ExperimentEngine>;
}

/** What an unknown laboratory would find, recipe by recipe. */
export interface SimulatedAnswers {
  /** Tries of each recipe that count; fewer than asked for where some fillings of missing values are impossible. */
  readonly draws: Uint32Array;
  /** Of the phases, row-major [recipes, phases]; each row sums to 1. */
  readonly probabilities: Float64Array;
  /** Standard errors of the probabilities: that of a mean over so many draws. */
  readonly standardErrors: Float64Array;
  readonly quantities: readonly SimulatedReadings[];
}

/** Readings of one quantity over draws. NaN where too few draws gave one. */
export interface SimulatedReadings {
  readonly column: string;
  /** Draws of each recipe with a reading. */
  readonly count: Uint32Array;
  /** Mean and unbiased variance of readings, on the scale asked for. */
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /** In the column's own unit, row-major [recipes, levels]. */
  readonly quantiles: Float64Array;
}

const defaultQuantities: readonly SimulatedColumn[] = [
  { column: "sizeNanometre", scale: Math.log },
  { column: "photoluminescencePeakNanometre" },
  { column: "photoluminescenceWidthNanometre" },
];

/**
 * The twin averaged over laboratories and days that nobody knows. Every recipe is carried out many times, each time by
 * another operator, laboratory and day, freshly drawn, and what they find is averaged. No model of the twin's
 * experiments can know more of a recipe from an unknown laboratory. Nothing is fitted.
 *
 * Draws are the same for all recipes: an answer depends on the stream and on its own recipe alone, not on other rows,
 * their order, or how they are shared among threads, and two recipes differ by what they are, not by chance.
 *
 * What a recipe leaves open (NaN, an empty text, an absent column) is drawn as well: values of designs that the twin's
 * laboratories would try by the same route, all that is missing from one design, ligands by their ratio to lead.
 * Answers are that much wider. Fillings that cannot be carried out are left out, unless all are. Acids and amines
 * other than oleic acid and oleylamine count as these; caesium counts as oleate unless its source holds bromide.
 *
 * @returns answers of recipes on `recipeSchema` (a column polarSolvent may be added)
 * @throws InputError if draws are not a whole number from 2 to 4,096, a quantity is no measured number column, a level
 *   is outside (0, 1), or as laboratories; from the answers if caesium, lead or bromide of a recipe is not above 0, a
 *   value is not finite, or a route is unknown
 *
 * @example
 * ```ts
 * import { generateExperiments, recipeSimulator, seededRandom } from "cspbbr3-twin";
 *
 * const { table } = await generateExperiments({ rows: 2, seed: 1 });
 * const simulate = await recipeSimulator({ random: seededRandom(1) });
 * const { probabilities, quantities } = simulate(table);
 * console.log(probabilities[0].toFixed(2), quantities[0].column);
 * // 0.56 sizeNanometre
 * ```
 */
export async function recipeSimulator({
  random,
  draws = 256,
  labs = { count: 80 },
  quantities = defaultQuantities,
  levels = [0.05, 0.5, 0.95],
  noise = 1,
  physics = fittedPhysics,
  engine = typescriptEngine,
}: SimulatorOptions): Promise<(recipes: Table) => SimulatedAnswers> {
  checkOptions(draws, quantities, levels);
  const made = await engine({
    regions: asRunCampaigns,
    weights: asRunCampaigns.map(({ weight }) => weight),
    laboratories: laboratories(random.fork("laboratories"), labs),
    physics,
    noise,
    keys: {
      design: philoxKey(random.fork("design")),
      people: philoxKey(random.fork("people")),
      noise: philoxKey(random.fork("noise")),
    },
  });
  const tries = recipeTries(draws, random.fork("missing"));
  return (recipes) => {
    const answers = emptyAnswers(recipes.numRows, quantities, levels.length);
    const readings = new Float32Array(draws);
    tries(recipes, made, "recipeSimulator", (recipe, chunk, isPossible) => {
      addPhases(answers, recipe, chunk, isPossible, noise);
      quantities.forEach(({ column, scale }, k) =>
        addReadings(answers.quantities[k], recipe, chunk.numbers[slotOf(column)], isPossible, {
          readings,
          levels,
          scale,
        }),
      );
    });
    return answers;
  };
}

const measuredColumns: readonly string[] = Array.from({
  length: NumberSlot.leadYield - NumberSlot.sizeNanometre + 1,
}).map((_, k) => NumberSlot[NumberSlot.sizeNanometre + k]);

function slotOf(column: string): NumberSlot {
  return NumberSlot[column as keyof typeof NumberSlot];
}

function checkOptions(draws: number, quantities: readonly SimulatedColumn[], levels: readonly number[]): void {
  const refuse = (where: string, must: string, got: string, mend: string): InputError =>
    new InputError({ where: `recipeSimulator, ${where}`, must, got, mend });
  if (!(Number.isInteger(draws) && draws >= 2 && draws <= chunkRows))
    throw refuse("draws", `must be a whole number from 2 to ${chunkRows}`, String(draws), "write for example 256");
  const strange = quantities.find(({ column }) => !measuredColumns.includes(column));
  if (strange !== undefined)
    throw refuse("quantities", `must be among ${measuredColumns.join(", ")}`, `"${strange.column}"`, "choose of these");
  const outside = levels.find((level) => !(level > 0 && level < 1));
  if (outside !== undefined) throw refuse("levels", "must lie between 0 and 1", String(outside), "the median is 0.5");
}

function emptyAnswers(rows: number, quantities: readonly SimulatedColumn[], levels: number): SimulatedAnswers {
  const missing = (length: number): Float64Array => new Float64Array(length).fill(Number.NaN);
  const cells = rows * phaseNames.length;
  return {
    draws: new Uint32Array(rows),
    probabilities: new Float64Array(cells),
    standardErrors: new Float64Array(cells),
    quantities: quantities.map(({ column }) => ({
      column,
      count: new Uint32Array(rows),
      mean: missing(rows),
      variance: missing(rows),
      quantiles: missing(rows * levels),
    })),
  };
}

function addPhases(
  answers: SimulatedAnswers,
  recipe: number,
  chunk: Chunk,
  isPossible: Uint8Array,
  noise: number,
): void {
  const classes = phaseNames.length;
  const written = chunk.codes[CodeSlot.phase];
  let draws = 0;
  for (let draw = 0; draw < chunk.rows; draw++) draws += isPossible[draw];
  answers.draws[recipe] = draws;
  let total = 0;
  for (let phase = 0; phase < classes; phase++) {
    const column = chunk.numbers[NumberSlot.trueProbabilityCsPbBr3 + phase];
    let [sum, squares] = [0, 0];
    for (let draw = 0; draw < chunk.rows; draw++) {
      if (isPossible[draw] === 0) continue;
      const probability = noise === 0 ? Number(written[draw] === phase) : column[draw];
      sum += probability;
      squares += probability * probability;
    }
    const at = recipe * classes + phase;
    answers.probabilities[at] = sum / draws;
    answers.standardErrors[at] =
      draws < 2 ? Number.NaN : Math.sqrt(Math.max(squares - (sum * sum) / draws, 0) / (draws - 1) / draws);
    total += sum / draws;
  }
  // Each draw's probabilities sum to 1 within float32 only.
  for (let at = recipe * classes; at < (recipe + 1) * classes; at++) answers.probabilities[at] /= total;
}

interface HowToRead {
  /** Room for a reading of each draw. */
  readonly readings: Float32Array;
  readonly levels: readonly number[];
  readonly scale?: (value: number) => number;
}

function addReadings(
  { count, mean, variance, quantiles }: SimulatedReadings,
  recipe: number,
  column: Float32Array,
  isPossible: Uint8Array,
  { readings, levels, scale = (value) => value }: HowToRead,
): void {
  let found = 0;
  let sum = 0;
  for (let draw = 0; draw < column.length; draw++) {
    const reading = column[draw];
    if (isPossible[draw] === 0 || Number.isNaN(reading)) continue;
    readings[found++] = reading;
    sum += scale(reading);
  }
  count[recipe] = found;
  if (found === 0) return;
  const middle = sum / found;
  const seen = readings.subarray(0, found);
  mean[recipe] = middle;
  if (found > 1) variance[recipe] = seen.reduce((total, one) => total + (scale(one) - middle) ** 2, 0) / (found - 1);
  if (levels.length === 0) return;
  seen.sort();
  levels.forEach((level, k) => (quantiles[recipe * levels.length + k] = sortedQuantile(seen, level)));
}
