import { describe, expect, it } from "vitest";
import { outputHtml } from "../../../src/workspace/site/outputHtml.js";
import { display, hostile } from "./siteFixture.js";

const plain = (source: string): string => `[${source}]`;
const stdout = (text: string): string => outputHtml({ output_type: "stream", name: "stdout", text }, plain);

describe("outputHtml", () => {
  it("shows of a rewritten line what a terminal leaves standing, without colour codes", () => {
    expect(stdout("10 %\r50 %\r\u001b[32mdone\u001b[0m\nnext\r\nlast")).toBe(
      '<pre class="output text">done\nnext\nlast</pre>\n',
    );
  });

  it("names standard error and errors in words", () => {
    expect(outputHtml({ output_type: "stream", name: "stderr", text: "careful" }, plain)).toContain("Standard error");
    const error = outputHtml({ output_type: "error", ename: "RangeError", evalue: hostile, traceback: [] }, plain);
    expect(error).toContain("Error: RangeError");
    expect(error).toContain("&lt;/script&gt;");
    expect(error).not.toContain("<pre");
  });

  it.each([
    [{ "text/html": "<b onclick=x>h</b>", "text/plain": "p" }, '<div class="output rich"><b>h</b></div>\n'],
    [{ "text/markdown": "m", "text/plain": "p" }, '<div class="output prose">[m]</div>\n'],
    [
      { "image/png": "QUJD\nREVG\n", "text/plain": 'a "picture"' },
      '<div class="output rich"><img src="data:image/png;base64,QUJDREVG" alt="a &quot;picture&quot;"></div>\n',
    ],
    [
      { "application/json": { a: "<" }, "text/plain": "p" },
      '<pre class="output text">{\n  &quot;a&quot;: &quot;&lt;&quot;\n}</pre>\n',
    ],
    [{ "text/plain": "<p>" }, '<pre class="output text">&lt;p&gt;</pre>\n'],
    [
      { "application/x-new": "?" },
      '<pre class="output text">[a display of application/x-new, which a page cannot show]</pre>\n',
    ],
  ])("shows the richest form of %j that a page can", (bundle, html) => {
    expect(outputHtml(display(bundle), plain)).toBe(html);
  });
});
