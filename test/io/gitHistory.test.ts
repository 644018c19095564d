import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { committedAt, committedText } from "../../src/io/gitHistory.js";
import { gitFolder } from "../support/gitFolder.js";
import { temporaryProject } from "../support/temporaryProject.js";

describe("what git knows of a file", () => {
  it("is its text in the last commit, whatever stands there now, and when a part of it first stood there", async () => {
    const { folder, commit } = gitFolder();
    const path = join(folder, "lines.jsonl");
    writeFileSync(path, "first\n");
    commit("2026-01-01T10:00:00Z");
    writeFileSync(path, "first\nsecond\n");
    commit("2026-02-01T10:00:00Z");
    writeFileSync(path, "third\n");
    expect(await committedText(path)).toBe("first\nsecond\n");
    expect(await committedAt(path, "first")).toBe("2026-01-01T10:00:00.000Z");
    expect(await committedAt(path, "second")).toBe("2026-02-01T10:00:00.000Z");
    expect(await committedAt(path, "third")).toBeNull();
    rmSync(path);
    expect(await committedText(path)).toBe("first\nsecond\n");
  });

  it("is nothing of a file that no commit has, nor outside of a repository", async () => {
    const { folder, commit } = gitFolder();
    commit("2026-01-01T10:00:00Z");
    writeFileSync(join(folder, "new.txt"), "new\n");
    expect(await committedText(join(folder, "new.txt"))).toBeNull();
    const outside = join(temporaryProject({ "a.txt": "a\n" }), "a.txt");
    expect(await committedText(outside)).toBeNull();
    expect(await committedAt(outside, "a")).toBeNull();
    expect(await committedText(join(folder, "no such folder", "a.txt"))).toBeNull();
  });
});
