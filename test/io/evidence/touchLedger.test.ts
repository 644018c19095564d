import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { readTouches, recordTouch } from "../../../src/io/evidence/touchLedger.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ root: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => {
  const path = await import("node:path");
  return {
    ...(await original<object>()),
    projectPath: (...parts: string[]): string => path.join(place.root, ...parts),
    projectName: (file: string) => path.relative(place.root, file),
  };
});

const file = (): string => join(place.root, "data/evidence/touches.jsonl");
const [a, b, m] = ["a", "b", "c"].map((digit) => digit.repeat(64));
const touch = { line: "phase network", manifest: m, model: a };

beforeEach(() => {
  place.root = temporaryProject({ "data/evidence/keep": "" });
});

describe("recordTouch", () => {
  it("appends a new touch, and leaves the file's bytes for a known one, on any later day", async () => {
    expect(await readTouches()).toEqual([]);
    await recordTouch(touch, "2026-03-01");
    const bytes = readFileSync(file(), "utf8");
    expect(bytes).toBe(`{"line":"phase network","manifest":"${m}","model":"${a}","date":"2026-03-01"}\n`);
    expect(await recordTouch(touch, "2026-04-01")).toEqual([{ ...touch, date: "2026-03-01" }]);
    expect(readFileSync(file(), "utf8")).toBe(bytes);
    const all = await recordTouch({ ...touch, model: b }, "2026-04-01");
    expect(all.map(({ model }) => model)).toEqual([a, b]);
    expect(readFileSync(file(), "utf8").startsWith(bytes)).toBe(true);
    expect(await readTouches()).toEqual(all);
  });

  it.each([
    [{ ...touch, line: "" }, 'line must name the model line, for example "phase network"; got ""'],
    [{ ...touch, manifest: "abc" }, 'manifest must be a SHA-256 in hex, 64 digits; got "abc"'],
    [{ ...touch, model: a.toUpperCase() }, "model must be a SHA-256 in hex, 64 digits"],
  ])("refuses what tells no model from another, and writes nothing", async (odd, words) => {
    await expect(recordTouch(odd)).rejects.toThrow(words);
    expect(existsSync(file())).toBe(false);
  });
});

describe("readTouches", () => {
  it.each([
    "{",
    "null",
    '{"line":"x","manifest":"y","model":1,"date":"2026-03-01"}',
    '{"line":"x","manifest":"y","model":"z","date":"March"}',
  ])("names the line that is no entry: %s", async (line) => {
    await recordTouch(touch, "2026-03-01");
    writeFileSync(file(), `${readFileSync(file(), "utf8")}${line}\n`);
    await expect(readTouches()).rejects.toThrow(
      "data/evidence/touches.jsonl, line 2: must be an entry {line, manifest, model, date}; " +
        `got ${line}; restore the ledger from git`,
    );
  });
});
