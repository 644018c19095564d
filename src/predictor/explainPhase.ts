import { phaseNames } from "../chemistry/phases.js";
import { recipeFaults } from "../chemistry/recipeFaults.js";
import { argmax } from "../core/metrics/argmax.js";
import { numbersOf, selectRows, type Table } from "../core/Table.js";
import type { Encoder } from "../features/Encoder.js";
import { judgedRows } from "./judgedRows.js";
import { type Candidate, candidateTable, type SettableCandidate } from "./candidateTable.js";
import { combinedMoves } from "./combinedMoves.js";
import { movableInputs, type MovableInput } from "./movableInputs.js";

/** The smallest change found that makes another phase the likeliest. */
export interface PhaseChange {
  readonly phase: string;
  /** At most three, the largest first; null: none within reach. */
  readonly changes: readonly InputChange[] | null;
  /** Sum of what the inputs move, in standard deviations of training rows; null where there is no change. */
  readonly size: number | null;
  /** Of that phase after the change. */
  readonly probability: number | null;
}

/** An input that would have to be another. */
export interface InputChange {
  readonly column: string;
  readonly unit: string;
  readonly from: number;
  readonly to: number;
  /** By how many standard deviations of training rows, on the scale on which the model sees the input. */
  readonly deviations: number;
}

/** What a model says of recipes that nobody wrote down, which may not be possible: one answer for each. */
export type CandidateAnswers = (candidates: Table) => {
  /** Calibrated, row-major [candidates, phases]. */
  readonly probabilities: Float64Array;
  /** 1 where a candidate is like the recipes of training in every way; of the places asked for, in their order. */
  readonly inside: (places: Uint32Array) => ArrayLike<number>;
};

/** How far and how finely to look. */
export interface ExplainEffort {
  /** Steps of an input, in standard deviations; up and down. */
  readonly steps: readonly number[];
  /** Inputs and directions that are put together, for each other phase. */
  readonly directions: number;
  /** Combinations tried for each other phase. */
  readonly tries: number;
  /** How often an input is added to what comes nearest, where a phase was not reached. */
  readonly extensions: number;
  /** How often the best is made smaller. */
  readonly rounds: number;
}

/** For one recipe: some 300 candidates. */
export const thorough: ExplainEffort = {
  steps: [0.5, 1, 1.5, 2.5, 4],
  directions: 8,
  tries: 60,
  extensions: 2,
  rounds: 4,
};
/** For tables: some 50 candidates a recipe; of phases that are hard to reach it finds a third of what is there. */
export const quick: ExplainEffort = { steps: [1, 3], directions: 4, tries: 3, extensions: 0, rounds: 1 };

/**
 * Which inputs of a recipe would have to change, and how much, for another phase to be the likeliest: of the changes
 * of up to three inputs that are tried, the one with the smallest sum of standard deviations. Only what can be carried
 * out counts: inside the ranges of the recipe schema, without a fault of recipeFaults (for recipes that are complete),
 * and inside the model's own limits. Bromide follows lead and caesium bromide, which bring it.
 *
 * The search is deterministic. First every input alone is moved up and down; then combinations are tried in the order
 * of their size, those first that reach the phase if effects on the logarithms of probabilities add; what reaches it is
 * then made smaller, together and input by input. It finds a small change, not surely the smallest, and what it does
 * not find may still be there.
 *
 * @param recipes  in the terms of the twin (twinTerms), with columns of recipeColumns
 * @param answer   of the model; it is asked some nine times, for candidates of 64 recipes at once
 * @returns for each recipe one change for each phase but its likeliest, in the order of phaseNames
 */
export function explainPhase(
  recipes: Table,
  answer: CandidateAnswers,
  { encoder, effort = thorough }: { readonly encoder: Encoder; readonly effort?: ExplainEffort },
): PhaseChange[][] {
  const all = Uint32Array.from({ length: recipes.numRows }, (_, row) => row);
  const blocks: PhaseChange[][][] = [];
  for (let from = 0; from < all.length; from += blockRows)
    blocks.push(explainBlock(selectRows(recipes, all.subarray(from, from + blockRows)), answer, encoder, effort));
  return blocks.flat();
}

/** Candidates of more recipes at once only fill the memory. */
const blockRows = 64;

function explainBlock(
  recipes: Table,
  answer: CandidateAnswers,
  encoder: Encoder,
  effort: ExplainEffort,
): PhaseChange[][] {
  const inputs = movableInputs(recipes, encoder);
  const all = Array.from({ length: recipes.numRows }, (_, row) => row);
  const searches = all.map((): Search => ({ start: null, singles: [], best: new Map(), nearest: new Map() }));
  const tryOut = trialOf(recipes, inputs, answer, searches, effort.extensions > 0);
  for (const one of tryOut(all.map((row) => ({ row, moves: [] })))) searches[one.row].start = one;
  const moves = inputs.flatMap((_, input) => bothWays(effort.steps).map((deviations) => [{ input, deviations }]));
  const alone = all.flatMap((row) => moves.map((own) => ({ row, moves: own })));
  for (const one of tryOut(alone)) searches[one.row].singles.push(one);
  tryOut(searches.flatMap((search) => combinations(search, effort)));
  for (let more = 0; more < effort.extensions; more++)
    tryOut(searches.flatMap((search) => extensions(search, inputs.length, effort)));
  for (let round = 0; round < effort.rounds; round++)
    tryOut(searches.flatMap(({ best }) => [...best.values()].flatMap(smaller)));
  return searches.map((search) => changesOf(search, recipes, inputs));
}

/** What changes more is another recipe. */
const mostInputs = 3;
const classes = phaseNames.length;
/** Of probabilities that a logarithm is taken of. */
const least = 1e-12;

interface Tried extends SettableCandidate {
  readonly size: number;
  readonly phase: number;
  /** Of the probabilities. */
  readonly logs: readonly number[];
}

interface Search {
  /** The recipe as it is. */
  start: Tried | null;
  readonly singles: Tried[];
  /** Smallest sound change to each other phase so far. */
  readonly best: Map<number, Tried>;
  /** What comes nearest to each phase, of sound changes that another input could be added to. */
  readonly nearest: Map<number, Tried>;
}

/**
 * Has candidates answered, and keeps those that are better than what was found before and sound: without a fault, and
 * inside. Whether they are is looked at for these alone. Candidates whose inputs cannot be set so are left out.
 */
function trialOf(
  recipes: Table,
  inputs: readonly MovableInput[],
  answer: CandidateAnswers,
  searches: readonly Search[],
  wantsNearest: boolean,
): (candidates: readonly Candidate[]) => Tried[] {
  const judged = judgedRows(recipes);
  const written = candidateTable(recipes, inputs);
  return (candidates) => {
    const settable: SettableCandidate[] = [];
    for (const { row, moves } of candidates) {
      const values: number[] = [];
      for (const { input, deviations } of moves) {
        const value = inputs[input].moved(row, deviations);
        if (value === null) break;
        values.push(value);
      }
      if (values.length === moves.length) settable.push({ row, moves, values });
    }
    if (settable.length === 0) return [];
    const table = written(settable);
    const { probabilities, inside } = answer(table);
    const phases = argmax(probabilities, classes);
    const tried = settable.map(({ row, moves, values }, i): Tried => {
      let size = 0;
      for (const { deviations } of moves) size += Math.abs(deviations);
      const logs: number[] = [];
      for (let k = 0; k < classes; k++) logs.push(Math.log(Math.max(probabilities[i * classes + k], least)));
      return { row, moves, values, size, phase: phases[i], logs };
    });
    const faults = recipeFaults(table);
    const places = Uint32Array.from(tried.keys()).filter(
      (i) =>
        (judged[tried[i].row] === 0 || faults[i] === 0) && isBetter(searches[tried[i].row], tried[i], wantsNearest),
    );
    const isInside = inside(places);
    places.forEach((place, i) => {
      if (isInside[i] === 1) keep(searches[tried[place].row], tried[place]);
    });
    return tried;
  };
}

function isBest({ start, best }: Search, one: Tried): boolean {
  return start !== null && one.phase !== start.phase && one.size < (best.get(one.phase)?.size ?? Infinity);
}

function isNearest({ start, best, nearest }: Search, one: Tried, phase: number): boolean {
  if (start === null || phase === start.phase || best.has(phase) || one.moves.length === mostInputs) return false;
  const known = nearest.get(phase);
  return known === undefined || lead(one.logs, phase) > lead(known.logs, phase);
}

function isBetter(search: Search, one: Tried, wantsNearest: boolean): boolean {
  if (isBest(search, one)) return true;
  if (!wantsNearest) return false;
  for (let phase = 0; phase < classes; phase++) if (isNearest(search, one, phase)) return true;
  return false;
}

function keep(search: Search, one: Tried): void {
  if (isBest(search, one)) search.best.set(one.phase, one);
  phaseNames.forEach((_, phase) => {
    if (isNearest(search, one, phase)) search.nearest.set(phase, one);
  });
}

/** Another input moved besides what comes nearest, for every phase that was not reached. */
function extensions({ start, best, nearest }: Search, inputs: number, { steps }: ExplainEffort): Candidate[] {
  return phaseNames.flatMap((_, phase) => {
    const from = nearest.get(phase);
    if (start === null || phase === start.phase || best.has(phase) || from === undefined) return [];
    const taken = from.moves.map(({ input }) => input);
    const others = Array.from({ length: inputs }, (__, input) => input).filter((input) => !taken.includes(input));
    return others.flatMap((input) =>
      bothWays(steps).map((deviations) => ({ row: start.row, moves: [...from.moves, { input, deviations }] })),
    );
  });
}

function bothWays(steps: readonly number[]): number[] {
  return steps.flatMap((step) => [-step, step]);
}

/** How far a phase is ahead of all others, nats; below 0 it is not the likeliest. */
function lead(logs: readonly number[], phase: number): number {
  let other = -Infinity;
  for (let k = 0; k < logs.length; k++) if (k !== phase) other = Math.max(other, logs[k]);
  return logs[phase] - other;
}

/** Combinations of two and three inputs to try, for every other phase. */
function combinations({ start, singles, best }: Search, { directions, tries }: ExplainEffort): Candidate[] {
  if (start === null) return [];
  const effects = singles.map(({ moves: [move], size, logs }) => ({
    move,
    size,
    adds: logs.map((log, k) => log - start.logs[k]),
  }));
  return phaseNames.flatMap((_, phase) =>
    phase === start.phase
      ? []
      : combinedMoves(start.logs, effects, {
          from: start.phase,
          to: phase,
          directions,
          tries,
          below: best.get(phase)?.size ?? Infinity,
        }).map((moves) => ({ row: start.row, moves })),
  );
}

/** The same change smaller as a whole, in each of its inputs, or without one of them. */
function smaller({ row, moves }: Candidate): Candidate[] {
  const scaled = (factor: (k: number) => number): Candidate => ({
    row,
    moves: moves
      .map(({ input, deviations }, k) => ({ input, deviations: deviations * factor(k) }))
      .filter(({ deviations }) => deviations !== 0),
  });
  const whole = [0.7, 0.85, 0.95].map((factor) => scaled(() => factor));
  if (moves.length === 1) return whole;
  const each = moves.flatMap((_, at) => [0, 0.5, 0.8].map((factor) => scaled((k) => (k === at ? factor : 1))));
  return [...whole, ...each];
}

function changesOf({ start, best }: Search, recipes: Table, inputs: readonly MovableInput[]): PhaseChange[] {
  return phaseNames.flatMap((phase, code): PhaseChange[] => {
    if (start === null || code === start.phase) return [];
    const found = best.get(code);
    if (found === undefined) return [{ phase, changes: null, size: null, probability: null }];
    const changes = found.moves.map(({ input, deviations }, k): InputChange => {
      const { column, unit } = inputs[input];
      return { column, unit, from: numbersOf(recipes, column)[found.row], to: found.values[k], deviations };
    });
    changes.sort((a, b) => Math.abs(b.deviations) - Math.abs(a.deviations));
    return [{ phase, changes, size: found.size, probability: Math.exp(found.logs[code]) }];
  });
}
