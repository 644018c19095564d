import { type LoadedPhaseModel, phaseModelOf } from "../../predictor/phaseModelOf.js";
import type { OwnLaboratory } from "../../problems/ownLaboratory/OwnLaboratory.js";
import { simdTraining } from "../../training/engines/simd/simdTraining.js";
import { loadModel } from "../../training/files/loadModel.js";
import type { Model } from "../../training/files/Model.js";
import type { ModelPlace } from "./findModel.js";
import { modelKind, requireKind } from "./modelKind.js";

/** What a folder of models holds under a name: plain data, as threads take it. */
export type StoredModel = { readonly network: Model } | { readonly laboratory: OwnLaboratory };

/** @throws InputError as loadModel and loadOwnLaboratory, and if it is no model of the phase */
export async function storedModel(place: ModelPlace): Promise<StoredModel> {
  requireKind(place, "phase");
  const { directory, name } = place;
  if (modelKind(place) !== "laboratory") return { network: await loadModel(directory, name) };
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
