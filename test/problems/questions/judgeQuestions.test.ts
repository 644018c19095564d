import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectPath } from "../../../src/io/projectPath.js";
import { judgeQuestions, splitOf } from "../../../src/problems/questions/judgeQuestions.js";
import { questionIds, questionTable, realQuestion } from "../../../src/problems/questions/realQuestions.js";
import { splitMeasurements, splitReport, splitsTable } from "../../../src/problems/questions/splitReport.js";
import { auditFolds } from "../../../src/validation/leakage/auditFolds.js";
import { realTables } from "../../../src/experiments/manifest.js";

const folder = projectPath("..", "shared", "real-data");
const hasTables = existsSync(folder);
if (!hasTables) console.warn("problems/questions: tests on real tables are skipped: there is no ../shared/real-data");
const seed = 1;

describe("questionIds", () => {
  it("names each question once, each of a table of the manifest", () => {
    expect(new Set(questionIds).size).toBe(questionIds.length);
    for (const id of questionIds) expect(realTables.map((table) => table.id)).toContain(questionTable(id));
  });

  it("says of a table that is not there how to get it", async () => {
    await expect(realQuestion("published-size", { seed, folder: projectPath("nowhere") })).rejects.toThrow(
      "twin data import",
    );
  });
});

describe.skipIf(!hasTables)("judgeQuestions (skipped without ../shared/real-data)", () => {
  it("poses every question with splits that are hashed, and rivals of which the constant is one", async () => {
    for (const id of questionIds) {
      const { problem, splits, rivals } = await realQuestion(id, { seed, folder });
      expect(problem.id).toBe(id);
      expect(rivals).toContain("constant");
      expect(splits.length).toBeGreaterThan(1);
      for (const { reason, folds, sha256 } of splits) {
        expect(sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(folds.length === 0).toBe(reason !== null);
      }
    }
  }, 120_000);

  it("tests no group that a fit has seen, but where rows are left out at random on purpose", async () => {
    for (const id of questionIds) {
      const { splits } = await realQuestion(id, { seed, folder });
      for (const { name, folds, groups, reason } of splits) {
        if (reason !== null) continue;
        const { clean, seen } = auditFolds(folds, groups);
        if (name === "rows at random") expect(clean).toBe(false);
        else expect([id, name, seen]).toEqual([id, name, []]);
      }
    }
  }, 120_000);

  it("gives the same bytes with one thread and with three, and whichever questions come with one", async () => {
    const request = { question: "published-size", split: "unseen paper", only: ["constant", "law", "ridge"] } as const;
    const undated = { question: "published-size", split: "later year" } as const;
    const [alone] = await judgeQuestions([request], { seed, folder, workers: 1 });
    const [none, same] = await judgeQuestions([undated, request], { seed, folder, workers: 3 });
    expect(same.answers).toEqual(alone.answers);
    expect(same.scores).toEqual(alone.scores);
    expect(none).toMatchObject({ answers: null, scores: null, reason: expect.stringContaining("no date") as string });
  }, 60_000);

  it("shows the twin beside the rivals, which saw these papers, and never chooses it", async () => {
    const request = { question: "published-phase", split: "held-out papers", only: ["constant", "rules"] } as const;
    const [{ asked, answers, scores }] = await judgeQuestions([request], { seed, folder });
    expect(asked.asides.length).toBeGreaterThan(0);
    for (const aside of asked.asides) {
      expect(Object.keys(answers!.byRival)).toContain(aside);
      expect(scores!.rivals.map(({ name }) => name)).toContain(aside);
      expect(Object.keys(scores!.choices)).not.toContain(aside);
    }
  }, 60_000);

  it("takes a rival as chosen that was chosen elsewhere, and tells no limits then", async () => {
    const request = { question: "published-size", split: "unseen paper", only: ["constant", "law"] } as const;
    const [{ answers, scores }] = await judgeQuestions([{ ...request, chosen: "law" }], { seed, folder });
    expect(scores!.choices).toEqual({ law: 12 });
    expect(answers!.chosen).toEqual(answers!.byRival.law);
    expect(scores!.limits).toMatchObject({ width: null, overGroups: { value: null } });
  }, 60_000);

  it("reports a split with its gains, and one that says nothing with its reason", async () => {
    const only = ["constant", "law"];
    const judged = await judgeQuestions(
      [
        { question: "published-size", split: "unseen paper", only },
        { question: "published-size", split: "later year", only },
      ],
      { seed, folder },
    );
    const reports = judged.map((one) => splitReport(one, ["constant"], seed));
    const measured = new Map(splitMeasurements(reports, { within: "x." }).map((one) => [one.id, one]));
    const { value, n, baseline } = measured.get("x.published-size.unseen-paper.score")!;
    expect(value).toBe(reports[0].scores!.chosen.score.value);
    expect([n, baseline! < 0]).toEqual([59, true]);
    expect(measured.get("x.published-size.unseen-paper.gainOn-constant")!.meaning).toContain(
      "power for a margin of 0.1",
    );
    expect(measured.get("x.published-size.later-year.score")!.reason).toContain("no date");
    const { rows, caption } = splitsTable("caption", reports);
    expect(rows.map((row) => row[1])).toEqual(["unseen paper"]);
    expect(caption).toMatch(/^caption: R² .*UNKNOWN is ln size .*, later year: the table of recipes gives no date/);
  }, 60_000);

  it("refuses a split that a question does not have, by the names of those that it has", async () => {
    const asked = await realQuestion("published-size", { seed, folder });
    expect(() => splitOf(asked, "by moon")).toThrow('no split "by moon"; it has unseen paper, later year');
  });
});
