import type { TableFault } from "../io/tables/TableFault.js";

/** A version of a model that answers requests. */
export interface ServedModel {
  /** Its hash. */
  readonly version: string;
  /** Makes it ready. @throws InputError if that cannot be */
  readonly start: () => Promise<void>;
  /** @throws InputError if the recipes cannot be read as a whole */
  readonly answer: (asked: AskedRecipes) => Promise<ServedAnswer>;
  /** Lets go of what it holds: it is asked no more. */
  readonly close: () => Promise<void>;
}

/** What a request asks. */
export interface AskedRecipes {
  /** Records of recipe columns; or one recipe, of which more is said. */
  readonly recipes: readonly unknown[] | { readonly one: unknown };
  /** Whether to look for changes that would give other phases, and of one recipe for the nearest experiments. */
  readonly explain: boolean;
  /** Whether to ask the simulator. */
  readonly secondOpinion: boolean;
}

/** What a version answers. */
export interface ServedAnswer {
  /** JSON as `twin predict --json` writes it: its only line breaks stand between values. */
  readonly text: string;
  /** The likeliest phase of each recipe, as the number of its name; null where it is refused. */
  readonly said: readonly (number | null)[];
  /** Recipes that are answered, and those of them that lie outside of what the model knows. */
  readonly answered: number;
  readonly outside: number;
  /** Why others are not. */
  readonly refused: readonly TableFault[];
  /** Whether all probabilities are numbers that sum to 1. */
  readonly isValid: boolean;
}
