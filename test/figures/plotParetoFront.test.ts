import { describe, expect, it } from "vitest";
import { checkFigure } from "../../src/figures/Figure.js";
import { type ParetoFront, plotParetoFront } from "../../src/figures/plotParetoFront.js";
import type { PlottedTrial } from "../../src/figures/PlottedStudy.js";

const trial = (number: number, values: readonly number[], memory = -1): PlottedTrial => ({
  number,
  parameters: {},
  outcome: { state: "complete", values, steps: [], constraints: { memory } },
});
const input: ParetoFront = {
  id: "05-tuning-front",
  title: "Loss and time",
  study: {
    directions: ["minimize", "minimize"],
    parameters: {},
    trials: [trial(0, [3, 1]), trial(1, [1, 3]), trial(2, [3, 3]), trial(3, [0.5, 0.5], 2)],
  },
  front: [{ number: 0 }, { number: 1 }],
  valueTitles: ["Loss (nats)", "Time (s)"],
};

describe("plotParetoFront", () => {
  it("draws the front as a line around what was reached, over dominated and broken trials", () => {
    const figure = plotParetoFront(input);
    expect(figure.data).toMatchObject([
      { name: "broke a constraint (1)", x: [0.5], y: [0.5] },
      { name: "dominated (1)", x: [3], y: [3] },
      { name: "front (2)", x: [1, 3], y: [3, 1], mode: "lines+markers", line: { shape: "hv" } },
    ]);
    expect(figure.alt).toContain("It runs from 1 with 3 (trial 1) to 3 with 1 (trial 0).");
    expect(() => checkFigure(figure)).not.toThrow();
  });

  it("turns the corners of the line to the side of what was reached", () => {
    const study = { ...input.study, directions: ["maximize", "minimize"] as const };
    expect(plotParetoFront({ ...input, study }).data[2]).toMatchObject({ line: { shape: "vh" } });
  });

  it("draws no line in two of three objectives, where the front is none", () => {
    const study = {
      ...input.study,
      directions: ["minimize", "minimize", "minimize"] as const,
      trials: [trial(0, [3, 1, 1]), trial(1, [1, 3, 1])],
    };
    expect(plotParetoFront({ ...input, study, objectives: [1, 2] }).data).toMatchObject([
      { name: "front (2)", x: [1, 3], y: [1, 1], mode: "markers" },
    ]);
  });

  it.each([
    ["an objective that is not there", { objectives: [0, 2] as const }, /two of 2, from 0; got 0, 2/],
    ["no complete trial", { study: { ...input.study, trials: [] } }, /at least one complete trial/],
    [
      "a value of 0 on a logarithmic axis",
      { study: { ...input.study, trials: [trial(0, [0, 1])] }, isLogarithmic: [true, false] as const },
      /above 0 on a logarithmic axis; got 0, 1 of trial 0/,
    ],
  ])("refuses %s", (_, change, message) => {
    expect(() => plotParetoFront({ ...input, ...change })).toThrow(message);
  });
});
