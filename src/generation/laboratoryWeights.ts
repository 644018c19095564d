import { phaseNames } from "../chemistry/phases.js";
import type { AnswersByLaboratory } from "./answersByLaboratory.js";

/** How probable each laboratory makes what was found, experiment by experiment. */
export interface LaboratoryEvidence {
  readonly recipes: number;
  readonly laboratories: number;
  /** Log likelihoods in nats, row-major [recipes, laboratories]; 0 where no phase was written down. */
  readonly logs: Float32Array;
}

/** What counts as evidence, and how much. */
export interface LaboratoryWeightsOptions {
  /** Recipes that are evidence (default all). */
  readonly rows?: Uint32Array;
  /** Weights of laboratories before any evidence, sum 1 (default equal). */
  readonly prior?: ArrayLike<number>;
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
 * Evidence on which of the twin's laboratories a real one may be: the log of how probable each makes the outcomes.
 *
 * @param phases  code of phaseNames by recipe; -1 where none was written down, which is no evidence
 * @param options.strays  share of outcomes that are put down to what the twin does not know, evenly over the phases
 *   (default 0.03)
 * @throws RangeError if phases are not those of the recipes, or one is none
 */
export function laboratoryEvidence(
  { recipes, laboratories, probabilities }: AnswersByLaboratory,
  phases: ArrayLike<number>,
  { strays = 0.03 }: { readonly strays?: number } = {},
): LaboratoryEvidence {
  const classes = phaseNames.length;
  const strange = Array.from(phases).findIndex((code) => !(Number.isInteger(code) && code >= -1 && code < classes));
  if (phases.length !== recipes || strange >= 0)
    throw new RangeError(
      `laboratoryEvidence: a phase code or -1 is needed for each of ${recipes} recipes; ` +
        `got ${phases.length}${strange < 0 ? "" : `, the one of row ${strange} ${phases[strange]}`}`,
    );
  const logs = new Float32Array(recipes * laboratories);
  for (let row = 0; row < recipes; row++) {
    if (phases[row] < 0) continue;
    for (let lab = 0; lab < laboratories; lab++) {
      const at = row * laboratories + lab;
      logs[at] = Math.log((1 - strays) * probabilities[at * classes + phases[row]] + strays / classes);
    }
  }
  return { recipes, laboratories, logs };
}

/**
 * Which of the twin's laboratories a real one may be, told from what it found: each is weighed by how probable it makes
 * the outcomes. Laboratories differ in thermometers, stocks, amine, humidity, mixing and in what their operators call a
 * product. Outcomes count as independent, given the laboratory; those of one batch are less.
 *
 * @see Holmes and Walker 2017, doi:10.1093/biomet/asx010 (powers of a likelihood)
 */
export function laboratoryWeights(
  evidence: LaboratoryEvidence,
  { rows = allRows(evidence), prior, leastEffective = 16 }: LaboratoryWeightsOptions = {},
): LaboratoryWeights {
  const logs = sumOf(evidence, rows);
  const lnPrior = lnOf(prior, evidence.laboratories);
  const tempering = temperingOf(logs, lnPrior, leastEffective);
  const weights = weightsOf(logs, lnPrior, tempering);
  return { weights, effective: effectiveOf(weights), tempering };
}

/**
 * Weights from all rows but those of one group, for each group: what the others say of it, as if it were new. The power
 * of the likelihood is that of all rows together.
 *
 * @param rows   that are evidence
 * @param codes  group of each of them, from 0
 * @returns by group, row-major [groups, laboratories]
 */
export function weightsLeavingOut(
  evidence: LaboratoryEvidence,
  rows: Uint32Array,
  codes: ArrayLike<number>,
  { prior, tempering }: { readonly prior?: ArrayLike<number>; readonly tempering: number },
): Float64Array {
  const { laboratories, logs } = evidence;
  const whole = sumOf(evidence, rows);
  const lnPrior = lnOf(prior, laboratories);
  const groups: number[][] = [];
  rows.forEach((row, i) => (groups[codes[i]] ??= []).push(row));
  const weights = new Float64Array(groups.length * laboratories);
  groups.forEach((own, group) => {
    const left = whole.slice();
    for (const row of own) for (let lab = 0; lab < laboratories; lab++) left[lab] -= logs[row * laboratories + lab];
    weights.set(weightsOf(left, lnPrior, tempering), group * laboratories);
  });
  return weights;
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

function allRows({ recipes }: LaboratoryEvidence): Uint32Array {
  return Uint32Array.from({ length: recipes }, (_, row) => row);
}

function sumOf({ laboratories, logs }: LaboratoryEvidence, rows: Uint32Array): Float64Array {
  const sums = new Float64Array(laboratories);
  for (const row of rows) for (let lab = 0; lab < laboratories; lab++) sums[lab] += logs[row * laboratories + lab];
  return sums;
}

function lnOf(prior: ArrayLike<number> | undefined, laboratories: number): Float64Array {
  return Float64Array.from({ length: laboratories }, (_, lab) => (prior === undefined ? 0 : Math.log(prior[lab])));
}

/** Sum to 1. */
function weightsOf(logs: Float64Array, lnPrior: Float64Array, tempering: number): Float64Array {
  const scores = logs.map((one, lab) => tempering * one + lnPrior[lab]);
  const most = scores.reduce((a, b) => Math.max(a, b));
  const weights = scores.map((one) => Math.exp(one - most));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((one) => one / total);
}

function effectiveOf(weights: Float64Array): number {
  return 1 / weights.reduce((sum, one) => sum + one * one, 0);
}

/** The largest power up to 1 at which so many candidates still count, to a thousandth. */
function temperingOf(logs: Float64Array, lnPrior: Float64Array, least: number): number {
  const counts = (tempering: number): boolean => effectiveOf(weightsOf(logs, lnPrior, tempering)) >= least;
  if (counts(1)) return 1;
  let [low, high] = [0, 1];
  while (high - low > 1e-3) {
    const middle = (low + high) / 2;
    if (counts(middle)) low = middle;
    else high = middle;
  }
  return Math.max(low, 1e-3);
}
