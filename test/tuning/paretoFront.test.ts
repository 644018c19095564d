import { describe, expect, it } from "vitest";
import { paretoFront } from "../../src/tuning/paretoFront.js";
import type { Trial, TrialState } from "../../src/tuning/Trial.js";

const trial = (number: number, state: TrialState, values: number[], constraint = 0): Trial => ({
  number,
  parameters: {},
  outcome: { state, values, steps: [], constraints: { cost: constraint }, reason: null },
});

describe("paretoFront", () => {
  it("is of complete trials that kept their constraints and that no other dominates", () => {
    const trials = [
      trial(0, "complete", [1, 5]),
      trial(1, "complete", [2, 5]),
      trial(2, "complete", [2, 9]),
      trial(3, "complete", [0, 99], 0.1),
      trial(4, "failed", []),
      { number: 5, parameters: {}, outcome: null },
      trial(6, "complete", [1, 5]),
    ];
    const front = paretoFront(trials, ["minimize", "maximize"]);
    expect(front.map(({ number }) => number)).toEqual([0, 2, 6]);
    expect(paretoFront([], ["minimize"])).toEqual([]);
  });
});
