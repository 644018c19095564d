import { describe, expect, it } from "vitest";
import { fillTemplate } from "../../src/documentation/fillTemplate.js";
import { unlinkedNumbers } from "../../src/documentation/unlinkedNumbers.js";
import { accuracy, batches, evidenceFile, leaks } from "./someEvidence.js";

const files = [evidenceFile("04-models", accuracy, batches), evidenceFile("03-split", leaks)];
const numbers = (markdown: string): string[] => unlinkedNumbers(markdown, files).unlinked.map(({ number }) => number);

describe("unlinkedNumbers", () => {
  it("finds none in a filled template, and counts its links", () => {
    const { text } = fillTemplate(
      "# Card\n\nRight: **{MP1.accuracy}**, {DQ2.leaks}; {DQ6.batches}, {MP9.not-there}.\n",
      files,
    );
    expect(unlinkedNumbers(text, files)).toEqual({ linked: 3, unlinked: [] });
  });

  it("catches a planted number, with its line", () => {
    expect(unlinkedNumbers("Right: always.\n\nIt is right in 99.5 % of cases, 10k times.\n", files).unlinked).toEqual([
      { line: 3, number: "99.5" },
      { line: 3, number: "10" },
    ]);
  });

  it("catches a number that links to evidence which does not say it: one edited by hand, or stale", () => {
    const { text } = fillTemplate("Right: {MP1.accuracy}.", files);
    expect(numbers(text.replace("83.6", "93.6"))).toEqual(["93.6", "83", "84.2", "4,001"]);
    expect(numbers("[83.6 % [83 %, 84.2 %] (n = 4,001)](../data/evidence/03-split.json)")).toHaveLength(4);
  });

  it("catches a number in a link to elsewhere, in a heading and in a table", () => {
    expect(numbers("# 7 things\n\n[12 papers](https://example.org/2025/a)\n\n| a | 0.5 |\n")).toEqual([
      "7",
      "12",
      "0.5",
    ]);
  });

  it("takes digits after a letter, code and addresses for names", () => {
    expect(
      numbers(
        "CsPbBr3 and Cs4PbBr6, R2, Philox4x32, `0.1.0`, ``a ` 3``, doi:10.1145/3458723, " +
          "https://example.org/12\n\n```sh\nrun --rows 100\n```\n",
      ),
    ).toEqual([]);
  });

  it("allows literals that are declared with what they are, and those alone", () => {
    const declared = "<!-- literal 2025: year of the review -->\nIn 2025, 2,025 times.";
    expect(numbers(declared)).toEqual(["2,025"]);
    expect(numbers("<!-- literal 2025: -->\nIn 2025.")).toEqual(["2025"]);
    expect(numbers("<!-- 2025 -->\nIn 2025.")).toEqual(["2025"]);
  });
});
