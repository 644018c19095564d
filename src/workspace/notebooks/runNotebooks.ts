import { existsSync, rmSync } from "node:fs";
import { mkdir, rm, rmdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { performance } from "node:perf_hooks";
import { InputError } from "../../core/InputError.js";
import { projectName, projectPath } from "../../io/projectPath.js";
import { readBytes, readText } from "../../io/readText.js";
import { requireFolder } from "../../io/requireFolder.js";
import { whenEnded } from "../../io/whenEnded.js";
import { replaceAtomic, requireWritable, writeAtomic } from "../../io/writeAtomic.js";
import { doAfterNeeds } from "./doAfterNeeds.js";
import { executeNotebook, isRun, type CellFailure, type CellProgress } from "./executeNotebook.js";
import { injectParameters, type NotebookParameters } from "./injectParameters.js";
import { notebookJson, type Notebook } from "./Notebook.js";
import { listNotebooks, notebookAt, type NotebookFile } from "./notebookFiles.js";
import { notebookNeeds, type NotebookNeeds } from "./notebookNeeds.js";
import { withProjectLock } from "./projectLock.js";
import { readNotebook } from "./readNotebook.js";
import { isUnchanged, runKey, sharedKey, writeRecord } from "./runRecord.js";
import { publishOutputs, stagedOutputs } from "./stagedOutputs.js";
import { keepReplaced, rememberWritten } from "./writtenNotebooks.js";

/** A failure told as its reader finds the cell: `cell` is the number in its brackets, `[4]`, as progress counts. */
export interface NotebookFailure extends CellFailure {
  /** First line of the cell that is not blank. */
  readonly firstLine: string;
}

/** How one notebook fared. */
export type NotebookRun =
  | {
      readonly name: string;
      readonly state: "done";
      readonly written: readonly string[];
      readonly removed: readonly string[];
      /** Of its kernel; null or absent where it is not known. */
      readonly processorSeconds?: number | null;
    }
  | { readonly name: string; readonly state: "skipped" }
  | { readonly name: string; readonly state: "failed"; readonly failure: NotebookFailure }
  | { readonly name: string; readonly state: "not run" };

/** What is reported while notebooks run. */
export type NotebookProgress =
  | { readonly name: string; readonly state: "starting" }
  | { readonly name: string; readonly state: "running"; readonly cell: number; readonly of: number }
  | NotebookRun;

export interface NotebooksRun {
  readonly passed: boolean;
  readonly runs: readonly NotebookRun[];
  /** On the clock, of all together. */
  readonly seconds: number;
}

export interface RunOptions {
  readonly root?: string;
  /** A notebook to run alone, .ipynb or .nb.ts, anywhere on disk; null: all numbered ones. */
  readonly file?: string | null;
  /** Runs notebooks whose inputs and outputs are unchanged, too. */
  readonly force?: boolean;
  /** Values for the parameters of the file, which has no .nb.ts (injectParameters); null: as it stands. */
  readonly parameters?: NotebookParameters | null;
  readonly cellTimeoutSeconds?: number;
  /** How long to wait after each cell for what it started. */
  readonly settleSeconds?: number;
  /**
   * Notebooks that may run at once where none needs another; by default
   * two, or one on one core or if TWIN_WORKERS is 1.
   */
  readonly sideBySide?: number;
  /** Variables that the kernels get besides this process's own. */
  readonly environment?: (name: string) => Readonly<Record<string, string>>;
  readonly execute?: typeof executeNotebook;
  readonly onProgress?: (progress: NotebookProgress) => void;
}

/** Two keep two cores busy, and their memory is small change for a machine that has those. */
export function notebooksSideBySide(): number {
  return process.env.TWIN_WORKERS === "1" ? 1 : Math.min(2, availableParallelism());
}

/**
 * Runs notebooks headless, in the order of their numbers, and puts what they wrote into place: executed .ipynb,
 * figures, evidence. A notebook is skipped if nothing it depends on changed and its outputs stand as it wrote them.
 * Notebooks that do not need each other (notebookNeeds) run side by side; what they write does not depend on it.
 *
 * Cells write into a staging folder (TWIN_OUTPUT), so a notebook that fails leaves figures and evidence as they were;
 * its .ipynb is saved with the error, and notebooks that need it are not run.
 *
 * @throws InputError if a notebook is missing or corrupt, has edits that would be lost, or a file cannot be written;
 *   if another process runs notebooks here; as notebookNeeds
 */
export async function runNotebooks(options: RunOptions = {}): Promise<NotebooksRun> {
  const {
    root = projectPath(),
    file = null,
    parameters = null,
    sideBySide = notebooksSideBySide(),
    onProgress = () => undefined,
  } = options;
  const files = file === null ? await listNotebooks(root) : [notebookAt(file, root)];
  if (parameters !== null) requireOwnCells(file === null ? null : files[0]);
  const place = files[0].root;
  const started = performance.now();
  const runs = await withProjectLock(place, async () => {
    await rm(stagingFolder(place), { recursive: true, force: true });
    // Read before the first one runs, so that a fault in the last does not show after minutes.
    for (const one of files) await readNotebook(one);
    // A notebook outside of the series needs none.
    const needs: NotebookNeeds =
      files[0].prefix === null ? new Map([[files[0].name, []]]) : await notebookNeeds(await listNotebooks(place));
    const shared = await sharedKey(place);
    const stay = whenEnded(() => rmSync(stagingFolder(place), { recursive: true, force: true }));
    try {
      return await doAfterNeeds<NotebookFile, NotebookRun>(files, {
        most: sideBySide,
        needs: (at) => placesOf(needs.get(files[at].name)!, files),
        work: async (one, needed) => {
          const isReady = needed.every(({ state }) => state === "done" || state === "skipped");
          const run: NotebookRun = isReady
            ? await runOne(one, { shared, needs }, options)
            : { name: one.name, state: "not run" };
          onProgress(run);
          return run;
        },
      });
    } finally {
      await rm(stagingFolder(place), { recursive: true, force: true });
      stay();
    }
    // A notebook from elsewhere needs the folder only while it runs.
  }).finally(() => rmdir(join(place, ".twin")).catch(() => undefined));
  return {
    passed: runs.every(({ state }) => state === "done" || state === "skipped"),
    runs,
    seconds: (performance.now() - started) / 1000,
  };
}

/** A .nb.ts would not know the cell that gives the values, and results of the series would be others than it tells. */
function requireOwnCells(file: NotebookFile | null): void {
  if (file !== null && !existsSync(file.source)) return;
  throw new InputError({
    where: file === null ? "twin notebooks run" : projectName(file.executed),
    must: "parameters must be for one .ipynb without .nb.ts",
    got: file === null ? "all notebooks" : `${projectName(file.source)} beside it`,
    mend: "name a notebook, or copy the .ipynb under another name and run that",
  });
}

/** Where the notebooks named stand in a list; a notebook that runs alone has none beside it. */
export function placesOf(names: readonly string[], files: readonly NotebookFile[]): number[] {
  return files.flatMap(({ name }, at) => (names.includes(name) ? [at] : []));
}

/** What a notebook left in its staging folder, which its caller publishes or compares. */
export interface StagedRun {
  readonly stage: string;
  /** Paths below the staging folder, the executed notebook last; they match paths below the notebook's root. */
  readonly paths: readonly string[];
  readonly failure: NotebookFailure | null;
  readonly processorSeconds: number | null;
}

/**
 * Runs one notebook in a fresh staging folder. The executed notebook is written there
 * too: a full disk shows before anything moves.
 */
export async function executeStaged(file: NotebookFile, notebook: Notebook, options: RunOptions): Promise<StagedRun> {
  const {
    cellTimeoutSeconds,
    settleSeconds,
    environment,
    execute = executeNotebook,
    onProgress = () => undefined,
  } = options;
  const stage = join(stagingFolder(file.root), file.name);
  await rm(stage, { recursive: true, force: true });
  await replaceAtomic(stage, async (temporary) => void (await mkdir(temporary)));
  onProgress({ name: file.name, state: "starting" });
  const execution = await execute(withoutOutputs(notebook), {
    directory: dirname(file.executed),
    environment: { ...environment?.(file.name), TWIN_OUTPUT: stage },
    cellTimeoutSeconds,
    settleSeconds,
    onCell: ({ cell, of, state }: CellProgress) => {
      if (state === "running") onProgress({ name: file.name, state, cell, of });
    },
  });
  const failure = execution.failure === null ? null : placed(execution.failure, execution.notebook);
  const written = failure === null ? await stagedOutputs(file, stage) : [];
  const executed = relative(file.root, file.executed).split(sep).join("/");
  await writeAtomic(join(stage, executed), notebookJson({ ...notebook, cells: execution.notebook.cells }));
  return { stage, paths: [...written, executed], failure, processorSeconds: execution.processorSeconds ?? null };
}

/** Those that an earlier run left; cells that are not to be run keep theirs. */
function withoutOutputs(notebook: Notebook): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map((cell) => (isRun(cell) ? { ...cell, execution_count: null, outputs: [] } : cell)),
  };
}

/** Where notebooks of a project write while they run. */
export function stagingFolder(root: string): string {
  return join(root, ".twin", "stage");
}

/** What cells write goes there when they are done. */
const outputFolders = ["figures", join("data", "evidence")] as const;

async function runOne(
  file: NotebookFile,
  on: { readonly shared: string; readonly needs: NotebookNeeds },
  options: RunOptions,
): Promise<NotebookRun> {
  const { name } = file;
  // Only a numbered notebook declares by its place and number what it depends on.
  const key =
    file.prefix !== null && existsSync(file.source)
      ? await runKey(file, { shared: on.shared, needed: on.needs.get(name)! })
      : null;
  if (key !== null && options.force !== true && (await isUnchanged(file, key))) return { name, state: "skipped" };
  try {
    // Said before its cells run, which may take minutes.
    await requireWritable(file.executed);
    for (const folder of outputFolders.map((name) => join(file.root, name)))
      if (existsSync(folder)) await requireFolder(folder);
    // Read after the key was taken: an edit in between costs a run, never hides.
    const read = await readNotebook(file);
    const { parameters = null } = options;
    const notebook = parameters === null ? read : injectParameters(read, parameters, projectName(file.executed));
    const before = existsSync(file.executed) ? await readBytes(file.executed) : null;
    const { stage, paths, failure, processorSeconds } = await executeStaged(file, notebook, options);
    await requireUnchanged(file, before);
    if (before !== null && notebook.text === undefined) await keepReplaced(file, before, "ipynb");
    const removed = await publishOutputs(file, stage, paths, { removeStale: failure === null });
    await rememberWritten(file, await readText(file.executed, { keepsMark: true }));
    if (failure !== null) return { name, state: "failed", failure };
    if (key !== null) await writeRecord(file, key, paths);
    return { name, state: "done", written: paths, removed, processorSeconds };
  } finally {
    await rm(join(stagingFolder(file.root), name), { recursive: true, force: true });
  }
}

/** Whoever saves a notebook while its cells run would lose what was saved. */
async function requireUnchanged({ executed }: NotebookFile, before: Uint8Array | null): Promise<void> {
  const now = existsSync(executed) ? await readBytes(executed) : null;
  if (before === now || (before !== null && now !== null && Buffer.from(before).equals(now))) return;
  throw new InputError({
    where: projectName(executed),
    must: "nobody may save the notebook while its cells run",
    got: now === null ? "no file any more" : "another text than before",
    mend: "run it again; nothing was changed",
  });
}

function placed(failure: CellFailure, { cells }: Notebook): NotebookFailure {
  const cell = cells[failure.cell];
  const number = cell.cell_type === "code" ? cell.execution_count : null;
  return { ...failure, cell: number ?? failure.cell + 1, firstLine: cell.source.trim().split("\n")[0] };
}
