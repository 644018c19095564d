import { describe, expect, it } from "vitest";
import { checkFigure } from "../../src/figures/Figure.js";
import { type ContourPlot, plotContour } from "../../src/figures/plotContour.js";
import { smallStudy } from "./studyExample.js";

const input: ContourPlot = {
  id: "05-tuning-contour",
  title: "Two of them",
  study: smallStudy,
  valueTitle: "Loss (nats)",
  surface: {
    names: ["rate", "kind"],
    x: [0.001, 0.1, 1],
    y: [-0.5, 0.5, 1.5],
    values: [
      [null, 4],
      [2, null],
    ],
    method: "mean of trials",
  },
};

describe("plotContour", () => {
  it("colours cells where trials are near, leaves the others white, and draws the trials on top", () => {
    const figure = plotContour(input);
    expect(figure.data).toMatchObject([
      { type: "heatmap", x: [0.001, 0.1, 1], z: input.surface.values, zmin: 2, zmax: 4 },
      { name: "trials", x: [0.01, 0.1], y: [1, 0] },
      { name: "best", x: [0.01], y: [1] },
    ]);
    expect(figure.layout).toMatchObject({
      xaxis: { type: "log", range: [-3, 0] },
      yaxis: { tickvals: [0, 1], ticktext: ["a", "b"] },
    });
    expect(JSON.stringify(figure.layout)).toContain("mean of trials");
    expect(figure.alt).toContain("from 2 of 2 complete trials; mean of trials.");
    expect(() => checkFigure(figure)).not.toThrow();
  });

  it("is darkest where it is best, whichever way that lies", () => {
    const scaleOf = (directions: readonly ("minimize" | "maximize")[]): string[] =>
      (
        plotContour({ ...input, study: { ...smallStudy, directions } }).data[0] as { colorscale: [number, string][] }
      ).colorscale.map(([, colour]) => colour);
    expect(scaleOf(["maximize"])).toEqual([...scaleOf(["minimize"])].reverse());
  });

  it("colours logarithms where asked, with the values at the bar", () => {
    const { data } = plotContour({ ...input, isLogarithmic: true });
    expect(data[0]).toMatchObject({
      z: [
        [null, Math.log10(4)],
        [Math.log10(2), null],
      ],
      colorbar: { ticktext: ["2", "3", "4"] },
    });
  });

  it("counts trials that have both parameters alone", () => {
    const figure = plotContour({ ...input, surface: { ...input.surface, names: ["rate", "width"], y: [0, 5, 10] } });
    expect(figure.alt).toContain("from 1 of 2 complete trials");
  });

  it.each([
    ["another parameter", { names: ["rate", "depth"] as const }, /must be of the study, rate.*got depth/],
    ["a surface of another shape", { x: [0, 1] }, /needs 2 rows of 1, as its edges have; got 2 of 2/],
  ])("refuses %s", (_, change, message) => {
    expect(() => plotContour({ ...input, surface: { ...input.surface, ...change } })).toThrow(message);
  });
});
