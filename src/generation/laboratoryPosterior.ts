import { phaseNames } from "../chemistry/phases.js";
import { physics as fittedPhysics, type PhysicsValues } from "../chemistry/physicsParameters.js";
import { InputError } from "../core/InputError.js";
import { philoxKey } from "../core/random/philoxKey.js";
import type { Random } from "../core/random/Random.js";
import type { Table } from "../core/Table.js";
import { asRunCampaigns } from "./campaigns.js";
import type { Chunk, ExperimentEngine, TwinSetup } from "./ExperimentEngine.js";
import { laboratories, mostLaboratories } from "./laboratories.js";
import { CodeSlot, NumberSlot } from "./layout.js";
import { recipeTries } from "./recipeTries.js";
import { typescriptEngine } from "./typescriptEngine.js";

/** How laboratories are looked for that find what a real one found. */
export interface LaboratoryPosteriorOptions {
  /** As recipeSimulator's, so that the laboratories found are those that it draws. */
  readonly random: Random;
  /** Laboratories drawn to choose from, a multiple of 80 (default 960). */
  readonly candidates?: number;
  /** Tries of each recipe by 80 of them together (default 1,024, 13 by each). */
  readonly draws?: number;
  /** Laboratories that stand for all that is known (default 80, at most 80). */
  readonly kept?: number;
  /** Share of outcomes that are put down to what the twin does not know, evenly over the phases (default 0.03). */
  readonly strays?: number;
  /** Candidates that must still count: evidence is taken with less than its weight until they do (default 16). */
  readonly leastEffective?: number;
  readonly physics?: PhysicsValues;
  readonly engine?: (setup: TwinSetup) => ExperimentEngine | Promise<ExperimentEngine>;
}

/** Laboratories that would have found what a real one found: plain data. */
export interface LaboratoryPosterior {
  /** Laboratories drawn to choose from. */
  readonly candidates: number;
  /** Which of them stand for the real one, equally likely each; the likelier the more often. For recipeSimulator. */
  readonly chosen: readonly number[];
  /** Candidates that count, (Σw)² / Σw². */
  readonly effective: number;
  /** Power of the likelihood, in (0, 1]; below 1 where otherwise too few candidates would count. */
  readonly tempering: number;
}

/**
 * Which of the twin's laboratories a real one may be, told from what it found. Laboratories differ in thermometers,
 * stocks, amine, humidity, mixing and in what their operators call a product. Many are drawn; each is weighed by how
 * probable it makes the outcomes, and some are kept in proportion. The simulator averaged over those that are kept
 * (recipeSimulator with `labs: { count: candidates, chosen }` and the same stream) is the twin as this laboratory
 * would have it.
 *
 * Outcomes count as independent, given the laboratory; those of one batch are less. With none at all every candidate
 * is as likely as the other, and the answer is the simulator averaged over unknown laboratories.
 *
 * @param recipes  as recipeSimulator takes them
 * @param phases   code of phaseNames by recipe; -1 where none was written down
 * @throws InputError as recipeSimulator; if candidates or draws do not fit
 * @throws RangeError if a phase is none
 * @see Holmes and Walker 2017, doi:10.1093/biomet/asx010 (powers of a likelihood); Kitagawa 1996,
 *   doi:10.1080/10618600.1996.10474692 (systematic resampling)
 */
export async function laboratoryPosterior(
  recipes: Table,
  phases: ArrayLike<number>,
  {
    random,
    candidates = 960,
    draws = 1024,
    kept = mostLaboratories,
    strays = 0.03,
    leastEffective = 16,
    physics = fittedPhysics,
    engine = typescriptEngine,
  }: LaboratoryPosteriorOptions,
): Promise<LaboratoryPosterior> {
  checkOptions({ candidates, kept });
  const strange = Array.from(phases).findIndex((code) => !(code >= -1 && code < phaseNames.length));
  if (phases.length !== recipes.numRows || strange >= 0)
    throw new RangeError(
      `laboratoryPosterior: a phase code or -1 is needed for each of ${recipes.numRows} recipes; ` +
        `got ${phases.length}${strange < 0 ? "" : `, the one of row ${strange} ${phases[strange]}`}`,
    );
  const logLikelihoods = new Float64Array(candidates);
  const tries = recipeTries(draws, random.fork("missing"));
  for (let first = 0; first < candidates; first += mostLaboratories) {
    const chosen = Uint32Array.from({ length: mostLaboratories }, (_, i) => first + i);
    const made = await engine({
      regions: asRunCampaigns,
      weights: asRunCampaigns.map(({ weight }) => weight),
      laboratories: laboratories(random.fork("laboratories"), { count: candidates, chosen }),
      physics,
      noise: 1,
      keys: {
        design: philoxKey(random.fork("design")),
        people: philoxKey(random.fork("people")),
        noise: philoxKey(random.fork("noise")),
      },
    });
    const sums = new Float64Array(mostLaboratories);
    const counts = new Float64Array(mostLaboratories);
    tries(recipes, made, "laboratoryPosterior", (recipe, chunk, isPossible) => {
      if (phases[recipe] < 0) return;
      sumByLaboratory(chunk, isPossible, phases[recipe], sums, counts);
      for (let i = 0; i < sums.length; i++)
        // Whom no try fell to says as much of it as a stray.
        logLikelihoods[first + i] += Math.log(
          (1 - strays) * (counts[i] > 0 ? sums[i] / counts[i] : 1 / phaseNames.length) + strays / phaseNames.length,
        );
    });
  }
  const tempering = temperingOf(logLikelihoods, leastEffective);
  const weights = weightsOf(logLikelihoods, tempering);
  return {
    candidates,
    chosen: systematicSample(weights, kept, random.fork("kept")()),
    effective: effectiveOf(weights),
    tempering,
  };
}

function checkOptions({ candidates, kept }: { readonly candidates: number; readonly kept: number }): void {
  const refuse = (where: string, must: string, got: number): InputError =>
    new InputError({ where: `laboratoryPosterior, ${where}`, must, got: String(got), mend: "leave it out" });
  if (!(candidates > 0 && candidates % mostLaboratories === 0))
    throw refuse("candidates", `must be a multiple of ${mostLaboratories}`, candidates);
  if (!(Number.isInteger(kept) && kept >= 1 && kept <= mostLaboratories))
    throw refuse("kept", `must be a whole number from 1 to ${mostLaboratories}`, kept);
}

/** How probable the phase is in each laboratory: sums and numbers of its tries. */
function sumByLaboratory(
  chunk: Chunk,
  isPossible: Uint8Array,
  phase: number,
  sums: Float64Array,
  counts: Float64Array,
): void {
  sums.fill(0);
  counts.fill(0);
  const labs = chunk.codes[CodeSlot.lab];
  const probability = chunk.numbers[NumberSlot.trueProbabilityCsPbBr3 + phase];
  for (let i = 0; i < chunk.rows; i++) {
    if (isPossible[i] === 0) continue;
    sums[labs[i]] += probability[i];
    counts[labs[i]]++;
  }
}

/** Sum to 1. */
function weightsOf(logLikelihoods: Float64Array, tempering: number): Float64Array {
  const most = logLikelihoods.reduce((a, b) => Math.max(a, b));
  const weights = logLikelihoods.map((one) => Math.exp(tempering * (one - most)));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((one) => one / total);
}

function effectiveOf(weights: Float64Array): number {
  return 1 / weights.reduce((sum, one) => sum + one * one, 0);
}

/** The largest power up to 1 at which so many candidates still count, to a thousandth. */
function temperingOf(logLikelihoods: Float64Array, least: number): number {
  const counts = (tempering: number): boolean => effectiveOf(weightsOf(logLikelihoods, tempering)) >= least;
  if (counts(1)) return 1;
  let [low, high] = [0, 1];
  while (high - low > 1e-3) {
    const middle = (low + high) / 2;
    if (counts(middle)) low = middle;
    else high = middle;
  }
  return Math.max(low, 1e-3);
}

/** As many places as wanted, each in proportion to its weight as nearly as can be; `start` is uniform in [0, 1). */
function systematicSample(weights: Float64Array, wanted: number, start: number): number[] {
  const places: number[] = [];
  let [place, sum] = [0, weights[0]];
  for (let i = 0; i < wanted; i++) {
    const at = (i + start) / wanted;
    while (sum <= at && place < weights.length - 1) sum += weights[++place];
    places.push(place);
  }
  return places;
}
