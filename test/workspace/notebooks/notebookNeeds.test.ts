import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectPath } from "../../../src/io/projectPath.js";
import { listNotebooks } from "../../../src/workspace/notebooks/notebookFiles.js";
import { notebookNeeds } from "../../../src/workspace/notebooks/notebookNeeds.js";

/** Notebooks whose own analyses hold a text, by name, in order. */
function notebooksWith(text: string): string[] {
  const root = projectPath("src", "analyses");
  return readdirSync(root, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map(({ name }) => name)
    .filter((name) =>
      readdirSync(join(root, name)).some((one) => readFileSync(join(root, name, one), "utf8").includes(text)),
    )
    .sort();
}

describe("notebookNeeds of this project", () => {
  it("names all before 99-scorecard, the one notebook that reads the evidence of others", async () => {
    const files = await listNotebooks(projectPath());
    const needs = await notebookNeeds(files);
    expect(notebooksWith("readAllEvidence(")).toEqual(["99-scorecard"]);
    expect(needs.get("99-scorecard")).toEqual(files.slice(0, -1).map(({ name }) => name));
  });

  it("puts notebooks that touch the locked test one after the other, as they share the ledger of touches", async () => {
    const needs = await notebookNeeds(await listNotebooks(projectPath()));
    const touching = notebooksWith("touchTest(");
    expect(touching.length).toBeGreaterThan(1);
    touching.slice(1).forEach((name, i) => expect(needs.get(name)).toContain(touching[i]));
  });
});
