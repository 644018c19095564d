import type { Figure } from "../src/figures/Figure.js";
import { figureLayout } from "../src/figures/theme.js";
import { renderSvg } from "../src/figures/render/renderSvg.js";
import { chromium, withPage } from "../test/support/chromium.js";
import { projectPath } from "../src/io/projectPath.js";
import { medianSeconds, ratioLine } from "./median.js";

// A static figure without a browser against Plotly in headless Chromium, each already warm.

const figure: Figure = {
  id: "00-bench",
  alt: "A wave of two hundred points, drawn to take the time.",
  data: [
    {
      type: "scatter",
      mode: "lines+markers",
      x: Array.from({ length: 200 }, (_, i) => i),
      y: Array.from({ length: 200 }, (_, i) => Math.sin(i / 10)),
    },
  ],
  layout: figureLayout({
    title: "Wave",
    xaxis: { type: "linear", title: "Position (1)" },
    yaxis: { type: "linear", title: "Height (1)" },
  }),
};

async function main(): Promise<void> {
  const first = await medianSeconds(1, async () => void (await renderSvg(figure)));
  const ours = await medianSeconds(9, async () => void (await renderSvg(figure)));
  console.log(`first figure of a process ${first.toFixed(2)} s`);
  console.log(ratioLine("a figure after the first", ours, await inChromium(), "Plotly in Chromium"));
}

async function inChromium(): Promise<number | null> {
  if (chromium === null) return null;
  return withPage({ width: 800, height: 600, javaScript: true }, async (page) => {
    await page.addScriptTag({
      path: projectPath("node_modules", "plotly.js-cartesian-dist-min", "plotly-cartesian.min.js"),
    });
    const spec = JSON.stringify({ data: figure.data, layout: figure.layout });
    const draw = async (): Promise<void> =>
      void (await page.evaluate(`Plotly.toImage(${spec}, { format: "svg", width: 720, height: 450 })`));
    await draw();
    return medianSeconds(9, draw);
  });
}

await main();
