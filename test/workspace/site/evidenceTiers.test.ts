import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { EvidenceFile } from "../../../src/core/Evidence.js";
import { evidenceHash } from "../../../src/io/evidence/evidenceLedger.js";
import { evidenceTiers } from "../../../src/workspace/site/evidenceTiers.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ root: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => {
  const path = await import("node:path");
  return {
    ...(await original<object>()),
    projectPath: (...parts: string[]): string => path.join(place.root, ...parts),
  };
});

const table = "data/real/table.csv";
const file: EvidenceFile = {
  id: "01-rows",
  seed: null,
  inputs: { [table]: "0" },
  source: "src",
  code: "0",
  engine: "typescript",
  labels: "real",
  madeBy: "reproduce",
  measurements: [],
  result: { rows: 2 },
};

/** The record that a run leaves of what it wrote. */
function recordRun(outputs: Readonly<Record<string, string>>): void {
  mkdirSync(join(place.root, ".twin/runs"), { recursive: true });
  writeFileSync(join(place.root, ".twin/runs/01.json"), JSON.stringify({ key: "k", outputs }));
}

async function tier(one: EvidenceFile = file): Promise<string> {
  return (await evidenceTiers([one]))[one.id];
}

beforeEach(() => {
  place.root = temporaryProject({ [table]: "x\n1\n" });
  recordRun({ "data/evidence/01-rows.json": evidenceHash(file) });
});

describe("evidenceTiers", () => {
  it("calls recomputed what a run here wrote with these bytes, its inputs at hand", async () => {
    expect(await tier()).toBe("recomputed");
  });

  it.each([
    ["other bytes than the run here wrote", (): EvidenceFile => ({ ...file, result: { rows: 3 } })],
    [
      "an input that is not here, though a run here wrote the bytes",
      (): EvidenceFile => (rmSync(join(place.root, table)), file),
    ],
    ["no run on this machine", (): EvidenceFile => (rmSync(join(place.root, ".twin"), { recursive: true }), file)],
    [
      "a record that is damaged",
      (): EvidenceFile => (writeFileSync(join(place.root, ".twin/runs/01.json"), '{"outputs": '), file),
    ],
  ])("calls recorded what has %s", async (_, planted) => {
    expect(await tier(planted())).toBe("recorded");
  });

  it("calls recorded what was made by the long proofs, whoever wrote it", async () => {
    const proof: EvidenceFile = { ...file, madeBy: "assure" };
    recordRun({ "data/evidence/01-rows.json": evidenceHash(proof) });
    expect(await tier(proof)).toBe("recorded");
  });

  it("tells every file by its id", async () => {
    expect(await evidenceTiers([file, { ...file, id: "01-other" }])).toEqual({
      "01-rows": "recomputed",
      "01-other": "recorded",
    });
    expect(await evidenceTiers([])).toEqual({});
  });
});
