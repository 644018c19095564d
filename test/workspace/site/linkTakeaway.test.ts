import { expect, it } from "vitest";
import { measurement } from "../../../src/core/Evidence.js";
import { linkTakeaway } from "../../../src/workspace/site/linkTakeaway.js";
import { takeaway } from "../../../src/workspace/cells/takeaway.js";
import { evidenceFile, siteEvidence } from "./siteFixture.js";

const half = {
  meaning: "m",
  value: 0.5,
  unit: "share",
  interval: { low: 0.4, high: 0.6, level: 0.95, method: "Wilson" },
  n: 100,
};
const file = {
  ...evidenceFile("01-sizes"),
  measurements: [
    measurement({ id: "a.first", ...half }),
    measurement({ id: "a.second", ...half }),
    measurement({ id: "a.none", meaning: "m", value: null, unit: "1", reason: "no rows (yet)" }),
  ],
};
const entry = { ...siteEvidence(file), cell: { page: "01-a", cell: "abc", number: 4 } };
const evidence = new Map([[file.id, entry]]);
const sentence = "Of {a.second} and {a.first}, **bold**; {a.none}";
const source = `display(takeaway(\`${sentence} \${a.first}\`, file))`;

it("links each number to its row, equal ones in the order of their names, and names the cell that made them", () => {
  const linked = linkTakeaway(takeaway(sentence, file).markdown, source, evidence);
  expect(linked).toContain(
    "[**50 % \\[40 %, 60 %\\] (n = 100)**](../data/evidence/01-sizes.json#a.second) and " +
      "[**50 % \\[40 %, 60 %\\] (n = 100)**](../data/evidence/01-sizes.json#a.first), **bold**; " +
      "[**UNKNOWN (no rows (yet))**](../data/evidence/01-sizes.json#a.none) *Evidence",
  );
  expect(linked).toContain("[01-sizes](../data/evidence/01-sizes.json) from [01-a, cell 4](01-a.ipynb#cell-abc).*");
});

it("leaves a number that the file does not hold, and a file that is not there", () => {
  const { markdown } = takeaway(sentence, file);
  const changed = new Map([
    [file.id, siteEvidence({ ...file, measurements: file.measurements.map((one) => ({ ...one, value: 0.51 })) })],
  ]);
  expect(linkTakeaway(markdown, source, changed)).toBe(markdown);
  expect(linkTakeaway(markdown, source, new Map())).toBe(markdown);
});
