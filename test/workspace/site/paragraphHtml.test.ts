import { expect, it } from "vitest";
import { paragraphHtml } from "../../../src/workspace/site/paragraphHtml.js";

it("paragraphHtml leaves out a sentence that does not apply, with its space", () => {
  expect(paragraphHtml("One.", null, "<em>Two</em>.")).toBe("<p>One. <em>Two</em>.</p>\n");
});
