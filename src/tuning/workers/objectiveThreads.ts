import { basename, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { InputError } from "../../core/InputError.js";
import { ThreadDeath, type WorkerPool, workerPool } from "../../core/threads/workerPool.js";
import { projectName } from "../../io/projectPath.js";
import { readText } from "../../io/readText.js";
import { sha256 } from "../../io/sha256.js";
import type { ObjectiveSettings } from "../files/StudySettings.js";
import type { SearchSpace } from "../SearchSpace.js";
import { carryOutTrial, type TrialAnswer, type TrialJob, type TrialNote } from "./carryOutTrial.js";
import { failedBy } from "../endOf.js";
import type { ModuleObjective, OwnObjective } from "./StudyObjective.js";
import type { ObjectiveData, ObjectiveDescription } from "./trialWorker.js";

/** Carries out trials of an objective. */
export interface ObjectiveThreads {
  readonly settings: ObjectiveSettings;
  /** Path of the module; null of a function of this program. */
  readonly module: string | null;
  /** What the module says that it varies; null where it says nothing. */
  readonly space: SearchSpace | null;
  /**
   * How a trial went. One whose thread dies, or that takes too long, has failed.
   *
   * @param limitMilliseconds  after which it has taken too long
   * @throws if the threads are closed
   */
  readonly run: (
    job: TrialJob,
    options: { readonly limitMilliseconds?: number; readonly onNote: (note: TrialNote) => void },
  ) => Promise<TrialAnswer | { readonly parameters: null; readonly end: TrialAnswer["end"] }>;
  readonly close: () => Promise<void>;
}

/**
 * Starts threads on a module, and looks at what it exports.
 *
 * @throws InputError if it is missing, cannot be loaded, or exports no objective
 */
export async function moduleThreads(
  { module, name, options = null }: ModuleObjective,
  workers: number,
): Promise<ObjectiveThreads> {
  const path = module.startsWith("file:") ? fileURLToPath(module) : resolve(module);
  const text = await readText(path);
  const data: ObjectiveData = { url: pathToFileURL(path).href, options };
  const pool: WorkerPool<TrialJob | null, TrialAnswer | ObjectiveDescription> = workerPool(
    new URL("trialWorker.ts", import.meta.url).href,
    workers,
    data,
    // The standard output is for results: what a module prints stands beside progress and warnings.
    { replaces: true, onPrinted: (bytes) => process.stderr.write(bytes) },
  );
  try {
    const { space } = (await pool.run(null, { limitMilliseconds: 60_000 })) as ObjectiveDescription;
    return {
      settings: { name: name ?? basename(path), options, sha256: sha256(text) },
      module: path,
      space,
      run: (job, how) => runInThread(pool, job, how),
      close: () => pool.close(),
    };
  } catch (error) {
    await pool.close();
    throw new InputError({
      where: projectName(path),
      must: "must be a module that can be loaded and exports `objective`",
      got: error instanceof Error ? error.message : String(error),
      mend: "write it as in `export const objective = ({ parameters }) => (parameters.x - 1) ** 2;`",
    });
  }
}

async function runInThread(
  pool: WorkerPool<TrialJob | null, TrialAnswer | ObjectiveDescription>,
  job: TrialJob,
  { limitMilliseconds, onNote }: Parameters<ObjectiveThreads["run"]>[1],
): ReturnType<ObjectiveThreads["run"]> {
  for (;;) {
    try {
      const onAnyNote = (note: unknown): void => onNote(note as TrialNote);
      return (await pool.run(job, { limitMilliseconds, onNote: onAnyNote })) as TrialAnswer;
    } catch (error) {
      if (!(error instanceof ThreadDeath)) throw error;
      // What ended it may have been left behind by a trial before: a thread of its own tells.
      if (error.isLate || error.answered === 0) return { parameters: null, end: failedBy(error) };
    }
  }
}

/** The same in this thread, for a function of this program. */
export function ownThread({ name, options = null, sha256: hash = null, objective }: OwnObjective): ObjectiveThreads {
  let close: (error: Error) => void = () => undefined;
  const closed = new Promise<never>((_, reject) => (close = reject));
  closed.catch(() => undefined);
  return {
    settings: { name, options, sha256: hash },
    module: null,
    space: null,
    run: async (job, { limitMilliseconds, onNote }) => {
      let timer: NodeJS.Timeout | undefined;
      let isOver = false;
      const late = new Promise<Awaited<ReturnType<ObjectiveThreads["run"]>>>((give) => {
        if (limitMilliseconds === undefined) return;
        const end = failedBy(`it took longer than ${limitMilliseconds} ms`);
        timer = setTimeout(() => give({ parameters: null, end }), limitMilliseconds);
      });
      const tell = (note: TrialNote): void => {
        if (!isOver) onNote(note);
      };
      try {
        return await Promise.race([closed, late, carryOutTrial(objective, options, job, tell)]);
      } finally {
        isOver = true;
        clearTimeout(timer);
      }
    },
    close: () => {
      close(new Error("the study was closed"));
      return Promise.resolve();
    },
  };
}
