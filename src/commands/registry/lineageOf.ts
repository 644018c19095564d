import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import type { Remaking } from "../../io/predictions/predictionLedger.js";
import type { Lineage } from "../../io/registry/version.js";
import { projectName } from "../../io/projectPath.js";
import { distancePromise, predictionLabel } from "../../predictor/answerRecipes.js";
import type { ModelPlace } from "../predict/findModel.js";
import { modelKind, type ModelKind } from "../predict/modelKind.js";
import { readyModel, storedModel } from "../predict/readyModel.js";

/**
 * Where a model came from and what its answers promise, as its own files tell.
 *
 * @param evidence  "id@SHA-256" each
 * @throws InputError if it cannot be loaded
 */
export async function lineageOf(place: ModelPlace, evidence: readonly string[]): Promise<Lineage> {
  const kind = kindOf(place);
  if (kind === "platelets") {
    const { loadPlatelets } = await import("../../problems/platelets/storedPlatelets.js");
    const { plateletRemaking } = await import("../predict/predictPlatelets.js");
    const remaking = await plateletRemaking(await loadPlatelets(place.directory, place.name));
    return lineage({ kind, remaking, splitSha256: null, evidence, limits: { label: predictionLabel } });
  }
  if (kind === "crystallisation") {
    const { loadCrystallisation } = await import("../../problems/crystallisation/storedCrystallisation.js");
    const { crystallisationRemaking } = await import("../predict/predictCrystallisation.js");
    const remaking = await crystallisationRemaking(await loadCrystallisation(place.directory, place.name));
    return lineage({ kind, remaking, splitSha256: null, evidence, limits: { label: predictionLabel } });
  }
  const { remakingOf } = await import("../predict/answersToRegister.js");
  const stored = await storedModel(place);
  const model = await readyModel(stored, projectName(join(place.directory, place.name)));
  return lineage({
    kind,
    remaking: await remakingOf(stored),
    splitSha256: "network" in stored ? stored.network.manifest.splitSha256 : null,
    evidence,
    limits: { label: predictionLabel, promise: model.promise, distance: distancePromise(model.limits) },
  });
}

/** @throws InputError if a folder holds no model */
export function kindOf(place: ModelPlace): ModelKind {
  const kind = modelKind(place);
  if (kind !== null) return kind;
  throw new InputError({
    where: projectName(join(place.directory, place.name)),
    must: "must be the folder of a model",
    got: "none",
    mend: "name one that `twin train` saved",
  });
}

function lineage({
  kind,
  remaking: { command, seed, dataSha256, codeSha256 },
  splitSha256,
  evidence,
  limits,
}: Pick<Lineage, "kind" | "splitSha256" | "evidence" | "limits"> & { readonly remaking: Remaking }): Lineage {
  return { kind, command, seed, dataSha256, codeSha256, splitSha256, evidence, limits };
}
