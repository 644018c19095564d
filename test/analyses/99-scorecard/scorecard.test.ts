import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { judgeEvidence, readinessScorecard } from "../../../src/analyses/99-scorecard/scorecard.js";
import { scorecardTables } from "../../../src/analyses/99-scorecard/scorecardTables.js";
import { canonicalJson } from "../../../src/core/canonicalJson.js";
import { measurement, type Measurement } from "../../../src/core/Evidence.js";
import { recordedEvidence } from "../../../src/io/evidence/evidenceFiles.js";
import { appendToLedger } from "../../../src/io/evidence/evidenceLedger.js";
import { sha256 } from "../../../src/io/sha256.js";
import { rubric } from "../../../src/scorecard/rubric.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ root: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => {
  const path = await import("node:path");
  const inside = (...parts: string[]): string => path.join(place.root, ...parts);
  return {
    ...(await original<object>()),
    projectPath: inside,
    outputPath: inside,
    projectName: (file: string) => path.relative(place.root, file),
  };
});

const table = "data/real/table.csv";
const source = "src/analyses/test.ts";
const fact = (id: string, value: number): Measurement => measurement({ id, meaning: id, value, unit: "1", n: 400 });

async function record(id: string, ...measurements: readonly Measurement[]) {
  return recordedEvidence({ id, inputs: [table], source, labels: "real" }, () =>
    Promise.resolve({ result: null, measurements }),
  );
}

function put(name: string, text: string): void {
  mkdirSync(dirname(join(place.root, name)), { recursive: true });
  writeFileSync(join(place.root, name), text);
}

async function checkOf(
  id: string,
  asOf: string | null = null,
): Promise<{ readonly status: string; readonly reason: string; readonly evidence: readonly string[] }> {
  return (await judgeEvidence({ asOf })).scorecard.checks.find((check) => check.id === id)!;
}

beforeEach(() => {
  place.root = temporaryProject({
    [table]: "x\n1\n",
    [source]: "export {};\n",
    "src/analyses/99-scorecard/scorecard.ts": "export {};\n",
  });
});

describe("judgeEvidence", () => {
  it("of a project without evidence knows nothing, claims nothing, and writes nothing", async () => {
    const { scorecard, files, freshness } = await judgeEvidence();
    expect(scorecard.checks.every(({ status }) => status === "UNKNOWN")).toBe(true);
    expect([scorecard.low, scorecard.high, scorecard.displayed, scorecard.verdict, files, freshness]).toEqual([
      0,
      100,
      0,
      "NOT_SHOWN",
      [],
      {},
    ]);
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

  it("judges age at the day it is asked for alone: valid for a year, then stale, before it unknown", async () => {
    const file = await record("01-a", fact("DQ7.share", 1));
    expect((await checkOf("DQ7", "2026-03-01")).reason).toBe("STALE: DQ7.share was not in the ledger on that day");
    await appendToLedger([file], "2026-03-01");
    const on = async (day: string | null): Promise<string> => {
      const { status, reason } = await checkOf("DQ7", day);
      return status === "PASS" ? status : reason;
    };
    expect([await on(null), await on("2026-03-01"), await on("2026-02-28"), await on("2027-03-01")]).toEqual([
      "PASS",
      "PASS",
      "PASS",
      "PASS",
    ]);
    expect(await on("2027-03-02")).toBe("STALE: DQ7.share is 366 days old, 365 are allowed");
    expect(await on("2026-02-27")).toBe("STALE: DQ7.share was not in the ledger on that day");
    expect(await on("2020-01-01")).toBe("STALE: DQ7.share was not in the ledger on that day");
  });

  /** Evidence for four checks in two files, and what each planted fault must do to them. */
  async function recordTwo(): Promise<void> {
    await record("01-a", fact("DQ7.share", 1), fact("DQ8.failedProbes", 0), fact("DQ8.largestSaturatedShare", 0.01));
    await record("04-b", fact("VR2.halfWidth", 0.01), fact("VR2.seeds", 3), fact("DOC3.approved", 1));
  }
  const evidenceText = (id: string): string => readFileSync(join(place.root, `data/evidence/${id}.json`), "utf8");
  const passing = async (asOf: string | null = null): Promise<string[]> =>
    (await judgeEvidence({ asOf })).scorecard.checks.filter(({ status }) => status === "PASS").map(({ id }) => id);

  it.each<[string, () => void | Promise<void>, readonly string[]]>([
    ["a removed file", () => rmSync(join(place.root, "data/evidence/01-a.json")), ["DQ7", "DQ8"]],
    [
      "a flipped bit in the input that its file was made from",
      () => put(table, "x\n3\n"),
      ["DQ7", "DQ8", "VR2", "DOC3"],
    ],
    [
      "a flipped bit in the hash of the sources",
      () =>
        put(
          "data/evidence/04-b.json",
          evidenceText("04-b").replace(/"code": "(.)/, (_, digit: string) => `"code": "${digit === "0" ? "1" : "0"}`),
        ),
      ["VR2", "DOC3"],
    ],
    [
      "a value that no longer clears its threshold",
      () => put("data/evidence/04-b.json", evidenceText("04-b").replace('"value": 0.01', '"value": 0.03')),
      ["VR2"],
    ],
    [
      "a measurement that now bears another name",
      () => put("data/evidence/04-b.json", evidenceText("04-b").replaceAll("VR2.", "VX2.")),
      ["VR2"],
    ],
  ])("is turned by a planted fault, and by nothing else: %s", async (_, plant, turned) => {
    await recordTwo();
    const [before, { scorecard }] = [await passing(), await judgeEvidence()];
    expect(before).toEqual(["DQ7", "DQ8", "VR2", "DOC3"]);
    await plant();
    expect(before.filter((id) => !turned.includes(id))).toEqual(await passing());
    expect((await judgeEvidence()).scorecard.low).toBeLessThan(scorecard.low);
  });

  it("does not pass on evidence of another model: tables swapped between two files turn both", async () => {
    put("data/real/other.csv", "x\n9\n");
    await record("01-a", fact("DQ7.share", 1));
    await recordedEvidence({ id: "04-b", inputs: ["data/real/other.csv"], source, labels: "real" }, () =>
      Promise.resolve({ result: null, measurements: [fact("DOC3.approved", 1)] }),
    );
    expect(await passing()).toEqual(["DQ7", "DOC3"]);
    const hash = (id: string): string => /"data\/real\/\w+\.csv": "(\w{64})"/.exec(evidenceText(id))![1];
    const [a, b] = [evidenceText("01-a"), evidenceText("04-b")];
    const [ofA, ofB] = [hash("01-a"), hash("04-b")];
    put("data/evidence/01-a.json", a.replace(ofA, ofB));
    put("data/evidence/04-b.json", b.replace(ofB, ofA));
    expect(await passing()).toEqual([]);
  });

  it("ages each file by its own entry in the ledger", async () => {
    await recordTwo();
    const files = (await judgeEvidence()).files;
    await appendToLedger(
      files.filter(({ id }) => id === "01-a"),
      "2025-01-01",
    );
    await appendToLedger(files, "2026-03-01");
    expect(await passing("2026-03-01")).toEqual(["VR2", "DOC3"]);
  });

  it("does not pass, on a day that is asked for, on a number edited by hand: no ledger knows it", async () => {
    const file = await record("01-a", fact("DQ7.share", 0.5));
    await appendToLedger([file], "2026-03-01");
    put("data/evidence/01-a.json", evidenceText("01-a").replace('"value": 0.5', '"value": 1'));
    expect((await checkOf("DQ7", "2026-03-01")).reason).toBe("STALE: DQ7.share was not in the ledger on that day");
  });

  it("shows the rubric's hash, the draws behind the range and the review, the same on every call", async () => {
    await recordTwo();
    const { scorecard } = await judgeEvidence();
    expect(scorecard.rubric).toEqual({ version: rubric.version, sha256: sha256(canonicalJson(rubric)) });
    expect(scorecard.uncertainty).toEqual({
      from: scorecard.low,
      to: scorecard.low,
      draws: 1000,
      resampled: [],
      passing: [],
    });
    expect([scorecard.review.rescored.arithmetic, scorecard.review.rescored.capped]).toEqual([40.5, 25]);
    expect((await judgeEvidence()).scorecard).toEqual(scorecard);
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
  it("records the score with the hashes of its evidence, the same bytes when run again upon itself", async () => {
    await record("01-a", fact("DQ7.share", 1));
    await record("02-b", fact("DQ2.leaks", 3));
    const evidence = await readinessScorecard();
    const written = join(place.root, "data/evidence/99-scorecard.json");
    const bytes = readFileSync(written, "utf8");
    expect(Object.keys(evidence.inputs)).toEqual(["data/evidence/01-a.json", "data/evidence/02-b.json"]);
    const valueOf = (id: string): number | null =>
      evidence.measurements.find((one) => one.id === `scorecard.${id}`)!.value;
    const statuses = evidence.result.checks.map(({ status }) => status);
    for (const status of ["PASS", "FAIL", "UNKNOWN"])
      expect(valueOf(status.toLowerCase()), status).toBe(statuses.filter((one) => one === status).length);
    expect([valueOf("pass"), valueOf("fail"), statuses.length]).toEqual([1, 1, 44]);
    expect([valueOf("low"), valueOf("high"), valueOf("displayed"), valueOf("cap"), valueOf("gatesClosed")]).toEqual([
      evidence.result.low,
      evidence.result.high,
      evidence.result.displayed,
      evidence.result.cap,
      evidence.result.gatesNotPassed.length,
    ]);
    await readinessScorecard();
    expect(readFileSync(written, "utf8")).toBe(bytes);
    expect((await judgeEvidence()).files.map(({ id }) => id)).toEqual(["01-a", "02-b"]);
    expect(readdirSync(join(place.root, "data/evidence")).sort()).toEqual([
      "01-a.json",
      "02-b.json",
      "99-scorecard.json",
    ]);
  });
});

describe("scorecardTables", () => {
  it("heads each column of the checks with what stands beneath it", async () => {
    await record("01-a", fact("DQ7.share", 1));
    const { result } = await readinessScorecard();
    const { checks, gates, categories } = scorecardTables(result);
    expect(checks.columns.map(({ name }) => name)).toEqual(["check", "what", "points", "status", "why"]);
    const share = result.checks.find(({ id }) => id === "DQ7")!;
    expect(checks.rows.find(([id]) => id === "DQ7")).toEqual([
      "DQ7",
      share.what,
      `${share.earned} of ${share.points}`,
      share.status,
      share.reason || share.note,
    ]);
    expect(gates.rows.map(([id]) => id)).toEqual(result.next.gates.map(({ id }) => id));
    expect(categories.rows.map(([name, weight]) => ({ name, weight }))).toEqual(
      result.review.categories.map(({ name, weight }) => ({ name, weight })),
    );
  });
});
