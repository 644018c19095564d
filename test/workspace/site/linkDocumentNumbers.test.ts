import { expect, it } from "vitest";
import { measurement } from "../../../src/core/Evidence.js";
import { linkDocumentNumbers } from "../../../src/workspace/site/linkDocumentNumbers.js";
import { evidenceFile } from "./siteFixture.js";

const interval = { low: 0.4, high: 0.6, level: 0.95, method: "Wilson" };
const measurements = [
  measurement({ id: "a.share", meaning: "m", value: 0.5, unit: "share", interval, n: 9 }),
  measurement({ id: "a.once", meaning: "m", value: 7, unit: "rows" }),
  measurement({ id: "a.again", meaning: "m", value: 7, unit: "rows" }),
  measurement({ id: "a.none", meaning: "m", value: null, unit: "1", reason: "no rows (yet)" }),
];
const evidence = new Map([["01-a", { ...evidenceFile("01-a"), measurements }]]);

it.each([
  [
    "is [50 % [40 %, 60 %] (n = 9)](../data/evidence/01-a.json) of",
    "is [50 % [40 %, 60 %] (n = 9)](../data/evidence/01-a.json#a.share) of",
  ],
  [
    "[UNKNOWN (no rows (yet))](../../data/evidence/01-a.json)",
    "[UNKNOWN (no rows (yet))](../../data/evidence/01-a.json#a.none)",
  ],
  ["[7 rows](../data/evidence/01-a.json)", "[7 rows](../data/evidence/01-a.json)"],
  ["[8 rows](../data/evidence/01-a.json)", "[8 rows](../data/evidence/01-a.json)"],
  ["[7 rows](../data/evidence/02-b.json)", "[7 rows](../data/evidence/02-b.json)"],
  ["[50 %](https://example.org/01-a.json)", "[50 %](https://example.org/01-a.json)"],
])("sends %j to %j", (source, wanted) => {
  expect(linkDocumentNumbers(source, evidence)).toBe(wanted);
});
