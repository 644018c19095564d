import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { appendRehearsal, ownRehearsals, type Rehearsal } from "../../io/evidence/rehearsalLedger.js";
import { projectName } from "../../io/projectPath.js";
import { copyRegistry, drillRollback, type RollbackDrill } from "../../io/registry/drillRollback.js";
import { readRegistry } from "../../io/registry/readRegistry.js";
import { withTemporaryFolder } from "../../io/withTemporaryFolder.js";
import { rehearsedModels } from "../../problems/phase/rehearsedModels.js";
import { rehearseRollout } from "../../problems/phase/rehearseRollout.js";
import { rolloutPlan } from "../../problems/phase/rolloutPlan.js";
import { answerProbes } from "./answerProbes.js";
import { placeOf, type RegistryOptions } from "./registryReports.js";

/** Which registry is rehearsed, within which time, and where that is written down. */
export interface RehearseOptions extends RegistryOptions {
  /** Of the requests of the rehearsed rollout: that of notebook 08 (default 1) proves what its evidence says. */
  readonly seed?: number;
  /** File of the ledger of rehearsals (default data/evidence/rehearsals.jsonl of the project). */
  readonly ledger?: string;
  /** That each drill may take (default 60). */
  readonly limit?: number;
  /** Default: that of this process. */
  readonly seconds?: () => number;
}

/** Rollbacks that were rehearsed. */
export interface RollbackRehearsal {
  readonly drills: readonly RehearsedDrill[];
  readonly limitSeconds: number;
  readonly ledger: string;
  /** Whether all proved what they should, each within the limit. */
  readonly passed: boolean;
}

/** One rollback that was rehearsed. */
export interface RehearsedDrill extends RollbackDrill {
  /** Registry of which a copy was used; null of a whole rollout with the kept models. */
  readonly of: string | null;
  readonly withinTimeLimit: boolean;
  /** Null where the rehearsal failed: then nothing is written down. */
  readonly rehearsal: Rehearsal | null;
}

/**
 * Rehearses rollbacks: a whole rollout with the kept models, as notebook 08 tells it, and in a copy of the registry.
 *
 * In the copy another model is promoted and rolled back, where a version is champion there. The champion must say of
 * its probes what it said before, to the bit. What was proved is written down with its day, in a ledger; how long it
 * took is not, but whether that was within the limit.
 *
 * @throws InputError if the registry is damaged, or another one was named that is not there
 */
export async function rehearseRollback({
  registry,
  head,
  seed = 1,
  ledger = ownRehearsals(),
  limit = 60,
  seconds = () => performance.now() / 1000,
}: RehearseOptions = {}): Promise<RollbackRehearsal> {
  if (!(limit > 0)) {
    const mend = "write for example 60";
    throw new InputError({ where: "--limit", must: "must be a number of seconds above 0", got: String(limit), mend });
  }
  const { folder } = placeOf({ registry });
  const { aliases } = await readRegistry(folder, { head });
  const rehearsed = async (of: string | null, drill: () => Promise<RollbackDrill>): Promise<RehearsedDrill> => {
    const began = seconds();
    const done = await drill();
    const withinTimeLimit = seconds() - began <= limit;
    const { proof, evidenceSha256, bitwiseEqual, tellsApart, hashMismatches } = done;
    const isProved = bitwiseEqual && tellsApart && hashMismatches === 0;
    const line = { check: proof.check, evidenceSha256, withinTimeLimit };
    return { of, ...done, withinTimeLimit, rehearsal: isProved ? await appendRehearsal(ledger, line) : null };
  };
  const drills = [await rehearsed(null, async () => (await rehearseRollout(rolloutPlan, { seed })).rollback)];
  if (aliases.champion !== undefined) drills.push(await rehearsed(projectName(folder), () => drillInCopy(folder)));
  return {
    drills,
    limitSeconds: limit,
    ledger: projectName(ledger),
    passed: drills.every(({ rehearsal, withinTimeLimit }) => rehearsal !== null && withinTimeLimit),
  };
}

async function drillInCopy(registry: string): Promise<RollbackDrill> {
  return withTemporaryFolder(async (place) => {
    const copy = join(place, "registry");
    await copyRegistry(registry, copy);
    const { first, second } = await rehearsedModels(join(place, "models"));
    return drillRollback(copy, { first, second, answer: answerProbes });
  });
}
