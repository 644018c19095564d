import { describe, expect, it } from "vitest";
import {
  addRepetition,
  phaseFromRecipe,
  quantityFromRecipe,
  quantityInUnknownLaboratory,
  repeatedRecipes,
  type RepeatedRecipes,
  worstRecallFromRecipe,
} from "../../../src/analyses/02-generation/recipeCeilings.js";
import { normalQuantile } from "../../../src/core/statistics/normalQuantile.js";
import { seededRandom } from "../../../src/core/random/Random.js";

const random = seededRandom(1).fork("recipe ceilings");

/** Repetitions whose probability of the first phase is 1 or 0 by chance: a hand that does the recipe right, or not. */
function coins(
  rows: number,
  repetitions: number,
  chanceOf: (row: number) => number,
  draw = random.fork("coins"),
): RepeatedRecipes {
  const repeated = repeatedRecipes(rows, 0);
  for (let k = 0; k < repetitions; k++) {
    const first = Array.from({ length: rows }, (_, row) => Number(draw() < chanceOf(row)));
    addRepetition(repeated, k, [first, first.map((one) => 1 - one), ...[2, 3, 4].map(() => first.map(() => 0))], []);
  }
  return repeated;
}

describe("phaseFromRecipe", () => {
  it("is the mean of the likeliest phase's share where every repetition is alike, with no Monte Carlo error", () => {
    const repeated = repeatedRecipes(400, 0);
    for (let k = 0; k < 4; k++)
      addRepetition(
        repeated,
        k,
        [0.1, 0.2, 0.6, 0.1, 0].map((share) => new Float64Array(400).fill(share)),
        [],
      );
    const { value, interval } = phaseFromRecipe(repeated, 4, random);
    for (const one of [value, interval.low, interval.high]) expect(one).toBeCloseTo(0.6, 12);
  });

  it("holds the true ceiling where hands differ by chance, between a way that flatters and one that is short", () => {
    // Recipes are right with 0.5 to 1 of the hands: the best answer is right in 0.75.
    const { value, interval } = phaseFromRecipe(
      coins(4000, 40, (row) => 0.5 + row / 8000),
      40,
      random,
    );
    expect(interval.low).toBeLessThan(0.75);
    expect(interval.high).toBeGreaterThan(0.75);
    expect(Math.abs(value - 0.75)).toBeLessThan(0.01);
    expect(interval.high - interval.low).toBeLessThan(0.06);
  });

  it("gives a wider interval to few repetitions than to many", () => {
    const [few, many] = [4, 64].map(
      (repetitions) =>
        phaseFromRecipe(
          coins(2000, repetitions, () => 0.55),
          repetitions,
          random,
        ).interval,
    );
    expect(few.high - few.low).toBeGreaterThan(2 * (many.high - many.low));
  });
});

describe("worstRecallFromRecipe", () => {
  /** Every repetition alike, with these probabilities of the first phase; the second has the rest. */
  function certain(chances: readonly number[], repetitions = 4): RepeatedRecipes {
    const repeated = repeatedRecipes(chances.length, 0);
    const none = chances.map(() => 0);
    for (let k = 0; k < repetitions; k++)
      addRepetition(repeated, k, [chances, chances.map((one) => 1 - one), none, none, none], []);
    return repeated;
  }

  it("is the smallest recall of the best threshold, where two phases overlap", () => {
    // Chances 0.5 to 1: both recalls are 0.662 where recipes above 0.709 are named the first phase.
    const t = (8 - Math.sqrt(64 - 16 * (13 / 3) * (2 / 3))) / (16 / 3);
    const { value, interval, major } = worstRecallFromRecipe(
      certain(Array.from({ length: 4000 }, (_, row) => 0.5 + (row + 0.5) / 8000)),
      4,
      random,
    );
    expect(major).toHaveLength(2);
    expect(value).toBeCloseTo((1 - t * t) / 0.75, 2);
    expect(interval.low).toBeLessThan(value);
    expect(interval.high).toBeGreaterThan(value);
  });

  it("is 1 where recipes tell the phase, and a rare phase does not count", () => {
    const told = worstRecallFromRecipe(
      certain(Array.from({ length: 400 }, (_, row) => Number(row % 2 === 0))),
      4,
      random,
    );
    expect(told.value).toBeCloseTo(1, 9);
    // 5 % of the second phase, which no recipe tells: it is no major one.
    const rare = worstRecallFromRecipe(certain(new Array<number>(400).fill(0.95)), 4, random);
    expect(rare).toMatchObject({ major: ["CsPbBr3"] });
    expect(rare.value).toBeCloseTo(1, 9);
  });

  it("holds the true ceiling where hands differ by chance", () => {
    const repeated = coins(4000, 40, (row) => 0.5 + row / 8000);
    const { interval } = worstRecallFromRecipe(repeated, 40, random);
    expect(interval.low).toBeLessThan(0.662);
    expect(interval.high).toBeGreaterThan(0.662);
  });
});

describe("quantityFromRecipe", () => {
  const readings = (
    rows: number,
    repetitions: number,
    missing: (row: number, repetition: number) => boolean,
    draw = random.fork("readings"),
  ): RepeatedRecipes => {
    const repeated = repeatedRecipes(rows, 1);
    const recipe = Array.from({ length: rows }, () => 2 * normalQuantile(draw()));
    for (let k = 0; k < repetitions; k++) {
      addRepetition(
        repeated,
        k,
        [0, 1, 2, 3, 4].map(() => new Float64Array(rows)),
        [recipe.map((mean, row) => (missing(row, k) ? Number.NaN : 500 + mean + normalQuantile(draw())))],
      );
    }
    return repeated;
  };

  it("finds R² = 4/5 where recipes differ with twice their repetitions' deviation, and its interval holds it", () => {
    for (const missing of [() => false, (row: number, k: number) => (row + k) % 3 > 0]) {
      const tries = Array.from({ length: 40 }, (_, i) =>
        quantityFromRecipe(readings(1000, 6, missing, random.fork(i)), 0, random.fork(i)),
      );
      const mean = tries.reduce((sum, { value }) => sum + value / tries.length, 0);
      expect(Math.abs(mean - 0.8)).toBeLessThan(0.006);
      expect(tries.filter(({ interval: { low, high } }) => low < 0.8 && 0.8 < high).length).toBeGreaterThanOrEqual(33);
    }
  });

  it("leaves out recipes that were read once: they say nothing of what repetitions differ by", () => {
    const repeated = readings(1000, 3, (row, k) => row % 2 === 1 && k > 0);
    expect(quantityFromRecipe(repeated, 0, random).readings).toBe(1500);
  });
});

describe("quantityInUnknownLaboratory", () => {
  const laboratories = 60;

  /** Means of a few tries of recipes that differ with twice the deviation of their readings. */
  function tried(
    rows: number,
    draws: number,
    draw = random.fork("tried"),
  ): Parameters<typeof quantityInUnknownLaboratory>[0] {
    const recipe = Float64Array.from({ length: rows }, () => 2 * normalQuantile(draw()));
    const half = (): Parameters<typeof quantityInUnknownLaboratory>[0]["halves"][number] => {
      const [mean, variance] = [new Float64Array(rows), new Float64Array(rows)];
      recipe.forEach((truth, row) => {
        const readings = Array.from({ length: draws }, () => truth + normalQuantile(draw()));
        mean[row] = readings.reduce((sum, one) => sum + one / draws, 0);
        variance[row] = readings.reduce((sum, one) => sum + (one - mean[row]) ** 2 / (draws - 1), 0);
      });
      return { count: new Uint32Array(rows).fill(draws), mean, variance };
    };
    return {
      halves: [half(), half()],
      labs: Uint8Array.from({ length: rows }, (_, row) => row % laboratories),
      readings: recipe.map((truth, row) => (row % 5 === 0 ? Number.NaN : truth + normalQuantile(draw()))),
    };
  }

  it("finds R² = 4/5 from two draws as from many: what draws add to the error is taken off", () => {
    for (const draws of [2, 30]) {
      const tries = Array.from({ length: 30 }, (_, i) =>
        quantityInUnknownLaboratory(tried(1500, draws, random.fork(i)), random.fork(i)),
      );
      const mean = tries.reduce((sum, { value }) => sum + value / tries.length, 0);
      expect(Math.abs(mean - 0.8)).toBeLessThan(0.01);
      expect(tries.filter(({ interval: { low, high } }) => low < 0.8 && 0.8 < high).length).toBeGreaterThanOrEqual(24);
      expect(tries[0].readings).toBe(1200);
    }
  });

  it("leaves out recipes that no draw gave a reading of", () => {
    const made = tried(600, 5);
    for (const { count, mean, variance } of made.halves) {
      count.fill(0, 0, 300);
      mean.fill(Number.NaN, 0, 300);
      variance.fill(Number.NaN, 0, 300);
    }
    expect(quantityInUnknownLaboratory(made, random).readings).toBe(240);
  });
});
