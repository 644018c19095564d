import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { projectPath } from "../../../src/io/projectPath.js";
import { withProjectLock } from "../../../src/workspace/notebooks/projectLock.js";
import { temporaryProject } from "../../support/temporaryProject.js";
import { get, put } from "../playedKernel.js";

const nothing = (): Promise<void> => Promise.resolve();

describe("withProjectLock", () => {
  it("lets one in, tells the other who holds it, and leaves no file behind", async () => {
    const root = temporaryProject({});
    await withProjectLock(root, async () => {
      await expect(withProjectLock(root, nothing)).rejects.toThrow(
        new RegExp(`only one process at a time.*got process ${process.pid}, still running; wait .*kill ${process.pid}`),
      );
    });
    expect(readdirSync(join(root, ".twin"))).toEqual([]);
    await withProjectLock(root, nothing);
  });

  it("is free again after a failure", async () => {
    const root = temporaryProject({});
    await expect(withProjectLock(root, () => Promise.reject(new Error("planted")))).rejects.toThrow("planted");
    await withProjectLock(root, nothing);
  });

  it("takes over the lock of a process that was killed", async () => {
    const root = temporaryProject({});
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    put(root, ".twin/lock", `${child.pid} \n`);
    await expect(withProjectLock(root, nothing)).rejects.toThrow(`process ${child.pid}, still running`);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await withProjectLock(root, () => Promise.resolve(get(root, ".twin/lock")))).toMatch(
      new RegExp(`^${process.pid} `),
    );
    expect(existsSync(join(root, ".twin", "lock"))).toBe(false);
  });

  it.skipIf(process.platform !== "linux")(
    "takes over the lock of a process whose number another one has now (skipped where there is no /proc)",
    async () => {
      const root = temporaryProject({ ".twin/lock": `${process.pid} 1\n` });
      await withProjectLock(root, nothing);
    },
  );

  it("refuses a lock that is a folder: it was waited for without end", async () => {
    const root = temporaryProject({ ".twin/lock/kept": "" });
    await expect(withProjectLock(root, nothing)).rejects.toThrow(
      /lock: must be a file that names the process .*got EISDIR; remove it/,
    );
    expect(readdirSync(join(root, ".twin"))).toEqual(["lock"]);
  });

  it("takes over a lock that names nobody", async () => {
    const root = temporaryProject({ ".twin/lock": "" });
    await withProjectLock(root, nothing);
  });

  it("never lets two processes in, also when all find the same stale lock at once", async () => {
    const root = temporaryProject({ ".twin/lock": "999999999 \n" });
    const script = `
      import { existsSync, rmSync, writeFileSync } from "node:fs";
      import { withProjectLock } from ${JSON.stringify(projectPath("dist/workspace/notebooks/projectLock.js"))};
      const inside = ${JSON.stringify(join(root, "inside"))};
      for (let round = 0; round < 100; round++) {
        await withProjectLock(${JSON.stringify(root)}, async () => {
          writeFileSync(inside, "", { flag: "wx" });
          await new Promise((resolve) => setTimeout(resolve, 1));
          rmSync(inside);
          console.log("in");
        }).catch((error) => { if (error.name !== "InputError") throw error; });
      }`;
    const runs = await Promise.all(
      [1, 2, 3].map(() => promisify(execFile)(process.execPath, ["--input-type=module", "-e", script])),
    );
    expect(runs.map(({ stdout }) => stdout).join("")).toContain("in");
  });
});
