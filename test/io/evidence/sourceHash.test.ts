import { renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { sourceHash } from "../../../src/io/evidence/sourceHash.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ root: "" }));
vi.mock("../../../src/io/projectPath.js", async () => {
  const path = await import("node:path");
  return {
    projectPath: (...parts: string[]): string => path.join(place.root, ...parts),
    projectName: (file: string): string => path.relative(place.root, file),
  };
});

const files = {
  "src/analyses/a.ts":
    'import { b } from "../core/b.js";\nimport { z } from "zod";\nimport type { E } from "./types.js";\n' +
    'export { e } from "./e.js";\nimport "../core/effect.js";\n' +
    'export const lazy = () => import("../core/d.js");\n',
  "src/analyses/e.ts": "export const e = 1;\n",
  "src/analyses/types.ts": "export type E = 1;\n",
  "src/core/effect.ts": "console.log(1);\n",
  "src/core/b.ts":
    'import facts from "./c.json" with { type: "json" };\nimport { a } from "../analyses/a.js";\n' +
    "export const b = facts;\n",
  "src/core/c.json": "[1]\n",
  "src/core/d.ts": "export const d = 1;\n",
  "src/core/other.ts": "export const other = 1;\n",
};
const entry = "src/analyses/a.ts";
const write = (name: string, content: string): void => writeFileSync(join(place.root, name), content);

beforeEach(() => {
  place.root = temporaryProject(files);
});

describe("sourceHash", () => {
  it("is the same on every machine: neither folder nor time counts, and imports in a circle end", async () => {
    const here = await sourceHash(entry);
    place.root = temporaryProject(files);
    utimesSync(join(place.root, entry), 0, 0);
    expect(await sourceHash(entry)).toBe(here);
    expect(here).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    "src/analyses/a.ts",
    "src/analyses/e.ts",
    "src/core/b.ts",
    "src/core/c.json",
    "src/core/d.ts",
    "src/core/effect.ts",
  ])("moves when %s changes, which the source imports near or far, as code or data, at once or later", async (name) => {
    const before = await sourceHash(entry);
    write(name, `${files[name as keyof typeof files]} `);
    expect(await sourceHash(entry)).not.toBe(before);
  });

  it("stays when a file changes that the source never imports, or only for its types", async () => {
    const before = await sourceHash(entry);
    write("src/core/other.ts", "export const other = 2;\n");
    write("src/analyses/types.ts", "export type E = 2;\n");
    expect(await sourceHash(entry)).toBe(before);
  });

  it("covers the AssemblyScript of a program that a source reads, at once or not, and what that imports", async () => {
    const assembly = "src/neighbours/assembly";
    const program = {
      ...files,
      "src/analyses/e.ts": 'readWasm("search");\n',
      [`${assembly}/search.ts`]: 'import { exp } from "../../core/assembly/math";\n',
      [`${assembly}/more.ts`]: "export {};\n",
      "src/core/assembly/math.ts": "export function exp(): void {}\n",
    };
    place.root = temporaryProject(program);
    const hashes = new Set([await sourceHash(entry)]);
    for (const name of [`${assembly}/search.ts`, `${assembly}/more.ts`, "src/core/assembly/math.ts"] as const) {
      write(name, `${program[name]}// changed\n`);
      hashes.add(await sourceHash(entry));
    }
    expect(hashes.size).toBe(4);
    // Programs that are read at once were left out.
    write("src/analyses/e.ts", 'readWasmAtOnce("search");\n');
    const before = await sourceHash(entry);
    write(`${assembly}/more.ts`, "export {};\n// changed again\n");
    expect(await sourceHash(entry)).not.toBe(before);
  });

  it("of a folder covers each file below it, and its name", async () => {
    const before = await sourceHash("src");
    write("src/core/other.ts", "export const other = 2;\n");
    const changed = await sourceHash("src");
    renameSync(join(place.root, "src/core/other.ts"), join(place.root, "src/core/another.ts"));
    expect(new Set([before, changed, await sourceHash("src")]).size).toBe(3);
    expect(await sourceHash("src/analyses")).not.toBe(await sourceHash("src/core"));
  });

  it("names an imported file that is not there", async () => {
    rmSync(join(place.root, "src/core/d.ts"));
    await expect(sourceHash(entry)).rejects.toThrow("src/core/d.ts: the file must be readable; got ENOENT");
  });
});
