import { describe, expect, it } from "vitest";
import { checkFigure } from "../../src/figures/Figure.js";
import { plotDrift } from "../../src/figures/plotDrift.js";

const number = {
  id: "08-drift-temperature",
  feature: "temperature",
  unit: "°C",
  line: "mean 160 to 172 °C",
  edges: [140, 160, 180],
  levels: null,
  reference: [0.75, 0.25],
  current: [0.25, 0.75],
};
const levels = { ...number, unit: "", edges: null, levels: ["hexane", "toluene"] };

describe("plotDrift", () => {
  it("draws shares over exactly their bins, down to the axis on either side, with units", () => {
    const figure = plotDrift(number);
    checkFigure(figure);
    expect(figure.data).toMatchObject([
      { name: "reference", x: [140, 140, 160, 180, 180], y: [0, 0.75, 0.25, 0.25, 0] },
      { name: "now", y: [0, 0.25, 0.75, 0.75, 0] },
    ]);
    expect(figure.layout).toMatchObject({ xaxis: { title: { text: "temperature (°C)" } } });
    expect(figure.alt).toContain("mean 160 to 172 °C");
    expect(figure.alt).toContain("Most rows of the reference lie at 140 to 160, now at 160 to 180 (°C).");
  });

  it("draws levels as bars, and names each share in words", () => {
    const figure = plotDrift(levels);
    checkFigure(figure);
    expect(figure.data).toMatchObject([{ type: "bar", x: [0.75, 0.25] }, { x: [0.25, 0.75] }]);
    expect(figure.alt).toContain("hexane 75 %, now 25 %; toluene 25 %, now 75 %.");
  });

  it("refuses shares that do not fit, or are none", () => {
    expect(() => plotDrift({ ...number, current: [1] })).toThrow("a share per bin or level; got 2 and 1 for 2");
    expect(() => plotDrift({ ...levels, reference: [NaN, 1] })).toThrow("must lie in [0, 1]; temperature has NaN");
    expect(() => plotDrift({ ...number, edges: null })).toThrow("got 2 and 2 for 0");
  });
});
