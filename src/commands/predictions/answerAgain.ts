import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { keptModels } from "../../io/predictions/keepModel.js";
import type { Registration } from "../../io/predictions/predictionLedger.js";
import { recipeForm } from "../predict/registerOptions.js";

/**
 * What a kept model says of recipes, as it would be registered.
 *
 * @throws InputError if the model or the file cannot be read
 */
export async function answerAgain(
  file: string,
  { name, model, form, ledger }: Pick<Registration, "name" | "model" | "form"> & { readonly ledger: string },
): Promise<Registration> {
  const { predictPhases } = await import("../predict/predictPhases.js");
  let again: Registration | undefined;
  await predictPhases(file, {
    model: join(keptModels(ledger), model),
    form: form === "table" ? undefined : recipeForm("form")(form),
    register: name,
    keep: (registration) => {
      again = registration;
      return Promise.resolve(null);
    },
  });
  if (again === undefined)
    throw new InputError({ where: file, must: "must have recipes", got: "none", mend: "name another file" });
  return again;
}
