import { describe, expect, it } from "vitest";
import { checkFigure } from "../../src/figures/Figure.js";
import { type LearningCurves, plotLearningCurves } from "../../src/figures/plotLearningCurves.js";
import { estimate } from "../support/estimate.js";
import { learningCurves } from "./figureExamples.js";

const curves: LearningCurves = {
  id: "04-x",
  title: "More rows",
  yTitle: "Log loss (nats)",
  reference: { at: 0.2, label: "noise alone" },
  curves: [
    {
      name: "network",
      points: [
        { rows: 1000, ...estimate(0.5, 0.45, 0.6) },
        { rows: 2000, ...estimate(0.4, 0.38, 0.42) },
      ],
    },
  ],
};

describe("plotLearningCurves", () => {
  it("draws every point with its interval over training rows, logarithmic, and a labelled reference", () => {
    const figure = plotLearningCurves(curves);
    expect(figure.data).toMatchObject([
      {
        name: "network",
        x: [1000, 2000],
        y: [0.5, 0.4],
        error_y: {
          array: [expect.closeTo(0.1), expect.closeTo(0.02)],
          arrayminus: [expect.closeTo(0.05), expect.closeTo(0.02)],
        },
      },
    ]);
    expect(figure.layout).toMatchObject({ xaxis: { type: "log" }, annotations: [{ text: "noise alone" }] });
    expect(figure.alt).toContain("network: 0.5 at 1000, 0.4 at 2000");
    expect(() => checkFigure(figure)).not.toThrow();
    expect(() => checkFigure(learningCurves)).not.toThrow();
  });

  it.each([
    ["no curve", { curves: [] }, /1 to 6 curves/],
    ["a curve without points", { curves: [{ name: "network", points: [] }] }, /network needs points.*got none/],
    [
      "rows that do not ascend",
      { curves: [{ name: "network", points: [...curves.curves[0].points].reverse() }] },
      /network needs points with ascending rows/,
    ],
    [
      "a value outside its interval",
      { curves: [{ name: "network", points: [{ rows: 1, ...estimate(1, 2, 3) }] }] },
      /low <= value <= high/,
    ],
  ])("refuses %s", (_, change, message) => {
    expect(() => plotLearningCurves({ ...curves, ...change })).toThrow(message);
  });
});
