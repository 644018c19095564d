import { afterEach, describe, expect, it } from "vitest";
import { type AnswererThreads, answererThreads } from "../../../src/commands/serve/answererThreads.js";
import type { AnswererJob } from "../../../src/commands/serve/answererWorker.js";
import type { AnswererSetting } from "../../../src/commands/serve/requestAnswerer.js";
import { InputError } from "../../../src/core/InputError.js";

/** Answers with what it is asked; dies, fails or refuses where that says so. */
const played = `data:text/javascript,${encodeURIComponent(`
  import { parentPort } from "node:worker_threads";
  parentPort.on("message", (job) => {
    const what = job?.recipes.one;
    if (what === "die") process.exit(3);
    const fault = { where: "w", must: "m", got: "g", mend: "n" };
    if (what === "refuse") parentPort.postMessage({ answer: { kind: "refused", fault } });
    else if (what === "fail") parentPort.postMessage({ answer: { kind: "failed", stack: "Error: why" } });
    else if (what !== "wait") parentPort.postMessage({ answer: { kind: "answered", answer: what } });
  });
`)}`;

const asking = (one: string): AnswererJob => ({ recipes: { one }, explain: false, secondOpinion: false });
const open: AnswererThreads[] = [];
afterEach(() => Promise.all(open.splice(0).map((threads) => threads.close())));

function threadsOf(size: number): AnswererThreads {
  const threads = answererThreads({} as AnswererSetting, size, played);
  open.push(threads);
  return threads;
}

describe("answererThreads", () => {
  it("fails what a thread was asked that died, and starts again for the next request", async () => {
    const threads = threadsOf(2);
    await threads.start();
    const held = threads.run(asking("wait"));
    const died = threads.run(asking("die"));
    await expect(died).rejects.toThrow("ended with code 3");
    await expect(held).rejects.toThrow("ended with code 3");
    expect(await threads.run(asking("a"))).toBe("a");
    expect(await Promise.all(["b", "c", "d"].map((one) => threads.run(asking(one))))).toEqual(["b", "c", "d"]);
  });

  it("gives a refusal as the InputError that it was, with its parts, and a failure with its stack", async () => {
    const threads = threadsOf(1);
    const refused: unknown = await threads.run(asking("refuse")).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InputError);
    expect((refused as InputError).fault).toEqual({ where: "w", must: "m", got: "g", mend: "n" });
    const failed: unknown = await threads.run(asking("fail")).catch((error: unknown) => error);
    expect(failed).not.toBeInstanceOf(InputError);
    expect((failed as Error).stack).toBe("Error: why");
  });

  it("starts nothing once it is closed", async () => {
    const threads = threadsOf(1);
    const held = threads.run(asking("wait"));
    await Promise.all([threads.close(), expect(held).rejects.toThrow("closed")]);
    await expect(threads.run(asking("a"))).rejects.toThrow("closed");
  });
});
