import { afterEach, describe, expect, it, vi } from "vitest";
import type { Figure } from "../../../src/figures/Figure.js";
import { renderSvg } from "../../../src/figures/render/renderSvg.js";
import { chromium, withPage } from "../../support/chromium.js";
import { compareWithChromium, preparePage, type Difference } from "../compareWithChromium.js";
import {
  categoryScores,
  classShares,
  contour,
  figureExamples,
  groupedBars,
  heatmap,
  importances,
  incumbents,
  parallelCoordinates,
  paretoFront,
  parity,
  phaseMap,
  profiles,
  ratioHistogram,
  recipePhase,
  ruleAgainstConstant,
  sizeEmission,
  sizeLaw,
  sizeSeries,
  slices,
  spectra,
  studyHistory,
  sweep,
} from "../figureExamples.js";

describe("renderSvg", () => {
  // Kept files hold the bytes across processes, Node versions and machines.
  it.each([
    ratioHistogram,
    ruleAgainstConstant,
    sizeSeries,
    categoryScores,
    phaseMap,
    sizeLaw,
    sizeEmission,
    classShares,
    recipePhase,
    profiles,
    sweep,
    spectra,
    parity,
    studyHistory,
    slices,
    parallelCoordinates,
    contour,
    importances,
    paretoFront,
    incumbents,
    heatmap,
  ])("draws $id byte for byte as kept", async (figure) => {
    await expect(await renderSvg(figure)).toMatchFileSnapshot(`../../golden/figures/${figure.id}.svg`);
  });

  it("keeps a map of 41 by 31 cells below 300 kB", async () => {
    expect((await renderSvg(phaseMap)).length).toBeLessThan(300_000);
  });

  it("gives the same bytes again, also with other figures drawn between and at the same time", async () => {
    const first = await renderSvg(groupedBars);
    const [heat, second] = await Promise.all([renderSvg(heatmap), renderSvg(groupedBars)]);
    expect(second).toBe(first);
    expect(await renderSvg(heatmap)).toBe(heat);
  });

  it("draws names of a file as they can be seen: a control character made the picture no XML", async () => {
    const [trace] = groupedBars.data;
    const named = { ...groupedBars, alt: `${groupedBars.alt} \x1b`, data: [{ ...trace, name: "\x1b[31mred\u202e" }] };
    const svg = await renderSvg(named);
    expect(svg).toContain(String.raw`\u001b[31mred\u202e`);
    expect(svg).not.toMatch(/[\p{Bidi_Control}\x7f-\x9f]|[\0-\x08\x0b-\x1f]/u);
  });

  it("writes a document that stands alone: scalable, described, without scripts, images or links", async () => {
    const svg = await renderSvg(heatmap);
    const root = /^<svg [^>]*>/.exec(svg)?.[0];
    expect(root).toContain('xmlns="http://www.w3.org/2000/svg"');
    expect(root).toContain(' width="720" height="450"');
    expect(root).toContain(
      ' viewBox="0 0 720 450" role="img" ' +
        'aria-labelledby="figure-00-test-heatmap-title figure-00-test-heatmap-desc">',
    );
    expect(svg).toContain(
      '<title id="figure-00-test-heatmap-title">Confusion</title>' +
        '<desc id="figure-00-test-heatmap-desc">An example that only the tests draw.</desc>',
    );
    expect(svg).not.toMatch(/<script|<image|<foreignObject|href=|url\((?!'?"?(&quot;)?#)| on[a-z]+=/i);
  });

  it("keeps text as text: markup in a description or label cannot become elements", async () => {
    const svg = await renderSvg({
      ...groupedBars,
      alt: 'A </desc><script>alert(1)</script> & "more"',
      data: [{ ...groupedBars.data[0], name: "<script>x</script><img src=x onerror=y>" }],
    });
    expect(svg).not.toMatch(/<script|<img|onerror="/);
    expect(svg).toContain("&lt;script&gt;alert(1)");
  });

  it("names clip paths differently in different figures, so that they can share a page", async () => {
    const ids = async (figure: Figure): Promise<string[]> =>
      [...(await renderSvg(figure)).matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
    const [first, second] = [await ids(ratioHistogram), await ids(ruleAgainstConstant)];
    expect(first.length).toBeGreaterThan(4);
    expect(first.filter((id) => second.includes(id))).toEqual([]);
  });

  it("prints nothing while it draws", async () => {
    const spies = (["log", "warn", "error"] as const).map((method) => vi.spyOn(console, method));
    await renderSvg(heatmap);
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it("leaves the process's own Math.random as it was", async () => {
    const before = Math.random;
    await renderSvg(groupedBars);
    expect(Math.random).toBe(before);
  });

  it("refuses a trace type that it cannot draw, by name", async () => {
    await expect(renderSvg({ ...groupedBars, data: [{ type: "scattergl", x: ["a"], y: [1] }] })).rejects.toThrow(
      /figure 00-test-bars: data\[0\]\.type must be one of bar, box, heatmap, scatter, violin; got "scattergl"/,
    );
  });
});

describe.skipIf(chromium === null)(
  "renderSvg beside the same Plotly in Chromium (skipped where there is no Chromium)",
  () => {
    afterEach(() => {
      vi.doUnmock("../../../src/figures/render/textMetrics.js");
      vi.resetModules();
    });

    it("shows every drawable type and our figures as Chromium does: texts within 0.6 px, the same pixels", async () => {
      await inPage(async (compare) => {
        for (const figure of figureExamples) {
          const { texts, movedPixels, movedText, outside, pixelShare } = await compare(figure, await renderSvg(figure));
          expect(texts, figure.id).toEqual([]);
          // Chromium widens a text's box to whole pixels of its last letter's ink, by 0.5 px after a t, and all
          // names further right in a legend move with it.
          expect(movedPixels, `${figure.id}: ${movedText}`).toBeLessThan(0.6);
          expect(outside, figure.id).toEqual([]);
          expect(pixelShare, figure.id).toBeLessThan(0.002);
        }
      });
    }, 120_000);

    it("is told apart from a renderer that takes every text for zero pixels wide", async () => {
      vi.doMock("../../../src/figures/render/textMetrics.js", () => ({
        textMetrics: () => Promise.resolve({ advance: () => 0, ascent: () => 0, descent: () => 0 }),
      }));
      vi.resetModules();
      const { renderSvg: naive } = await import("../../../src/figures/render/renderSvg.js");
      await inPage(async (compare) => {
        const { movedPixels, outside, pixelShare } = await compare(groupedBars, await naive(groupedBars));
        expect(movedPixels).toBeGreaterThan(20);
        expect(outside.length).toBeGreaterThan(0);
        expect(pixelShare).toBeGreaterThan(0.01);
      });
    }, 60_000);

    it("is told apart from a renderer without kerning and rounding, which is only a few pixels off", async () => {
      vi.doMock("../../../src/figures/render/textMetrics.js", () => ({
        textMetrics: () =>
          Promise.resolve({
            advance: (text: string, { sizePixels }: { sizePixels: number }) => 0.6 * sizePixels * text.length,
            ascent: (size: number) => 0.93 * size,
            descent: (size: number) => 0.24 * size,
          }),
      }));
      vi.resetModules();
      const { renderSvg: rough } = await import("../../../src/figures/render/renderSvg.js");
      await inPage(async (compare) => {
        const { movedPixels } = await compare(ruleAgainstConstant, await rough(ruleAgainstConstant));
        expect(movedPixels).toBeGreaterThan(2);
      });
    }, 60_000);
  },
);

async function inPage(
  use: (compare: (figure: Figure, svg: string) => Promise<Difference>) => Promise<void>,
): Promise<void> {
  await withPage({ width: 720, height: 900, javaScript: true }, async (page) => {
    await preparePage(page);
    await use((figure, svg) => compareWithChromium(page, figure, svg));
  });
}
