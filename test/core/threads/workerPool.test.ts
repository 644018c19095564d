import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { workerPool, type WorkerPool } from "../../../src/core/threads/workerPool.js";
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
  | { readonly later: number };

const folder = await temporaryFolder();
const module = pathToFileURL(join(folder, "worker.mjs")).href;
await writeFile(
  join(folder, "worker.mjs"),
  `import { threadId } from "node:worker_threads";
import { answerJobs } from ${JSON.stringify(pathToFileURL(compiled("answerJobs")).href)};
answerJobs(async (data) => {
  if (data.broken) throw new RangeError("the data must be whole");
  return (job) => {
    if (typeof job === "number") return data.factor * job;
    if (job.fail) throw new TypeError(job.fail);
    if (job.exit) process.exit(job.exit);
    if (job.thread) return threadId;
    if (job.later) return new Promise((resolve) => setTimeout(() => resolve(job.later), 5));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, job.sleep);
    return job.give;
  };
});
`,
);

const open: WorkerPool<Job, number>[] = [];
function pool(size: number, data: unknown = { factor: 10 }): WorkerPool<Job, number> {
  const made = workerPool<Job, number>(module, size, data);
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
});
