import { InputError } from "../../core/InputError.js";
import { type WorkerPool, workerPool } from "../../core/threads/workerPool.js";
import type { ServedAnswer } from "../../serving/ServedModel.js";
import type { AnswererJob, AnswererResult } from "./answererWorker.js";
import type { AnswererSetting } from "./requestAnswerer.js";

/** Of a thread: with less for what is short-lived, much of its time would go into clearing up. */
const limits = { maxYoungGenerationSizeMb: 96, maxOldGenerationSizeMb: 512 };

/** Threads that answer requests by one model. */
export interface AnswererThreads {
  /** Starts them, and ends when each is ready. @throws InputError if the model cannot be made ready */
  readonly start: () => Promise<void>;
  /** @throws InputError as requestAnswerer; Error where the model failed, or a thread died */
  readonly run: (job: AnswererJob) => Promise<ServedAnswer | null>;
  readonly close: () => Promise<void>;
}

/**
 * Threads that start when they are first asked. Where one dies, what all of them were asked fails, and the next request
 * starts them again.
 *
 * @param size    of them, 1 to 256
 * @param module  URL of what runs in them
 */
export function answererThreads(
  setting: AnswererSetting,
  size: number,
  module: string = new URL("answererWorker.ts", import.meta.url).href,
): AnswererThreads {
  let pool: WorkerPool<AnswererJob, AnswererResult> | null = null;
  let isClosed = false;
  const run = async (job: AnswererJob): Promise<ServedAnswer | null> => {
    if (isClosed) throw new Error("answererThreads: closed");
    const own = (pool ??= workerPool(module, size, setting, { limits }));
    let result: AnswererResult;
    try {
      result = await own.run(job);
    } catch (error) {
      // A pool that lost a thread answers no more.
      if (pool === own) pool = null;
      await own.close();
      throw error;
    }
    if (result.kind === "refused") throw new InputError(result.fault);
    if (result.kind === "failed") throw Object.assign(new Error("a model failed"), { stack: result.stack });
    return result.answer;
  };
  return {
    run,
    async start() {
      // Each thread that is free takes one.
      await Promise.all(Array.from({ length: size }, () => run(null)));
    },
    async close() {
      isClosed = true;
      await pool?.close();
    },
  };
}
