import { phaseNames } from "../chemistry/phases.js";
import { recipeFaults } from "../chemistry/recipeFaults.js";
import { argmax } from "../core/metrics/argmax.js";
import { type Column, makeTable, numbersOf, selectRows, type Table, textsOf } from "../core/Table.js";
import type { Encoder } from "../features/Encoder.js";
import { judgedRows } from "./judgedRows.js";
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
  /** 1 where a recipe is like those of training in every way. */
  readonly inside: ArrayLike<number>;
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

/** For one recipe: some 900 candidates. */
export const thorough: ExplainEffort = {
  steps: [0.5, 1, 1.5, 2.5, 4],
  directions: 8,
  tries: 60,
  extensions: 2,
  rounds: 4,
};
/** For tables: some 60 candidates a recipe. */
export const quick: ExplainEffort = { steps: [0.5, 1.5], directions: 6, tries: 3, extensions: 0, rounds: 1 };

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
 * @param answer   of the model; it is asked four times and more, for candidates of all recipes at once
 * @returns for each recipe one change for each phase but its likeliest, in the order of phaseNames
 */
export function explainPhase(
  recipes: Table,
  answer: CandidateAnswers,
  { encoder, effort = thorough }: { readonly encoder: Encoder; readonly effort?: ExplainEffort },
): PhaseChange[][] {
  const inputs = movableInputs(recipes, encoder);
  const tried = triedRecipes(recipes, inputs, answer);
  const all = Array.from({ length: recipes.numRows }, (_, row) => row);
  const alone = tried(
    all.flatMap((row) => [
      { row, moves: [] },
      ...inputs.flatMap((_, input) =>
        bothWays(effort.steps).map((deviations) => ({ row, moves: [{ input, deviations }] })),
      ),
    ]),
  );
  const searches = all.map((): Search => ({ start: null, singles: [], best: new Map(), nearest: new Map() }));
  for (const one of alone) {
    const search = searches[one.row];
    if (one.moves.length === 0) search.start = one;
    else {
      search.singles.push(one);
      keepBest(search, one);
    }
  }
  const combined = tried(searches.flatMap((search) => combinations(search, effort)));
  for (const one of combined) keepBest(searches[one.row], one);
  for (let more = 0; more < effort.extensions; more++)
    for (const one of tried(searches.flatMap((search) => extensions(search, inputs.length, effort))))
      keepBest(searches[one.row], one);
  for (let round = 0; round < effort.rounds; round++)
    for (const one of tried(searches.flatMap(({ best }) => [...best.values()].flatMap(smaller))))
      keepBest(searches[one.row], one);
  return searches.map((search) => changesOf(search, recipes, inputs));
}

/** What changes more is another recipe. */
const mostInputs = 3;

/** A change that may be tried: of which recipe, and how far which inputs. */
interface Candidate {
  readonly row: number;
  readonly moves: readonly Move[];
}

interface Move {
  readonly input: number;
  readonly deviations: number;
}

interface Tried extends Candidate {
  readonly values: readonly number[];
  readonly size: number;
  readonly isSound: boolean;
  readonly phase: number;
  readonly probabilities: Float64Array;
}

interface Search {
  /** The recipe as it is. */
  start: Tried | null;
  readonly singles: Tried[];
  /** Smallest change to each other phase so far. */
  readonly best: Map<number, Tried>;
  /** What comes nearest to each phase, of changes that another input could be added to. */
  readonly nearest: Map<number, Tried>;
}

/** Candidates with the model's answers; those that no input can be set to are left out. */
function triedRecipes(
  recipes: Table,
  inputs: readonly MovableInput[],
  answer: CandidateAnswers,
): (candidates: readonly Candidate[]) => Tried[] {
  const judged = judgedRows(recipes);
  const table = candidateTable(recipes, inputs);
  return (candidates) => {
    const settable = candidates.flatMap(({ row, moves }) => {
      const values = moves.map(({ input, deviations }) => inputs[input].moved(row, deviations));
      return values.includes(null) ? [] : [{ row, moves, values: values as number[] }];
    });
    if (settable.length === 0) return [];
    const written = table(settable);
    const faults = recipeFaults(written);
    const { probabilities, inside } = answer(written);
    const phases = argmax(probabilities, phaseNames.length);
    return settable.map((one, i) => ({
      ...one,
      size: one.moves.reduce((sum, { deviations }) => sum + Math.abs(deviations), 0),
      isSound: inside[i] === 1 && (judged[one.row] === 0 || faults[i] === 0),
      phase: phases[i],
      probabilities: probabilities.subarray(i * phaseNames.length, (i + 1) * phaseNames.length),
    }));
  };
}

/** Recipes as candidates have them; what follows from amounts follows. */
function candidateTable(
  recipes: Table,
  inputs: readonly MovableInput[],
): (candidates: readonly (Candidate & { readonly values: readonly number[] })[]) => Table {
  const isBromide = textsOf(recipes, "caesiumSource").map((source) => source === "caesium bromide");
  return (candidates) => {
    const rows = Uint32Array.from(candidates, ({ row }) => row);
    const copies = selectRows(recipes, rows);
    const columns: Record<string, Column> = { ...copies.columns };
    const numbers = (name: string): Float64Array => columns[name] as Float64Array;
    for (const name of ["caesiumMolar", "leadMolar", "bromideMolar", ...inputs.map(({ column }) => column)])
      columns[name] = Float64Array.from(numbersOf(copies, name));
    const [caesium, lead, bromide] = ["caesiumMolar", "leadMolar", "bromideMolar"].map(numbers);
    candidates.forEach(({ row, moves, values }, i) => {
      const [oldCaesium, oldLead] = [caesium[i], lead[i]];
      moves.forEach(({ input }, k) => (numbers(inputs[input].column)[i] = values[k]));
      const isMoved = moves.some(({ input }) => inputs[input].column === "bromideMolar");
      if (!isMoved) bromide[i] += 2 * (lead[i] - oldLead) + (isBromide[row] ? caesium[i] - oldCaesium : 0);
    });
    const ratios = { caesiumLeadRatio: caesium, bromideLeadRatio: bromide };
    for (const [name, amounts] of Object.entries(ratios))
      if (name in columns) columns[name] = amounts.map((amount, i) => amount / lead[i]);
    return makeTable(copies.schema, columns);
  };
}

function keepBest({ start, best, nearest }: Search, one: Tried): void {
  if (!one.isSound) return;
  if (one.phase !== start!.phase && one.size < (best.get(one.phase)?.size ?? Infinity)) best.set(one.phase, one);
  if (one.moves.length === mostInputs) return;
  phaseNames.forEach((_, phase) => {
    const known = nearest.get(phase);
    if (known === undefined || lead(one.probabilities, phase) > lead(known.probabilities, phase))
      nearest.set(phase, one);
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

/** How far a phase is ahead of all others; below 0 it is not the likeliest. */
function lead(logs: ArrayLike<number>, phase: number): number {
  let other = -Infinity;
  for (let k = 0; k < logs.length; k++) if (k !== phase) other = Math.max(other, logs[k]);
  return logs[phase] - other;
}

function logsOf(probabilities: Float64Array): Float64Array {
  return probabilities.map((one) => Math.log(Math.max(one, 1e-12)));
}

/** Ahead by so much if effects add: they seldom do exactly. */
const slacks = [0, 0.5, 1.5];

/** An input moved alone, with what that adds to the logarithms of the probabilities. */
interface Effect extends Move {
  readonly size: number;
  readonly adds: Float64Array;
}

/** Combinations of two and three inputs to try, for every other phase. */
function combinations({ start, singles, best }: Search, { directions, tries }: ExplainEffort): Candidate[] {
  if (start === null) return [];
  const from = logsOf(start.probabilities);
  const effects = singles.map(({ moves, size, probabilities }): Effect => ({
    ...moves[0],
    size,
    adds: logsOf(probabilities).map((log, k) => log - from[k]),
  }));
  return phaseNames.flatMap((_, phase) => {
    if (phase === start.phase) return [];
    const shortlists = slacks.map(() => shortlist(Math.ceil(tries / slacks.length), best.get(phase)?.size ?? Infinity));
    const nearest = shortlist(Math.ceil(tries / slacks.length), Infinity);
    const logs = new Float64Array(from.length);
    const weigh = (one: Effect, two: Effect, three: Effect | null): void => {
      const size = one.size + two.size + (three?.size ?? 0);
      if (shortlists.every(({ worst }) => size >= worst())) return;
      for (let k = 0; k < logs.length; k++) logs[k] = from[k] + one.adds[k] + two.adds[k] + (three?.adds[k] ?? 0);
      const ahead = lead(logs, phase);
      const combination = [one, two, three];
      slacks.forEach((slack, i) => {
        if (ahead > slack) shortlists[i].offer(size, combination);
      });
      if (ahead <= 0) nearest.offer(-ahead, combination);
    };
    const groups = helpfulGroups(effects, [start.phase, phase], directions);
    groups.forEach((first, i) =>
      groups.slice(i + 1).forEach((second, j) => {
        if (first[0].input === second[0].input) return;
        const others = groups
          .slice(i + j + 2)
          .filter(([{ input }]) => input !== first[0].input && input !== second[0].input);
        for (const one of first)
          for (const two of second) {
            weigh(one, two, null);
            for (const third of others) for (const three of third) weigh(one, two, three);
          }
      }),
    );
    const chosen = new Set(shortlists.flatMap(({ kept }) => kept()));
    return Array.from(chosen.size > 0 ? chosen : nearest.kept(), (effects) => ({
      row: start.row,
      moves: effects.flatMap((one) => (one === null ? [] : [{ input: one.input, deviations: one.deviations }])),
    }));
  });
}

/** Effects by input and direction, those first that bring a phase nearest for their size. */
function helpfulGroups(
  effects: readonly Effect[],
  [from, to]: readonly [number, number],
  most: number,
): (readonly Effect[])[] {
  const groups = new Map<number, { gain: number; readonly effects: Effect[] }>();
  for (const one of effects) {
    const key = 2 * one.input + Number(one.deviations > 0);
    const group = groups.get(key) ?? { gain: 0, effects: [] };
    groups.set(key, group);
    group.effects.push(one);
    group.gain = Math.max(group.gain, (one.adds[to] - one.adds[from]) / one.size);
  }
  return [...groups.values()]
    .filter(({ gain }) => gain > 0)
    .sort((a, b) => b.gain - a.gain)
    .slice(0, most)
    .map((group) => group.effects);
}

/** The so many things with the smallest keys below a bound, of those offered. */
function shortlist(
  most: number,
  below: number,
): {
  readonly offer: (key: number, thing: readonly (Effect | null)[]) => void;
  readonly worst: () => number;
  readonly kept: () => (readonly (Effect | null)[])[];
} {
  const list: { readonly key: number; readonly thing: readonly (Effect | null)[] }[] = [];
  const worst = (): number => (list.length < most ? below : list[list.length - 1].key);
  return {
    worst,
    kept: () => list.map(({ thing }) => thing),
    offer: (key, thing) => {
      if (key >= worst()) return;
      let place = list.length;
      while (place > 0 && list[place - 1].key > key) place--;
      list.splice(place, 0, { key, thing });
      if (list.length > most) list.pop();
    },
  };
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
    return [{ phase, changes, size: found.size, probability: found.probabilities[code] }];
  });
}
