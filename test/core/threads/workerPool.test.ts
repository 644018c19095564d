import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  ThreadDeath,
  workerPool,
  type WorkerPool,
  type WorkerPoolOptions,
} from "../../../src/core/threads/workerPool.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const compiled = (name: string): string => projectPath("dist", "core", "threads", `${name}.js`);
const isBuilt = existsSync(compiled("answerJobs")) && existsSync(compiled("workerPool"));
if (!isBuilt) console.warn("tests of worker threads are skipped: dist is not here; run npm run build");

type Job =
  | number
  | { readonly sleep: number; readonly give: number }
  | { readonly fail: string }
  | { readonly exit: number }
  | { readonly thread: true }
  | { readonly later: number }
  | { readonly post: unknown; readonly print: string }
  | { readonly tell: readonly unknown[]; readonly exit?: number }
  | { readonly loop: true };

const folder = await temporaryFolder();
const module = pathToFileURL(join(folder, "worker.mjs")).href;
await writeFile(
  join(folder, "worker.mjs"),
  `import { parentPort, threadId } from "node:worker_threads";
import { answerJobs } from ${JSON.stringify(pathToFileURL(compiled("answerJobs")).href)};
answerJobs(async (data, tell) => {
  if (data.broken) throw new RangeError("the data must be whole");
  return (job) => {
    if (typeof job === "number") return data.factor * job;
    if (job.fail) throw new TypeError(job.fail);
    if (job.tell) job.tell.forEach(tell);
    if (job.exit) process.exit(job.exit);
    if (job.tell) return job.tell.length;
    while (job.loop);
    if (job.print) {
      process.stdout.write(job.print);
      parentPort.postMessage(job.post);
      return job.print.length;
    }
    if (job.thread) return threadId;
    if (job.later) return new Promise((resolve) => setTimeout(() => resolve(job.later), 5));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, job.sleep);
    return job.give;
  };
});
`,
);

const open: WorkerPool<Job, number>[] = [];
function pool(size: number, data: unknown = { factor: 10 }, options: WorkerPoolOptions = {}): WorkerPool<Job, number> {
  const made = workerPool<Job, number>(module, size, data, options);
  open.push(made);
  return made;
}
afterEach(() => Promise.all(open.splice(0).map((made) => made.close())));

/** "nothing" if a promise has not settled within some time. */
function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | string> {
  const settled = promise.catch((error: unknown) => String(error));
  return Promise.race([settled, new Promise<string>((resolve) => setTimeout(() => resolve("nothing"), milliseconds))]);
}

/** What a process of its own prints that runs this on the compiled pool, and how it ends. */
async function inProcess(body: string): Promise<{ readonly code: number; readonly output: string }> {
  const file = join(folder, "main.mjs");
  await writeFile(
    file,
    `import { workerPool } from ${JSON.stringify(pathToFileURL(compiled("workerPool")).href)};\n${body}\n`,
  );
  return promisify(execFile)(process.execPath, [file], { timeout: 20_000 }).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error: { readonly code?: number; readonly stdout?: string; readonly stderr?: string }) => ({
      code: error.code ?? -1,
      output: `${error.stdout ?? ""}${error.stderr ?? ""}`,
    }),
  );
}

describe.skipIf(!isBuilt)("workerPool and answerJobs (skipped without dist)", () => {
  it("answer each job with what the worker makes of it and of the pool's data", async () => {
    const made = pool(2, { factor: 3 });
    expect(made.size).toBe(2);
    expect(await made.run(14)).toBe(42);
  });

  it("pass over what code of a job posts by itself, and hand over what it prints", async () => {
    let printed = "";
    const onPrinted = (bytes: Uint8Array): void => void (printed += new TextDecoder().decode(bytes));
    const one = pool(1, { factor: 10 }, { onPrinted });
    for (const post of ["hello", null, 5]) expect(await one.run({ post, print: "noise" })).toBe(5);
    await vi.waitFor(() => expect(printed).toBe("noisenoisenoise"));
  });

  it("wait for an answer that comes later, one job at a time", async () => {
    const made = pool(1);
    expect(await Promise.all([made.run({ later: 4 }), made.run(2)])).toEqual([4, 20]);
  });

  it("give each caller its own answer, whichever thread is done first", async () => {
    const made = pool(3);
    const jobs: Job[] = Array.from({ length: 20 }, (_, i) => ({ sleep: (7 * (20 - i)) % 31, give: i }));
    const finished: number[] = [];
    const answers = await Promise.all(
      jobs.map((job) => made.run(job).then((answer) => (finished.push(answer), answer))),
    );
    expect(answers).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(finished).not.toEqual(answers);
  });

  it("work at the same time on as many jobs as there are threads, and no more", async () => {
    const made = pool(2);
    const threads = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const thread = await made.run({ thread: true });
        await made.run({ sleep: 5, give: 0 });
        return thread;
      }),
    );
    expect(new Set(threads).size).toBe(2);
  });

  it("carry a job's error back with its kind and text, and go on", async () => {
    const made = pool(1);
    const failure = await made.run({ fail: "row 7 must be whole" }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).toMatchObject({ name: "TypeError", message: "row 7 must be whole" });
    expect(await made.run(1)).toBe(10);
  });

  it("carry an error of the preparation back to every job", async () => {
    const made = pool(1, { broken: true });
    for (const job of [1, 2]) await expect(made.run(job)).rejects.toThrow("the data must be whole");
  });

  it("say that a thread ended before it answered", async () => {
    await expect(pool(1).run({ exit: 3 })).rejects.toThrow("a worker thread ended with code 3 before it answered");
  });

  it("do not hand a job to a dead thread: what comes after a death is answered or refused, not lost", async () => {
    const made = pool(1);
    await made.run({ exit: 3 }).catch(() => undefined);
    expect(await within(2000, made.run(1))).not.toBe("nothing");
  });

  it("refuse jobs after closing, and let closing end the threads", async () => {
    const made = pool(2);
    await made.run(1);
    await made.close();
    await expect(made.run(1)).rejects.toThrow("the pool is closed");
    await made.close();
  });

  it("settle every job that was running or waiting when the pool was closed", async () => {
    const made = pool(1);
    const jobs = [made.run({ sleep: 200, give: 1 }), made.run(2), made.run(3)].map((job) => within(2000, job));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await made.close();
    for (const outcome of await Promise.all(jobs)) expect(outcome).not.toBe("nothing");
  });

  it("bring a module that does not start to the caller, also where there are more threads than jobs", async () => {
    const { code, output } = await inProcess(`
const pool = workerPool("file:///nowhere/worker.mjs", 3, {});
try { await pool.run(1); console.log("answered"); } catch (error) { console.log("told: " + error.code); }
await pool.close();
console.log("closed");`);
    expect(output).toMatch(/told: (ERR_)?MODULE_NOT_FOUND\s+closed/);
    expect(code).toBe(0);
  });

  it("run the compiled module for one that stands in src", async () => {
    const { code, output } = await inProcess(`
import { pathToFileURL } from "node:url";
const nowhere = ${JSON.stringify(projectPath("src", "core", "threads", "nowhere.ts"))};
const pool = workerPool(pathToFileURL(nowhere).href, 1, {});
await pool.run(1).catch((error) => console.log(error.message));
await pool.close();`);
    expect(output).toContain(join("dist", "core", "threads", "nowhere.js"));
    expect(code).toBe(0);
  });

  it("let the process end once closed", async () => {
    expect(
      await inProcess(`
const pool = workerPool(${JSON.stringify(module)}, 2, { factor: 2 });
console.log(await pool.run(21));
await pool.close();`),
    ).toEqual({ code: 0, output: "42\n" });
  });
});

describe("workerPool", () => {
  it("refuses a size that is not a whole number from 1 to 256", () => {
    for (const size of [0, -1, 1.5, 257, Number.NaN])
      expect(() => workerPool(module, size, {})).toThrow(`must be a whole number from 1 to 256; got ${size}`);
  });

  describe("of which threads are replaced", () => {
    const replacing = (size: number, data?: unknown): WorkerPool<Job, number> => pool(size, data, { replaces: true });

    it("fail the job alone whose thread died, and answer the others", async () => {
      const made = replacing(2);
      const answers = await Promise.allSettled<number>(
        [1, { exit: 3 }, 2, { exit: 4 }, 3, 4].map((job) => made.run(job)),
      );
      expect(answers.map((one) => (one.status === "fulfilled" ? one.value : String(one.reason)))).toEqual([
        ...[10, "ThreadDeath: its thread ended with code 3", 20, "ThreadDeath: its thread ended with code 4", 30, 40],
      ]);
    });

    it("say how many jobs a thread had answered that died", async () => {
      const made = replacing(1);
      const deathOf = (job: Job): Promise<unknown> => made.run(job).catch((error: unknown) => error);
      await made.run(1);
      await made.run(2);
      expect(await deathOf({ exit: 1 })).toMatchObject({ answered: 2, isLate: false });
      expect(await deathOf({ exit: 1 })).toMatchObject({ answered: 0, isLate: false });
    });

    it("end a thread whose job takes too long, also in a loop, and count from when it was ready", async () => {
      const made = replacing(1);
      const death = (await made
        .run({ loop: true }, { limitMilliseconds: 50 })
        .catch((error: unknown) => error)) as Error;
      expect(death).toBeInstanceOf(ThreadDeath);
      expect(death).toMatchObject({ message: "it took longer than 50 ms", isLate: true });
      // A thread needs longer than this to begin.
      expect(await made.run(5, { limitMilliseconds: 5 })).toBe(50);
    });

    it("bring to the caller what a job tells on its way, all of it also where its thread dies then", async () => {
      const made = replacing(1);
      for (let round = 0; round < 5; round++) {
        const notes: unknown[] = [];
        const onNote = (note: unknown): number => notes.push(note);
        expect(await made.run({ tell: [1, { two: 2 }] }, { onNote })).toBe(2);
        await expect(made.run({ tell: [3, 4, 5], exit: 1 }, { onNote })).rejects.toThrow("code 1");
        expect(notes).toEqual([1, { two: 2 }, 3, 4, 5]);
      }
    });

    it("do not begin threads forever on a module that does not load", async () => {
      const made = workerPool<Job, number>("data:text/javascript,throw new Error('broken')", 2, null, {
        replaces: true,
      });
      open.push(made);
      await expect(made.run(1)).rejects.toThrow("broken");
      await expect(made.run(1)).rejects.toThrow("broken");
    });

    it("refuse what runs or waits when they are closed", async () => {
      const made = replacing(1);
      const jobs = [made.run({ loop: true }), made.run(1)];
      const refused = Promise.allSettled(jobs);
      await made.close();
      for (const one of await refused)
        expect(String((one as PromiseRejectedResult).reason)).toContain("pool is closed");
    });
  });
});
