import { createRequire } from "node:module";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { figureExamples } from "./figureExamples.js";

interface NotebookPlot {
  readonly data: unknown;
  readonly layout: unknown;
  render(): string;
}

const { createPlot } = createRequire(import.meta.url)("plotly-notebook-js") as {
  createPlot: (data: readonly object[], layout: object) => NotebookPlot;
};

describe("plotly-notebook-js 0.1.2", () => {
  it.each(figureExamples)("takes the spec of $id unchanged and hands it to Plotly in the page", ({ data, layout }) => {
    const before = JSON.stringify({ data, layout });
    const plot = createPlot(data, layout);
    expect(plot.data).toBe(data);
    expect(plot.layout).toBe(layout);
    const script = /<script>(.*)<\/script>/s.exec(plot.render())![1];
    const drawn: unknown[] = [];
    const Plotly = { plot: (_id: string, ...spec: unknown[]) => drawn.push(spec) };
    runInNewContext(script, { Plotly, window: { Plotly } });
    expect(JSON.stringify(drawn)).toBe(JSON.stringify([[data, layout]]));
    expect(JSON.stringify({ data, layout })).toBe(before);
  });

  it("is not what notebooks emit: its page names a clock and a host, and does not escape a script's end", () => {
    const html = createPlot([{ type: "bar", name: "</script>" }], {}).render();
    expect(html).toMatch(/notebook-plot-\d{13}/);
    expect(html).toContain("https://");
    expect(html.split("</script>").length).toBeGreaterThan(2);
  });
});
