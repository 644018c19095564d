import { describe, expect, it } from "vitest";
import { checkFigure } from "../../src/figures/Figure.js";
import { type ParityPlot, plotParity } from "../../src/figures/plotParity.js";
import { parity } from "./figureExamples.js";

const plot: ParityPlot = {
  id: "07-x",
  title: "Size",
  quantity: "size",
  unit: "nm",
  isLogarithmic: false,
  parts: [
    {
      name: "open",
      points: [
        [1, 2],
        [3, 3],
      ],
    },
    { name: "held out", points: [[5, 4]] },
  ],
};

describe("plotParity", () => {
  it("puts predicted values on x and measured ones on y, and the line of equality from end to end", () => {
    const { data, layout, alt } = plotParity(plot);
    expect(data).toMatchObject([
      { mode: "lines", x: [0.8, 5.2], y: [0.8, 5.2] },
      { name: "open", x: [1, 3], y: [2, 3] },
      { name: "held out", x: [5], y: [4] },
    ]);
    expect(layout).toMatchObject({ xaxis: { range: [0.8, 5.2] }, yaxis: { range: [0.8, 5.2] } });
    expect(alt).toContain("open: 2 experiments, median error 1 nm; held out: 1 experiments");
  });

  it("has ticks in words of its unit on logarithmic axes, and passes as a figure", () => {
    expect(() => checkFigure(parity)).not.toThrow();
    const { layout } = plotParity({ ...plot, isLogarithmic: true });
    expect(layout).toMatchObject({ xaxis: { type: "log", tickvals: [1, 2, 3, 4, 5] } });
  });

  it.each([
    ["no point", [], /at least one point is needed/],
    ["a value that is none", [{ name: "a", points: [[1, Number.NaN]] }], /values must be finite; got NaN/],
    ["too many parts", Array.from({ length: 7 }, (_, k) => ({ name: `${k}`, points: [[1, 1]] })), /told apart; got 7/],
  ] as const)("refuses %s", (_, parts, message) => {
    expect(() => plotParity({ ...plot, parts: parts as ParityPlot["parts"] })).toThrow(message);
  });

  it("refuses a logarithm of nothing", () => {
    const zero = { ...plot, isLogarithmic: true, parts: [{ name: "a", points: [[0, 1] as const] }] };
    expect(() => plotParity(zero)).toThrow("values must be above 0; got 0");
  });
});
