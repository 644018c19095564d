import { expect, it } from "vitest";
import { listHtml } from "../../../src/workspace/site/listHtml.js";

it("listHtml has an item for each, in order", () => {
  expect(listHtml(["a", "<em>b</em>"])).toBe("<ul>\n<li>a</li>\n<li><em>b</em></li>\n</ul>\n");
});
