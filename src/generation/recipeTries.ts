import { designFault } from "../chemistry/designFault.js";
import { polarSolvents, type RouteName, routeNames } from "../chemistry/recipeSchema.js";
import type { Random } from "../core/random/Random.js";
import type { Table } from "../core/Table.js";
import { designsOfRoute } from "./designsOfRoute.js";
import type { Chunk, ExperimentEngine, GivenRecipes } from "./ExperimentEngine.js";
import { recipeSlots } from "./layout.js";
import type { Recipe } from "./proposeRecipe.js";
import { writeRecipe } from "./writeRecipe.js";
import { completedRecipe, isComplete, writtenRecipes, type WrittenRecipe } from "./writtenRecipes.js";

/**
 * Takes what came of the tries of one recipe.
 *
 * @param chunk       one row for each try; good until the next recipe
 * @param isPossible  1 where what was drawn for missing values can be carried out
 */
export type TakeTries = (recipe: number, chunk: Chunk, isPossible: Uint8Array) => void;

/**
 * Has recipes carried out many times each, by the laboratories of an engine. Tries are the same for all recipes: who
 * does them and when, and what is drawn for values that a recipe leaves open, so that two recipes differ by what they
 * are and not by chance.
 *
 * @param draws   tries of each recipe, at most chunkRows
 * @param random  what stands in for missing values is drawn from it
 * @returns a function of recipes, the engine, and who asks (for messages), which throws as writtenRecipes does
 */
export function recipeTries(
  draws: number,
  random: Random,
): (recipes: Table, engine: ExperimentEngine, where: string, take: TakeTries) => void {
  const donors = donorsOf(draws, random);
  return (recipes, engine, where, take) => {
    const written = writtenRecipes(recipes, where);
    const block = emptyBlock(draws);
    const isPossible = new Uint8Array(draws);
    for (let recipe = 0; recipe < recipes.numRows; recipe++) {
      fillBlock(block, isPossible, written(recipe), donors);
      take(recipe, engine.carryOut(0, block), isPossible);
    }
  };
}

/** Designs that lend missing values, one for each draw, by route; null: route unknown. Made when first asked for. */
type Donors = (route: RouteName | null) => readonly Recipe[];

function donorsOf(draws: number, random: Random): Donors {
  const known = new Map<RouteName | null, readonly Recipe[]>();
  return (route) => {
    const made = known.get(route) ?? designsOfRoute(route, draws, random.fork(route ?? "any route"));
    known.set(route, made);
    return made;
  };
}

function emptyBlock(rows: number): GivenRecipes {
  const numbers = (): Float32Array => new Float32Array(rows);
  return {
    rows,
    numbers: Array.from({ length: recipeSlots }, numbers),
    caesiumOleateMolar: numbers(),
    extraBromideMolar: numbers(),
    route: new Uint8Array(rows),
    polarSolvent: new Uint8Array(rows),
  };
}

/** The recipe once for each draw, with missing values of that draw; `isPossible` says which draws count. */
function fillBlock(block: GivenRecipes, isPossible: Uint8Array, recipe: WrittenRecipe, donors: Donors): void {
  isPossible.fill(1);
  const designs = donors(recipe.route);
  if (isComplete(recipe)) {
    writeRow(block, 0, completedRecipe(recipe, designs[0]));
    const { rows, numbers, caesiumOleateMolar, extraBromideMolar, route, polarSolvent } = block;
    for (const column of [...numbers, caesiumOleateMolar, extraBromideMolar, route, polarSolvent])
      column.fill(column[0], 1, rows);
    return;
  }
  designs.forEach((design, draw) => {
    const filled = completedRecipe(recipe, design);
    writeRow(block, draw, filled);
    isPossible[draw] = Number(designFault(filled) === 0);
  });
  if (!isPossible.includes(1)) isPossible.fill(1);
}

function writeRow(block: GivenRecipes, row: number, recipe: Recipe): void {
  writeRecipe(recipe, (slot, value) => (block.numbers[slot][row] = value));
  block.caesiumOleateMolar[row] = recipe.caesiumOleateMolar;
  block.extraBromideMolar[row] = recipe.extraBromideMolar;
  block.route[row] = routeNames.indexOf(recipe.route);
  block.polarSolvent[row] = polarSolvents.indexOf(recipe.polarSolvent);
}
