import { describe, expect, it } from "vitest";
import { type Random, seededRandom } from "../../src/core/random/Random.js";
import { replicateCeiling } from "../../src/validation/replicateCeiling.js";
import { unattainable } from "../../src/validation/unattainable.js";

/** Class of one row of a recipe whose classes come with these probabilities. */
function draw(probabilities: readonly number[], random: Random): number {
  let left = random();
  return probabilities.findIndex((p) => (left -= p) < 0);
}

/** Recipes of three classes, from sure to open, and how often the best answer is right. */
const kinds = [
  [0.98, 0.01, 0.01],
  [0.6, 0.3, 0.1],
  [0.1, 0.8, 0.1],
  [0.34, 0.33, 0.33],
];
const best = kinds.reduce((sum, one) => sum + Math.max(...one), 0) / kinds.length;
const agreement = kinds.flat().reduce((sum, p) => sum + p * p, 0) / kinds.length;

/** So many recipes, each repeated so often. */
function replicates(recipes: number, times: number, random: Random) {
  const names = Array.from({ length: recipes * times }, (_, row) => `recipe ${row % recipes}`);
  // A recipe's kind is drawn: recipes are a sample of those that may be asked.
  const kindOf = Array.from({ length: recipes }, () => kinds[Math.floor(random() * kinds.length)]);
  return { names, labels: names.map((_, row) => draw(kindOf[row % recipes], random)) };
}

describe("replicateCeiling", () => {
  it.each([
    [12, 2],
    [30, 2],
    [30, 4],
    [80, 2],
  ])("holds the agreement and the best accuracy of planted noise: %s recipes, %s times", (recipes, times) => {
    let [held, bounded, below] = [0, 0, 0];
    const samples = recipes < 50 ? 400 : 150;
    for (let sample = 0; sample < samples; sample++) {
      const random = seededRandom(3).fork(`${recipes} ${times} ${sample}`);
      const { names, labels } = replicates(recipes, times, random);
      const ceiling = replicateCeiling(labels, names, random, { draws: 400 });
      const { low, high } = ceiling.agreement.interval!;
      held += Number(low <= agreement && agreement <= high);
      bounded += Number(low <= best && best <= ceiling.favourable!);
      below += Number(unattainable(ceiling, best));
    }
    expect(held / samples).toBeGreaterThan(0.91);
    expect(bounded / samples).toBeGreaterThan(0.95);
    // The best accuracy is never called unattainable more often than the upper end fails.
    expect(below / samples).toBeLessThan(0.03);
  });

  it("takes the root of the upper end, never the agreement itself", () => {
    const { names, labels } = replicates(40, 2, seededRandom(1));
    const {
      agreement: a,
      best: bounds,
      favourable,
      n,
      pairs,
      recipes,
      groups,
    } = replicateCeiling(labels, names, seededRandom(1));
    expect(favourable).toBe(Math.sqrt(a.interval!.high));
    expect(bounds).toEqual({ least: a.value, most: Math.sqrt(a.value!) });
    expect([n, pairs, recipes, groups]).toEqual([80, 40, 40, 40]);
    expect(unattainable({ favourable: 0.8 }, 0.8)).toBe(false);
  });

  it("weighs rows, not pairs: a recipe that was repeated ten times does not drown the others", () => {
    const labels = [...Array<number>(10).fill(1), 1, 2, 1, 2];
    const recipes = [...Array<string>(10).fill("often"), "b", "b", "c", "c"];
    const ceiling = replicateCeiling(labels, recipes, seededRandom(1));
    expect(ceiling.agreement.value).toBeCloseTo(10 / 14, 12);
    expect(ceiling.pairs).toBe(47);
  });

  it("pairs rows of other plates alone, where asked: what a plate shares no other plate knows", () => {
    const random = seededRandom(5);
    const [recipes, plates, labels]: [string[], string[], number[]] = [[], [], []];
    for (let recipe = 0; recipe < 40; recipe++)
      for (const plate of ["p", "q"]) {
        // A plate makes a class of its own, for all rows of the recipe on it.
        const own = draw([0.6, 0.4], random);
        for (let row = 0; row < 3; row++) {
          recipes.push(`recipe ${recipe}`);
          plates.push(`${plate}${recipe % 8}`);
          labels.push(own);
        }
      }
    const all = replicateCeiling(labels, recipes, seededRandom(1));
    const apart = replicateCeiling(labels, recipes, seededRandom(1), { apart: plates, groups: plates, unit: "plate" });
    // Of five partners two are on the same plate and agree.
    expect(all.agreement.value).toBeCloseTo(0.4 + 0.6 * apart.agreement.value!, 10);
    const expected = 0.6 ** 2 + 0.4 ** 2;
    expect(apart.agreement.interval!.low).toBeLessThan(expected);
    expect(apart.agreement.interval!.high).toBeGreaterThan(expected);
    expect(apart).toMatchObject({ n: 240, pairs: 40 * 9, groups: 16 });
    expect(apart.agreement.interval!.method).toContain("by plate");
  });

  it("is UNKNOWN, with the reason, where nothing was repeated, or nowhere else, or in one group", () => {
    const nothing = replicateCeiling([1, 2, 1], ["a", "b", ""], seededRandom(1));
    expect(nothing).toMatchObject({
      agreement: { value: null, reason: "no two of 3 rows repeat one recipe: measure some recipes twice" },
      best: null,
      favourable: null,
      n: 0,
      pairs: 0,
    });
    expect(unattainable(nothing, 0.999)).toBeNull();
    expect(replicateCeiling([1, 2], ["", ""], seededRandom(1)).n).toBe(0);
    const here = replicateCeiling([1, 1, 2], ["a", "a", "b"], seededRandom(1), {
      apart: ["LBL", "LBL", "HC"],
      unit: "laboratory",
    });
    expect(here.agreement.reason).toContain("repeat one recipe on another laboratory");
    const one = replicateCeiling([1, 1], ["a", "a"], seededRandom(1));
    expect(one).toMatchObject({ agreement: { value: 1, interval: null }, favourable: null, groups: 1 });
    expect(one.agreement.reason).toContain("at least 2 groups are needed");
  });

  it("refuses lists that are not one per row", () => {
    expect(() => replicateCeiling([1], ["a", "a"], seededRandom(1))).toThrow("labels must be one per row, 2; got 1");
    expect(() => replicateCeiling([1, 1], ["a", "a"], seededRandom(1), { apart: ["p"] })).toThrow(
      "apart must be one per row, 2; got 1",
    );
  });
});
