import { type Column, makeTable, numbersOf, selectRows, type Table, textsOf } from "../core/Table.js";
import type { MovableInput } from "./movableInputs.js";

/** A change of a recipe that may be tried: how far which inputs are moved. */
export interface Candidate {
  /** Of the recipe, counted from 0. */
  readonly row: number;
  readonly moves: readonly Move[];
}

/** An input by its place among the movable ones, and by how many standard deviations it is moved. */
export interface Move {
  readonly input: number;
  readonly deviations: number;
}

/** A candidate whose inputs can be set so, with their values. */
export interface SettableCandidate extends Candidate {
  readonly values: readonly number[];
}

/**
 * Writes candidates as recipes. What follows from amounts follows: bromide comes with lead and with caesium bromide,
 * unless it is itself moved, and ratios are those of the amounts.
 */
export function candidateTable(
  recipes: Table,
  inputs: readonly MovableInput[],
): (candidates: readonly SettableCandidate[]) => Table {
  const isBromide = textsOf(recipes, "caesiumSource").map((source) => source === "caesium bromide");
  const bringsBromide = textsOf(recipes, "bromideSource").map((source) => source.includes("lead bromide"));
  const moving = new Set(["caesiumMolar", "leadMolar", "bromideMolar", ...inputs.map(({ column }) => column)]);
  const stillNames = Object.keys(recipes.columns).filter((name) => !moving.has(name));
  const still = makeTable(
    Object.fromEntries(stillNames.map((name) => [name, recipes.schema[name]])),
    Object.fromEntries(stillNames.map((name) => [name, recipes.columns[name]])),
  );
  return (candidates) => {
    const columns: Record<string, Column> = {};
    for (const name of moving) {
      const values = numbersOf(recipes, name);
      const copy = new Float64Array(candidates.length);
      for (let i = 0; i < copy.length; i++) copy[i] = values[candidates[i].row];
      columns[name] = copy;
    }
    const rows = Uint32Array.from(candidates, ({ row }) => row);
    Object.assign(columns, selectRows(still, rows).columns);
    const numbers = (name: string): Float64Array => columns[name] as Float64Array;
    const [caesium, lead, bromide] = ["caesiumMolar", "leadMolar", "bromideMolar"].map(numbers);
    candidates.forEach(({ row, moves, values }, i) => {
      const [oldCaesium, oldLead] = [caesium[i], lead[i]];
      moves.forEach(({ input }, k) => (numbers(inputs[input].column)[i] = values[k]));
      const isMoved = moves.some(({ input }) => inputs[input].column === "bromideMolar");
      if (isMoved) return;
      const brought = bringsBromide[row] ? 2 * (lead[i] - oldLead) : 0;
      const after = bromide[i] + brought + (isBromide[row] ? caesium[i] - oldCaesium : 0);
      // What they did not bring does not go with them.
      if (after > 0) bromide[i] = after;
    });
    const ratios = { caesiumLeadRatio: caesium, bromideLeadRatio: bromide };
    for (const [name, amounts] of Object.entries(ratios))
      if (name in columns) columns[name] = amounts.map((amount, i) => amount / lead[i]);
    return makeTable(recipes.schema, columns);
  };
}
