import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { newcombeInterval } from "../../../src/core/statistics/newcombeInterval.js";

interface Golden {
  readonly cases: {
    readonly two_proportions: {
      readonly expected: readonly {
        readonly x1: number;
        readonly n1: number;
        readonly x2: number;
        readonly n2: number;
        readonly newcombe_ci95_diff: readonly [number, number];
      }[];
    };
  };
}
const { cases } = JSON.parse(
  readFileSync(new URL("../../golden/g_paired_shares.json", import.meta.url), "utf8"),
) as Golden;

describe("newcombeInterval", () => {
  it("agrees with statsmodels, also where a share is 0", () => {
    for (const { x1, n1, x2, n2, newcombe_ci95_diff } of cases.two_proportions.expected) {
      const { low, high } = newcombeInterval({ hits: x1, trials: n1 }, { hits: x2, trials: n2 });
      expect(Math.abs(low - newcombe_ci95_diff[0])).toBeLessThan(1e-9);
      expect(Math.abs(high - newcombe_ci95_diff[1])).toBeLessThan(1e-9);
    }
  });

  it("turns its sign when the shares change places, and stays within [-1, 1]", () => {
    const [a, b] = [
      { hits: 10, trials: 10 },
      { hits: 0, trials: 12 },
    ];
    expect(newcombeInterval(a, b).high).toBe(1);
    expect(newcombeInterval(b, a)).toMatchObject({
      low: -newcombeInterval(a, b).high,
      high: -newcombeInterval(a, b).low,
    });
  });
});
