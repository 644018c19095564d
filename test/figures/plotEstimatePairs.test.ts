import { describe, expect, it } from "vitest";
import { checkFigure } from "../../src/figures/Figure.js";
import { plotEstimatePairs, type EstimatePairs } from "../../src/figures/plotEstimatePairs.js";
import { seriesStyles } from "../../src/figures/theme.js";
import { estimate } from "../support/estimate.js";
import { estimatePairs } from "./figureExamples.js";

const pairs: EstimatePairs = {
  id: "03-x",
  title: "Log loss",
  xTitle: "Log loss (nats)",
  yTitle: "Training set",
  series: ["as trained", "corrected"],
  reference: { at: 0.7, label: "as it is" },
  rows: [
    {
      name: "weights",
      estimates: [estimate(0.8, 0.7, 0.95), estimate(0.72, 0.7, 0.75)],
    },
  ],
};

describe("plotEstimatePairs", () => {
  it("draws both estimates of each row with intervals, the first hollow and above, and a labelled reference", () => {
    const figure = plotEstimatePairs(pairs);
    expect(figure.data).toMatchObject([
      {
        name: "as trained",
        x: [0.8],
        y: [expect.closeTo(-0.16)],
        marker: { color: "#ffffff" },
        error_x: { array: [expect.closeTo(0.15)], arrayminus: [expect.closeTo(0.1)] },
      },
      {
        name: "corrected",
        x: [0.72],
        y: [expect.closeTo(0.16)],
        marker: { color: seriesStyles[0].colour, symbol: seriesStyles[0].symbol },
      },
    ]);
    expect((figure.layout as { annotations: object[] }).annotations).toMatchObject([{ text: "as it is" }]);
    expect(figure.alt).toContain("weights: as trained 0.8 (0.7 to 0.95), corrected 0.72 (0.7 to 0.75)");
    expect(() => checkFigure(figure)).not.toThrow();
    expect(() => checkFigure(estimatePairs)).not.toThrow();
  });

  it("draws and speaks no interval where there is none, and says what the others are", () => {
    const sure = pairs.rows.map(({ name, estimates: [first, second] }) => ({
      name,
      estimates: [{ value: first.value, interval: null }, second] as const,
    }));
    const figure = plotEstimatePairs({ ...pairs, rows: sure, intervals: "90 % intervals, Bonferroni over five" });
    expect(figure.alt).toContain(
      "Log loss (nats), with 90 % intervals, Bonferroni over five. " +
        "weights: as trained 0.8, corrected 0.72 (0.7 to 0.75)",
    );
    expect(figure.data.map((trace) => "error_x" in trace)).toEqual([false, true]);
  });

  it("draws a ceiling as a solid line in the band of its interval, and speaks it", () => {
    const ceiling = { estimate: estimate(0.9, 0.85, 1), label: "ceiling" };
    const figure = plotEstimatePairs({ ...pairs, ceiling });
    const { shapes, annotations, xaxis } = figure.layout as unknown as {
      readonly shapes: readonly object[];
      readonly annotations: readonly object[];
      readonly xaxis: { readonly range: readonly [number, number] };
    };
    expect(shapes).toMatchObject([
      { type: "rect", x0: 0.85, x1: 1, layer: "below" },
      { type: "line", x0: 0.9, x1: 0.9 },
      { type: "line", x0: 0.7, x1: 0.7, line: { dash: "dash" } },
    ]);
    expect(annotations).toMatchObject([{ text: "as it is" }, { text: "ceiling", y: 0, xanchor: "right" }]);
    expect(xaxis.range[1]).toBeGreaterThan(1);
    expect(figure.alt).toContain("Solid line at 0.9 (0.85 to 1): ceiling.");
    expect(() => checkFigure(figure)).not.toThrow();
    expect(() => plotEstimatePairs({ ...pairs, ceiling: { ...ceiling, estimate: estimate(0.8, 0.85, 1) } })).toThrow(
      "ceiling must have low <= value <= high; got 0.85, 0.8, 1",
    );
  });

  it.each([
    ["no row", { rows: [] }, /at least one row/],
    ["two of one name", { rows: [pairs.rows[0], pairs.rows[0]] }, /"weights" twice/],
    [
      "a value outside its interval",
      { rows: [{ name: "x", estimates: [estimate(1, 2, 3), pairs.rows[0].estimates[1]] as const }] },
      /x must have low <= value <= high; got 2, 1, 3/,
    ],
  ])("refuses %s", (_, change, message) => {
    expect(() => plotEstimatePairs({ ...pairs, ...change })).toThrow(message);
  });
});
