import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../../core/InputError.js";
import { filesBelow } from "../filesBelow.js";
import { folderNames } from "../folderNames.js";
import { projectName } from "../projectPath.js";
import { readBytes } from "../readText.js";
import { sha256 } from "../sha256.js";
import { ownRegistry, readRegistry } from "./readRegistry.js";
import { type Alias, aliasNames } from "./RegistryEntry.js";

/** Where a version came from, and how far it may be believed. */
export interface Lineage {
  /** What kind of model it is. */
  readonly kind: string;
  /** What makes the model on the command line. */
  readonly command: string;
  readonly seed: number;
  /** SHA-256 of the rows that it learned from; null where it is not known. */
  readonly dataSha256: string | null;
  /** SHA-256 of the sources that train it; null where it is not told. */
  readonly codeSha256: string | null;
  readonly splitSha256: string | null;
  /** "id@SHA-256" each. */
  readonly evidence: readonly string[];
  /** What its answers promise: plain JSON. */
  readonly limits: unknown;
}

export const versionFormat = "cspbbr3-twin version";

/** `version.json`: all that a version is, by hashes. Its own hash is the version's name. */
export interface VersionRecord {
  readonly format: typeof versionFormat;
  readonly version: 1;
  /** Name of its model, which is a folder of that name. */
  readonly model: string;
  readonly lineage: Lineage;
  /** SHA-256 by path of every other file. */
  readonly files: Readonly<Record<string, string>>;
}

/** Files of a version beside its model: the recipes that it is asked about at every move, and what it answered. */
export const versionFiles = { record: "version.json", probes: "probes.json", predictions: "predictions.json" } as const;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const shape = z.strictObject({
  format: z.literal(versionFormat),
  version: z.literal(1),
  model: hash,
  lineage: z.strictObject({
    kind: z.string(),
    command: z.string(),
    seed: z.int().nonnegative(),
    dataSha256: hash.nullable(),
    codeSha256: hash.nullable(),
    splitSha256: hash.nullable(),
    evidence: z.array(z.string()),
    limits: z.unknown(),
  }),
  files: z.record(z.string(), hash),
});

/** Folder of a version. */
export function versionFolder(registry: string, version: string): string {
  return join(registry, "versions", version);
}

/** Where the model of a version lies, as loadModel takes it. */
export interface VersionPlace {
  readonly version: string;
  readonly directory: string;
  readonly name: string;
}

/**
 * The version that is meant, every byte of it held to its hash, and the history with it.
 *
 * @param meant  alias, hash or its beginning, at least 4 digits
 * @throws InputError if there is none, or more than one fits, or a byte was changed (the file is named)
 */
export async function versionPlace(folder: string = ownRegistry, meant: string): Promise<VersionPlace> {
  const version = await versionName(folder, meant);
  const { model } = await readVersion(folder, version);
  return { version, directory: join(versionFolder(folder, version), "model"), name: model };
}

/** Hash of the version that is meant. @throws InputError as versionPlace */
export async function versionName(folder: string, meant: string): Promise<string> {
  const { aliases, standing } = await readRegistry(folder);
  const where = `${projectName(folder)}, version "${meant}"`;
  if (aliasNames.includes(meant as Alias)) {
    const version = aliases[meant as Alias];
    if (version !== undefined) return version;
    throw new InputError({
      where,
      must: `there must be a ${meant}`,
      got: "none",
      mend: `promote one with \`twin registry promote VERSION --alias ${meant}\``,
    });
  }
  const { versions } = standing;
  const fitting = /^[0-9a-f]{4,64}$/.test(meant) ? versions.filter((one) => one.startsWith(meant)) : [];
  if (fitting.length === 1) return fitting[0];
  throw new InputError({
    where,
    must: "must be champion, challenger, or the hash of one registered version, at least its first 4 digits",
    got: fitting.length === 0 ? "none of that name" : `${fitting.length} that begin so`,
    mend:
      versions.length === 0
        ? "register a model with `twin registry add`"
        : choice(fitting.length === 0 ? versions : fitting),
  });
}

/** Names that are shown: `twin registry list` has all. */
const shown = 8;

function choice(versions: readonly string[]): string {
  const some = versions.slice(-shown).map((one) => one.slice(0, 16));
  const more = versions.length > shown ? ` and ${versions.length - shown} more of \`twin registry list\`` : "";
  return `choose among ${some.join(", ")}${more}`;
}

/**
 * What a version is, every byte of its files held to its hash. Hidden files do not count.
 *
 * @throws InputError if a file is missing, changed by a single byte, or too many (the file is named)
 */
export async function readVersion(registry: string, version: string): Promise<VersionRecord> {
  const folder = versionFolder(registry, version);
  const path = join(folder, versionFiles.record);
  const bytes = await readBytes(path);
  if (sha256(bytes) !== version)
    throw changed(path, "must have the hash that its folder is named after", sha256(bytes));
  const record = parsedRecord(new TextDecoder().decode(bytes), path);
  for (const [name, expected] of Object.entries(record.files)) {
    const found = sha256(await readBytes(join(folder, name)));
    if (found !== expected) throw changed(join(folder, name), `must have the hash that version.json says`, found);
  }
  for (const name of await visibleFiles(folder))
    if (name !== versionFiles.record && !Object.hasOwn(record.files, name))
      throw changed(join(folder, name), "version.json must name every file", "one that it does not name");
  return record;
}

function parsedRecord(text: string, path: string): VersionRecord {
  const refuse = (got: string): never => {
    throw new InputError({
      where: projectName(path),
      must: "must describe a version as this program knows it",
      got,
      mend: "read it with the program that wrote it",
    });
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse((error as Error).message);
  }
  const parsed = shape.safeParse(value);
  // As it was read: a schema gives keys in its own order.
  if (parsed.success) return value as VersionRecord;
  const [issue] = parsed.error.issues;
  return refuse(`${issue.path.join(".")}: ${issue.message}`);
}

function changed(path: string, must: string, got: string): InputError {
  return new InputError({
    where: projectName(path),
    must,
    got,
    mend: "it was changed after it was registered: restore it from a copy of the registry",
  });
}

/** Hidden files, which systems leave in folders that are looked at, count nowhere. */
export async function visibleFiles(folder: string): Promise<readonly string[]> {
  return (await filesBelow(folder)).filter((name) => !/(?:^|\/)\./.test(name));
}

/** Names of the folders of versions, registered or not. */
export function versionFolders(registry: string): Promise<readonly string[]> {
  return folderNames(join(registry, "versions"));
}
