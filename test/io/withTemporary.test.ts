import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { projectPath } from "../../src/io/projectPath.js";
import { processSpace } from "../../src/io/runningProcess.js";
import { leftByOthers, ownerOf, withTemporary } from "../../src/io/withTemporary.js";
import { writeAtomic } from "../../src/io/writeAtomic.js";
import { temporaryProject } from "../support/temporaryProject.js";

/** A process that writes a file in the folder, with a part of it beside it, and does not come to an end. */
async function stuckWriter(root: string): Promise<ChildProcess> {
  const script = `
    import { writeFileSync } from "node:fs";
    import { replaceAtomic } from ${JSON.stringify(pathToFileURL(projectPath("dist/io/writeAtomic.js")).href)};
    setInterval(() => {}, 1000);
    await replaceAtomic(process.argv[1], async (temporary) => {
      for (const path of [temporary, temporary + ".part"]) writeFileSync(path, "half");
      console.log("begun");
      await new Promise(() => {});
    });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, join(root, "file")]);
  await once(child.stdout, "data");
  return child;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<unknown> {
  child.kill(signal);
  return (await once(child, "exit"))[1] as unknown;
}

describe("withTemporary", () => {
  it("removes what was left at its path and behind it, also when the work fails", async () => {
    const root = temporaryProject();
    expect(await withTemporary(root, (path) => Promise.resolve(ownerOf(path.slice(root.length + 1))))).toBe("running");
    const failing = withTemporary(root, (path) => {
      mkdirSync(path);
      writeFileSync(join(path, "half"), "");
      return Promise.reject(new Error("planted"));
    });
    await expect(failing).rejects.toThrow("planted");
    expect(readdirSync(root)).toEqual([]);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("leaves nothing on %s, and dies of it", async (signal) => {
    const root = temporaryProject({ file: "old" });
    const child = await stuckWriter(root);
    expect(readdirSync(root)).toHaveLength(3);
    expect(await ended(child, signal)).toBe(signal);
    expect(readdirSync(root)).toEqual(["file"]);
  });

  it("removes at its first write in a folder what a killed process left, and leaves that of one at work", async () => {
    const root = temporaryProject({ file: "old" });
    const [killed, working] = [await stuckWriter(root), await stuckWriter(root)];
    await ended(killed, "SIGKILL");
    expect(readdirSync(root)).toHaveLength(5);
    await writeAtomic(join(root, "other"), "new");
    const names = readdirSync(root);
    expect(names.map(ownerOf).sort()).toEqual(["nobody", "nobody", "running", "running"]);
    expect(names.join(" ")).toContain(`-${working.pid}-`);
    await ended(working, "SIGTERM");
  });

  it("names what another machine's process left or still writes, and what is nobody's it leaves", async () => {
    const foreign = ".twin-00000000-1-zz-abcdef.tmp";
    const kept = ["a.tmp", "twin-notes.txt", `.twin-${processSpace()}-x.tmp`];
    const root = temporaryProject(Object.fromEntries([foreign, ...kept].map((name) => [name, "kept"])));
    await writeAtomic(join(root, "file"), "new");
    expect(readdirSync(root).sort()).toEqual([foreign, ...kept, "file"].sort());
    expect(leftByOthers()).toEqual([join(root, foreign)]);
  });
});
