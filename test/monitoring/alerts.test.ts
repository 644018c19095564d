import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { alertsWithoutRunbook } from "../../src/documentation/alertsWithoutRunbook.js";
import { projectPath } from "../../src/io/projectPath.js";
import { alertDefinitions, alertIds, alertOfFault, makeAlert } from "../../src/monitoring/alerts.js";
import { dataFaultNames } from "../../src/monitoring/quality/incoming/IncomingReport.js";

const folder = projectPath("docs", "runbooks");
const pages = readdirSync(folder).filter((name) => name !== "README.md");
const textOf = (id: string): string => readFileSync(projectPath("docs", "runbooks", `${id}.md`), "utf8");

describe("alerts", () => {
  it("have a runbook each that says what it means and what to do, and no runbook is without an alert", () => {
    expect(pages.map((name) => name.replace(/\.md$/, "")).toSorted()).toEqual(alertIds.toSorted());
    expect(alertsWithoutRunbook(alertIds, Object.fromEntries(alertIds.map((id) => [id, textOf(id)])))).toEqual([]);
  });

  it("stand in the table of the runbooks with their urgency and what fires them", () => {
    const readme = readFileSync(projectPath("docs", "runbooks", "README.md"), "utf8");
    for (const id of alertIds)
      expect(readme).toContain(
        `| [${id}](${id}.md) | ${alertDefinitions[id].severity} | ${alertDefinitions[id].fires} |`,
      );
  });

  it("are one for each kind of data fault", () => {
    expect(dataFaultNames.map((name) => alertOfFault[name])).toEqual(dataFaultNames.map((name) => `data-${name}`));
  });

  it("name in their runbooks the numbers that they carry", () => {
    expect(textOf("data-unit")).toMatch(/medianConverted.*logEvidence/s);
    expect(textOf("degradation")).toContain("observedErrors");
  });

  it("have the severity of their kind unless another is given", () => {
    expect(makeAlert("data-unit", { key: "a", text: "b" })).toEqual({
      id: "data-unit",
      severity: "stop",
      key: "a",
      numbers: {},
      text: "b",
    });
    expect(makeAlert("data-schema", { severity: "warn", key: "a", text: "b" }).severity).toBe("warn");
  });
});
