import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/core/InputError.js";
import { writeFolderAtomic } from "../../src/io/writeFolderAtomic.js";
import { asNobody } from "../support/asNobody.js";
import { temporaryProject } from "../support/temporaryProject.js";

const files = { "a.txt": "text °C\n", "b.bin": Uint8Array.of(0, 255) };
const contents = (folder: string): Record<string, number[]> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, [...readFileSync(join(folder, name))]]),
  );

describe("writeFolderAtomic", () => {
  it("writes all files, makes the folders above, and leaves nothing beside", async () => {
    const root = temporaryProject();
    expect(await writeFolderAtomic(join(root, "x", "y"), files)).toBe(true);
    expect(contents(join(root, "x", "y"))).toEqual({ "a.txt": [...Buffer.from("text °C\n")], "b.bin": [0, 255] });
    expect(readdirSync(join(root, "x"))).toEqual(["y"]);
  });

  it("leaves a folder that stands as it is, and says so", async () => {
    const root = temporaryProject({ "y/kept": "old" });
    expect(await writeFolderAtomic(join(root, "y"), files)).toBe(false);
    expect([readdirSync(root), readdirSync(join(root, "y"))]).toEqual([["y"], ["kept"]]);
  });

  it("of many writers at once lets one write", async () => {
    const root = temporaryProject();
    const written = await Promise.all(
      Array.from({ length: 20 }, (_, i) => writeFolderAtomic(join(root, "y"), { "a.txt": String(i).repeat(10_000) })),
    );
    const winner = written.indexOf(true);
    expect(written.filter(Boolean)).toHaveLength(1);
    expect(readFileSync(join(root, "y", "a.txt"), "utf8")).toBe(String(winner).repeat(10_000));
    expect(readdirSync(root)).toEqual(["y"]);
  });

  it("refuses where a file stands in the way or nothing may be written, and changes nothing", async () => {
    const root = temporaryProject({ here: "kept" });
    for (const path of ["here", "here/below"]) {
      const error: unknown = await writeFolderAtomic(join(root, path), files).catch((one: unknown) => one);
      expect(error).toBeInstanceOf(InputError);
      expect((error as Error).message).toMatch(/a file stands where a folder is needed.*nothing was changed$/);
    }
    mkdirSync(join(root, "closed"));
    writeFileSync(join(root, "closed", "kept"), "old");
    await chmod(join(root, "closed"), 0o555);
    const error: unknown = await asNobody(() =>
      writeFolderAtomic(join(root, "closed", "y"), files).catch((one: unknown) => one),
    );
    await chmod(join(root, "closed"), 0o755);
    expect(String(error)).toMatch(/got EACCES; give yourself write permission/);
    expect([readdirSync(root).sort(), readdirSync(join(root, "closed"))]).toEqual([["closed", "here"], ["kept"]]);
  });
});
