import { join } from "node:path";
import type { Answerer } from "../../io/registry/Answerer.js";
import { type DrilledModel, drillRollback, type RollbackDrill } from "../../io/registry/drillRollback.js";
import { withTemporaryFolder } from "../../io/withTemporaryFolder.js";
import { predictionLabel } from "../../predictor/answerRecipes.js";
import { phaseModelOf } from "../../predictor/phaseModelOf.js";
import { simdTraining } from "../../training/engines/simd/simdTraining.js";
import { loadModel } from "../../training/files/loadModel.js";
import { saveModel } from "../../training/files/saveModel.js";
import { answerPhaseProbes } from "./answerPhaseProbes.js";
import { phaseProbes } from "./phaseProbes.js";
import { smallPhaseModel } from "./smallPhaseModel.js";

/**
 * The drill of a rollback that is the same everywhere: in a registry that is thrown away, a small model is promoted in
 * place of another one, and rolled back. The same program proves the same, to the hash.
 */
export function drillSmallRollback(): Promise<RollbackDrill> {
  return withTemporaryFolder(async (place) => {
    const [first, second] = [await smallVersion(place, 1), await smallVersion(place, 2)];
    return drillRollback(join(place, "registry"), { first, second, answer: answerNetwork });
  });
}

/** A small model, saved in `directory`, as drills register it. */
export async function smallVersion(directory: string, seed: number): Promise<DrilledModel> {
  const model = await smallPhaseModel(seed);
  return {
    model: { directory, name: await saveModel(directory, model) },
    lineage: {
      kind: "network",
      command: "made by a drill",
      seed,
      dataSha256: model.manifest.dataSha256,
      // What a drill proves is about bytes: an edit of a comment proves nothing else.
      codeSha256: null,
      splitSha256: null,
      evidence: [],
      limits: { label: predictionLabel },
    },
    probes: await phaseProbes(),
  };
}

const answerNetwork: Answerer = async ({ directory, name }, probes) => {
  const model = phaseModelOf(await loadModel(directory, name), name, { engine: await simdTraining() });
  return answerPhaseProbes(model, probes, name);
};
