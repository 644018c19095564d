import { describe, expect, it } from "vitest";
import { loadMarkdown } from "../../../src/workspace/site/pageMarkdown.js";
import {
  documentPage,
  documentPageName,
  siteDocument,
  type SiteDocument,
} from "../../../src/workspace/site/SiteDocument.js";

const rendered = async (source: string): Promise<SiteDocument> =>
  siteDocument(
    "docs/model-card.md",
    source,
    (await loadMarkdown())((href) => href),
  );

it.each([
  ["docs/model-card.md", "doc-model-card.html"],
  ["docs/runbooks/README.md", "doc-runbooks.html"],
  ["docs/runbooks/drift.md", "doc-runbooks-drift.html"],
])("the page of %s is %s", (path, page) => {
  expect(documentPageName(path)).toBe(page);
});

describe("siteDocument", () => {
  it("takes the title and the contents, and shows no comment", async () => {
    const document = await rendered("<!-- written by reproduce -->\n# Model card\n\n## Use\n\n#### Deep\n");
    expect(document.titleHtml).toBe("Model card");
    expect(document.headings.map(({ id }) => id)).toEqual(["use"]);
    expect(documentPage(document)).toContain("<title>Model card · cspbbr3-twin</title>");
    expect(documentPage(document)).not.toContain("written by");
  });

  it("heads a document without a title by its path", async () => {
    expect((await rendered("Text.")).html).toBe("<h1>docs/model-card.md</h1>\n<p>Text.</p>\n");
  });
});
