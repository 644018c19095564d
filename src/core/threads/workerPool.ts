import { type ResourceLimits, Worker } from "node:worker_threads";
import { compiledModule } from "./compiledModule.js";

/** Threads that each answer one job at a time. */
export interface WorkerPool<Job, Answer> {
  readonly size: number;
  /**
   * Waits for a free thread.
   *
   * @throws what the job threw; or, for this job and all others, that a thread died or the pool was closed
   */
  run(job: Job): Promise<Answer>;
  /** Ends the threads; jobs that were running or waiting are refused. */
  close(): Promise<void>;
}

interface Pending<Job, Answer> {
  readonly job: Job;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Starts threads on a compiled module that answers each message `job` with `{ answer }` or `{ error }`
 * (see `answerJobs`). A pool of which one thread died answers no more: its results would be incomplete.
 *
 * @param module  URL of the module, new URL("name.ts", import.meta.url).href; threads always run the compiled one
 * @param size    1 to 256
 * @param data    what every thread gets at its start; plain data
 * @param options.limits  memory of a thread (default as Node has it): less makes it clean up more often
 * @throws RangeError if the size is not a whole number from 1 to 256
 */
export function workerPool<Job, Answer>(
  module: string,
  size: number,
  data: unknown,
  { limits }: { readonly limits?: ResourceLimits } = {},
): WorkerPool<Job, Answer> {
  if (!(Number.isInteger(size) && size >= 1 && size <= 256))
    throw new RangeError(`workerPool: the number of workers must be a whole number from 1 to 256; got ${size}`);
  const url = new URL(compiledModule(module));
  const running = new Map<Worker, Pending<Job, Answer> | null>();
  const waiting: Pending<Job, Answer>[] = [];
  let ended: Error | null = null;

  const end = (reason: Error): void => {
    ended ??= reason;
    for (const [worker, pending] of running) {
      running.set(worker, null);
      pending?.reject(ended);
    }
    waiting.splice(0).forEach(({ reject }) => reject(ended));
  };
  const next = (): void => {
    for (const [worker, pending] of running) {
      if (pending !== null) continue;
      const job = waiting.shift();
      if (job === undefined) return;
      running.set(worker, job);
      worker.postMessage(job.job);
    }
  };
  for (let i = 0; i < size; i++) {
    const worker = new Worker(url, {
      workerData: data,
      execArgv: [],
      resourceLimits: limits,
    });
    running.set(worker, null);
    worker.on("message", (message: { readonly answer: Answer } | { readonly error: unknown }) => {
      const pending = running.get(worker);
      running.set(worker, null);
      if ("error" in message) pending?.reject(message.error);
      else pending?.resolve(message.answer);
      next();
    });
    worker.on("error", (error) => end(error instanceof Error ? error : new Error(String(error))));
    worker.on("exit", (code) => end(new Error(`a worker thread ended with code ${code} before it answered`)));
  }
  return {
    size,
    run: (job) =>
      new Promise((resolve, reject) => {
        if (ended !== null) return reject(ended);
        waiting.push({ job, resolve, reject });
        next();
      }),
    async close() {
      end(new Error("workerPool: the pool is closed"));
      await Promise.all([...running.keys()].map((worker) => worker.terminate()));
    },
  };
}
