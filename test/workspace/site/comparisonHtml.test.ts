import { expect, it } from "vitest";
import { comparisonHtml } from "../../../src/workspace/site/comparisonHtml.js";
import { hostile } from "./siteFixture.js";

const before = { low: 30, high: 80, cap: 25, displayed: 25, verdict: "NOT_SHOWN" as const };
const after = { ...before, low: 62, cap: 100, displayed: 62, verdict: "SHADOW" as const };

it("says what the score was and is, and which checks turned and why", () => {
  const changed = [
    { id: "DQ1", before: "UNKNOWN" as const, after: "PASS" as const, why: hostile },
    { id: "ZZ9", before: "FAIL" as const, after: null, why: "the rubric no longer asks for it" },
  ];
  const html = comparisonHtml({ name: "HEAD~1", comparison: { before, after, changed, sameRubric: false } });
  expect(html).toContain(
    "Against HEAD~1. Before: 25 of 100 (30 earned, 80 possible), NOT SHOWN. " +
      "Now: 62 of 100 (62 earned, 80 possible), SHADOW. The rubric has changed in between",
  );
  expect(html).toContain('<a href="#DQ1">DQ1</a>');
  expect(html).not.toContain('href="#ZZ9"');
  expect(html).toContain("not asked");
  expect(html).not.toContain("<img");
});

it("says so where nothing turned", () => {
  const html = comparisonHtml({ name: "a.json", comparison: { before, after: before, changed: [], sameRubric: true } });
  expect(html).toContain("No check changed its status.");
  expect(html).not.toContain("<table");
});
