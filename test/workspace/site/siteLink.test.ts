import { expect, it } from "vitest";
import { siteLink } from "../../../src/workspace/site/siteLink.js";

const names = { notebooks: new Set(["01-experiments"]), evidence: new Set(["01-experiments-quality"]) };

it.each([
  ["01-experiments.ipynb", "01-experiments.html"],
  ["./01-experiments.nb.ts#a-figure", "01-experiments.html#a-figure"],
  ["../notebooks/01-experiments.ipynb", "01-experiments.html"],
  ["02-absent.ipynb", "02-absent.ipynb"],
  ["../other/01-experiments.ipynb", "../other/01-experiments.ipynb"],
  ["../data/evidence/01-experiments-quality.json", "evidence/01-experiments-quality.json"],
  ["../data/evidence/02-absent.json", "../data/evidence/02-absent.json"],
  ["../data/01-experiments-quality.json", "../data/01-experiments-quality.json"],
  ["https://example.org/01-experiments.ipynb", "https://example.org/01-experiments.ipynb"],
])("siteLink sends %s to %s", (href, wanted) => {
  expect(siteLink(href, names)).toBe(wanted);
});
