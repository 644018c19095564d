import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { canonicalJson } from "../../core/canonicalJson.js";
import { checkJson } from "../../core/checkJson.js";
import { InputError } from "../../core/InputError.js";
import { makeFolder } from "../makeFolder.js";
import { projectName } from "../projectPath.js";
import { readBytes } from "../readText.js";
import { sha256 } from "../sha256.js";
import { asWriteError } from "../systemRefusal.js";
import { takePlace, writeFiles } from "../writeFolderAtomic.js";
import type { Answerer } from "./Answerer.js";
import { appendEntry, checkReasons, type Reasons } from "./appendEntry.js";
import { inTheMaking } from "./inTheMaking.js";
import {
  type Lineage,
  readVersion,
  versionFiles,
  versionFolder,
  versionFormat,
  type VersionPlace,
  type VersionRecord,
  visibleFiles,
} from "./version.js";

/** What a version is made of, and why. */
export interface Registering extends Omit<Reasons, "evidence"> {
  /** Folder of models, and the model in it, in a folder that is called by its hash. */
  readonly model: Omit<VersionPlace, "version">;
  readonly lineage: Lineage;
  /** Recipes that the version is asked about at every move: plain JSON that `answer` takes. */
  readonly probes: unknown;
  readonly answer: Answerer;
}

/** A version that stands in a registry. */
export interface RegisteredVersion {
  readonly version: string;
  /** Whether it was registered now; false where the same version was before. */
  readonly isNew: boolean;
}

const where = "twin registry add";

/**
 * Copies a model into a registry as a version, with where it came from and what it says of probes, and registers it. A
 * version is called by a hash of all its bytes, and written whole or not at all: who is killed before the history has
 * it leaves a folder that nothing names, and registers it the next time.
 *
 * @throws InputError if the model cannot be read or does not answer, the folder cannot be written, or who and why are
 *   not told
 */
export async function registerVersion(
  registry: string,
  { model, lineage, probes, answer, who, why }: Registering,
): Promise<RegisteredVersion> {
  checkReasons({ who, why, evidence: lineage.evidence }, where);
  checkJson({ lineage, probes }, "registerVersion");
  const from = join(model.directory, model.name);
  const names = await visibleFiles(from);
  if (names.length === 0)
    throw new InputError({
      where: projectName(from),
      must: "must be the folder of a model",
      got: "no files",
      mend: "name one of data/models; `twin train` makes one",
    });
  const version = await inFolder(registry, async (making) => {
    const copy = join(making, "model");
    const files: Record<string, Uint8Array | string> = { [versionFiles.probes]: canonicalJson(probes) };
    for (const name of names) files[`model/${model.name}/${name}`] = await readBytes(join(from, name));
    await writeFiles(making, files);
    // The copy answers, so that what is registered is what was asked.
    const predictions = await answer({ directory: copy, name: model.name }, canonicalJson(probes));
    const all = { ...files, [versionFiles.predictions]: predictions };
    const record = canonicalJson(recordOf(model.name, lineage, all));
    await writeFiles(making, { [versionFiles.predictions]: predictions, [versionFiles.record]: record });
    const name = sha256(record);
    await makeFolder(dirname(versionFolder(registry, name)));
    await takePlace(making, versionFolder(registry, name));
    return name;
  });
  // One that stood there before must be whole, too.
  await readVersion(registry, version);
  const entry = await appendEntry(
    registry,
    ({ standing }) =>
      standing.versions.includes(version) ? null : { action: "register", alias: null, version, before: null },
    { where, who, why, evidence: lineage.evidence },
  );
  return { version, isNew: entry !== null };
}

/** A folder whose name goes to a version as a whole: it is one level down, as what is around it is removed. */
async function inFolder(registry: string, use: (making: string) => Promise<string>): Promise<string> {
  try {
    return await inTheMaking(registry, async (making) => {
      const folder = join(making, "version");
      await mkdir(folder);
      return await use(folder);
    });
  } catch (error) {
    throw asWriteError(registry, error);
  }
}

function recordOf(
  model: string,
  { kind, command, seed, dataSha256, codeSha256, splitSha256, evidence, limits }: Lineage,
  files: Readonly<Record<string, string | Uint8Array>>,
): VersionRecord {
  const names = Object.keys(files).sort();
  return {
    format: versionFormat,
    version: 1,
    model,
    lineage: { kind, command, seed, dataSha256, codeSha256, splitSha256, evidence, limits },
    files: Object.fromEntries(names.map((name) => [name, sha256(files[name])])),
  };
}
