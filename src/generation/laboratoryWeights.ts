import { phaseNames } from "../chemistry/phases.js";
import type { AnswersByLaboratory } from "./answersByLaboratory.js";

/** What counts as evidence, and how much. */
export interface LaboratoryWeightsOptions {
  /** Recipes that are evidence (default all with a phase). */
  readonly rows?: Uint32Array;
  /** Share of outcomes that are put down to what the twin does not know, evenly over the phases (default 0.03). */
  readonly strays?: number;
  /** Laboratories that must still count: evidence is taken with less than its weight until they do (default 16). */
  readonly leastEffective?: number;
}

/** How likely each laboratory of the twin is to be a real one. */
export interface LaboratoryWeights {
  /** By laboratory; they sum to 1. */
  readonly weights: Float64Array;
  /** Laboratories that count, (Σw)² / Σw². */
  readonly effective: number;
  /** Power of the likelihood, in (0, 1]; below 1 where otherwise too few laboratories would count. */
  readonly tempering: number;
}

/**
 * Which of the twin's laboratories a real one may be, told from what it found: each is weighed by how probable it makes
 * the outcomes. Laboratories differ in thermometers, stocks, amine, humidity, mixing and in what their operators call a
 * product. Outcomes count as independent, given the laboratory; those of one batch are less.
 *
 * @param phases  code of phaseNames by recipe; -1 where none was written down, which is no evidence
 * @throws RangeError if phases are not those of the recipes, or one is none
 * @see Holmes and Walker 2017, doi:10.1093/biomet/asx010 (powers of a likelihood)
 */
export function laboratoryWeights(
  { recipes, laboratories, probabilities }: AnswersByLaboratory,
  phases: ArrayLike<number>,
  {
    rows = Uint32Array.from({ length: recipes }, (_, row) => row),
    strays = 0.03,
    leastEffective = 16,
  }: LaboratoryWeightsOptions = {},
): LaboratoryWeights {
  const classes = phaseNames.length;
  const strange = Array.from(phases).findIndex((code) => !(Number.isInteger(code) && code >= -1 && code < classes));
  if (phases.length !== recipes || strange >= 0)
    throw new RangeError(
      `laboratoryWeights: a phase code or -1 is needed for each of ${recipes} recipes; ` +
        `got ${phases.length}${strange < 0 ? "" : `, the one of row ${strange} ${phases[strange]}`}`,
    );
  const logs = new Float64Array(laboratories);
  for (const row of rows) {
    if (phases[row] < 0) continue;
    for (let lab = 0; lab < laboratories; lab++) {
      const own = probabilities[(row * laboratories + lab) * classes + phases[row]];
      logs[lab] += Math.log((1 - strays) * own + strays / classes);
    }
  }
  const tempering = temperingOf(logs, leastEffective);
  const weights = weightsOf(logs, tempering);
  return { weights, effective: effectiveOf(weights), tempering };
}

/**
 * Recipes as laboratories would have them, averaged by their weights.
 *
 * @param rows  which recipes, in which order
 * @returns row-major [rows, phases]
 */
export function weighedAnswers(
  { laboratories, probabilities }: AnswersByLaboratory,
  weights: ArrayLike<number>,
  rows: Uint32Array,
): Float64Array {
  const classes = phaseNames.length;
  const mixed = new Float64Array(rows.length * classes);
  rows.forEach((row, i) => {
    for (let lab = 0; lab < laboratories; lab++)
      for (let phase = 0; phase < classes; phase++)
        mixed[i * classes + phase] += weights[lab] * probabilities[(row * laboratories + lab) * classes + phase];
  });
  return mixed;
}

/** Sum to 1. */
function weightsOf(logs: Float64Array, tempering: number): Float64Array {
  const most = logs.reduce((a, b) => Math.max(a, b));
  const weights = logs.map((one) => Math.exp(tempering * (one - most)));
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
