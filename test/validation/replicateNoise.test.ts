import { describe, expect, it } from "vitest";
import { boxMuller } from "../../src/core/random/boxMuller.js";
import { type Random, seededRandom } from "../../src/core/random/Random.js";
import { replicateNoise } from "../../src/validation/replicateNoise.js";

const normal = (random: Random): number => boxMuller(1 - random(), random())[0];

/** Recipes that were measured several times, with noise of variance 1 about means of variance 9. */
function measured(recipes: number, times: number, random: Random) {
  const means = Array.from({ length: recipes }, () => 3 * normal(random));
  const names = Array.from({ length: recipes * times }, (_, row) => `recipe ${row % recipes}`);
  return { names, values: names.map((_, row) => 500 + means[row % recipes] + normal(random)) };
}

describe("replicateNoise", () => {
  it.each([
    [5, 3],
    [12, 2],
    [22, 2],
    [22, 4],
    [60, 2],
    [150, 2],
  ])("has a ceiling whose interval holds the truth of planted noise: %s recipes, %s times", (recipes, times) => {
    let [held, above] = [0, 0];
    const samples = 400;
    for (let sample = 0; sample < samples; sample++) {
      const random = seededRandom(4).fork(`${recipes} ${times} ${sample}`);
      const { names, values } = measured(recipes, times, random);
      const { ceiling, favourable } = replicateNoise(values, names, { variance: 10 });
      held += Number(ceiling.interval!.low <= 0.9 && 0.9 <= ceiling.interval!.high);
      above += Number(favourable! >= 0.9);
    }
    expect(held / samples).toBeGreaterThan(0.91);
    expect(above / samples).toBeGreaterThan(0.94);
  });

  it("is the pooled variance within recipes, whatever their number of rows", () => {
    const values = [1, 3, 10, 10, 13, 7];
    const recipes = ["a", "a", "b", "b", "b", "c"];
    // Squares within: 2 of one, 6 of two degrees of freedom.
    const { deviation, spread, ceiling, n, pairs } = replicateNoise(values, recipes, { variance: 16 });
    expect(deviation).toBeCloseTo(Math.sqrt(8 / 3), 12);
    expect(spread).toBe(4);
    expect(ceiling.value).toBeCloseTo(1 - 8 / 3 / 16, 12);
    expect([n, pairs]).toEqual([5, 4]);
  });

  it("keeps its digits where values are large", () => {
    const values = [1e9 + 1, 1e9 + 3, 2e9, 2e9 + 2];
    expect(replicateNoise(values, ["a", "a", "b", "b"]).deviation).toBeCloseTo(Math.SQRT2, 9);
  });

  it("counts what differs between plates where asked, which pairs of one plate hide", () => {
    const random = seededRandom(6);
    const [recipes, plates, values]: [string[], string[], number[]] = [[], [], []];
    for (let recipe = 0; recipe < 400; recipe++) {
      const mean = 5 * normal(random);
      for (const plate of ["p", "q"]) {
        const own = 2 * normal(random);
        for (let row = 0; row < 2; row++) {
          recipes.push(`recipe ${recipe}`);
          plates.push(`${plate} of ${recipe}`);
          values.push(mean + own + normal(random));
        }
      }
    }
    const apart = replicateNoise(values, recipes, { apart: plates });
    expect(apart.deviation! ** 2).toBeGreaterThan(4.4);
    expect(apart.deviation! ** 2).toBeLessThan(5.6);
    expect(apart.pairs).toBe(1600);
    expect(replicateNoise(values, recipes).deviation).toBeLessThan(apart.deviation!);
  });

  it("is UNKNOWN, with the reason, where nothing was repeated; has no interval over two recipes", () => {
    expect(replicateNoise([1, 2], ["a", "b"])).toMatchObject({
      deviation: null,
      ceiling: { value: null, interval: null, reason: expect.stringContaining("repeat one recipe") as string },
      favourable: null,
      n: 0,
    });
    expect(replicateNoise([], []).spread).toBeNull();
    const two = replicateNoise([1, 2, 5, 7], ["a", "a", "b", "b"]);
    expect(two.ceiling).toMatchObject({ value: expect.any(Number) as number, interval: null });
    expect(two.favourable).toBeNull();
  });

  it("refuses what is not finite, and rows that do not vary", () => {
    expect(() => replicateNoise([1, Number.NaN], ["a", "a"])).toThrow(
      "replicateNoise, row 1: every value must be finite; got NaN",
    );
    expect(() => replicateNoise([1, 1], ["a", "a"])).toThrow("must vary; got a variance of 0");
    expect(() => replicateNoise([1], ["a", "a"])).toThrow("values must be one per row, 2; got 1");
  });
});
