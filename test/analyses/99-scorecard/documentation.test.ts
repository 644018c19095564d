import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { documentation } from "../../../src/analyses/99-scorecard/documentation.js";
import { readinessScorecard } from "../../../src/analyses/99-scorecard/scorecard.js";
import type { Measurement } from "../../../src/core/Evidence.js";
import { contextSections, datasheetQuestions } from "../../../src/documentation/requiredHeadings.js";
import { recordedEvidence } from "../../../src/io/evidence/evidenceFiles.js";
import { accuracy } from "../../documentation/someEvidence.js";
import { alertIds } from "../../../src/monitoring/alerts.js";
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

const card = "docs/model-card.template.md";
const sheet = "docs/datasheet.md";
const context = "docs/context-of-use.md";
const text = contextSections.map((heading) => `## ${heading}\n\nSome words.\n\n`).join("");
const table = "## Approvals\n\n| name | date | SHA-256 |\n|---|---|---|\n";

function put(name: string, content: string): void {
  mkdirSync(dirname(join(place.root, name)), { recursive: true });
  writeFileSync(join(place.root, name), content);
}
const read = (name: string): string => readFileSync(join(place.root, name), "utf8");

async function measured(id: string): Promise<Measurement> {
  return (await documentation()).measurements.find((one) => one.id === id)!;
}

beforeEach(async () => {
  place.root = temporaryProject({
    "src/analyses/99-scorecard/documentation.ts": "export {};\n",
    "src/analyses/99-scorecard/scorecard.ts": "export {};\n",
    [card]: "Right: {MP1.accuracy}. Later: {MP5.error}.\n",
    [sheet]: datasheetQuestions.map((question) => `### ${question}\n\nAn answer.\n\n`).join(""),
    [context]: text + table,
  });
  await recordedEvidence({ id: "04-models", inputs: [], source: "src/analyses/99-scorecard/documentation.ts" }, () =>
    Promise.resolve({ result: null, measurements: [accuracy] }),
  );
});

describe("documentation", () => {
  it("writes the model card from its template, and rests on the documents and evidence that it shows", async () => {
    const { inputs, result } = await documentation();
    expect(read("docs/model-card.md")).toBe(
      "Right: [83.6 % [83 %, 84.2 %] (n = 4,001)](../data/evidence/04-models.json). " +
        "Later: UNKNOWN (`MP5.error` is not measured).\n",
    );
    expect(Object.keys(inputs).sort()).toEqual(["data/evidence/04-models.json", context, sheet, card].sort());
    expect(result.notMeasured).toEqual(["MP5.error"]);
  });

  it("counts unlinked numbers and open questions, and catches planted ones", async () => {
    expect([await measured("DOC1.unlinkedNumbers"), await measured("DOC2.openQuestions")]).toMatchObject([
      { value: 0, n: 1 },
      { value: 0, n: datasheetQuestions.length },
    ]);
    put(card, "Right: {MP1.accuracy}, or 99 %.\n");
    put(sheet, read(sheet).replace("An answer.", "Unknown."));
    expect([await measured("DOC1.unlinkedNumbers"), await measured("DOC2.openQuestions")]).toMatchObject([
      { value: 1 },
      { value: 1 },
    ]);
  });

  it("knows no approval until a person signs the text as it stands, and loses it when the text changes", async () => {
    expect(await measured("DOC3.approved")).toMatchObject({
      value: null,
      reason: "nobody has approved docs/context-of-use.md",
    });
    const { contextOfUse } = (await documentation()).result;
    put(context, `${text}${table}| A. Person | 2026-01-31 | ${contextOfUse} |\n`);
    expect(await measured("DOC3.approved")).toMatchObject({ value: 1, n: 1 });
    put(context, `${text.replace("Some", "Other")}${table}| A. Person | 2026-01-31 | ${contextOfUse} |\n`);
    expect(await measured("DOC3.approved")).toMatchObject({
      value: null,
      reason: "docs/context-of-use.md has changed since it was approved",
    });
    put(context, table);
    expect(await measured("DOC3.approved")).toMatchObject({ value: 0 });
  });

  it("counts alerts without a runbook: all but the one that has what it means and what to do", async () => {
    put("docs/runbooks/data-unit.md", "# Unit\n\n## What it means\n\nA unit.\n\n## What to do\n\nLook.\n");
    expect(await measured("DOC5.alertsWithoutRunbook")).toMatchObject({
      value: alertIds.length - 1,
      n: alertIds.length,
    });
  });

  it("is judged by the scorecard in the same run, before it is committed, and gives the same bytes again", async () => {
    const judge = async (): Promise<readonly (readonly [string, string])[]> =>
      (await readinessScorecard([await documentation()])).result.checks
        .filter(({ id }) => id.startsWith("DOC"))
        .map(({ id, status }) => [id, status] as const);
    const first = await judge();
    expect(first).toEqual([
      ["DOC1", "PASS"],
      ["DOC2", "PASS"],
      ["DOC3", "UNKNOWN"],
      ["DOC4", "UNKNOWN"],
      ["DOC5", "FAIL"],
    ]);
    const bytes = [
      read("data/evidence/99-documentation.json"),
      read("data/evidence/99-scorecard.json"),
      read("docs/model-card.md"),
    ];
    expect(await judge()).toEqual(first);
    expect([
      read("data/evidence/99-documentation.json"),
      read("data/evidence/99-scorecard.json"),
      read("docs/model-card.md"),
    ]).toEqual(bytes);
  });
});
