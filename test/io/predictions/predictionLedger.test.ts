import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { emptyHead, readPredictionLedger } from "../../../src/io/predictions/predictionLedger.js";
import { registerPredictions } from "../../../src/io/predictions/registerPredictions.js";
import { temporaryProject } from "../../support/temporaryProject.js";
import { playedRegistration } from "./playedRegistration.js";

let whole: string;
let head: string;
const folder = temporaryProject();
const ledger = join(folder, "ledger.jsonl");

beforeAll(async () => {
  await registerPredictions(playedRegistration("first"), { ledger, day: "2026-11-29" });
  ({ head } = await registerPredictions(playedRegistration("second", { model: "c" }), { ledger, day: "2026-11-30" }));
  whole = readFileSync(ledger, "utf8");
});

const read = (text: string): ReturnType<typeof readPredictionLedger> => {
  const path = join(folder, "changed.jsonl");
  writeFileSync(path, text);
  return readPredictionLedger(path);
};
const without = (line: number): string =>
  whole
    .split("\n")
    .filter((_, i) => i !== line - 1)
    .join("\n");

describe("readPredictionLedger", () => {
  it("has no lines and a head of zeros where there is no file", async () => {
    expect(await readPredictionLedger(join(folder, "none.jsonl"))).toEqual({ lines: [], head: emptyHead });
  });

  it("gives what was registered, each line held to the one before by a hash that any program can find", async () => {
    const { lines, head: found } = await readPredictionLedger(ledger);
    expect(found).toBe(head);
    expect(lines.map(({ name, row, of, day }) => `${name} ${row}/${of} ${day}`)).toEqual([
      "first 1/3 2026-11-29",
      "first 2/3 2026-11-29",
      "first 3/3 2026-11-29",
      "second 1/3 2026-11-30",
      "second 2/3 2026-11-30",
      "second 3/3 2026-11-30",
    ]);
    const hashes = whole
      .trimEnd()
      .split("\n")
      .map((text) =>
        createHash("sha256")
          .update(`${text.slice(0, text.lastIndexOf(',"sha256"'))}}`)
          .digest("hex"),
      );
    expect(lines.map(({ sha256 }) => sha256)).toEqual(hashes);
    expect(lines.map(({ previous }) => previous)).toEqual([emptyHead, ...hashes.slice(0, -1)]);
    expect(lines[1]).toMatchObject({ ...playedRegistration("first").rows[1], model: "a".repeat(64) });
  });

  it.each([
    [
      "an edited number",
      () => whole.replace('"low":9', '"low":7'),
      /line 2: must have the hash that it says: it was edited/,
    ],
    ["an edited last line", () => whole.replace(/"low":10(?!.*"low":10)/s, '"low":1'), /line 6: must have the hash/],
    ["a space that means nothing", () => whole.replace('{"line":3', '{ "line":3'), /line 3: must have the hash/],
    [
      "a removed first line",
      () => without(1),
      /line 1: must follow the line before it, of hash 000000000000: .*line 2/,
    ],
    ["a removed line", () => without(4), /line 4: must follow the line before it/],
    ["a removed last line", () => without(6), /line 6: must be row 3 of 3 of "second"; got the end of the file/],
    ["a torn last line", () => whole.slice(0, -200), /line 6: must end with a line break: it is torn/],
    ["a last line without its break", () => whole.trimEnd(), /line 6: must end with a line break/],
    [
      "a line that is no JSON",
      () => whole.replace('{"line":5', "<<<<<<< HEAD"),
      /line 5: must be a registered prediction/,
    ],
    ["a line added behind", () => `${whole}${whole.split("\n")[0]}\n`, /line 7: must follow the line before it/],
  ])("finds %s, and names the line and the mend", async (_, changed, message) => {
    expect(changed()).not.toBe(whole);
    await expect(read(changed())).rejects.toThrow(message);
    await expect(read(changed())).rejects.toThrow(/restore the ledger from git/);
  });

  it("finds any letter that was changed, anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.constantFrom("0", "1", "a", '"', " ", "}"), async (at, letter) => {
        fc.pre(whole[at] !== letter);
        await expect(read(whole.slice(0, at) + letter + whole.slice(at + 1))).rejects.toThrow(/line \d/);
      }),
    );
  });
});
