import { expect, it } from "vitest";
import { siteLink } from "../../../src/workspace/site/siteLink.js";

const pages = new Map([
  ["notebooks/01-experiments.ipynb", "01-experiments.html"],
  ["data/evidence/01-experiments-quality.json", "evidence-01-experiments-quality.html"],
  ["docs/runbooks/README.md", "doc-runbooks.html"],
]);

it.each([
  ["notebooks", "01-experiments.ipynb", "01-experiments.html"],
  ["notebooks", "./01-experiments.ipynb#a-figure", "01-experiments.html#a-figure"],
  ["docs", "../notebooks/01-experiments.ipynb", "01-experiments.html"],
  ["docs", "runbooks/README.md", "doc-runbooks.html"],
  ["docs/runbooks", "README.md#drift", "doc-runbooks.html#drift"],
  [
    "docs/runbooks",
    "../../data/evidence/01-experiments-quality.json#DQ1.rows",
    "evidence-01-experiments-quality.html#DQ1.rows",
  ],
  ["notebooks", "02-absent.ipynb", null],
  ["notebooks", "../other/01-experiments.ipynb", null],
  ["docs", "../../01-experiments.ipynb", null],
  ["notebooks", "#a-figure", "#a-figure"],
  ["notebooks", "https://example.org/01-experiments.ipynb", "https://example.org/01-experiments.ipynb"],
])("in %s, siteLink sends %s to %s", (folder, href, wanted) => {
  expect(siteLink(href, { folder, pages })).toBe(wanted);
});
