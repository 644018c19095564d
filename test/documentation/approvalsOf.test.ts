import { describe, expect, it } from "vitest";
import { approvalsOf } from "../../src/documentation/approvalsOf.js";

const hash = "ab".repeat(32);
const text = (rows: string): string =>
  "# Use\n\n## Question\n\nWhich recipe?\n\n## Limits\n\n## Approvals\n\n| name | date | SHA-256 |\n" +
  `|---|---|---|\n${rows}`;

describe("approvalsOf", () => {
  it("finds no approval in an empty table", () => {
    expect(approvalsOf(text(""), ["Question"]).approvals).toEqual([]);
  });

  it("takes a row with name, date and hash for an approval, and nothing less", () => {
    expect(approvalsOf(text(`| A. Person | 2026-01-31 | \`${hash}\` |\n`), []).approvals).toEqual([
      { name: "A. Person", date: "2026-01-31", sha256: hash },
    ]);
    for (const row of [
      `| | 2026-01-31 | ${hash} |`,
      `| A. Person | soon | ${hash} |`,
      "| A. Person | 2026-01-31 | yes |",
      `A. Person, 2026-01-31, ${hash}`,
    ]) {
      expect(approvalsOf(text(`${row}\n`), []).approvals, row).toEqual([]);
    }
  });

  it("names required sections that are missing or empty (planted)", () => {
    expect(approvalsOf(text(""), ["Question", "Limits", "Risk"]).missing).toEqual(["Limits", "Risk"]);
  });

  it("gives the text that an approval is of, which signing does not change", () => {
    const signed = approvalsOf(text(`| A. Person | 2026-01-31 | ${hash} |\n`), []).text;
    expect(signed).toBe(approvalsOf(text(""), []).text);
    expect(signed).toMatch(/## Limits\n\n$/);
  });
});
