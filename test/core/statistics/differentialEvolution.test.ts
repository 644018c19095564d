import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differentialEvolution } from "../../../src/core/statistics/differentialEvolution.js";
import { seededRandom } from "../../../src/core/random/Random.js";

type Box = readonly (readonly [number, number])[];

const rosenbrock = ([x, y]: readonly number[]): number => 100 * (y - x * x) ** 2 + (1 - x) ** 2;
/** Minimum 0 at 0.7 in every coordinate, among 7^5 local ones in this box. */
const rastrigin = (values: readonly number[]): number =>
  values.reduce((sum, x) => sum + (x - 0.7) ** 2 + 10 * (1 - Math.cos(2 * Math.PI * (x - 0.7))), 0);
const cube = (dimensions: number, low: number, high: number): Box =>
  Array.from({ length: dimensions }, () => [low, high] as const);

describe("differentialEvolution", () => {
  it("finds the minimum of Rosenbrock's valley at (1, 1)", () => {
    for (const seed of [1, 2, 3]) {
      const { values, loss } = differentialEvolution(rosenbrock, cube(2, -2, 3), seededRandom(seed));
      expect(loss).toBeLessThan(1e-10);
      for (const value of values) expect(value).toBeCloseTo(1, 4);
    }
  });

  it("finds the deepest of Rastrigin's many wells in five dimensions", () => {
    for (const seed of [1, 2, 3]) {
      const { values, loss } = differentialEvolution(rastrigin, cube(5, -3, 4), seededRandom(seed), {
        population: 50,
        generations: 1000,
      });
      expect(loss).toBeLessThan(1e-12);
      for (const value of values) expect(value).toBeCloseTo(0.7, 6);
    }
  });

  it("comes near a minimum that lies on a bound and in a corner", () => {
    const { values } = differentialEvolution(
      ([x, y]) => x + (y - 10) ** 2,
      [
        [0, 1],
        [-5, 5],
      ],
      seededRandom(4),
    );
    expect(values[0]).toBeLessThan(1e-3);
    expect(values[1]).toBeGreaterThan(5 - 1e-3);
  });

  it("evaluates no point outside the box, whatever the box", () => {
    const box = fc
      .array(fc.tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: 0, max: 50 })), {
        minLength: 1,
        maxLength: 4,
      })
      .map((sides): Box => sides.map(([low, width]) => [low, low + width]));
    fc.assert(
      fc.property(box, fc.nat(), (sides, seed) => {
        // Falls towards one corner, so that steps leave the box all the time.
        const loss = (values: readonly number[]): number => {
          values.forEach((value, d) => expect(value >= sides[d][0] && value <= sides[d][1]).toBe(true));
          return values.reduce((sum, value) => sum + value, 0);
        };
        const found = differentialEvolution(loss, sides, seededRandom(seed), { population: 8, generations: 15 });
        expect(found.values.reduce((sum, value) => sum + value, 0)).toBe(found.loss);
      }),
      { numRuns: 50 },
    );
  });

  it("gives the same minimum for the same seed, another path for another", () => {
    const run = (seed: number): unknown =>
      differentialEvolution(rastrigin, cube(3, -3, 4), seededRandom(seed), { generations: 20 });
    expect(run(5)).toEqual(run(5));
    expect(run(5)).not.toEqual(run(6));
  });

  it("never forgets its best: the history never rises, has one entry per generation and ends at the loss", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 4, max: 30 }),
        fc.integer({ min: 0, max: 40 }),
        (seed, population, generations) => {
          let best = Infinity;
          const watched = (values: readonly number[]): number => {
            const loss = rastrigin(values);
            best = Math.min(best, loss);
            return loss;
          };
          const { loss, values, history } = differentialEvolution(watched, cube(2, -3, 4), seededRandom(seed), {
            population,
            generations,
          });
          expect(history).toHaveLength(generations + 1);
          history.forEach((value, i) => expect(value).toBeLessThanOrEqual(i === 0 ? Infinity : history[i - 1]));
          expect(history.at(-1)).toBe(loss);
          expect(rastrigin(values)).toBe(loss);
          expect(loss).toBe(best);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("starts from given points, and reports each generation", () => {
    const seen: [number, number][] = [];
    const { history } = differentialEvolution(rastrigin, cube(4, -3, 4), seededRandom(7), {
      start: [[0.7, 0.7, 0.7, 0.7]],
      generations: 3,
      onGeneration: (...told) => seen.push(told),
    });
    expect(history).toEqual([0, 0, 0, 0]);
    expect(seen).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
    ]);
  });

  it("refuses a loss that is not finite, and says where", () => {
    expect(() => differentialEvolution(([x]) => (x > 0 ? Number.NaN : x), [[-1, 1]], seededRandom(8))).toThrow(
      /the loss must be finite; got NaN at \[0\.\d+\]/,
    );
    expect(() => differentialEvolution(() => Infinity, [[-1, 1]], seededRandom(8))).toThrow(
      "the loss must be finite; got Infinity",
    );
  });

  it("refuses an empty box, a box upside down, and too small a population", () => {
    expect(() => differentialEvolution(() => 0, [], seededRandom(9))).toThrow("needs at least one coordinate");
    expect(() => differentialEvolution(() => 0, [[1, 0]], seededRandom(9))).toThrow("low <= high");
    expect(() => differentialEvolution(() => 0, [[Number.NaN, 0]], seededRandom(9))).toThrow("low <= high");
    expect(() => differentialEvolution(() => 0, [[0, 1]], seededRandom(9), { population: 3 })).toThrow(
      "must be at least 4; got 3",
    );
  });

  it("refuses a start outside the box: no value may come back that nobody allowed", () => {
    expect(() =>
      differentialEvolution(([x]) => x * x, [[1, 2]], seededRandom(10), { start: [[0]], generations: 5 }),
    ).toThrow(RangeError);
  });
});
