import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import type { ModelPlace } from "./findModel.js";

/** What a folder of a model may hold. */
export type ModelKind = "network" | "laboratory" | "platelets";

/** File that a model of each kind has, and no other; the code that reads it is loaded only where there is one. */
const files: Readonly<Record<ModelKind, string>> = {
  network: "model.json",
  laboratory: "laboratory.json",
  platelets: "platelets.json",
};

const words: Readonly<Record<ModelKind, string>> = {
  network: "a network of the phase",
  laboratory: "a model of the phase in an own laboratory",
  platelets: "a model of platelets",
};

/** Kind of the model that a folder holds; null where it holds none. */
export function modelKind({ directory, name }: ModelPlace): ModelKind | null {
  const kinds = Object.keys(files) as readonly ModelKind[];
  return kinds.find((kind) => existsSync(join(directory, name, files[kind]))) ?? null;
}

/**
 * A folder without any model is left to who loads it.
 *
 * @throws InputError naming kind and option, if a model is of platelets where one of the phase is wanted, or vice versa
 */
export function requireKind(place: ModelPlace, wanted: "phase" | "platelets"): void {
  const kind = modelKind(place);
  if (kind === null || (kind === "platelets") === (wanted === "platelets")) return;
  throw new InputError({
    where: `--model, ${projectName(join(place.directory, place.name))}`,
    must: wanted === "platelets" ? "must be a model of platelets for --form platelets" : "must be a model of the phase",
    got: words[kind],
    mend:
      wanted === "platelets"
        ? "leave --form platelets out, or name one that `twin train --form platelets` saved"
        : "write --form platelets, or name one that `twin train` saved",
  });
}
