import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { appendRehearsal, ownRehearsals, type Rehearsal } from "../../io/evidence/rehearsalLedger.js";
import { projectName } from "../../io/projectPath.js";
import { copyRegistry, drillRollback, type RollbackDrill } from "../../io/registry/drillRollback.js";
import { readRegistry } from "../../io/registry/readRegistry.js";
import { withTemporaryFolder } from "../../io/withTemporaryFolder.js";
import { drillSmallRollback, smallVersion } from "../../problems/phase/drillSmallRollback.js";
import { answerProbes } from "./answerProbes.js";
import { placeOf, type RegistryOptions } from "./registryReports.js";

/** Which registry is rehearsed, within which time, and where that is written down. */
export interface RehearseOptions extends RegistryOptions {
  /** File of the ledger of rehearsals (default data/evidence/rehearsals.jsonl of the project). */
  readonly ledger?: string;
  /** Seconds that a drill may take (default 60). */
  readonly limit?: number;
  /** Default: those of this process. */
  readonly seconds?: () => number;
}

/** A drill of a rollback, and what was written down of it. */
export interface RehearsedDrill extends RollbackDrill {
  /** Registry of which a copy was used; null of the drill with two small models, which is the same everywhere. */
  readonly of: string | null;
  readonly withinTimeLimit: boolean;
  /** Null where the drill failed: then nothing is written down. */
  readonly rehearsal: Rehearsal | null;
}

/** Drills of rollbacks that were rehearsed. */
export interface RollbackRehearsal {
  /** With two small models; then in a copy of the registry, where it has a champion. */
  readonly drills: readonly RehearsedDrill[];
  readonly limitSeconds: number;
  readonly ledger: string;
}

/**
 * Rehearses a rollback: with two small models, and in a copy of the registry, where it has a champion.
 *
 * The champion must say of its probes what it said before, to the bit. What was proved is written down with its day, in
 * a ledger; how long it took is not, but whether that was within the limit.
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
  const timed = async (of: string | null, work: () => Promise<RollbackDrill>): Promise<RehearsedDrill> => {
    const began = seconds();
    const drill = await work();
    const withinTimeLimit = seconds() - began <= limit;
    const { proof, evidenceSha256, bitwiseEqual, tellsApart, hashMismatches } = drill;
    const passed = bitwiseEqual && tellsApart && hashMismatches === 0;
    const rehearsed = { check: proof.check, evidenceSha256, withinTimeLimit };
    return { ...drill, of, withinTimeLimit, rehearsal: passed ? await appendRehearsal(ledger, rehearsed) : null };
  };
  const drills = [await timed(null, drillSmallRollback)];
  if (aliases.champion !== undefined) drills.push(await timed(projectName(folder), () => drillCopy(folder)));
  return { drills, limitSeconds: limit, ledger: projectName(ledger) };
}

function drillCopy(folder: string): Promise<RollbackDrill> {
  return withTemporaryFolder(async (place) => {
    const copy = join(place, "registry");
    await copyRegistry(folder, copy);
    const [first, second] = [await smallVersion(place, 1), await smallVersion(place, 2)];
    return drillRollback(copy, { first, second, answer: answerProbes });
  });
}
