import { type ResourceLimits, Worker } from "node:worker_threads";
import { compiledModule } from "./compiledModule.js";

/** Threads that each answer one job at a time. */
export interface WorkerPool<Job, Answer> {
  readonly size: number;
  /**
   * Waits for a free thread.
   *
   * @throws what the job threw; that a thread died, for this job and all others, or a ThreadDeath for this job alone
   *   where threads are replaced; that the pool was closed
   */
  run(job: Job, options?: RunOptions): Promise<Answer>;
  /** Ends the threads; jobs that were running or waiting are refused. */
  close(): Promise<void>;
}

/** How a job is carried out. */
export interface RunOptions {
  /** After which its thread is ended, whatever it does; counted from when it is ready (default never). */
  readonly limitMilliseconds?: number;
  /** Takes what the job tells on its way, in its order, before the answer or the thread's death. */
  readonly onNote?: (note: unknown) => void;
}

export interface WorkerPoolOptions {
  /** Memory of a thread (default as Node has it): less makes it clean up more often. */
  readonly limits?: ResourceLimits;
  /** Whether another thread takes the place of one that died, so that only its own job fails (default false). */
  readonly replaces?: boolean;
  /** Takes what code in threads writes to the standard output (default: it stands there among the program's own). */
  readonly onPrinted?: (bytes: Uint8Array) => void;
}

/** A thread ended before it answered. */
export class ThreadDeath extends Error {
  override readonly name = "ThreadDeath";
  /** Jobs that it had answered before: one of them may have left behind what ended it. */
  readonly answered: number;
  /** Whether it was ended because the job took too long. */
  readonly isLate: boolean;

  constructor(message: string, { answered, isLate }: { readonly answered: number; readonly isLate: boolean }) {
    super(message);
    this.answered = answered;
    this.isLate = isLate;
  }
}

interface Pending<Job, Answer> extends RunOptions {
  readonly job: Job;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

interface Thread<Job, Answer> {
  readonly worker: Worker;
  pending: Pending<Job, Answer> | null;
  isReady: boolean;
  answered: number;
  timer: NodeJS.Timeout | undefined;
  /** Why it ends: what it threw, or that its job took too long. */
  reason: { readonly message: string; readonly isLate: boolean } | null;
}

type Message<Answer> =
  { readonly answer: Answer } | { readonly error: unknown } | { readonly note: unknown } | { readonly ready: true };

/** Milliseconds that a thread may take to load its module where its job may take only so long. */
const loading = 60_000;

/**
 * Starts threads on a compiled module that answers each message `job` with `{ answer }` or `{ error }`
 * (see `answerJobs`). A pool of which one thread died answers no more, as its results would be incomplete, unless it is
 * to replace it.
 *
 * @param module  URL of the module, new URL("name.ts", import.meta.url).href; threads always run the compiled one
 * @param size    1 to 256
 * @param data    what every thread gets at its start; plain data
 * @throws RangeError if the size is not a whole number from 1 to 256
 */
export function workerPool<Job, Answer>(
  module: string,
  size: number,
  data: unknown,
  { limits, replaces = false, onPrinted }: WorkerPoolOptions = {},
): WorkerPool<Job, Answer> {
  if (!(Number.isInteger(size) && size >= 1 && size <= 256))
    throw new RangeError(`workerPool: the number of workers must be a whole number from 1 to 256; got ${size}`);
  const url = new URL(compiledModule(module));
  const running = new Set<Thread<Job, Answer>>();
  const waiting: Pending<Job, Answer>[] = [];
  let ended: Error | null = null;

  /** Takes the job off a thread. */
  const freed = (thread: Thread<Job, Answer>): Pending<Job, Answer> | null => {
    clearTimeout(thread.timer);
    const { pending } = thread;
    thread.pending = null;
    return pending;
  };
  const end = (reason: Error): void => {
    ended ??= reason;
    for (const thread of running) freed(thread)?.reject(ended);
    waiting.splice(0).forEach(({ reject }) => reject(ended));
  };
  const limit = (thread: Thread<Job, Answer>): void => {
    clearTimeout(thread.timer);
    const milliseconds = thread.pending?.limitMilliseconds;
    if (milliseconds === undefined) return;
    thread.timer = setTimeout(
      () => {
        thread.reason = { message: `it took longer than ${milliseconds} ms`, isLate: true };
        void thread.worker.terminate();
      },
      thread.isReady ? milliseconds : milliseconds + loading,
    );
  };
  const next = (): void => {
    // One that is replaced is so when there is work for it: a module that dies as it loads would be started forever.
    while (replaces && ended === null && running.size < Math.min(size, countOf(running) + waiting.length)) start();
    for (const thread of running) {
      if (thread.pending !== null || thread.reason !== null) continue;
      const pending = waiting.shift();
      if (pending === undefined) return;
      thread.pending = pending;
      limit(thread);
      thread.worker.postMessage(pending.job);
    }
  };
  const take = (thread: Thread<Job, Answer>, message: Message<Answer> | null): void => {
    // Code that a job loads can post here too.
    if (typeof message !== "object" || message === null) return;
    if ("note" in message) return thread.pending?.onNote?.(message.note);
    if ("ready" in message) {
      thread.isReady = true;
      return limit(thread);
    }
    const pending = freed(thread);
    thread.answered++;
    if ("error" in message) pending?.reject(message.error);
    else pending?.resolve(message.answer);
    next();
  };
  const bury = (thread: Thread<Job, Answer>, code: number): void => {
    const { message, isLate } = thread.reason ?? { message: `its thread ended with code ${code}`, isLate: false };
    running.delete(thread);
    freed(thread)?.reject(new ThreadDeath(message, { answered: thread.answered, isLate }));
    next();
  };
  const start = (): void => {
    const worker = new Worker(url, {
      workerData: data,
      execArgv: [],
      resourceLimits: limits,
      stdout: onPrinted !== undefined,
    });
    if (onPrinted !== undefined) worker.stdout.on("data", onPrinted);
    const thread = { worker, pending: null, isReady: false, answered: 0, timer: undefined, reason: null };
    running.add(thread);
    const own: Thread<Job, Answer> = thread;
    worker.on("message", (message: Message<Answer> | null) => take(own, message));
    worker.on("error", (thrown: unknown) => {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      if (replaces) own.reason ??= { message: error.message, isLate: false };
      else end(error);
    });
    worker.on("exit", (code) => {
      if (replaces && ended === null) bury(own, code);
      else end(new Error(`a worker thread ended with code ${code} before it answered`));
    });
  };
  for (let i = 0; i < size; i++) start();
  return {
    size,
    run: (job, options = {}) =>
      new Promise((resolve, reject) => {
        if (ended !== null) return reject(ended);
        waiting.push({ ...options, job, resolve, reject });
        next();
      }),
    async close() {
      end(new Error("workerPool: the pool is closed"));
      await Promise.all([...running].map(({ worker }) => worker.terminate()));
    },
  };
}

/** How many threads are at work, or about to end. */
function countOf<Job, Answer>(running: ReadonlySet<Thread<Job, Answer>>): number {
  return [...running].filter(({ pending, reason }) => pending !== null || reason !== null).length;
}
