import { describe, expect, expectTypeOf, it } from "vitest";
import { checkFigure } from "../../src/figures/Figure.js";
import type { PlottedStudy, StudyFigure } from "../../src/figures/PlottedStudy.js";
import { plotStudyHistory } from "../../src/figures/plotStudyHistory.js";
import type { StudyRecord } from "../../src/tuning/files/StudyRecord.js";
import { smallStudy } from "./studyExample.js";

const input: StudyFigure = {
  id: "05-tuning-history",
  title: "Course of the study",
  study: smallStudy,
  valueTitle: "Loss (nats)",
};
const traces = (figure: { readonly data: readonly object[] }): Record<string, { x: number[]; y: number[] }> =>
  Object.fromEntries(figure.data.map((trace) => [(trace as { name: string }).name, trace as never]));

describe("plotStudyHistory", () => {
  it("takes studies as tuning keeps them", () => {
    expectTypeOf<StudyRecord>().toExtend<PlottedStudy>();
  });

  it("marks each trial by how it ended: pruned ones at their last step, failed ones below all values", () => {
    const figure = plotStudyHistory(input);
    const { complete, pruned, failed, "broke a constraint": broken } = traces(figure);
    expect(complete).toMatchObject({ x: [0, 1], y: [4, 2] });
    expect(pruned).toMatchObject({ x: [3], y: [9] });
    expect(broken).toMatchObject({ x: [2], y: [1] });
    expect(failed.x).toEqual([4]);
    expect(failed.y[0]).toBeLessThan(1);
    expect(failed.y[0]).toBeGreaterThan((figure.layout as { yaxis: { range: number[] } }).yaxis.range[0]);
    const symbols = figure.data.map((trace) => (trace as { marker: { symbol: string } }).marker.symbol);
    expect(new Set(symbols).size).toBe(symbols.length);
    expect(figure.alt).toContain("of 6 trials by their number: 2 complete, 1 pruned, 1 broke a constraint, 1 failed.");
    expect(() => checkFigure(figure)).not.toThrow();
  });

  it("draws the best so far of those that kept their constraints, to the last trial", () => {
    const figure = plotStudyHistory(input);
    expect(traces(figure)["best so far"]).toMatchObject({ x: [0, 1, 5], y: [4, 2, 2], line: { shape: "hv" } });
    expect(figure.alt).toContain("Best is trial 1 with 2; the first that was complete had 4.");
    // The first trial was told as an improvement.
    expect(figure.alt).toContain("It improved 1 time, last to 2 at 1.");
    const up = plotStudyHistory({ ...input, study: { ...smallStudy, directions: ["maximize"] } });
    expect(traces(up)["best so far"]).toMatchObject({ x: [0, 5], y: [4, 4] });
  });

  it("shows a study of one trial, and one whose values are all alike", () => {
    const study = { ...smallStudy, trials: smallStudy.trials.slice(0, 1) };
    for (const isLogarithmic of [false, true]) {
      const figure = plotStudyHistory({ ...input, study, isLogarithmic });
      expect(() => checkFigure(figure)).not.toThrow();
      expect(figure.alt).toContain("of 1 trial by");
      const { range } = (figure.layout as { yaxis: { range: number[] } }).yaxis;
      expect(range[1]).toBeGreaterThan(range[0]);
    }
  });

  it("stands what a pruned trial never reported, or reported as no number, at the foot", () => {
    const trials = [
      ...smallStudy.trials.slice(0, 2),
      { ...smallStudy.trials[3], outcome: { ...smallStudy.trials[3].outcome!, steps: [{ step: 0, value: NaN }] } },
    ];
    const figure = plotStudyHistory({ ...input, study: { ...smallStudy, trials } });
    expect(traces(figure)["pruned"].y[0]).toBeLessThan(2);
    expect(() => checkFigure(figure)).not.toThrow();
  });

  it.each([
    ["a study without a complete trial", { study: { ...smallStudy, trials: smallStudy.trials.slice(3) } }, /got none/],
    ["an objective that is not there", { objective: 1 }, /one of 1, from 0; got 1/],
    [
      "a value of 0 on a logarithmic axis",
      {
        isLogarithmic: true,
        study: {
          ...smallStudy,
          trials: [{ ...smallStudy.trials[0], outcome: { ...smallStudy.trials[0].outcome!, values: [0] } }],
        },
      },
      /above 0 on a logarithmic axis; got 0 of trial 0/,
    ],
  ])("refuses %s", (_, change, message) => {
    expect(() => plotStudyHistory({ ...input, ...change })).toThrow(message);
  });
});
