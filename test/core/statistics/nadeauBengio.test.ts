import { describe, expect, it } from "vitest";
import { nadeauBengio } from "../../../src/core/statistics/nadeauBengio.js";
import { seededRandom } from "../../../src/core/random/Random.js";

describe("nadeauBengio", () => {
  it("is the closed form: mean ± t sqrt((1/k + ratio) s²)", () => {
    const { value: mean, interval } = nadeauBengio([0.8, 0.82, 0.84, 0.79, 0.85], { ratio: 0.25 });
    // s² = 6.5e-4, t(0.975, 4) = 2.7764451.
    expect(mean).toBeCloseTo(0.82, 12);
    expect(interval.high - mean).toBeCloseTo(2.7764451051977987 * Math.sqrt(0.45 * 6.5e-4), 10);
    expect(mean - interval.low).toBeCloseTo(interval.high - mean, 12);
  });

  it("is wider than Student's interval, which takes rounds as independent, by sqrt(1 + k ratio)", () => {
    const scores = [0.8, 0.82, 0.84, 0.79, 0.85];
    const student = 2.7764451051977987 * Math.sqrt(6.5e-4 / 5);
    expect(nadeauBengio(scores, { ratio: 0.25 }).interval.high - 0.82).toBeCloseTo(
      student * Math.sqrt(1 + 5 * 0.25),
      10,
    );
  });

  it("covers the mean of a fixed model, whose rounds really are independent, at least as often as it says", () => {
    const random = seededRandom(3);
    let covered = 0;
    for (let trial = 0; trial < 400; trial++) {
      const fold = (): number =>
        Array.from({ length: 50 }, () => Number(random() < 0.7)).reduce((a, b) => a + b, 0) / 50;
      const { interval } = nadeauBengio([fold(), fold(), fold(), fold(), fold()], { ratio: 0.25 });
      if (interval.low <= 0.7 && 0.7 <= interval.high) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.95);
  });

  it.each([
    [[0.5], 0.25, "at least 2 scores"],
    [[0.5, NaN], 0.25, "round 1 has NaN"],
    [[0.5, 0.6], 0, "above 0; got 0"],
  ])("refuses %j at ratio %d", (scores, ratio, message) => {
    expect(() => nadeauBengio(scores, { ratio })).toThrow(message);
  });
});
