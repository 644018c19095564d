import { describe, expect, it } from "vitest";
import { documentSections } from "../../src/documentation/documentSections.js";

const text =
  "# Title\n\nLead.\n\n## One\n\nFirst.\n\n### Part\n\nInner.\n\n## Two\n\n```sh\n## no heading\n```\n\n" +
  "# Next\n\nAfter.\n";

describe("documentSections", () => {
  it("ends a section at the next heading of its level or above, and takes no heading from code", () => {
    expect(Object.fromEntries(documentSections(text, { level: 2 }))).toEqual({
      One: "\nFirst.\n\n### Part\n\nInner.\n\n",
      Two: "\n```sh\n## no heading\n```\n\n",
    });
    expect([...documentSections(text, { level: 3 })]).toEqual([["Part", "\nInner.\n\n"]]);
  });

  it("refuses two headings with the same words", () => {
    expect(() => documentSections("## A\n\n## A\n", { level: 2 })).toThrow('headings must differ; got "A" twice');
  });
});
