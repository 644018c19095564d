import { describe, expect, it } from "vitest";
import type { StudyRecord } from "../../src/tuning/files/StudyRecord.js";
import { summarizeStudy } from "../../src/tuning/summarizeStudy.js";
import type { Trial, TrialOutcome } from "../../src/tuning/Trial.js";

const outcome = (values: readonly number[], memory = -1): TrialOutcome => ({
  state: "complete",
  values,
  steps: [],
  constraints: { memory },
  reason: null,
});
const trial = (number: number, rate: number, layers: number, one: TrialOutcome | null): Trial => ({
  number,
  parameters: { rate, layers, kind: "a" },
  outcome: one,
});
const record: StudyRecord = {
  name: "network",
  directions: ["minimize"],
  parameters: {
    rate: { kind: "float", low: 1e-4, high: 1e-1, log: true },
    layers: { kind: "integer", low: 1, high: 3 },
    kind: { kind: "categorical", choices: ["a", "b"] },
  },
  trials: [
    trial(0, 0.01, 2, outcome([3])),
    trial(1, 0.099, 1, outcome([1])),
    trial(2, 0.01, 2, outcome([0.5], 1)),
    trial(3, 0.01, 2, { ...outcome([]), state: "pruned", reason: "slow" }),
    trial(4, 0.01, 2, { ...outcome([]), state: "failed", reason: "NaN" }),
    trial(5, 0.01, 2, null),
  ],
};

describe("summarizeStudy", () => {
  it("counts trials by how they ended, and takes the best of those that kept their constraints", () => {
    expect(summarizeStudy(record)).toMatchObject({
      name: "network",
      trials: { complete: 3, pruned: 1, failed: 1, running: 1, broken: 1 },
      best: { number: 1, values: [1], parameters: { rate: 0.099, layers: 1 } },
      front: [],
    });
  });

  it("names the parameters of the best that lie at an end of what was searched", () => {
    expect(summarizeStudy(record).atRangeEnds).toEqual([
      { parameter: "rate", value: 0.099, end: "high", bound: 0.1 },
      { parameter: "layers", value: 1, end: "low", bound: 1 },
    ]);
    const inside = { ...record, trials: record.trials.slice(0, 1) };
    expect(summarizeStudy(inside).atRangeEnds).toEqual([]);
    const two = {
      ...record,
      parameters: { ...record.parameters, layers: { kind: "integer", low: 1, high: 2 } as const },
    };
    expect(summarizeStudy(two).atRangeEnds.map(({ parameter }) => parameter)).toEqual(["rate"]);
  });

  it("has a front and no best of several objectives", () => {
    const trials = [
      trial(0, 0.01, 2, outcome([1, 3])),
      trial(1, 0.02, 2, outcome([3, 1])),
      trial(2, 0.02, 2, outcome([3, 3])),
    ];
    const { best, front } = summarizeStudy({ ...record, directions: ["minimize", "minimize"], trials });
    expect(best).toBeNull();
    expect(front.map(({ number }) => number)).toEqual([0, 1]);
  });

  it("has no best, and nothing else to say, of a study without a complete trial", () => {
    expect(summarizeStudy({ ...record, trials: record.trials.slice(3) })).toMatchObject({
      trials: { complete: 0, pruned: 1, failed: 1, running: 1, broken: 0 },
      best: null,
      front: [],
      importances: [],
      atRangeEnds: [],
    });
  });
});
