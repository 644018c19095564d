import { describe, expect, it } from "vitest";
import { checkFigure } from "../../src/figures/Figure.js";
import { type ControlChart, plotControlChart } from "../../src/figures/plotControlChart.js";
import { controlChart } from "./figureExamples.js";

const chart: ControlChart = {
  id: "08-operation-x",
  title: "A new lot",
  xTitle: "Time (weeks)",
  yTitle: "Lead in the product (share)",
  series: [
    {
      name: "mean of the week",
      points: [
        { at: 0, value: 0.36, low: 0.34, high: 0.38 },
        { at: 1, value: 0.37, low: 0.35, high: 0.39 },
        { at: 2, value: 0.4, low: 0.38, high: 0.42 },
      ],
    },
  ],
  intervals: "95 % intervals over runs",
  reference: { at: 0.365, label: "mean of the first year" },
  events: [
    { at: 1, label: "new lot" },
    { at: 2, label: "alarm" },
  ],
};

describe("plotControlChart", () => {
  it("draws the line over its band, where it should lie, and what happened", () => {
    const figure = plotControlChart(chart);
    expect(figure.data).toMatchObject([
      { fill: "toself", x: [0, 1, 2, 2, 1, 0], y: [0.38, 0.39, 0.42, 0.38, 0.35, 0.34] },
      { name: "mean of the week", x: [0, 1, 2], y: [0.36, 0.37, 0.4] },
      { name: "mean of the first year", y: [0.365, 0.365] },
    ]);
    expect(figure.layout).toMatchObject({
      shapes: [{ x0: 1 }, { x0: 2 }],
      annotations: [
        { text: "new lot", xanchor: "right" },
        { text: "alarm", xanchor: "right" },
      ],
    });
    expect(figure.alt).toContain("from 0.36 at 0 to 0.4 at 2");
    expect(figure.alt).toContain("At 1: new lot. At 2: alarm.");
    expect(() => checkFigure(figure)).not.toThrow();
    expect(() => checkFigure(controlChart)).not.toThrow();
  });

  it("tells two series apart by line and mark", () => {
    const figure = plotControlChart({ ...chart, series: [...chart.series, { ...chart.series[0], name: "canary" }] });
    const [one, other] = figure.data.slice(2, 4) as { line: { dash: string }; marker: { symbol: string } }[];
    expect(one.line.dash).not.toBe(other.line.dash);
    expect(one.marker.symbol).not.toBe(other.marker.symbol);
  });

  it.each([
    ["no series", { series: [] }, /1 to 6 series/],
    ["a series without points", { series: [{ name: "week", points: [] }] }, /week needs points.*got none/],
    [
      "places that do not ascend",
      { series: [{ name: "week", points: [...chart.series[0].points].reverse() }] },
      /week needs points with ascending places/,
    ],
    [
      "a value outside its interval",
      { series: [{ name: "week", points: [{ at: 0, value: 1, low: 2, high: 3 }] }] },
      /low <= value <= high/,
    ],
    ["an event outside of the places", { events: [{ at: 9, label: "later" }] }, /between 0 and 2; got 9/],
  ])("refuses %s", (_, change, message) => {
    expect(() => plotControlChart({ ...chart, ...change })).toThrow(message);
  });
});
