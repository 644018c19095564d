import { describe, expect, it } from "vitest";
import type { EstimateOrReason } from "../../../src/core/statistics/Estimate.js";
import { relativeGains } from "../../../src/problems/search/relativeGains.js";

const gain = (value: number): EstimateOrReason => ({
  value,
  interval: { low: value - 1, high: value + 2, level: 0.95, method: "made up" },
  reason: null,
});

describe("relativeGains", () => {
  it("tells gains and their intervals in % of the loss that stood", () => {
    const verdict = { promised: gain(4), kept: gain(1), gap: gain(3) };
    const { name, estimates } = relativeGains("forest", verdict, 50);
    expect(name).toBe("forest");
    expect(estimates.map(({ value, interval: { low, high } }) => [low, value, high])).toEqual([
      [6, 8, 12],
      [0, 2, 6],
    ]);
  });

  it("refuses a gain without an interval, and a loss that is not above 0", () => {
    const unknown = { value: 1, interval: null, reason: "one batch" } as const;
    const verdict = { promised: gain(4), kept: unknown, gap: unknown };
    expect(() => relativeGains("forest", verdict, 50)).toThrow("the gain of forest cannot be judged: one batch");
    expect(() => relativeGains("forest", { ...verdict, kept: gain(1) }, 0)).toThrow(
      "relativeGains: the loss that stood must be above 0; got 0",
    );
  });
});
