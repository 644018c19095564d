import { existsSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { filesBelow } from "../../io/filesBelow.js";
import { projectPath } from "../../io/projectPath.js";
import { sha256 } from "../../io/sha256.js";
import { noThreads } from "../kernel/watchThreads.js";
import { doAfterNeeds } from "./doAfterNeeds.js";
import { firstDifference, type Difference } from "./firstDifference.js";
import { listNotebooks, type NotebookFile } from "./notebookFiles.js";
import { notebookNeeds } from "./notebookNeeds.js";
import { withProjectLock } from "./projectLock.js";
import { readNotebookOfSource } from "./readNotebook.js";
import {
  executeStaged,
  notebooksSideBySide,
  placesOf,
  stagingFolder,
  type NotebookFailure,
  type NotebookProgress,
  type RunOptions,
} from "./runNotebooks.js";
import { standingOutputs } from "./stagedOutputs.js";

/** A file by its path from the project root, with its SHA-256. */
export interface HashedFile {
  readonly path: string;
  readonly sha256: string;
}

/** A file whose bytes changed; `sha256` is that of the file which stands. */
export interface DifferentFile extends HashedFile, Difference {
  readonly rerunSha256: string;
}

/** What re-running all notebooks gave beside what stands in the project. */
export interface Verification {
  /** Whether all notebooks ran and every file came out as it stands. */
  readonly passed: boolean;
  readonly equal: readonly HashedFile[];
  readonly different: readonly DifferentFile[];
  /** Written by the re-run, not standing in the project. */
  readonly missing: readonly HashedFile[];
  /** Standing in the project under the number of a notebook, or of none, and not written by the re-run. */
  readonly extra: readonly HashedFile[];
  readonly failed: readonly { readonly name: string; readonly failure: NotebookFailure }[];
  /**
   * Evidence among `equal` that could not be recomputed, as an input is not
   * on this machine: only its record was compared.
   */
  readonly recorded: readonly string[];
  /** Notebooks that neither asked for the number of threads nor started any: with another number they do the same. */
  readonly withoutThreads: readonly string[];
}

export interface VerifyOptions extends Omit<RunOptions, "file" | "force" | "environment"> {
  /** Names of the notebooks to verify ("01-experiments"); none for all. */
  readonly names?: readonly string[];
}

/**
 * Re-runs every notebook into a staging folder and compares bytes of executed notebooks, figures and evidence with
 * what stands in the project, which stays as it is. Notebooks read earlier evidence from the project, so each is
 * verified against what is committed, not against the re-run of the one before.
 *
 * @throws InputError if a notebook is missing or corrupt, or there is none of a name; if another process runs
 *   notebooks here
 */
export async function verifyNotebooks({ names = [], ...options }: VerifyOptions = {}): Promise<Verification> {
  const { root = projectPath(), sideBySide = notebooksSideBySide(), onProgress = () => undefined } = options;
  const files = await listNotebooks(root);
  const chosen = chosenOf(files, names);
  return withProjectLock(root, async () => {
    const needs = await notebookNeeds(files);
    const parts = await doAfterNeeds<NotebookFile, Verification>(chosen, {
      most: sideBySide,
      needs: (at) => placesOf(needs.get(chosen[at].name)!, chosen),
      work: async (file) => {
        const part = await verifyOne(file, options);
        onProgress(progressOf(file, part));
        return part;
      },
    }).finally(() => rm(stagingFolder(root), { recursive: true, force: true }));
    const orphans: Verification = { ...nothing, extra: await hashed(root, await orphanOutputs(root, files)) };
    return together([...parts, orphans]);
  });
}

const nothing: Verification = {
  passed: true,
  equal: [],
  different: [],
  missing: [],
  extra: [],
  failed: [],
  recorded: [],
  withoutThreads: [],
};

function chosenOf(files: readonly NotebookFile[], names: readonly string[]): readonly NotebookFile[] {
  const known = files.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new InputError({
      where: "twin notebooks verify",
      must: `notebooks must be of ${known.join(", ")}`,
      got: `"${unknown}"`,
      mend: "name some of them, or none for all",
    });
  return names.length === 0 ? files : files.filter(({ name }) => names.includes(name));
}

async function verifyOne(file: NotebookFile, options: RunOptions): Promise<Verification> {
  // Beside the staging folders, so that it is no output of the notebook; it goes with them.
  const report = (name: string): string => join(stagingFolder(file.root), `${name}.threads`);
  const environment = (name: string): Readonly<Record<string, string>> => ({ TWIN_THREADS_REPORT: report(name) });
  const notebook = await readNotebookOfSource(file);
  const { stage, paths, failure } = await executeStaged(file, notebook, { ...options, environment });
  if (failure !== null) return { ...nothing, failed: [{ name: file.name, failure }] };
  const compared = await Promise.all(paths.map((path) => compare(path, file.root, stage)));
  const extra = (await standingOutputs(file)).filter((path) => !paths.includes(path));
  // A kernel that said nothing may have used threads.
  const said = await readFile(report(file.name), "utf8").catch(() => null);
  const withoutThreads = said === noThreads ? [file.name] : [];
  return together([...compared, { ...nothing, extra: await hashed(file.root, extra), withoutThreads }]);
}

async function compare(path: string, root: string, stage: string): Promise<Verification> {
  const rerun = await readFile(join(stage, path));
  if (!existsSync(join(root, path))) return { ...nothing, missing: [{ path, sha256: sha256(rerun) }] };
  const standing = await readFile(join(root, path));
  const found = { path, sha256: sha256(standing) };
  if (standing.equals(rerun))
    return { ...nothing, equal: [found], recorded: isRecorded(path, standing.toString(), root) ? [path] : [] };
  return {
    ...nothing,
    different: [{ ...found, rerunSha256: sha256(rerun), ...firstDifference(standing.toString(), rerun.toString()) }],
  };
}

function isRecorded(path: string, text: string, root: string): boolean {
  if (!path.startsWith("data/evidence/")) return false;
  const { inputs = {} } = JSON.parse(text) as { readonly inputs?: Readonly<Record<string, string>> };
  return Object.keys(inputs).some((input) => !existsSync(join(root, input)));
}

/** Figures, evidence and executed notebooks whose number no notebook has. */
async function orphanOutputs(root: string, files: readonly NotebookFile[]): Promise<string[]> {
  const known = new Set(files.map(({ prefix }) => prefix));
  const standing = [
    ...(await filesBelow(join(root, "figures"))),
    ...(await filesBelow(join(root, "data", "evidence"))),
  ];
  const numbers = new Set(standing.flatMap((path) => /^(\d\d)-/.exec(path)?.[1] ?? []));
  const outputs = [...numbers]
    .filter((number) => !known.has(number))
    .map((prefix) => standingOutputs({ ...files[0], prefix }));
  const names = new Set(files.map(({ name }) => `${name}.ipynb`));
  const notebooks = (await readdir(join(root, "notebooks"))).filter(
    (name) => /^\d\d-.+\.ipynb$/.test(name) && !names.has(name),
  );
  return [...notebooks.map((name) => `notebooks/${name}`), ...(await Promise.all(outputs)).flat()].sort();
}

async function hashed(root: string, paths: readonly string[]): Promise<HashedFile[]> {
  return Promise.all(paths.map(async (path) => ({ path, sha256: sha256(await readFile(join(root, path))) })));
}

function together(parts: readonly Verification[]): Verification {
  const equal = parts.flatMap((part) => part.equal);
  const different = parts.flatMap((part) => part.different);
  const missing = parts.flatMap((part) => part.missing);
  const extra = parts.flatMap((part) => part.extra);
  const failed = parts.flatMap((part) => part.failed);
  const recorded = parts.flatMap((part) => part.recorded);
  const withoutThreads = parts.flatMap((part) => part.withoutThreads);
  const passed = [different, missing, extra, failed].every(({ length }) => length === 0);
  return { passed, equal, different, missing, extra, failed, recorded, withoutThreads };
}

function progressOf({ name }: NotebookFile, { failed, equal, different, missing }: Verification): NotebookProgress {
  if (failed.length > 0) return { name, state: "failed", failure: failed[0].failure };
  return { name, state: "done", written: [...equal, ...different, ...missing].map(({ path }) => path), removed: [] };
}
