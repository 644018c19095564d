import { InputError } from "../../core/InputError.js";
import { ownRegistry, readRegistry } from "./readRegistry.js";
import { readVersion, versionFolders } from "./version.js";

/** A registry of which every byte was read. */
export interface RegistryCheck {
  readonly entries: number;
  /** Versions that were looked at, registered or not. */
  readonly versions: number;
  /** What does not have its hash, in words; none where all does. */
  readonly mismatches: readonly string[];
  /** Versions that the history does not name: who registered them was killed, or its end was cut off. */
  readonly unregistered: readonly string[];
}

/** Holds every entry and every byte of every version of a registry to its hash. */
export async function verifyRegistry(folder: string = ownRegistry): Promise<RegistryCheck> {
  const mismatches: string[] = [];
  const told = (error: unknown): void => {
    if (!(error instanceof InputError)) throw error;
    mismatches.push(error.message);
  };
  const registry = await readRegistry(folder).catch((error: unknown) => {
    told(error);
    return null;
  });
  const registered = registry?.standing.versions ?? [];
  const standing = await versionFolders(folder);
  const all = [...new Set([...registered, ...standing])].sort();
  for (const version of all) await readVersion(folder, version).catch(told);
  return {
    entries: registry?.entries.length ?? 0,
    versions: all.length,
    mismatches,
    unregistered: registry === null ? [] : standing.filter((one) => !registered.includes(one)),
  };
}
