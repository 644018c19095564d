import { renameSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { inputHash } from "../../../src/io/evidence/inputHash.js";
import { sha256 } from "../../../src/io/sha256.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ root: "" }));
vi.mock("../../../src/io/projectPath.js", async () => {
  const path = await import("node:path");
  return { projectPath: (...parts: string[]): string => path.join(place.root, ...parts) };
});

const files = { "test/a.test.ts": "1", "test/golden/b.json": "{}" };

beforeEach(() => {
  place.root = temporaryProject(files);
});

describe("inputHash", () => {
  it("of a file is the hash of its bytes, as evidence has always carried it", async () => {
    expect(await inputHash("test/a.test.ts")).toBe(sha256("1"));
  });

  it("of a folder is the same on every machine", async () => {
    const here = await inputHash("test");
    place.root = temporaryProject(files);
    utimesSync(join(place.root, "test/a.test.ts"), 0, 0);
    expect(await inputHash("test")).toBe(here);
    place.root = temporaryProject({ ...files, "test/.cache/x": "", "test/golden/__pycache__/make.pyc": "" });
    expect(await inputHash("test")).toBe(here);
  });

  it("of a folder moves with each byte, name and file below it", async () => {
    const hashes = [await inputHash("test")];
    writeFileSync(join(place.root, "test/golden/b.json"), "[]");
    hashes.push(await inputHash("test"));
    renameSync(join(place.root, "test/golden/b.json"), join(place.root, "test/golden/c.json"));
    hashes.push(await inputHash("test"));
    writeFileSync(join(place.root, "test/golden/d.json"), "");
    hashes.push(await inputHash("test"));
    expect(new Set(hashes).size).toBe(4);
  });
});
