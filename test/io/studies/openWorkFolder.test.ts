import { appendFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { existsSync } from "node:fs";
import { projectPath } from "../../../src/io/projectPath.js";
import { followWriters } from "../../../src/io/studies/followWriters.js";
import { openWorkFolder, type WorkFolder, type WorkFolderOptions } from "../../../src/io/studies/openWorkFolder.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";
import { playedWriter } from "./playedWriter.js";

const isBuilt = existsSync(projectPath("dist", "io", "studies", "heartWorker.js"));
if (!isBuilt) console.warn("tests of work folders are skipped: dist is not here; run npm run build");

const place = await temporaryFolder();
let count = 0;
const fresh = (): string => join(place, String(++count));
const open: WorkFolder[] = [];

async function opened(folder: string, options?: WorkFolderOptions): Promise<WorkFolder> {
  const work = await openWorkFolder(folder, options);
  open.push(work);
  return work;
}
afterEach(() => Promise.all(open.splice(0).map((work) => work.close())));

describe.skipIf(!isBuilt)("openWorkFolder (skipped without dist)", () => {
  it("gives each piece to one of several, and what came of it to all", async () => {
    const folder = fresh();
    const works = await Promise.all([1, 2, 3, 4].map(() => opened(folder)));
    for (const work of works) await work.look();
    for (let number = 0; number < 20; number++) {
      const got = await Promise.all(works.map((work) => work.claim(number)));
      expect(got.filter((mine) => mine)).toHaveLength(1);
      await works[got.indexOf(true)].finish(number, { value: number });
    }
    for (const work of works) {
      await work.look();
      expect(await work.lineOf(7)).toMatchObject({ trial: 7, value: 7 });
      expect(await work.lineOf(20)).toBeNull();
    }
  });

  it("gives back what was claimed when it is closed", async () => {
    const folder = fresh();
    const [one, other] = [await opened(folder), await opened(folder)];
    await other.look();
    expect(await one.claim(0)).toBe(true);
    expect(await other.claim(0)).toBe(false);
    await one.close();
    await other.look();
    expect(await other.claim(0)).toBe(true);
    open.splice(0, 1);
  });

  it("beats while its process is busy, and takes over from another machine that beats no more", async () => {
    const folder = fresh();
    const played = await playedWriter(folder, "a");
    const work = await opened(folder, { staleMilliseconds: 300 });
    await work.look();
    const seen = followWriters(folder, { staleMilliseconds: 300, onWarning: () => undefined });
    expect(await played.claim(0, seen)).toBe(true);
    expect(await work.claim(0)).toBe(false);
    const beats = async (): Promise<string> => {
      const names = (await readdir(join(folder, "writers"))).filter((name) => name.endsWith(".beat"));
      return readFile(
        join(
          folder,
          "writers",
          names.find((name) => !name.includes("aaaaaaaa"))!,
        ),
        "utf8",
      );
    };
    await setTimeout(100);
    const before = await beats();
    for (const until = performance.now() + 300; performance.now() < until;);
    expect(await beats()).not.toBe(before);
    await work.look();
    expect(await work.claim(0)).toBe(true);
  });

  it("keeps lines that are of no piece, of all processes", async () => {
    const folder = fresh();
    const [one, other] = [await opened(folder), await opened(folder)];
    await one.note({ goal: 40 });
    await other.look();
    expect(other.notes()).toMatchObject([{ goal: 40 }]);
  });

  it("drops the cut last line of a process that has ended, and says so once", async () => {
    const folder = fresh();
    const one = await openWorkFolder(folder);
    await one.claim(0);
    await one.finish(0, {});
    await one.close();
    const [file] = (await readdir(join(folder, "writers"))).filter((name) => name.endsWith(".jsonl"));
    await appendFile(join(folder, "writers", file), '{"trial":1,"val');
    const warnings: string[] = [];
    const other = await opened(folder, { onWarning: (warning) => warnings.push(warning) });
    await other.look();
    await other.look();
    expect(warnings).toEqual([
      expect.stringMatching(/jsonl, line 2: half written when its process ended, and dropped/),
    ]);
    expect(await other.lineOf(0)).not.toBeNull();
    expect(await other.lineOf(1)).toBeNull();
  });

  it("says nothing more after a line could not be written, as its folder was removed", async () => {
    const folder = fresh();
    const work = await opened(folder);
    await work.claim(0);
    await rm(folder, { recursive: true });
    await expect(work.finish(0, {})).rejects.toThrow(/must be writable; got ENOENT/);
    await expect(work.note({})).rejects.toThrow(/must be writable; got ENOENT/);
    await expect(work.look()).rejects.toThrow(/must be readable; got ENOENT/);
  });

  it("refuses a place where nothing can be made", async () => {
    const folder = fresh();
    await mkdir(folder);
    await writeFile(join(folder, "claims"), "");
    await expect(openWorkFolder(folder)).rejects.toThrow(/must be writable; got EEXIST/);
  });
});
