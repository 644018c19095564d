import { describe, expect, it } from "vitest";
import { optimize } from "../../src/tuning/optimize.js";
import { optimizeInRungs, type ReachRung } from "../../src/tuning/optimizeInRungs.js";
import { halvingPruner } from "../../src/tuning/pruners/halvingPruner.js";
import type { SearchSpace } from "../../src/tuning/SearchSpace.js";
import type { Study } from "../../src/tuning/Study.js";

const space: SearchSpace = { x: { kind: "float", low: -1, high: 1 }, k: { kind: "categorical", choices: ["a", "b"] } };
const rungs = [2, 6, 18];
const options = { seed: 4, space, pruner: halvingPruner({ first: 2, reduction: 3 }) };
/** Comes closer to its end the longer it goes, not always in the same order. */
const valueAt = ({ x, k }: Readonly<Record<string, unknown>>, step: number): number =>
  (x as number) ** 2 + (k === "a" ? 1 : 3) / step;
const reach: ReachRung = (trials, rung) => Promise.resolve(trials.map(({ parameters }) => valueAt(parameters, rung)));
const plain = ({ trials }: Study): unknown =>
  trials.map(({ number, parameters, outcome }) => ({
    number,
    parameters: { ...parameters },
    outcome: { ...outcome, reason: null },
  }));

describe("optimizeInRungs", () => {
  it.each([0, 3])("makes the study that trials which report at the rungs make, at a window of %s", async (window) => {
    const study = await optimizeInRungs(reach, { ...options, window, trials: 30, rungs });
    const told = await optimize(
      ({ parameters, report }) => {
        for (const rung of rungs.slice(0, -1))
          if (report(rung, valueAt(parameters, rung))) return { state: "pruned", reason: "" };
        // The last rung is reported too, and stops nothing.
        report(18, valueAt(parameters, 18));
        return valueAt(parameters, 18);
      },
      { ...options, window, trials: 30, workers: window + 1 },
    );
    expect(plain(study)).toEqual(plain(told));
    const states = study.trials.map(({ outcome }) => outcome!.state);
    expect(states.filter((state) => state === "pruned").length).toBeGreaterThan(10);
    expect(states.filter((state) => state === "complete").length).toBeGreaterThan(1);
  });

  it("brings as many trials to a rung as the window lets run, and those that are kept to the next", async () => {
    const asked: string[] = [];
    await optimizeInRungs(
      (trials, rung) => {
        asked.push(`${trials.map(({ number }) => number).join("+")} to ${rung}`);
        return reach(trials, rung);
      },
      { ...options, window: 2, trials: 5, rungs, pruner: undefined },
    );
    expect(asked).toEqual(["0+1+2 to 2", "0+1+2 to 6", "0+1+2 to 18", "3+4 to 2", "3+4 to 6", "3+4 to 18"]);
  });

  it("ends a trial that failed on its way, and goes on with the others", async () => {
    const told: string[] = [];
    const study = await optimizeInRungs(
      async (trials, rung) =>
        (await reach(trials, rung)).map((value, i) =>
          trials[i].number === 1 && rung === 6 ? { state: "failed", reason: "diverged" } : value,
        ),
      {
        ...options,
        pruner: undefined,
        window: 1,
        trials: 3,
        rungs,
        onTrials: (done, all) => void told.push(`${done}/${all}`),
      },
    );
    expect(study.trials.map(({ outcome }) => outcome!.state)).toEqual(["complete", "failed", "complete"]);
    expect(study.trials[1].outcome).toMatchObject({ reason: "diverged", steps: [{ step: 2 }] });
    expect(told).toEqual(["2/3", "3/3"]);
  });

  it.each([[[]], [[3, 3]], [[0, 2]], [[1.5]]])("refuses the rungs %j, with what to write", async (strange) => {
    await expect(optimizeInRungs(reach, { ...options, rungs: strange })).rejects.toThrow(
      /rungs must be whole numbers above 0 that rise; got .*\[3, 9, 27\]/,
    );
  });
});
