import { existsSync } from "node:fs";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import { ownRegistry, readRegistry, type Registry } from "../../io/registry/readRegistry.js";
import { type Alias, aliasNames, type RegistryEntry } from "../../io/registry/RegistryEntry.js";
import { type Lineage, readVersion, versionPlace } from "../../io/registry/version.js";
import { verifyRegistry } from "../../io/registry/verifyRegistry.js";

/** Which registry is read. */
export interface RegistryOptions {
  /** Folder (default data/registry of the project). */
  readonly registry?: string;
  /** Head that the history had once: nothing before it may have changed. */
  readonly head?: string;
}

/** A version of a registry, in a list. */
export interface ListedVersion {
  readonly version: string;
  readonly aliases: readonly Alias[];
  readonly at: string;
  readonly who: string;
  readonly why: string;
}

/** A registry of which every byte was read. */
export interface RegistryList {
  readonly registry: string;
  /** False of the project's own as long as nothing is registered. */
  readonly exists: boolean;
  readonly entries: number;
  readonly head: string;
  readonly versions: readonly ListedVersion[];
  /** What does not have its hash, in words. */
  readonly mismatches: readonly string[];
  /** Versions that the history does not name. */
  readonly unregistered: readonly string[];
}

/**
 * Reads a registry, every byte.
 *
 * @throws InputError if the history is damaged, never had that head, or a registry is named that is not there
 */
export async function listRegistry(options: RegistryOptions = {}): Promise<RegistryList> {
  const { folder, exists } = placeOf(options);
  const registry = await readRegistry(folder, options);
  const { mismatches, unregistered } = await verifyRegistry(folder);
  return {
    registry: projectName(folder),
    exists,
    entries: registry.entries.length,
    head: registry.head,
    versions: registry.entries
      .filter(({ action }) => action === "register")
      .map(({ version, at, who, why }) => ({
        version: version!,
        aliases: aliasesOf(registry, version!),
        at,
        who,
        why,
      })),
    mismatches,
    unregistered,
  };
}

/** A version, every byte of which was read, with all that happened to it. */
export interface ShownVersion {
  readonly version: string;
  readonly aliases: readonly Alias[];
  readonly model: string;
  /** Folder of the model, as --model takes it. */
  readonly path: string;
  readonly lineage: Lineage;
  readonly files: Readonly<Record<string, string>>;
  readonly history: readonly RegistryEntry[];
}

/** Reads a version, every byte. @throws InputError if there is no such version, or a byte was changed */
export async function showVersion(meant: string, options: RegistryOptions = {}): Promise<ShownVersion> {
  const { folder } = placeOf(options);
  const registry = await readRegistry(folder, options);
  const { version, directory, name } = await versionPlace(folder, meant);
  const { lineage, files } = await readVersion(folder, version);
  return {
    version,
    aliases: aliasesOf(registry, version),
    model: name,
    path: projectName(`${directory}/${name}`),
    lineage,
    files,
    history: registry.entries.filter((entry) => entry.version === version || entry.before === version),
  };
}

/** What happened to a registry, oldest first. */
export interface RegistryHistory extends Pick<Registry, "entries" | "head" | "aliases"> {
  readonly registry: string;
  readonly exists: boolean;
}

/** Reads a history. @throws InputError as listRegistry */
export async function registryHistory(options: RegistryOptions = {}): Promise<RegistryHistory> {
  const { folder, exists } = placeOf(options);
  const { entries, head, aliases } = await readRegistry(folder, options);
  return { registry: projectName(folder), exists, entries, head, aliases };
}

/** @throws InputError if a registry is named that is not there: who mistypes it would be told that it is empty */
export function placeOf({ registry }: RegistryOptions): { readonly folder: string; readonly exists: boolean } {
  const folder = registry ?? ownRegistry;
  const exists = existsSync(folder);
  if (registry !== undefined && !exists)
    throw new InputError({
      where: projectName(folder),
      must: "must be a registry",
      got: "no such folder",
      mend: "correct --registry; `twin registry add` makes one",
    });
  return { folder, exists };
}

function aliasesOf({ aliases }: Registry, version: string): readonly Alias[] {
  return aliasNames.filter((alias) => aliases[alias] === version);
}
