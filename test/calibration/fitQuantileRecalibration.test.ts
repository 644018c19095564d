import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fitQuantileRecalibration,
  heldLevel,
  levelToAsk,
  type QuantileRecalibration,
} from "../../src/calibration/fitQuantileRecalibration.js";
import { seededRandom } from "../../src/core/random/Random.js";

/** A millionth apart or equal: between the smallest numbers that there are, a rise has no inverse. */
const uniform = fc.integer({ min: 0, max: 1e6 }).map((millionths) => millionths / 1e6);

describe("fitQuantileRecalibration", () => {
  it("rises from 0 to 1, undoes itself, and is unchanged by JSON", () => {
    fc.assert(
      fc.property(fc.array(uniform, { minLength: 2, maxLength: 30 }), uniform, (pit, level) => {
        const fitted = fitQuantileRecalibration(pit);
        for (let i = 1; i < fitted.said.length; i++) {
          expect(fitted.said[i]).toBeGreaterThan(fitted.said[i - 1]);
          expect(fitted.held[i]).toBeGreaterThan(fitted.held[i - 1]);
        }
        expect(heldLevel(fitted, levelToAsk(fitted, level))).toBeCloseTo(level, 6);
        expect([heldLevel(fitted, 0), heldLevel(fitted, 1)]).toEqual([0, 1]);
        expect(JSON.parse(JSON.stringify(fitted)) as QuantileRecalibration).toEqual(fitted);
      }),
    );
  });

  it("covers on new rows what it says, on average, also from few", () => {
    // Overconfident forecasts: transforms are heaped at both ends.
    const random = seededRandom(1);
    const draw = (): number => Math.sin((Math.PI / 2) * random()) ** 2;
    let below = 0;
    for (let trial = 0; trial < 2000; trial++) {
      const fitted = fitQuantileRecalibration(Array.from({ length: 19 }, draw));
      if (draw() <= levelToAsk(fitted, 0.9)) below++;
    }
    // Three standard errors.
    expect(Math.abs(below / 2000 - 0.9)).toBeLessThan(0.021);
  });

  it("makes transforms of many rows even", () => {
    const random = seededRandom(3);
    const draw = (): number => random() ** 3;
    const fitted = fitQuantileRecalibration(Array.from({ length: 5000 }, draw));
    const after = Array.from({ length: 5000 }, () => heldLevel(fitted, draw()));
    for (const level of [0.1, 0.5, 0.9])
      expect(Math.abs(after.filter((one) => one <= level).length / 5000 - level)).toBeLessThan(0.03);
  });

  it("gives equals the mean of their places", () => {
    expect(fitQuantileRecalibration([0.5, 0.5, 0.8])).toEqual({ said: [0, 0.5, 0.8, 1], held: [0, 0.375, 0.75, 1] });
  });

  it("refuses fewer than 2 rows and NaN", () => {
    expect(() => fitQuantileRecalibration([0.5])).toThrow("at least 2 rows are needed; got 1");
    expect(() => fitQuantileRecalibration([0.5, NaN])).toThrow("row 1 has NaN");
  });
});
