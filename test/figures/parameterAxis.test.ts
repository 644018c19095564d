import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parameterAxis } from "../../src/figures/parameterAxis.js";

const range = (least: number): fc.Arbitrary<readonly [number, number]> =>
  fc
    .tuple(fc.double({ min: least, max: 1e6, noNaN: true }), fc.double({ min: 0.01, max: 10, noNaN: true }))
    .map(([low, more]) => [low, low + Math.abs(low) * more + more * 1e-3] as const);

describe("parameterAxis", () => {
  it("has at most so many ticks, within the ends, ascending, of any range", () => {
    fc.assert(
      fc.property(range(-1e6), fc.integer({ min: 2, max: 9 }), fc.boolean(), ([low, high], ticks, isWhole) => {
        const axis = parameterAxis(
          isWhole ? { kind: "integer", low: Math.floor(low), high: Math.ceil(high) } : { kind: "float", low, high },
          { ticks },
        );
        const [first, last] = axis.ends;
        const places = axis.ticks.map(({ at }) => at);
        expect(places.length).toBeLessThanOrEqual(ticks);
        for (const [i, place] of places.entries()) {
          expect(axis.shareOf(place)).toBeGreaterThanOrEqual(-1e-6);
          expect(axis.shareOf(place)).toBeLessThanOrEqual(1 + 1e-6);
          if (i > 0) expect(place).toBeGreaterThan(places[i - 1]);
          if (isWhole) expect(Number.isInteger(place)).toBe(true);
        }
        expect(last).toBeGreaterThan(first);
      }),
    );
  });

  it("counts ratios on a logarithmic axis, and places for choices", () => {
    const log = parameterAxis({ kind: "float", low: 0.001, high: 1, log: true });
    expect(log).toMatchObject({ type: "log", scale: "log" });
    expect(log.shareOf(0.01)).toBeCloseTo(1 / 3, 12);
    expect(log.ticks.map(({ text }) => text)).toEqual(["0.001", "0.01", "0.1", "1"]);
    const choice = parameterAxis({ kind: "categorical", choices: ["a", false, null, 7] });
    expect([choice.at("a"), choice.at(false), choice.at(null), choice.at(7)]).toEqual([0, 1, 2, 3]);
    expect([choice.at("b"), choice.at(undefined)]).toEqual([null, null]);
    expect(choice.ticks.map(({ text }) => text)).toEqual(["a", "false", "null", "7"]);
  });

  it("has room about a single value", () => {
    for (const low of [0, -3, 2]) {
      const { ends, shareOf } = parameterAxis({ kind: "integer", low, high: low });
      expect(ends[0]).toBeLessThan(ends[1]);
      expect(shareOf(low)).toBeCloseTo(0.5, 12);
    }
    expect(parameterAxis({ kind: "float", low: 3, high: 3, log: true }).shareOf(3)).toBeCloseTo(0.5, 12);
    expect(parameterAxis({ kind: "categorical", choices: ["only"] }).shareOf(0)).toBe(0);
  });

  it("says tiny and huge ticks as powers of ten", () => {
    const { ticks } = parameterAxis({ kind: "float", low: 1e-6, high: 1, log: true }, { ticks: 3 });
    expect(ticks.map(({ text }) => text)).toEqual(["10<sup>−6</sup>", "0.001", "1"]);
  });
});
