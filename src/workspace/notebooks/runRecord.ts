import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { canonicalJson } from "../../core/canonicalJson.js";
import { InputError } from "../../core/InputError.js";
import { filesBelow } from "../../io/filesBelow.js";
import { projectName } from "../../io/projectPath.js";
import { sha256, sha256File } from "../../io/sha256.js";
import { writeAtomic } from "../../io/writeAtomic.js";
import type { NotebookFile } from "./notebookFiles.js";
import { isMadeByAssure, standingOutputs } from "./stagedOutputs.js";

/** What a successful run rested on and what it wrote: `.twin/runs/NN-name.json`. */
export interface RunRecord {
  readonly key: string;
  /** SHA-256 of figures, evidence and the .ipynb, by path from the project root. */
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Hash over what all notebooks rest on: built code and its sources, the kernel's registration with its variables,
 * modules of the notebooks' own, locked dependencies, data that notebooks do not write.
 *
 * Sources count beside what is built from them, because evidence carries their hashes: an edit that compiles to
 * the same code (a type, a line break) changes what notebooks write.
 */
export async function sharedKey(root: string): Promise<string> {
  const built = (await filesBelow(join(root, "dist")))
    .filter((path) => !/\.(?:map|tsbuildinfo)$/.test(path))
    .map((path) => `dist/${path}`);
  const sources = (await filesBelow(join(root, "src"))).map((path) => `src/${path}`);
  const beside = (await filesBelow(join(root, "notebooks")))
    .filter(isBesideNotebooks)
    .map((path) => `notebooks/${path}`);
  const data = (await filesBelow(join(root, "data")))
    .filter((path) => !/^(?:evidence|generated|models)\//.test(path))
    .map((path) => `data/${path}`);
  return hashOf(root, ["package-lock.json", ...built, ...sources, ...beside, ...data]);
}

/**
 * Hash over all that a notebook's results depend on: what all rest on, its own source, evidence of
 * the notebooks that it needs and of `npm run assure`. The last notebook, 99, reads all evidence
 * but its own, and the documents that it judges.
 *
 * @param on.needed  names of the notebooks that it needs
 */
export async function runKey(
  file: NotebookFile,
  { shared, needed }: { readonly shared: string; readonly needed: readonly string[] },
): Promise<string> {
  const folder = join(file.root, "data", "evidence");
  const names = existsSync(folder) ? (await readdir(folder)).filter(isEvidence).sort() : [];
  const read = await Promise.all(names.map((name) => isRead(name, { file, needed, path: join(folder, name) })));
  const evidence = names.filter((_, index) => read[index]).map((name) => `data/evidence/${name}`);
  const documents =
    file.prefix === "99"
      ? (await filesBelow(join(file.root, "docs"))).filter(isJudgedDocument).map((path) => `docs/${path}`)
      : [];
  return sha256(`${shared}\n${await hashOf(file.root, [slashed(file.root, file.source), ...evidence, ...documents])}`);
}

/**
 * Whether the last run had this key, every output still stands as it wrote it, and no other stands under its number.
 */
export async function isUnchanged(file: NotebookFile, key: string): Promise<boolean> {
  const record = await readRecord(recordPath(file));
  if (record?.key !== key) return false;
  for (const [path, hash] of Object.entries(record.outputs)) {
    if ((await hashIfPresent(join(file.root, path))) !== hash) return false;
  }
  return (await standingOutputs(file)).every((path) => path in record.outputs);
}

/** SHA-256 of everything that the last successful runs in this checkout wrote, by path from the project root. */
export async function recordedOutputs(root: string): Promise<Readonly<Record<string, string>>> {
  const names = await filesBelow(join(root, ".twin", "runs"));
  const records = await Promise.all(names.map((name) => readRecord(join(root, ".twin", "runs", name))));
  return Object.assign({}, ...records.map((record) => record?.outputs ?? {})) as Record<string, string>;
}

/** Records a successful run. @param paths  what it wrote, from the project root */
export async function writeRecord(file: NotebookFile, key: string, paths: readonly string[]): Promise<void> {
  const hashes = await Promise.all(paths.map(async (path) => [path, await sha256File(join(file.root, path))] as const));
  const record: RunRecord = { key, outputs: Object.fromEntries(hashes) };
  await writeAtomic(recordPath(file), canonicalJson(record));
}

/** Evidence files, and the ledger of rehearsals, which dates some of them. */
function isEvidence(name: string): boolean {
  return name.endsWith(".json") || name === "rehearsals.jsonl";
}

/** A module that cells import, or the kernel's registration; not what Jupyter saves of either. */
function isBesideNotebooks(path: string): boolean {
  return /(?<!\.nb)\.ts$|^kernels\/.*\.json$/.test(path) && !/(?:^|\/)\.ipynb_checkpoints\//.test(path);
}

/** The model card is what notebook 99 writes, from its template. */
function isJudgedDocument(path: string): boolean {
  return path.endsWith(".md") && path !== "model-card.md";
}

/** A record that is missing or damaged only costs a run. */
async function readRecord(path: string): Promise<RunRecord | null> {
  try {
    const { key, outputs } = JSON.parse(await readFile(path, "utf8")) as Partial<RunRecord>;
    return typeof key === "string" && typeof outputs === "object" && outputs !== null ? { key, outputs } : null;
  } catch {
    return null;
  }
}

function recordPath({ root, name }: NotebookFile): string {
  return join(root, ".twin", "runs", `${name}.json`);
}

async function isRead(
  name: string,
  on: { readonly file: NotebookFile; readonly needed: readonly string[]; readonly path: string },
): Promise<boolean> {
  const { prefix } = on.file;
  const owner = /^\d\d-/.exec(name)?.[0];
  if (owner === undefined) return prefix === "99";
  if (owner === `${prefix}-`) return isMadeByAssure(on.path);
  return prefix === "99" || on.needed.some((one) => one.startsWith(owner));
}

/** Names and contents count, sizes and times do not. A file that is absent counts as such. */
async function hashOf(root: string, paths: readonly string[]): Promise<string> {
  const lines: string[] = [];
  // A few dozen at a time: thousands of open files are more than some machines allow.
  for (let from = 0; from < paths.length; from += 32) {
    lines.push(
      ...(await Promise.all(
        paths.slice(from, from + 32).map(async (path) => `${await hashIfPresent(join(root, path))} ${path}`),
      )),
    );
  }
  return sha256(lines.join("\n"));
}

async function hashIfPresent(path: string): Promise<string> {
  try {
    return await sha256File(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (code === "ENOENT") return "absent";
    const must = "the file must be readable, as notebooks depend on it";
    throw new InputError({
      where: projectName(path),
      must,
      got: code,
      mend: "give yourself read permission or restore the file",
    });
  }
}

function slashed(root: string, path: string): string {
  return relative(root, path).split(sep).join("/");
}
