import { rm } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { appendRehearsal, ownRehearsals, type Rehearsal } from "../../io/evidence/rehearsalLedger.js";
import { projectName } from "../../io/projectPath.js";
import { copyRegistry, type DrilledModel, drillRollback, type RollbackDrill } from "../../io/registry/drillRollback.js";
import { readRegistry } from "../../io/registry/readRegistry.js";
import { temporaryFolder } from "../../io/temporaryFolder.js";
import { trainPhaseModel } from "../train/trainPhaseModel.js";
import { answerProbes } from "./answerProbes.js";
import { lineageOf } from "./lineageOf.js";
import { probeRecipes } from "./probeRecipes.js";
import { placeOf, type RegistryOptions } from "./registryReports.js";

export interface RehearseOptions extends RegistryOptions {
  /** File of the ledger of rehearsals (default data/evidence/rehearsals.jsonl of the project). */
  readonly ledger?: string;
  /** That a promotion and a rollback may take together (default 60). */
  readonly limit?: number;
  /** Default: that of this process. */
  readonly seconds?: () => number;
}

/** A rollback that was rehearsed. */
export interface RollbackRehearsal extends RollbackDrill {
  /** Registry of which a copy was used; null where none has a champion yet, and small models stood in. */
  readonly of: string | null;
  readonly limitSeconds: number;
  readonly withinTimeLimit: boolean;
  readonly ledger: string;
  /** Null where the rehearsal failed: then nothing is written down. */
  readonly rehearsal: Rehearsal | null;
}

/** Small networks of the twin, which a rehearsal trains in a few seconds. */
const small = { rows: 3000, hidden: [16], epochs: 2, workers: 1 };

/**
 * Rehearses a rollback: in a copy of the registry another model is promoted and rolled back, and the champion must say
 * of its probes what it said before, to the bit. What was proved is written down with its day, in a ledger; how long it
 * took is not, but whether that was within the limit.
 *
 * @throws InputError if the registry is damaged, or another one was named that is not there
 */
export async function rehearseRollback({
  registry,
  head,
  ledger = ownRehearsals,
  limit = 60,
  seconds = () => performance.now() / 1000,
}: RehearseOptions = {}): Promise<RollbackRehearsal> {
  if (!(limit > 0)) {
    const mend = "write for example 60";
    throw new InputError({ where: "--limit", must: "must be a number of seconds above 0", got: String(limit), mend });
  }
  const { folder } = placeOf({ registry });
  const { aliases } = await readRegistry(folder, { head });
  const place = temporaryFolder();
  try {
    const copy = join(place, "registry");
    await copyRegistry(folder, copy);
    const [first, second] = [await smallModel(place, 1), await smallModel(place, 2)];
    const began = seconds();
    const drill = await drillRollback(copy, { first, second, answer: answerProbes });
    const withinTimeLimit = seconds() - began <= limit;
    const { evidenceSha256, bitwiseEqual, tellsApart, hashMismatches } = drill;
    const passed = bitwiseEqual && tellsApart && hashMismatches === 0;
    const rehearsed = { check: drill.proof.check, evidenceSha256, withinTimeLimit };
    return {
      ...drill,
      of: aliases.champion === undefined ? null : projectName(folder),
      limitSeconds: limit,
      withinTimeLimit,
      ledger: projectName(ledger),
      rehearsal: passed ? await appendRehearsal(ledger, rehearsed) : null,
    };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function smallModel(place: string, seed: number): Promise<DrilledModel> {
  const directory = join(place, "models");
  const { model: name } = await trainPhaseModel({ ...small, seed, out: directory });
  const model = { directory, name: name! };
  return { model, lineage: await lineageOf(model, []), probes: await probeRecipes("network") };
}
