import { existsSync } from "node:fs";
import { join } from "node:path";
import { type LoadedPhaseModel, phaseModelOf } from "../../predictor/phaseModelOf.js";
import type { OwnLaboratory } from "../../problems/ownLaboratory/OwnLaboratory.js";
import { simdTraining } from "../../training/engines/simd/simdTraining.js";
import { loadModel } from "../../training/files/loadModel.js";
import type { Model } from "../../training/files/Model.js";
import type { ModelPlace } from "./findModel.js";

/** What a folder of models holds under a name: plain data, as threads take it. */
export type StoredModel = { readonly network: Model } | { readonly laboratory: OwnLaboratory };

/** @throws InputError as loadModel and loadOwnLaboratory */
export async function storedModel({ directory, name }: ModelPlace): Promise<StoredModel> {
  // The file of an own laboratory; its code is loaded only where there is one.
  if (!existsSync(join(directory, name, "laboratory.json"))) return { network: await loadModel(directory, name) };
  const { loadOwnLaboratory } = await import("../../problems/ownLaboratory/storedLaboratory.js");
  return { laboratory: await loadOwnLaboratory(directory, name) };
}

/**
 * A model of either kind, ready to answer.
 *
 * @param where  the model, for messages
 * @throws InputError as phaseModelOf
 */
export async function readyModel(stored: StoredModel, where: string): Promise<LoadedPhaseModel> {
  if ("network" in stored) return phaseModelOf(stored.network, where, { engine: await simdTraining() });
  const { ownModelOf } = await import("../../problems/ownLaboratory/ownModelOf.js");
  return ownModelOf(stored.laboratory);
}
