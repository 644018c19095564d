import { describe, expect, it } from "vitest";
import { answerJobs } from "../../../src/core/threads/answerJobs.js";
import { isMainThread } from "node:worker_threads";

// What it answers in a thread is tested with workerPool.
describe("answerJobs", () => {
  it.skipIf(!isMainThread)("refuses to run outside a worker thread", () => {
    expect(() => answerJobs(() => Promise.resolve(() => 0))).toThrow("must run in a worker thread");
  });
});
