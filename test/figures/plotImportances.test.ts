import { describe, expect, it } from "vitest";
import { checkFigure } from "../../src/figures/Figure.js";
import { plotImportances } from "../../src/figures/plotImportances.js";
import { estimate } from "../support/estimate.js";

const input = {
  id: "05-tuning-importances",
  title: "What mattered",
  importances: [
    { name: "rate", share: 0.7, interval: estimate(0.7, 0.5, 0.9).interval },
    { name: "layers", share: 0.3, interval: null },
  ],
};

describe("plotImportances", () => {
  it("draws a bar each from the top, with its interval where there is one, and where all would be alike", () => {
    const figure = plotImportances(input);
    expect(figure.data).toMatchObject([
      {
        x: [0.7, 0.3],
        y: [0, 1],
        error_x: { array: [expect.closeTo(0.2), 0], arrayminus: [expect.closeTo(0.2), 0] },
      },
    ]);
    expect(figure.layout).toMatchObject({
      yaxis: { ticktext: ["rate", "layers"], range: [1.5, -0.5] },
      shapes: [{ x0: 0.5, x1: 0.5 }],
    });
    expect(figure.alt).toContain("rate 70 % (50 % to 90 %); layers 30 %. Dashed line at 50 %: all alike.");
    expect(() => checkFigure(figure)).not.toThrow();
  });

  it("tells long names apart that differ at their end", () => {
    const importances = [1, 2].map((n) => ({ name: `${"units of the hidden layer ".repeat(2)}${n}`, share: 0.5 }));
    const { ticktext } = (plotImportances({ ...input, importances }).layout as { yaxis: { ticktext: string[] } }).yaxis;
    expect(new Set(ticktext).size).toBe(2);
    expect(ticktext.every((name) => name.length <= 26)).toBe(true);
  });

  it.each([
    ["no parameter", [], /at least one parameter/],
    [
      "a share outside its interval",
      [{ name: "rate", share: 0.3, interval: estimate(1, 0.5, 0.9).interval }],
      /rate must/,
    ],
  ])("refuses %s", (_, importances, message) => {
    expect(() => plotImportances({ ...input, importances })).toThrow(message);
  });
});
