import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { judgeEvidence, readinessScorecard } from "../../src/analyses/scorecard.js";
import { measurement, type Measurement } from "../../src/core/Evidence.js";
import { recordedEvidence } from "../../src/io/evidenceFiles.js";
import { appendToLedger } from "../../src/io/evidenceLedger.js";
import { temporaryProject } from "../support/temporaryProject.js";

const place = vi.hoisted(() => ({ root: "" }));
vi.mock("../../src/io/projectPath.js", async (original) => {
  const path = await import("node:path");
  const inside = (...parts: string[]): string => path.join(place.root, ...parts);
  return { ...(await original<object>()), projectPath: inside, outputPath: inside, projectName: (file: string) => path.relative(place.root, file) };
});

const table = "data/real/table.csv";
const source = "src/analyses/test.ts";
const fact = (id: string, value: number): Measurement => measurement({ id, meaning: id, value, unit: "1", n: 400 });

async function record(id: string, ...measurements: readonly Measurement[]) {
  return recordedEvidence({ id, inputs: [table], source, labels: "real" }, () => Promise.resolve({ result: null, measurements }));
}

function put(name: string, text: string): void {
  mkdirSync(dirname(join(place.root, name)), { recursive: true });
  writeFileSync(join(place.root, name), text);
}

async function checkOf(id: string, asOf: string | null = null): Promise<{ readonly status: string; readonly reason: string; readonly evidence: readonly string[] }> {
  return (await judgeEvidence({ asOf })).scorecard.checks.find((check) => check.id === id)!;
}

beforeEach(() => {
  place.root = temporaryProject({ [table]: "x\n1\n", [source]: "export {};\n", "src/analyses/scorecard.ts": "export {};\n" });
});

describe("judgeEvidence", () => {
  it("of a project without evidence knows nothing, claims nothing, and writes nothing", async () => {
    const { scorecard, files, freshness } = await judgeEvidence();
    expect(scorecard.checks.every(({ status }) => status === "UNKNOWN")).toBe(true);
    expect([scorecard.low, scorecard.high, scorecard.displayed, scorecard.verdict, files, freshness]).toEqual([0, 100, 0, "NOT_SHOWN", [], {}]);
    expect(existsSync(join(place.root, "data/evidence"))).toBe(false);
  });

  it("passes a check on fresh evidence, and names the file", async () => {
    await record("01-a", fact("DQ7.share", 1));
    expect(await checkOf("DQ7")).toMatchObject({ status: "PASS", reason: "", evidence: ["01-a"] });
    expect((await judgeEvidence()).scorecard.low).toBeGreaterThan(0);
  });

  it.each([
    ["an input", table, "x\n2\n", "data/real/table.csv changed since 01-a was made"],
    ["the source", source, "export const changed = 1;\n", "src/analyses/test.ts changed since 01-a was made"],
  ])("does not pass on evidence from before %s changed", async (_, name, content, words) => {
    await record("01-a", fact("DQ7.share", 1));
    put(name, content);
    expect(await checkOf("DQ7")).toMatchObject({ status: "UNKNOWN", reason: `HASH_MISMATCH: ${words}` });
  });

  it("passes on recorded evidence where the table it was made from is absent", async () => {
    await record("01-a", fact("DQ7.share", 1));
    rmSync(join(place.root, table));
    expect((await checkOf("DQ7")).status).toBe("PASS");
    expect((await judgeEvidence()).freshness["01-a"]).toMatchObject({ matches: true, inputsPresent: false });
  });

  it("judges age at the day it is asked for alone: valid for a year, stale after, unknown on a day before it was made", async () => {
    const file = await record("01-a", fact("DQ7.share", 1));
    expect((await checkOf("DQ7", "2026-03-01")).reason).toBe("STALE: DQ7.share was not in the ledger on that day");
    await appendToLedger([file], "2026-03-01");
    const on = async (day: string | null): Promise<string> => {
      const { status, reason } = await checkOf("DQ7", day);
      return status === "PASS" ? status : reason;
    };
    expect([await on(null), await on("2026-03-01"), await on("2026-02-28"), await on("2027-03-01")]).toEqual(["PASS", "PASS", "PASS", "PASS"]);
    expect(await on("2027-03-02")).toBe("STALE: DQ7.share is 366 days old, 365 are allowed");
    expect(await on("2026-02-27")).toBe("STALE: DQ7.share was not in the ledger on that day");
    expect(await on("2020-01-01")).toBe("STALE: DQ7.share was not in the ledger on that day");
  });

  it("refuses two files that claim one measurement, and a file that is damaged", async () => {
    await record("01-a", fact("DQ7.share", 1));
    await record("02-b", fact("DQ7.share", 0));
    await expect(judgeEvidence()).rejects.toThrow("DQ7.share must come from one file; got 01-a and 02-b");
    put("data/evidence/02-b.json", '{"id": "02-b"');
    await expect(judgeEvidence()).rejects.toThrow("data/evidence/02-b.json: the file must hold JSON");
  });
});

describe("readinessScorecard", () => {
  it("records the score with the hashes of the evidence it rests on, and gives the same bytes when it runs again upon itself", async () => {
    await record("01-a", fact("DQ7.share", 1));
    await record("02-b", fact("DQ2.leaks", 3));
    const evidence = await readinessScorecard();
    const written = join(place.root, "data/evidence/99-scorecard.json");
    const bytes = readFileSync(written, "utf8");
    expect(Object.keys(evidence.inputs)).toEqual(["data/evidence/01-a.json", "data/evidence/02-b.json"]);
    const valueOf = (id: string): number | null => evidence.measurements.find((one) => one.id === `scorecard.${id}`)!.value;
    const statuses = evidence.result.checks.map(({ status }) => status);
    for (const status of ["PASS", "FAIL", "UNKNOWN"]) expect(valueOf(status.toLowerCase()), status).toBe(statuses.filter((one) => one === status).length);
    expect([valueOf("pass"), valueOf("fail"), statuses.length]).toEqual([1, 1, 44]);
    expect([valueOf("low"), valueOf("high"), valueOf("displayed")]).toEqual([evidence.result.low, evidence.result.high, evidence.result.displayed]);
    await readinessScorecard();
    expect(readFileSync(written, "utf8")).toBe(bytes);
    expect((await judgeEvidence()).files.map(({ id }) => id)).toEqual(["01-a", "02-b"]);
    expect(readdirSync(join(place.root, "data/evidence")).sort()).toEqual(["01-a.json", "02-b.json", "99-scorecard.json"]);
  });
});
