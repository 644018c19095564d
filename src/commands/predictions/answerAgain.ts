import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { keptModels } from "../../io/predictions/keepModel.js";
import type { Registration } from "../../io/predictions/predictionLedger.js";
import { recipeForm } from "../predict/registerOptions.js";

/**
 * What a kept model says of recipes, as it would be registered.
 *
 * @param options.reading  how the file is read, as `twin predict` was told
 * @throws InputError if the model or the file cannot be read
 */
export async function answerAgain(
  file: string,
  {
    name,
    model,
    form,
    ledger,
    reading,
  }: Pick<Registration, "name" | "model" | "form"> & { readonly ledger: string; readonly reading: object },
): Promise<Registration> {
  let again: Registration | undefined;
  const options = {
    ...reading,
    model: join(keptModels(ledger), model),
    register: name,
    keep: (registration: Registration): Promise<null> => {
      again = registration;
      return Promise.resolve(null);
    },
  };
  if (form === "crystallisation") {
    await (await import("../predict/predictCrystallisation.js")).predictCrystallisation(file, options);
    return answered(again, file);
  }
  const known = form === "table" ? undefined : recipeForm("form")(form);
  if (known === "platelets") await (await import("../predict/predictPlatelets.js")).predictPlatelets(file, options);
  else await (await import("../predict/predictPhases.js")).predictPhases(file, { ...options, form: known });
  return answered(again, file);
}

function answered(again: Registration | undefined, file: string): Registration {
  if (again !== undefined) return again;
  throw new InputError({ where: file, must: "must have recipes", got: "none", mend: "name another file" });
}
