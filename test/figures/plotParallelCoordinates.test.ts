import { describe, expect, it } from "vitest";
import { checkFigure } from "../../src/figures/Figure.js";
import { plotParallelCoordinates } from "../../src/figures/plotParallelCoordinates.js";
import { madeUpStudy, smallStudy } from "./studyExample.js";

const input = { id: "05-tuning-parallel", title: "Trials", study: smallStudy, valueTitle: "Loss (nats)" };

describe("plotParallelCoordinates", () => {
  it("runs a line through each complete trial's places, the best drawn last", () => {
    const figure = plotParallelCoordinates(input);
    const [, other, best] = figure.data as { name: string; x: number[]; y: number[] }[];
    expect(best).toMatchObject({ name: "best tenth (1)", y: [0, 1, 2, 3, 4, null] });
    // rate 0.01 of 0.001 to 1; layers 3; "b" of two; width 5 of 10; the lowest value.
    expect(best.x).toEqual([expect.closeTo(1 / 3, 9), 1, 1, 0.5, 0, null]);
    expect(other.x.slice(0, 3)).toEqual([expect.closeTo(2 / 3, 9), 0, 0]);
    expect(() => checkFigure(figure)).not.toThrow();
  });

  it("passes left of the axis of a parameter that a trial does not have, and says where that is", () => {
    const figure = plotParallelCoordinates(input);
    const [, other] = figure.data as { x: number[] }[];
    expect(other.x[3]).toBeLessThan(0);
    expect(figure.layout).toMatchObject({ xaxis: { tickvals: [other.x[3], expect.any(Number), 1] } });
    expect((figure.layout as { xaxis: { ticktext: string[] } }).xaxis.ticktext[0]).toContain("not");
    expect(figure.alt).toContain("Not there in some trials: width.");
    expect(figure.alt).toContain("Logarithmic: rate.");
  });

  it("puts each complete trial that kept its constraints into one group", () => {
    const study = madeUpStudy(120);
    const figure = plotParallelCoordinates({ ...input, study });
    const counts = figure.data.slice(1).map((trace) => Number(/\((\d+)\)/.exec((trace as { name: string }).name)![1]));
    const kept = study.trials.filter(
      ({ outcome }) => outcome?.state === "complete" && Object.values(outcome.constraints).every((value) => value <= 0),
    );
    expect(counts.reduce((a, b) => a + b)).toBe(kept.length);
    expect(counts.at(-1)).toBe(Math.ceil(kept.length / 10));
  });
});
