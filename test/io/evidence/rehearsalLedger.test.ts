import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import {
  appendRehearsal,
  newestRehearsal,
  readRehearsals,
  type Rehearsed,
} from "../../../src/io/evidence/rehearsalLedger.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const rehearsed: Rehearsed = { check: "PI6", evidenceSha256: "a".repeat(64), withinTimeLimit: true };
let path: string;
beforeEach(() => {
  path = join(temporaryProject(), "rehearsals.jsonl");
});
const three = async (): Promise<void> => {
  await appendRehearsal(path, rehearsed, "2026-11-01");
  await appendRehearsal(path, { ...rehearsed, evidenceSha256: "b".repeat(64) }, "2026-11-02");
  await appendRehearsal(path, { ...rehearsed, check: "PI8", withinTimeLimit: false }, "2026-11-03");
};

describe("the ledger of rehearsals", () => {
  it("is empty where there is none, and each line is held to the one before", async () => {
    expect(await readRehearsals(path)).toEqual([]);
    await three();
    const all = await readRehearsals(path);
    expect(all.map(({ check, day, withinTimeLimit }) => [check, day, withinTimeLimit])).toEqual([
      ["PI6", "2026-11-01", true],
      ["PI6", "2026-11-02", true],
      ["PI8", "2026-11-03", false],
    ]);
    expect(all.map(({ previous }) => previous)).toEqual(["0".repeat(64), all[0].sha256, all[1].sha256]);
  });

  it("adds nothing for the same on the same day, and a line for another day", async () => {
    const first = await appendRehearsal(path, rehearsed, "2026-11-01");
    const text = readFileSync(path, "utf8");
    expect(await appendRehearsal(path, rehearsed, "2026-11-01")).toEqual(first);
    expect(readFileSync(path, "utf8")).toBe(text);
    await appendRehearsal(path, rehearsed, "2026-12-01");
    expect(readFileSync(path, "utf8").startsWith(text)).toBe(true);
    expect(newestRehearsal(await readRehearsals(path), rehearsed)?.day).toBe("2026-12-01");
    expect(newestRehearsal(await readRehearsals(path), { ...rehearsed, check: "PI8" })).toBeNull();
  });

  it("has the newest of a day last, also where the same was said earlier that day", async () => {
    for (const withinTimeLimit of [true, false, true, false]) {
      await appendRehearsal(path, { ...rehearsed, withinTimeLimit }, "2026-11-01");
      expect(newestRehearsal(await readRehearsals(path), rehearsed)).toMatchObject({ withinTimeLimit });
    }
    expect(await readRehearsals(path)).toHaveLength(4);
  });

  it.each<[string, (text: string) => string, RegExp]>([
    ["edited", (text) => text.replace("2026-11-02", "2026-11-30"), /line 2: must be a rehearsal with the hash/],
    ["removed", (text) => text.replace(/^.*\n/, ""), /line 1: must follow the line before it/],
    ["torn", (text) => text.slice(0, -1), /line 3: must end with a line break: it is torn/],
    ["begun by a mark that is not seen", (text) => `\ufeff${text}`, /line 1: must be a rehearsal/],
    ["added", (text) => `${text}{}\n`, /line 4: must be a rehearsal/],
  ])("names a line that was %s, and nothing is added to it", async (_, change, message) => {
    await three();
    const changed = change(readFileSync(path, "utf8"));
    writeFileSync(path, changed);
    await expect(readRehearsals(path)).rejects.toThrow(message);
    await expect(appendRehearsal(path, rehearsed)).rejects.toThrow(message);
    expect(readFileSync(path, "utf8")).toBe(changed);
  });

  it("refuses what is no rehearsal, and writes nothing", async () => {
    for (const wrong of [{ check: "six" }, { evidenceSha256: "a" }])
      await expect(appendRehearsal(path, { ...rehearsed, ...wrong })).rejects.toThrow(/must be a rehearsal of a check/);
    expect(existsSync(path)).toBe(false);
  });

  it("keeps those of several who write at once", async () => {
    await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        appendRehearsal(path, { ...rehearsed, evidenceSha256: String(i).repeat(64) }, "2026-11-01"),
      ),
    );
    expect(await readRehearsals(path)).toHaveLength(10);
  });
});
