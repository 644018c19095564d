import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scriptJson } from "../../../src/workspace/site/scriptJson.js";
import { figureHtml, siteFigure } from "../../../src/workspace/site/SiteFigure.js";
import { figureBundle, hostile } from "./siteFixture.js";

describe("siteFigure", () => {
  it("takes size, picture, plot and description from the display's bundle", () => {
    const figure = siteFigure(figureBundle(), "01-experiments", 2);
    expect(figure).toMatchObject({
      id: "figure-2",
      file: "figures/01-experiments-2.svg",
      width: 720,
      height: 450,
      alt: `Edge length grows with temperature. ${hostile}`,
    });
    expect(figure!.plot!.layout).toHaveProperty("xaxis");
  });

  it("is null where there is neither picture nor plot", () => {
    expect(siteFigure({ "text/plain": "42" }, "a", 1)).toBeNull();
  });

  it("describes a picture without words by its own description, and names the namespace a file needs", () => {
    const figure = siteFigure(
      { "image/svg+xml": '<svg viewBox="0 0 300 200"><title>t</title><desc id="d">a &lt; b</desc></svg>' },
      "a",
      1,
    )!;
    expect(figure).toMatchObject({ alt: "a < b", width: 300, height: 200, plot: null });
    expect(figure.svg).toContain('<svg xmlns="http://www.w3.org/2000/svg" viewBox');
  });

  it("draws subscripts as Plotly does, and shows other characters without width: once titles showed them", () => {
    const title = 'CsPbBr\u200b<tspan style="font-size:70%" dy="0.3em">3</tspan><tspan dy="-0.21em">\u200b</tspan>';
    const svg = (inside: string): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">${inside}</svg>`;
    const drawn = siteFigure({ "image/svg+xml": svg(`<text>${title} by\u200bsize</text>`) }, "a", 1)!;
    expect(drawn.svg).toBe(svg(`<text>${title} by\\u200bsize</text>`));
  });

  it("shows the description in the place of a missing picture", () => {
    const figure = siteFigure(
      { "application/vnd.plotly.v1+json": { data: [], layout: { width: 400, height: 300 } }, "text/plain": "a & b" },
      "a",
      1,
    )!;
    expect(figureHtml(figure)).toContain('<p class="no-picture">a &amp; b</p>');
    expect(figureHtml(figure)).toContain("--width:400;--height:300");
  });

  it("escapes data and description, so that neither ends the script or the attribute", () => {
    const html = figureHtml(siteFigure(figureBundle(), "a", 1)!);
    expect(html.match(/<\/script>/g)).toHaveLength(1);
    expect(html).not.toContain("<img src=x");
  });
});

describe("scriptJson", () => {
  it("gives back what went in and holds no opening angle", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.constant([hostile, "<!--", "\u2028"])), (value) => {
        const json = scriptJson(value);
        expect(json).not.toContain("<");
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("offers a picture by itself only where it cannot run scripts", () => {
    const page = (inside: string): string =>
      figureHtml(
        siteFigure(
          { "image/svg+xml": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">${inside}</svg>` },
          "01-x",
          1,
        )!,
      );
    expect(page("<path d='M0,0'/>")).toContain("picture alone");
    for (const inside of ["<script>alert(1)</script>", "<rect onload='x()'/>", "<a href='javascript:x()'/>"])
      expect(page(inside)).not.toContain("picture alone");
  });
});
