import { basename, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { z } from "zod";
import { InputError } from "../../core/InputError.js";
import { ThreadDeath, type WorkerPool, workerPool, type WorkerPoolOptions } from "../../core/threads/workerPool.js";
import { projectName } from "../../io/projectPath.js";
import { readText } from "../../io/readText.js";
import { sha256 } from "../../io/sha256.js";
import { failedBy } from "../endOf.js";
import { directionShape, spaceShape } from "../files/trialShape.js";
import type { TrialAnswer, TrialJob, TrialNote } from "./carryOutTrial.js";
import type { ObjectiveThreads } from "./ObjectiveThreads.js";
import type { ModuleObjective } from "./StudyObjective.js";
import type { ObjectiveData, ObjectiveDescription } from "./trialWorker.js";

/** Milliseconds to tell what a module exports, beside the minute that a thread may take to load it. */
const limitMilliseconds = 1000;

/**
 * Starts threads on a module, and looks at what it exports.
 *
 * @param onPrinted  takes what it prints (default: to the standard error, as the standard output is for results)
 * @throws InputError naming the file if it is missing, throws or hangs as it is loaded, exports no function
 *   `objective`, or its space or directions are none
 */
export async function moduleThreads(
  { module, name, options = null }: ModuleObjective,
  workers: number,
  { onPrinted = (bytes) => process.stderr.write(bytes) }: Pick<WorkerPoolOptions, "onPrinted"> = {},
): Promise<ObjectiveThreads> {
  const path = module.startsWith("file:") ? fileURLToPath(module) : resolve(module);
  const where = projectName(path);
  const text = await readText(path);
  const data: ObjectiveData = { url: pathToFileURL(path).href, options };
  const pool: ModulePool = workerPool(new URL("trialWorker.ts", import.meta.url).href, workers, data, {
    replaces: true,
    onPrinted,
  });
  try {
    const { space, directions } = described(where, await exportsOf(pool, where));
    return {
      settings: { name: name ?? basename(path), options, sha256: sha256(text) },
      module: path,
      space,
      directions,
      run: (job, how) => runInThread(pool, job, how),
      close: () => pool.close(),
    };
  } catch (error) {
    await pool.close();
    throw error;
  }
}

type ModulePool = WorkerPool<TrialJob | null, TrialAnswer | ObjectiveDescription>;

async function exportsOf(pool: ModulePool, where: string): Promise<ObjectiveDescription> {
  try {
    return (await pool.run(null, { limitMilliseconds })) as ObjectiveDescription;
  } catch (error) {
    const isLate = error instanceof ThreadDeath && error.isLate;
    throw new InputError({
      where,
      must: "must be a module that can be loaded and exports a function `objective`",
      got: isLate ? "one that was not loaded after a minute" : error instanceof Error ? error.message : String(error),
      mend: "write it as in `export const objective = ({ parameters }) => (parameters.x - 1) ** 2;`",
    });
  }
}

const descriptionShape = z.object({
  space: spaceShape.nullable(),
  directions: z.array(directionShape).min(1).nullable(),
});

function described(where: string, told: ObjectiveDescription): Pick<ObjectiveThreads, "space" | "directions"> {
  const parsed = descriptionShape.safeParse(told);
  if (parsed.success) return parsed.data;
  const [{ path: at, message }] = parsed.error.issues;
  throw new InputError({
    where: `${where}, ${at.join(".")}`,
    must: "must be what a study can vary, or a direction for each objective",
    got: message,
    mend: 'write as in `export const space = { x: { kind: "float", low: 0, high: 1 } };`',
  });
}

async function runInThread(
  pool: ModulePool,
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
