import { describe, expect, it } from "vitest";
import type { Random } from "../../../src/core/random/Random.js";
import { foldLosses } from "../../../src/problems/search/searchFolds.js";
import { foldByFold } from "../../../src/problems/tuned/foldByFold.js";
import type { TrialStep } from "../../../src/tuning/Trial.js";

const folds = [
  { name: "1", train: Uint32Array.of(2, 3, 4), test: Uint32Array.of(0, 1) },
  { name: "2", train: Uint32Array.of(0, 1), test: Uint32Array.of(2, 3, 4) },
];
const search = {
  space: {},
  lossesOf: (_: unknown, { test }: { readonly test: Uint32Array }, random: Random): Promise<Float64Array> =>
    Promise.resolve(Float64Array.from(test, (row) => row + random.fork(row)())),
};

/** Carries out a trial that is killed after so many folds. */
function trial({ kept = null, stops = Infinity }: { readonly kept?: Uint8Array | null; readonly stops?: number }) {
  const steps: TrialStep[] = [];
  const saved: Uint8Array[] = [];
  const end = foldByFold(
    {
      parameters: {},
      kept,
      keep: (bytes) => Promise.resolve(void saved.push(bytes)),
      report: (step, value) => steps.push({ step, value }) > 0 && step >= stops,
    },
    search,
    folds,
    7,
  );
  return end.then((value) => ({ value, steps, saved }));
}

describe("foldByFold", () => {
  it("is the mean over rows, not over folds, by the random numbers of a search by folds", async () => {
    const { value, steps } = await trial({});
    const losses = await foldLosses(search, {}, folds, 7);
    expect(value).toBeCloseTo(losses.reduce((a, b) => a + b, 0) / 5, 12);
    expect(steps.map(({ step }) => step)).toEqual([1, 2]);
    expect(steps[0].value).toBe((losses[0] + losses[1]) / 2);
  });

  it("goes on to the same value from what was kept after a fold", async () => {
    const whole = await trial({});
    const later = await trial({ kept: whole.saved[0] });
    expect(later.value).toBe(whole.value);
    expect(later.steps).toEqual(whole.steps.slice(1));
  });

  it("is stopped after a fold, and keeps nothing then; after the last one it is complete", async () => {
    expect(await trial({ stops: 1 })).toMatchObject({
      value: { state: "pruned", reason: "stopped after fold 1 of 2" },
      saved: [],
    });
    expect((await trial({ stops: 2 })).value).toBe((await trial({})).value);
  });
});
