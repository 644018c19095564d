import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logTicks } from "../../src/figures/logTicks.js";

describe("logTicks", () => {
  it.each([
    [0.1, 10, [0.1, 0.2, 0.5, 1, 2, 5, 10]],
    [2, 9, [2, 3, 4, 5, 6, 7, 8, 9]],
    [0.001, 1000, [0.001, 0.01, 0.1, 1, 10, 100, 1000]],
  ])("has round numbers from %d to %d", (low, high, ticks) => {
    expect(logTicks(low, high)).toEqual(ticks);
  });

  it("ascends within its range, whatever the range", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -8, max: 8, noNaN: true }),
        fc.double({ min: 1, max: 6, noNaN: true }),
        (start, decades) => {
          const [low, high] = [10 ** start, 10 ** (start + decades)];
          const ticks = logTicks(low, high);
          expect(ticks.length).toBeGreaterThan(0);
          expect(
            ticks.every((tick, i) => tick >= low * 0.999 && tick <= high * 1.001 && (i === 0 || tick > ticks[i - 1])),
          ).toBe(true);
        },
      ),
    );
  });

  it.each([
    [0, 1],
    [2, 1],
    [1, 1],
    [NaN, 1],
    [1, Infinity],
  ])("refuses %d to %d", (low, high) => {
    expect(() => logTicks(low, high)).toThrow(/must ascend from above 0/);
  });
});
