import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import type { ModelPlace } from "./findModel.js";

/** What a folder of a model may hold. */
export type ModelKind = "network" | "laboratory" | "platelets" | "crystallisation";

/** File that a model of each kind has, and no other; the code that reads it is loaded only where there is one. */
const files: Readonly<Record<ModelKind, string>> = {
  network: "model.json",
  laboratory: "laboratory.json",
  platelets: "platelets.json",
  crystallisation: "crystallisation.json",
};

const words: Readonly<Record<ModelKind, string>> = {
  network: "a network of the phase",
  laboratory: "a model of the phase in an own laboratory",
  platelets: "a model of platelets",
  crystallisation: "a model of crystallisations",
};

/** Kind of the model that a folder holds; null where it holds none. */
export function modelKind({ directory, name }: ModelPlace): ModelKind | null {
  const kinds = Object.keys(files) as readonly ModelKind[];
  return kinds.find((kind) => existsSync(join(directory, name, files[kind]))) ?? null;
}

/** What is asked of a model: the phase of recipes, or what its problem is called. */
export type ModelPurpose = "phase" | "platelets" | "crystallisation";

/** Purpose of each kind of model. */
export const purposes: Readonly<Record<ModelKind, ModelPurpose>> = {
  network: "phase",
  laboratory: "phase",
  platelets: "platelets",
  crystallisation: "crystallisation",
};

const asked: Readonly<Record<ModelPurpose, { readonly must: string; readonly mend: string }>> = {
  phase: { must: "must be a model of the phase", mend: "name one that `twin train` saved" },
  platelets: {
    must: "must be a model of platelets for --form platelets",
    mend: "name one that `twin train --form platelets` saved",
  },
  crystallisation: {
    must: "must be a model of crystallisations",
    mend: "name one that `twin train --problem crystallisation` saved",
  },
};

const elsewhere: Readonly<Record<ModelPurpose, string>> = {
  phase: "leave --form out",
  platelets: "write --form platelets",
  crystallisation: "leave --form out, and give a file in the columns of the crystallisation campaigns",
};

/**
 * A folder without any model is left to who loads it.
 *
 * @throws InputError naming kind and option, if a model is for another purpose than the one that is wanted
 */
export function requireKind(place: ModelPlace, wanted: ModelPurpose): void {
  const kind = modelKind(place);
  if (kind === null || purposes[kind] === wanted) return;
  throw new InputError({
    where: `--model, ${projectName(join(place.directory, place.name))}`,
    must: asked[wanted].must,
    got: words[kind],
    mend: `${elsewhere[purposes[kind]]}, or ${asked[wanted].mend}`,
  });
}
