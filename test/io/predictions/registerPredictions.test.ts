import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { readPredictionLedger, type Registration } from "../../../src/io/predictions/predictionLedger.js";
import { registerPredictions } from "../../../src/io/predictions/registerPredictions.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { temporaryProject } from "../../support/temporaryProject.js";
import { playedRegistration } from "./playedRegistration.js";

const freshLedger = (): string => join(temporaryProject(), "predictions", "ledger.jsonl");

/** A process of its own that registers the same under some names, by the compiled program. */
const script = (ledger: string, registration: Registration, names: readonly string[]): string[] => [
  "--input-type=module",
  "-e",
  `import { registerPredictions } from ${JSON.stringify(projectPath("dist/io/predictions/registerPredictions.js"))};
   for (const name of ${JSON.stringify(names)})
     await registerPredictions({ ...${JSON.stringify(registration)}, name }, { ledger: ${JSON.stringify(ledger)} });`,
];

describe("registerPredictions", () => {
  it("adds nothing where the same is registered again, whatever the code and the day are then", async () => {
    const ledger = freshLedger();
    const one = playedRegistration("plates");
    const first = await registerPredictions(one, { ledger, day: "2026-11-29" });
    expect(first).toMatchObject({ name: "plates", lines: 3, isNew: true, day: "2026-11-29" });
    const text = readFileSync(ledger, "utf8");
    const later = { ...one, remaking: { ...one.remaking, codeSha256: "d".repeat(64) } };
    expect(await registerPredictions(later, { ledger, day: "2027-01-01" })).toEqual({ ...first, isNew: false });
    expect(readFileSync(ledger, "utf8")).toBe(text);
  });

  it("prepares before its lines stand, once more where it is asked again, and never for a refusal", async () => {
    const ledger = freshLedger();
    let lines: number[] = [];
    const prepare = async (): Promise<void> => void lines.push((await readPredictionLedger(ledger)).lines.length);
    await registerPredictions(playedRegistration("plates"), { ledger, prepare });
    await registerPredictions(playedRegistration("plates"), { ledger, prepare });
    expect(lines).toEqual([0, 3]);
    lines = [];
    await expect(registerPredictions(playedRegistration("plates", { rows: 2 }), { ledger, prepare })).rejects.toThrow();
    expect(lines).toEqual([]);
  });

  const other = playedRegistration("plates");
  const changedRow = (change: object): Registration => ({
    ...other,
    rows: other.rows.map((row, i) => (i === 1 ? { ...row, ...change } : row)),
  });
  it.each<[string, Registration, RegExp]>([
    ["predictions", changedRow({ predictions: { phase: "Cs4PbBr6" } }), /other predictions of recipe "row 2"/],
    ["recipes", changedRow({ recipeSha256: "e".repeat(64) }), /another recipe of recipe "row 2"/],
    ["notes", changedRow({ inDomain: true }), /other notes of recipe "row 2"/],
    ["rows", { ...other, rows: other.rows.slice(1) }, /2 recipes in place of 3/],
    ["model", playedRegistration("plates", { model: "f" }), /model ffffffffffff in place of aaaaaaaaaaaa/],
    ["rules", { ...other, judging: { ...other.judging, rules: { level: 0.8 } } }, /another rule of judging/],
    ["form", { ...other, form: "recipes" }, /form "recipes" in place of "table"/],
  ])("refuses other %s under a name that is there, and leaves the ledger as it was", async (_, changed, message) => {
    const ledger = freshLedger();
    await registerPredictions(other, { ledger });
    const text = readFileSync(ledger, "utf8");
    await expect(registerPredictions(changed, { ledger })).rejects.toThrow(message);
    await expect(registerPredictions(changed, { ledger })).rejects.toThrow(/register under another name/);
    expect(readFileSync(ledger, "utf8")).toBe(text);
  });

  it.each<[string, Registration, RegExp]>([
    ["a name with spaces", playedRegistration("my plates"), /must be a name of small letters/],
    ["no recipes", playedRegistration("none", { rows: 0 }), /must have predictions; got none/],
    ["one recipe twice", { ...other, rows: [other.rows[0], other.rows[0]] }, /got "row 1" twice/],
    ["more recipes than anybody tries", playedRegistration("many", { rows: 10_001 }), /at most 10000 recipes/],
    ["numbers that JSON has not", changedRow({ predictions: { size: Number.NaN } }), /must be finite/],
  ])("refuses %s", async (_, registration, message) => {
    const ledger = freshLedger();
    await expect(registerPredictions(registration, { ledger })).rejects.toThrow(message);
    expect(existsSync(ledger)).toBe(false);
  });

  it("adds nothing to a ledger that is damaged", async () => {
    const ledger = freshLedger();
    await registerPredictions(other, { ledger });
    const torn = readFileSync(ledger, "utf8").slice(0, -9);
    writeFileSync(ledger, torn);
    await expect(registerPredictions(playedRegistration("next"), { ledger })).rejects.toThrow(/line 3: .*torn/);
    expect(readFileSync(ledger, "utf8")).toBe(torn);
  });

  it("loses no line where several processes register at once", async () => {
    const ledger = freshLedger();
    const names = Array.from({ length: 4 }, (_, p) => Array.from({ length: 6 }, (__, i) => `p${p}-${i}`));
    await Promise.all(names.map((own) => promisify(execFile)(process.execPath, script(ledger, other, own))));
    const { lines } = await readPredictionLedger(ledger);
    expect(lines).toHaveLength(4 * 6 * 3);
    expect([...new Set(lines.map(({ name }) => name))].sort()).toEqual(names.flat().sort());
    expect(readdirSync(join(ledger, ".."))).toEqual(["ledger.jsonl"]);
  });

  it("is killed at any moment with the old ledger or the new one behind it, and the next goes on", async () => {
    const ledger = freshLedger();
    await registerPredictions(playedRegistration("before"), { ledger });
    const hundred = playedRegistration("kill", { rows: 100 });
    for (const delay of [60, 90, 120, 160, 250]) {
      const names = Array.from({ length: 40 }, (_, i) => `kill-${delay}-${i}`);
      const child = spawn(process.execPath, script(ledger, hundred, names), { stdio: "ignore" });
      await setTimeout(delay);
      child.kill("SIGKILL");
      await once(child, "exit");
      const { lines } = await readPredictionLedger(ledger);
      expect((lines.length - 3) % 100).toBe(0);
    }
    await registerPredictions(playedRegistration("after"), { ledger });
    expect((await readPredictionLedger(ledger)).lines.at(-1)!.name).toBe("after");
  });
});
