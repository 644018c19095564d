import { InputError } from "../../core/InputError.js";
import type { Encoder } from "../../features/Encoder.js";
import { keptModels } from "../../io/predictions/keepModel.js";
import { type LedgerLine, readPredictionLedger } from "../../io/predictions/predictionLedger.js";
import type { DrilledModel } from "../../io/registry/drillRollback.js";
import { loadModel } from "../../training/files/loadModel.js";
import type { Model } from "../../training/files/Model.js";
import { saveModel } from "../../training/files/saveModel.js";
import { phaseProbes } from "./phaseProbes.js";

/** Two models to rehearse a rollout with: a good one, and one that is wrong in a known way. */
export interface RehearsedModels {
  readonly first: DrilledModel;
  readonly second: DrilledModel;
  /** What is wrong with the second. */
  readonly fault: string;
}

/** Caesium per lead in the table that the second is taken to have learned from, over what was weighed. */
const caesiumError = 1.25;

/**
 * The phase model that is kept beside the ledger of predictions, and the same network as it would be had it learned
 * from a table whose caesium was told a quarter too high: a slip that no check of a format sees.
 *
 * @param directory  where they are saved
 * @throws InputError if no phase model is kept, or the folder cannot be written
 */
export async function rehearsedModels(directory: string): Promise<RehearsedModels> {
  const { lines } = await readPredictionLedger();
  const line = lines.find(({ form }) => form === "recipes");
  if (line === undefined)
    throw new InputError({
      where: "data/predictions",
      must: "a model of phases must stand beside the ledger of predictions",
      got: "none",
      mend: "restore data/predictions from git",
    });
  const good = await loadModel(keptModels(), line.model);
  const bad = { ...good, encoder: withCaesiumError(good.encoder as Encoder) };
  const fault = `caesium per lead told ${caesiumError} times too high`;
  const probes = await phaseProbes();
  const saved = async (model: Model, command: string): Promise<DrilledModel> => ({
    model: { directory, name: await saveModel(directory, model) },
    lineage: lineageOf(line, command),
    probes,
  });
  return {
    first: await saved(good, line.remaking.command),
    second: await saved(bad, `${line.remaking.command}, from a table with ${fault}`),
    fault,
  };
}

function withCaesiumError(encoder: Encoder): Encoder {
  const columns = encoder.columns.map((column) =>
    column.kind === "number" && column.name === "lnCaesiumLead"
      ? { ...column, mean: column.mean + Math.log(caesiumError) }
      : column,
  );
  return { ...encoder, columns };
}

/** As the ledger tells it, so that versions keep their names while code that is not theirs changes. */
function lineageOf({ remaking, judging }: LedgerLine, command: string): DrilledModel["lineage"] {
  const { seed, dataSha256, codeSha256 } = remaking;
  const limits = { sentence: judging.sentence };
  return { kind: "network", command, seed, dataSha256, codeSha256, splitSha256: null, evidence: [], limits };
}
