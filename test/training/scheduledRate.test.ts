import { describe, expect, it } from "vitest";
import { scheduledRate } from "../../src/training/scheduledRate.js";

describe("scheduledRate", () => {
  const rates = (schedule: Parameters<typeof scheduledRate>[1], epochs: number): number[] =>
    Array.from({ length: epochs }, (_, i) => scheduledRate(0.1, schedule, i + 1, epochs));

  it("stays where it is", () => expect(rates({ name: "constant" }, 3)).toEqual([0.1, 0.1, 0.1]));

  it("falls by the factor every few epochs", () =>
    rates({ name: "step", every: 2, factor: 0.5 }, 5).forEach((rate, i) =>
      expect(rate).toBeCloseTo([0.1, 0.1, 0.05, 0.05, 0.025][i], 12),
    ));

  it("falls along half a cosine to its floor at the last epoch", () => {
    rates({ name: "cosine" }, 5).forEach((rate, i) =>
      expect(rate).toBeCloseTo((0.1 * (1 + Math.cos((Math.PI * i) / 4))) / 2, 12),
    );
    expect(rates({ name: "cosine", floor: 0.2 }, 9).at(-1)).toBeCloseTo(0.02, 12);
    expect(rates({ name: "cosine" }, 1)).toEqual([0.1]);
  });
});
