import { cp } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson } from "../../core/canonicalJson.js";
import { sha256 } from "../sha256.js";
import { answeredAlike, type Answerer } from "./Answerer.js";
import { promoteVersion, rollBack } from "./moveAlias.js";
import { entryName, historyFolder, readRegistry } from "./readRegistry.js";
import { type Registering, registerVersion } from "./registerVersion.js";
import { verifyRegistry } from "./verifyRegistry.js";
import { readVersion, versionFiles, versionPlace } from "./version.js";

/** A model that a drill registers. */
export type DrilledModel = Pick<Registering, "model" | "lineage" | "probes">;

/** What a drill of a rollback proved: no time and no place, so that the same proof is the same text. */
export interface RollbackProof {
  readonly check: "PI6";
  /** Version before the promotion and after the rollback, and the one between. */
  readonly versions: readonly [string, string];
  readonly probesSha256: string;
  /** Of what the champion said of its probes. */
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

export interface RollbackDrill {
  readonly proof: RollbackProof;
  /** SHA-256 of the proof as canonical JSON. */
  readonly evidenceSha256: string;
  /** Whether the answers after the rollback are those before the promotion, to the bit. */
  readonly bitwiseEqual: boolean;
  /** Whether those of the version between are others: where they are not, equal answers prove nothing. */
  readonly tellsApart: boolean;
  /** Bytes of the registry that do not have their hash afterwards. */
  readonly hashMismatches: number;
}

/**
 * Promotes a version and rolls it back, and compares what the champion says of its probes before and after.
 *
 * @param registry  folder that may be changed: a copy (copyRegistry), or an empty one
 * @param options.first   made champion where there is none
 * @param options.second  another model, promoted and rolled back; where it is the champion, the first is
 * @throws InputError as promoteVersion and rollBack
 */
export async function drillRollback(
  registry: string,
  { first, second, answer }: { readonly first: DrilledModel; readonly second: DrilledModel; readonly answer: Answerer },
): Promise<RollbackDrill> {
  const reasons = { who: "drill", why: "rehearsal of a rollback" };
  const evidence = [`rehearsal@${"0".repeat(64)}`];
  const moving = { ...reasons, evidence, answer, alias: "champion" } as const;
  const said = async (): Promise<string> => answeredAlike(registry, await versionPlace(registry, "champion"), answer);
  if ((await readRegistry(registry)).aliases.champion === undefined) {
    const { version } = await registerVersion(registry, { ...first, ...reasons, answer });
    await promoteVersion(registry, { ...moving, version });
  }
  const champion = await versionPlace(registry, "champion");
  const before = await said();
  const other = second.model.name === champion.name ? first : second;
  const { version } = await registerVersion(registry, { ...other, ...reasons, answer });
  await promoteVersion(registry, { ...moving, version });
  const between = await said();
  await rollBack(registry, moving);
  const after = await said();
  const { files } = await readVersion(registry, champion.version);
  const proof: RollbackProof = {
    check: "PI6",
    versions: [champion.version, version],
    probesSha256: files[versionFiles.probes],
    before: sha256(before),
    between: sha256(between),
    after: sha256(after),
  };
  return {
    proof,
    evidenceSha256: sha256(canonicalJson(proof)),
    bitwiseEqual: before === after && (await readRegistry(registry)).aliases.champion === champion.version,
    tellsApart: before !== between,
    hashMismatches: (await verifyRegistry(registry)).mismatches.length,
  };
}

/**
 * Copies what a registry holds, for a drill: entries by their numbers and then the versions that they name, as others
 * may write meanwhile.
 */
export async function copyRegistry(from: string, to: string): Promise<void> {
  const { entries } = await readRegistry(from);
  for (const { entry } of entries) {
    const name = entryName(entry);
    await cp(join(historyFolder(from), name), join(historyFolder(to), name));
  }
  if (entries.length > 0) await cp(join(from, "versions"), join(to, "versions"), { recursive: true });
}
