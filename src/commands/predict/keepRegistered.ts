import { join } from "node:path";
import { keepModel, keptModels } from "../../io/predictions/keepModel.js";
import { ownLedger, type Registration } from "../../io/predictions/predictionLedger.js";
import { registerPredictions, type Registered } from "../../io/predictions/registerPredictions.js";
import { projectName } from "../../io/projectPath.js";
import type { ModelPlace } from "./findModel.js";

/** What became of a registration, and where. */
export interface KeptRegistration extends Registered {
  /** File of the ledger. */
  readonly ledger: string;
  /** Folder of the model that it names. */
  readonly model: string;
}

/** Keeps a registration, or does with it what its caller wants. */
export type RegistrationKeeper = (
  registration: Registration,
  where: { readonly place: ModelPlace; readonly ledger?: string },
) => Promise<KeptRegistration | null>;

/**
 * Registers predictions, and keeps their model beside the ledger.
 *
 * @throws InputError as registerPredictions
 */
export async function keepRegistered(
  registration: Registration,
  { place, ledger = ownLedger }: { readonly place: ModelPlace; readonly ledger?: string },
): Promise<KeptRegistration> {
  const { directory, name } = place;
  const registered = await registerPredictions(registration, {
    ledger,
    prepare: () => keepModel(join(directory, name), name, ledger),
  });
  return { ...registered, ledger: projectName(ledger), model: projectName(join(keptModels(ledger), name)) };
}

/** What became of a registration, for the terminal. */
export function formatRegistered({
  name,
  lines,
  isNew,
  known,
  day,
  head,
  ledger,
  model,
}: KeptRegistration): readonly string[] {
  const what = `"${name}", ${lines} ${lines === 1 ? "prediction" : "predictions"}`;
  return [
    isNew ? `registered: ${what}, in ${ledger}` : `registered on ${day} already, nothing was added: ${what}`,
    ...(known === 0
      ? []
      : [
          `of ${known === lines ? "all" : known} of them the outcome stood in the file, as their notes say: ` +
            "what is known already is not predicted",
        ]),
    `head of the ledger: ${head}`,
    `their model: ${model}`,
  ];
}
