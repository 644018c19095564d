import { describe, expect, it } from "vitest";
import { checkFigure } from "../../src/figures/Figure.js";
import { type Incumbents, plotIncumbents } from "../../src/figures/plotIncumbents.js";
import { estimate } from "../support/estimate.js";

const points = [
  { at: 1, ...estimate(3, 2, 4) },
  { at: 9, ...estimate(1, 0.5, 2) },
];
const input: Incumbents = {
  id: "05-tuning-samplers",
  title: "TPE and random search",
  xTitle: "Trials (count)",
  yTitle: "Best so far (nats)",
  curves: [{ name: "TPE", points }],
  reference: { name: "random search", points: [{ at: 9, ...estimate(2, 1, 3) }] },
  intervals: "95 % intervals over 10 seeds",
};

describe("plotIncumbents", () => {
  it("draws each curve over the band of its intervals, and random search dotted beneath", () => {
    const figure = plotIncumbents(input);
    expect(figure.data).toMatchObject([
      { fill: "toself", x: [9, 9] },
      { fill: "toself", x: [1, 9, 9, 1], y: [4, 2, 0.5, 2] },
      { name: "random search", mode: "markers", line: { dash: "2px,4px" } },
      { name: "TPE", mode: "lines", x: [1, 9], y: [3, 1], line: { dash: "solid" } },
    ]);
    expect(figure.alt).toContain("TPE from 3 at 1 to 1 (0.5 to 2) at 9.");
    expect(figure.alt).toContain("Dotted: random search.");
    expect(() => checkFigure(figure)).not.toThrow();
  });

  it.each([
    ["no curve", { curves: [] }, /1 to 6 curves/],
    ["a curve without points", { curves: [{ name: "TPE", points: [] }] }, /TPE needs points.*got none/],
    ["places that do not ascend", { curves: [{ name: "TPE", points: [...points].reverse() }] }, /ascending places/],
    [
      "a band that reaches 0 on a logarithmic axis",
      { isLogarithmic: true, curves: [{ name: "TPE", points: [{ at: 1, ...estimate(1, 0, 2) }] }] },
      /0 < low/,
    ],
  ])("refuses %s", (_, change, message) => {
    expect(() => plotIncumbents({ ...input, ...change })).toThrow(message);
  });
});
