import { InputError } from "../../core/InputError.js";
import type { VerbOption } from "../Verb.js";

/** Ways in which a file of recipes is written, beside columns of ours. */
export type RecipeForm = "recipes" | "platelets";

const forms: readonly string[] = ["recipes", "platelets"] satisfies RecipeForm[];

/** @throws InputError naming the option */
export function recipeForm(option: string): (text: string) => RecipeForm {
  return (text) => {
    if (forms.includes(text)) return text as RecipeForm;
    throw new InputError({
      where: option,
      must: `must be one of ${forms.join(", ")}`,
      got: `"${text}"`,
      mend: "leave it out for a table with columns of ours",
    });
  };
}

/** Of a verb whose answers may be registered. */
export const registerOptions: readonly VerbOption[] = [
  {
    flags: "--register <name>",
    meaning: "keeps the answers under a name, with their model and how they will be judged, before outcomes exist",
  },
  {
    flags: "--ledger <file>",
    meaning: "where registered answers are kept (default data/predictions/ledger.jsonl of the project)",
  },
];
