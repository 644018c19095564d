import { describe, expect, it } from "vitest";
import { checkFigure } from "../../src/figures/Figure.js";
import { plotRiskCoverage, type RiskCoveragePlot } from "../../src/figures/plotRiskCoverage.js";
import { riskCoveragePlot } from "./figureExamples.js";

const plot: RiskCoveragePlot = {
  id: "06-x",
  title: "Answer less, err less",
  reference: { at: 0.1, label: "wanted" },
  curves: [
    {
      name: "network",
      points: [
        { coverage: 0.5, risk: 0.02 },
        { coverage: 1, risk: 0.15 },
      ],
    },
  ],
};

describe("plotRiskCoverage", () => {
  it("draws risk over coverage and the wanted risk", () => {
    const figure = plotRiskCoverage(plot);
    expect(figure.data).toMatchObject([{ name: "network", x: [0.5, 1], y: [0.02, 0.15] }]);
    expect((figure.layout as { annotations: object[] }).annotations).toMatchObject([{ text: "wanted" }]);
    expect(figure.alt).toContain("network: 0.020 at 0.50, 0.150 at 1.00");
    expect(() => checkFigure(figure)).not.toThrow();
    expect(() => checkFigure(riskCoveragePlot)).not.toThrow();
  });

  it.each([
    ["no curve", { curves: [] }, /1 to 6 curves/],
    [
      "coverages that do not ascend",
      { curves: [{ name: "network", points: [...plot.curves[0].points].reverse() }] },
      /network needs coverages that ascend/,
    ],
    ["a risk above 1", { curves: [{ name: "network", points: [{ coverage: 0.5, risk: 1.2 }] }] }, /risks in \[0, 1\]/],
  ])("refuses %s", (_, change, message) => {
    expect(() => plotRiskCoverage({ ...plot, ...change })).toThrow(message);
  });
});
