import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkFigure, type Figure } from "../../src/figures/Figure.js";
import { figureExamples, groupedBars, heatmap, scatterWithEverything } from "./figureExamples.js";

const withLayout = (figure: Figure, change: object): Figure => ({ ...figure, layout: { ...figure.layout, ...change } });
const withTrace = (figure: Figure, change: object): Figure => ({ ...figure, data: [{ ...figure.data[0], ...change }] });

describe("checkFigure", () => {
  it.each(figureExamples)("accepts $id", (figure) => {
    expect(() => {
      checkFigure(figure);
    }).not.toThrow();
  });

  it.each([
    ["an id that is no file name", { ...groupedBars, id: "../size" }, /id must be a file name/],
    ["a missing description", { ...groupedBars, alt: " " }, /alt must describe/],
    ["no trace", { ...groupedBars, data: [] }, /at least one trace/],
    [
      "a trace type that needs a canvas",
      withTrace(groupedBars, { type: "scattergl" }),
      /data\[0\]\.type must be one of/,
    ],
    ["a smoothed heatmap", withTrace(heatmap, { zsmooth: "best" }), /zsmooth must be left out/],
    [
      "a heatmap whose scale has no unit",
      withTrace(heatmap, { colorbar: { title: { text: "Rows" } } }),
      /colorbar\.title\.text must hold a unit/,
    ],
    ["an image from elsewhere", withLayout(groupedBars, { images: [{ source: "x.png" }] }), /fetches nothing/],
    [
      "an axis without type",
      withLayout(groupedBars, { yaxis: { title: { text: "Rows (count)" } } }),
      /layout\.yaxis\.type must be/,
    ],
    [
      "an axis that is missing",
      withLayout(groupedBars, { yaxis: undefined as unknown as object }),
      /must be plain JSON/,
    ],
    [
      "an axis without title",
      withLayout(groupedBars, { yaxis: { type: "linear" } }),
      /layout\.yaxis\.title\.text must name/,
    ],
    [
      "a category axis without title",
      withLayout(groupedBars, { xaxis: { type: "category" } }),
      /layout\.xaxis\.title\.text must name/,
    ],
    [
      "an axis without unit",
      withLayout(groupedBars, { yaxis: { type: "linear", title: { text: "Rows" } } }),
      /layout\.yaxis\.title\.text must hold a unit/,
    ],
    [
      "empty parentheses for a unit",
      withLayout(groupedBars, { yaxis: { type: "linear", title: { text: "Rows ()" } } }),
      /must hold a unit/,
    ],
    ["a second axis that is not described", withTrace(groupedBars, { yaxis: "y2" }), /layout\.yaxis2\.type must be/],
    [
      "a zero on a log axis",
      withTrace(scatterWithEverything, { x: [1, 0, 10] }),
      /values on the log axis xaxis must be above 0; got x\[1\] = 0/,
    ],
    [
      "another font than the measured one",
      withLayout(groupedBars, { font: { family: "Arial" } }),
      /family must be DejaVu Sans/,
    ],
    [
      "a typed array",
      withTrace(groupedBars, { y: new Float64Array(3) }),
      /data\[0\]\.y must be plain JSON; got Float64Array/,
    ],
    ["a function", withTrace(groupedBars, { y: () => 1 }), /data\[0\]\.y must be plain JSON/],
  ])("refuses %s", (_, figure, message) => {
    expect(() => {
      checkFigure(figure);
    }).toThrow(message);
  });

  it("needs no unit on an axis whose ticks are words, but does where they are numbers", () => {
    const spelled = (...ticktext: string[]): Figure =>
      withLayout(groupedBars, { yaxis: { type: "linear", title: { text: "Model" }, ticktext } });
    expect(() => {
      checkFigure(spelled("8 units", "CsPbBr<sub>3</sub>"));
    }).not.toThrow();
    expect(() => {
      checkFigure(spelled("1", "1,000", "0.5"));
    }).toThrow(/must hold a unit/);
  });

  it("refuses a number that is not finite wherever it stands, and names the place", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(NaN, Infinity, -Infinity),
        fc.nat(5),
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 6, maxLength: 6 }),
        (bad, place, values) => {
          const figure = withTrace(groupedBars, { y: values.with(place, bad) });
          expect(() => {
            checkFigure(figure);
          }).toThrow(`data[0].y[${place}] must be finite, as JSON has no ${bad}; write null for a gap`);
        },
      ),
    );
  });

  it("accepts null for a gap", () => {
    expect(() => {
      checkFigure(withTrace(groupedBars, { y: [1, null, 3] }));
    }).not.toThrow();
  });
});
