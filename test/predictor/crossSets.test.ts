import { describe, expect, it } from "vitest";
import { crossSets, type CrossSets } from "../../src/predictor/crossSets.js";

/** Probabilities of five phases of which one has the share and the others the rest. */
const answer = (phase: number, share: number): number[] =>
  Array.from({ length: 5 }, (_, k) => (k === phase ? share : (1 - share) / 4));

/** Twenty rows of the first phase in two folds, each given 0.80 to 0.99 by the model that had not seen it. */
const seen: CrossSets = {
  labels: new Array<number>(20).fill(0),
  probabilities: Float64Array.from(Array.from({ length: 20 }, (_, row) => answer(0, 0.8 + row / 100)).flat()),
  foldOf: Array.from({ length: 20 }, (_, row) => row % 2),
  folds: [0, 1],
  alpha: 0.1,
};
const of = (sets: CrossSets, phase: number, share: number): number => {
  const one = Float64Array.from(answer(phase, share));
  return crossSets(sets, one, [one, one])[0];
};

describe("crossSets", () => {
  it("hold a phase unless nearly all rows fitted better", () => {
    const doubtful = {
      ...seen,
      probabilities: Float64Array.from(Array.from({ length: 20 }, (_, row) => answer(0, 0.21 + row / 100)).flat()),
    };
    const setOf = (second: number): number => {
      const one = Float64Array.of(0.5, second, ...new Array<number>(3).fill((0.5 - second) / 3));
      return crossSets(doubtful, one, [one, one])[0];
    };
    // ceil(0.9 · 21) = 19 rows must have fitted better: 17 did than 0.235, and 19 than 0.215.
    expect(setOf(0.235)).toBe(0b00011);
    expect(setOf(0.215)).toBe(0b00001);
  });

  it("hold the likeliest phase in any case: none is empty", () => {
    // All twenty rows fitted better than 0.5, and no phase would enter.
    expect(of(seen, 0, 0.5)).toBe(0b00001);
    expect(of(seen, 3, 0.5)).toBe(0b01000);
  });

  it("hold all phases where rows of one fold alone tell as much as the recipe", () => {
    const one = { ...seen, foldOf: new Array<number>(20).fill(0), folds: [1] };
    expect(of(one, 0, 0.99)).toBe(0b11111);
    expect(of({ ...one, folds: [] }, 0, 0.99)).toBe(0b11111);
  });

  it("ask the models of those folds that have rows, whichever else there are", () => {
    const some = { ...seen, folds: [0, 2] };
    const [sure, unsure] = [Float64Array.from(answer(0, 0.99)), Float64Array.from(answer(1, 0.99))];
    expect(crossSets(some, sure, [sure, unsure, sure])[0]).toBe(0b00001);
    // Both folds that count say the second phase; the likeliest of the whole model stays in.
    expect(crossSets(some, sure, [unsure, sure, unsure])[0]).toBe(0b00011);
  });
});
