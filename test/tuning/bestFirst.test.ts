import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestFirst } from "../../src/tuning/bestFirst.js";
import type { Direction, Trial, TrialOutcome } from "../../src/tuning/Trial.js";

const outcome = (known: Partial<TrialOutcome>): TrialOutcome => ({
  ...{ state: "complete", values: [1], steps: [], constraints: {}, reason: null },
  ...known,
});
const numbered = (outcomes: readonly (TrialOutcome | null)[]): readonly Trial[] =>
  outcomes.map((one, number) => ({ number, parameters: {}, outcome: one }));
const numbers = (trials: readonly Trial[]): readonly number[] => trials.map(({ number }) => number);

describe("bestFirst", () => {
  it("has complete trials by their value, then pruned ones by how far they came, then broken constraints", () => {
    const pruned = (...steps: TrialOutcome["steps"]): TrialOutcome => outcome({ state: "pruned", values: [], steps });
    const trials = numbered([
      outcome({ constraints: { cost: 2 } }),
      pruned(),
      pruned({ step: 3, value: NaN }),
      pruned({ step: 3, value: 5 }),
      pruned({ step: 2, value: -9 }, { step: 4, value: 9 }),
      outcome({ state: "failed", values: [] }),
      null,
      outcome({ values: [4], constraints: { cost: -1 } }),
      outcome({ values: [2] }),
      outcome({ values: [2] }),
      outcome({ constraints: { cost: 0.5, time: 0.5 } }),
    ]);
    expect(numbers(bestFirst(trials, ["minimize"]))).toEqual([8, 9, 7, 4, 3, 2, 1, 10, 0]);
    expect(numbers(bestFirst(trials, ["maximize"]))).toEqual([7, 8, 9, 4, 3, 2, 1, 10, 0]);
  });

  it("has the first of all where only some are wanted, of one objective or several", () => {
    const value = fc.integer({ min: 0, max: 5 });
    const state = fc.constantFrom("complete" as const, "pruned" as const, "failed" as const);
    fc.assert(
      fc.property(
        fc.array(fc.record({ state, values: fc.tuple(value, value), broken: fc.constantFrom(0, 0, 1) }), {
          maxLength: 15,
        }),
        fc.nat(15),
        fc.constantFrom<readonly Direction[]>(["minimize"], ["maximize", "minimize"]),
        (all, most, directions) => {
          const trials = numbered(
            all.map((one) => outcome({ state: one.state, values: one.values, constraints: { cost: one.broken } })),
          );
          expect(numbers(bestFirst(trials, directions, most))).toEqual(
            numbers(bestFirst(trials, directions)).slice(0, most),
          );
        },
      ),
    );
  });
});
