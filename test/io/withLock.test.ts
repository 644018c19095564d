import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { withLock } from "../../src/io/withLock.js";
import { temporaryProject } from "../support/temporaryProject.js";
import { put } from "../workspace/playedKernel.js";

const work = "write here";

describe("withLock", () => {
  it("waits as long as it is told for whoever holds the lock, and then does its own", async () => {
    const lock = join(temporaryProject({}), "lock");
    const order: string[] = [];
    const first = withLock(
      lock,
      async () => {
        await setTimeout(120);
        order.push("first");
      },
      { work },
    );
    while (!existsSync(lock)) await setTimeout(5);
    await withLock(lock, () => Promise.resolve(order.push("second")), { work, patience: 20 });
    await first;
    expect(order).toEqual(["first", "second"]);
  });

  it("says who holds the lock once its patience has ended", async () => {
    const lock = join(temporaryProject({}), "lock");
    await withLock(
      lock,
      () =>
        expect(withLock(lock, () => Promise.resolve(), { work, patience: 0.05 })).rejects.toThrow(
          `only one process at a time may write here; got process ${process.pid}, still running`,
        ),
      { work },
    );
  });

  it("takes over the lock of a process that was killed, and leaves nothing behind", async () => {
    const root = temporaryProject({});
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    put(root, "lock", `${child.pid} \n`);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await withLock(join(root, "lock"), () => Promise.resolve("done"), { work })).toBe("done");
    expect(readdirSync(root)).toEqual([]);
  });

  it("refuses to guess where a process was killed while it removed a stale lock", async () => {
    const root = temporaryProject({ lock: "999999999 \n", "lock.stale": "999999999 \n" });
    await expect(withLock(join(root, "lock"), () => Promise.resolve(), { work })).rejects.toThrow(
      /lock\.stale: must be gone .*remove it, and run again/,
    );
  });
});
