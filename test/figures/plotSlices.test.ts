import { describe, expect, it } from "vitest";
import { checkFigure } from "../../src/figures/Figure.js";
import { plotSlices } from "../../src/figures/plotSlices.js";
import { madeUpStudy, smallStudy } from "./studyExample.js";

const input = { id: "05-tuning-slices", title: "Slices", study: smallStudy, valueTitle: "Loss (nats)" };

describe("plotSlices", () => {
  it("draws complete trials against each parameter, those that have it, and a star at the best", () => {
    const figure = plotSlices(input);
    expect(figure.data).toMatchObject([
      { name: "rate", x: [0.1, 0.01], y: [4, 2], xaxis: "x", yaxis: "y", marker: { color: [0, 1] } },
      { name: "best", x: [0.01], y: [2] },
      { name: "layers", x: [1, 3], xaxis: "x2", yaxis: "y" },
      { name: "best", x: [3] },
      { name: "kind", x: [0, 1], xaxis: "x3", yaxis: "y" },
      { name: "best", x: [1] },
      { name: "width", x: [5], y: [2], xaxis: "x4", yaxis: "y2" },
      { name: "best", x: [5] },
    ]);
    expect(figure.layout).toMatchObject({
      xaxis: { type: "log" },
      xaxis3: { tickvals: [0, 1], ticktext: ["a", "b"] },
    });
    expect(figure.alt).toContain("The best is trial 1 with 2, at rate 0.01, layers 3, kind b, width 5.");
    expect(figure.alt).toContain("Not in all trials: width in 1.");
    expect(() => checkFigure(figure)).not.toThrow();
  });

  it("leaves out a parameter that no complete trial has, and says so", () => {
    const study = { ...smallStudy, trials: smallStudy.trials.slice(0, 1) };
    const figure = plotSlices({ ...input, study });
    expect(figure.data.map((trace) => (trace as { name: string }).name)).not.toContain("width");
    expect(figure.alt).toContain("In none: width.");
    expect(figure.alt).toContain("of 1 trial against");
  });

  it("gives each panel a place of its own within the figure", () => {
    const figure = plotSlices({ ...input, study: madeUpStudy(60) });
    const axes = Object.entries(figure.layout as Record<string, { domain: number[] }>);
    for (const letter of ["x", "y"]) {
      const domains = axes.filter(([name]) => name.startsWith(`${letter}axis`)).map(([, { domain }]) => domain);
      for (const [low, high] of domains) {
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(high).toBeGreaterThan(low);
      }
    }
    expect(() => checkFigure(figure)).not.toThrow();
  });

  it("refuses a study without parameters", () => {
    const trials = smallStudy.trials.map((trial) => ({ ...trial, parameters: {} }));
    expect(() => plotSlices({ ...input, study: { ...smallStudy, parameters: {}, trials } })).toThrow(
      /at least one parameter/,
    );
  });
});
