import { describe, expect, it } from "vitest";
import { checkFigure } from "../../src/figures/Figure.js";
import { plotReliability, type Reliability } from "../../src/figures/plotReliability.js";
import { estimate } from "../support/estimate.js";
import { reliability } from "./figureExamples.js";

const diagram: Reliability = {
  id: "06-x",
  title: "Does it come true?",
  curves: [
    {
      name: "raw",
      points: [
        { confidence: 0.5, share: estimate(0.4, 0.35, 0.47) },
        { confidence: 0.9, share: estimate(0.8, 0.75, 0.83), consistency: estimate(0.9, 0.88, 0.92).interval },
      ],
    },
  ],
};

describe("plotReliability", () => {
  it("draws shares with their intervals over confidence, and the diagonal", () => {
    const figure = plotReliability(diagram);
    expect(figure.data).toMatchObject([
      { name: "perfectly calibrated" },
      { name: "raw", x: [0.5, 0.9], y: [0.4, 0.8], error_y: { array: [expect.closeTo(0.07), expect.closeTo(0.03)] } },
    ]);
    expect(figure.alt).toContain("raw: 0.40 at 0.50, 0.80 at 0.90");
    expect(() => checkFigure(figure)).not.toThrow();
    expect(() => checkFigure(reliability)).not.toThrow();
  });

  it.each([
    ["no curve", { curves: [] }, /1 to 6 curves/],
    ["a curve without points", { curves: [{ name: "raw", points: [] }] }, /raw needs points.*got none/],
    [
      "a share outside its interval",
      { curves: [{ name: "raw", points: [{ confidence: 0.5, share: estimate(0.4, 0.5, 0.6) }] }] },
      /low <= share <= high/,
    ],
    [
      "a confidence above 1",
      { curves: [{ name: "raw", points: [{ confidence: 1.5, share: estimate(0.4, 0.3, 0.6) }] }] },
      /confidence in \[0, 1\]/,
    ],
  ])("refuses %s", (_, change, message) => {
    expect(() => plotReliability({ ...diagram, ...change })).toThrow(message);
  });
});
