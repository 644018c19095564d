import { phaseNames } from "../../chemistry/phases.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import { laboratoryWeights, weighedAnswers, weightsLeavingOut } from "../../generation/laboratoryWeights.js";
import type { OwnRows } from "./OwnRows.js";

/** Some of the twin's laboratories by their weights, which sum to 1. */
export interface WeighedLaboratories {
  readonly drawn: Uint32Array;
  readonly weights: Float64Array;
}

/** What outcomes say of which of the twin's laboratories those are that found them. */
export interface TwinPrior {
  /** Of each laboratory that is named. */
  readonly named: readonly (WeighedLaboratories & { readonly name: string })[];
  /** Of all others. */
  readonly other: WeighedLaboratories;
}

/** Share of outcomes that is put down to what the twin does not know. */
export const strays = 0.03;
/** Laboratories that a mixture keeps: as many as an engine asks at once. */
const kept = 80;
/** Of the belief before any evidence, in laboratories, where several are pooled. */
const priorStrength = 4;
const poolings = 3;

/**
 * Weighs the twin's laboratories by what was found. Where rows come from several, each has its own weights, and what
 * all together say of laboratories is the belief that each begins from (partial pooling): one of few rows is believed
 * to be like the others, one of many rows is what its rows say.
 *
 * @param rows  with evidence
 * @see Laird 1978, doi:10.2307/2286623 (the mixing distribution that is most likely, by expectation and maximisation)
 */
export function twinPrior(rows: OwnRows): TwinPrior {
  const evidence = rows.evidence!;
  const { names, members } = byLaboratory(rows);
  if (names.length < 2)
    return { named: [], other: heaviest(laboratoryWeights(evidence, { rows: rows.places }).weights, rows) };
  const { prior, weights } = pooled(rows, members);
  return {
    named: names.map((name, i) => ({ name, ...heaviest(weights[i], rows) })),
    other: heaviest(prior, rows),
  };
}

/** Rows as their laboratories would have them, as `prior` believes: row-major [rows, phases]. */
export function twinAnswers(prior: TwinPrior, rows: OwnRows): Float64Array {
  const { labs, places } = rows;
  const classes = phaseNames.length;
  const answers = new Float64Array(places.length * classes);
  const known = new Map(prior.named.map((one) => [one.name, one]));
  const asked = grouped(places, (place) => known.get(labs[place]) ?? prior.other);
  for (const [mixture, own] of asked) {
    const some = weighedAnswers(
      rows.twin!,
      dense(mixture, rows),
      Uint32Array.from(own, (i) => places[i]),
    );
    own.forEach((i, at) => answers.set(some.subarray(at * classes, (at + 1) * classes), i * classes));
  }
  return withStrays(answers);
}

/**
 * The same of the rows that the prior was learned from, each as the others of its laboratory would have it answered:
 * rows of its group left out.
 */
export function twinAnswersLeavingOut(rows: OwnRows): Float64Array {
  const evidence = rows.evidence!;
  const { members } = byLaboratory(rows);
  const prior = members.length < 2 ? undefined : pooled(rows, members).prior;
  const answers = new Float64Array(rows.places.length * phaseNames.length);
  for (const own of members) {
    const places = Uint32Array.from(own, (i) => rows.places[i]);
    const { tempering } = laboratoryWeights(evidence, { rows: places, prior });
    const { codes } = groupCodes(Array.from(places, (place) => rows.groups[place]));
    const weights = weightsLeavingOut(evidence, places, codes, { prior, tempering });
    const { laboratories } = evidence;
    own.forEach((i, at) => {
      const from = codes[at] * laboratories;
      answers.set(
        weighedAnswers(rows.twin!, weights.subarray(from, from + laboratories), places.subarray(at, at + 1)),
        i * phaseNames.length,
      );
    });
  }
  return withStrays(answers);
}

/** Every laboratory alike, of some that stand for all. */
export function averageTwin(rows: OwnRows): Float64Array {
  const drawn = averageLaboratories();
  const weights = new Float64Array(drawn.length).fill(1 / drawn.length);
  return withStrays(weighedAnswers(rows.twin!, dense({ drawn, weights }, rows), rows.places));
}

/** Of those drawn, which the average is taken over. */
export function averageLaboratories(): Uint32Array {
  return Uint32Array.from({ length: kept }, (_, lab) => lab);
}

/** Places of the rows (in `rows.places`) of each laboratory. */
function byLaboratory({ labs, places }: OwnRows): {
  readonly names: readonly string[];
  readonly members: readonly (readonly number[])[];
} {
  const members = grouped(places, (place) => labs[place]);
  return { names: [...members.keys()], members: [...members.values()] };
}

/** Where in `places` those stand that share a key, by key, in order of first appearance. */
function grouped<Key>(places: Uint32Array, keyOf: (place: number) => Key): Map<Key, number[]> {
  const groups = new Map<Key, number[]>();
  places.forEach((place, i) => {
    const key = keyOf(place);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [i]);
    else group.push(i);
  });
  return groups;
}

function pooled(
  { evidence, places }: OwnRows,
  members: readonly (readonly number[])[],
): { readonly prior: Float64Array; readonly weights: readonly Float64Array[] } {
  const laboratories = evidence!.laboratories;
  let prior = new Float64Array(laboratories).fill(1 / laboratories);
  const own = (): Float64Array[] =>
    members.map(
      (some) => laboratoryWeights(evidence!, { rows: Uint32Array.from(some, (i) => places[i]), prior }).weights,
    );
  let weights = own();
  for (let round = 0; round < poolings; round++) {
    prior = prior.map((_, lab) => {
      const sum = weights.reduce((total, one) => total + one[lab], priorStrength / laboratories);
      return sum / (priorStrength + members.length);
    });
    weights = own();
  }
  return { prior, weights };
}

/** The heaviest laboratories alone. */
function heaviest(weights: Float64Array, { twin }: OwnRows): WeighedLaboratories {
  const order = Array.from(weights.keys()).sort((a, b) => weights[b] - weights[a] || a - b);
  const chosen = order.slice(0, kept).sort((a, b) => a - b);
  const total = chosen.reduce((sum, lab) => sum + weights[lab], 0);
  return {
    drawn: Uint32Array.from(chosen, (lab) => twin!.drawn[lab]),
    weights: Float64Array.from(chosen, (lab) => weights[lab] / total),
  };
}

/** By laboratory of the twin that was asked. */
function dense({ drawn, weights }: WeighedLaboratories, { twin }: OwnRows): Float64Array {
  const own = new Map(Array.from(drawn, (lab, i) => [lab, weights[i]]));
  const all = Float64Array.from(twin!.drawn, (lab) => own.get(lab) ?? 0);
  if (all.filter((weight) => weight > 0).length !== own.size - Array.from(weights).filter((one) => one === 0).length)
    throw new RangeError("twinAnswers: the twin must be asked for all laboratories of the mixture; some are missing");
  return all;
}

function withStrays(answers: Float64Array): Float64Array {
  return answers.map((one) => (1 - strays) * one + strays / phaseNames.length);
}
