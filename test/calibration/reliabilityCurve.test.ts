import { describe, expect, it } from "vitest";
import { reliabilityCurve } from "../../src/calibration/reliabilityCurve.js";
import { binnedCalibrationError } from "../../src/core/metrics/binnedCalibrationError.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { wilsonInterval } from "../../src/core/statistics/wilsonInterval.js";

function forecast(
  rows: number,
  overconfidence: number,
): { readonly probabilities: Float64Array; readonly events: Uint8Array } {
  const random = seededRandom(rows);
  const probabilities = Float64Array.from({ length: rows }, () => 0.4 + 0.6 * random());
  return { probabilities, events: Uint8Array.from(probabilities, (p) => Number(random() < p - overconfidence)) };
}

describe("reliabilityCurve", () => {
  it.each(["equalMass", "equalWidth"] as const)(
    "has the bins of binnedCalibrationError, %s, with Wilson's intervals",
    (binning) => {
      const { probabilities, events } = forecast(1000, 0);
      const curve = reliabilityCurve(probabilities, events, seededRandom(1), { binning });
      const { bins } = binnedCalibrationError(probabilities, events, { binning });
      expect(curve.map(({ rows }) => rows)).toEqual(bins.map(({ rows }) => rows));
      curve.forEach(({ rows, probability, share, interval }, i) => {
        expect(probability).toBeCloseTo(bins[i].probability, 12);
        expect(share).toBeCloseTo(bins[i].share, 12);
        expect(interval).toEqual(wilsonInterval(Math.round(share * rows), rows));
      });
    },
  );

  it("has most shares within the consistency bands where the model is calibrated, and few where it is not", () => {
    const within = (overconfidence: number): number => {
      const { probabilities, events } = forecast(6000, overconfidence);
      return reliabilityCurve(probabilities, events, seededRandom(1)).filter(
        ({ share, consistency }) => consistency.low <= share && share <= consistency.high,
      ).length;
    };
    expect(within(0)).toBeGreaterThanOrEqual(13);
    expect(within(0.1)).toBeLessThanOrEqual(3);
  });

  it("keeps equals together: one bin where a model always says the same", () => {
    expect(reliabilityCurve([0.5, 0.5, 0.5, 0.5], [0, 1, 1, 1], seededRandom(1), { bins: 2 })).toMatchObject([
      { rows: 4, probability: 0.5, share: 0.75 },
    ]);
  });

  it("draws groups where there are any, and has wider intervals where rows of a group are copies", () => {
    const { probabilities, events } = forecast(100, 0);
    const repeat = <T>(values: ArrayLike<T>): T[] => Array.from({ length: 1000 }, (_, row) => values[row % 100]);
    const groups = Array.from({ length: 1000 }, (_, row) => row % 100);
    const widths = (options: object): number =>
      reliabilityCurve(repeat(probabilities), repeat(events), seededRandom(2), { bins: 3, ...options }).reduce(
        (sum, { interval }) => sum + interval!.high - interval!.low,
        0,
      );
    expect(widths({ groups, draws: 300 })).toBeGreaterThan(2 * widths({}));
  });

  it("has no interval for rows of one group, and Wilson's by group where all events are alike", () => {
    const one = reliabilityCurve([0.2, 0.3, 0.8, 0.9], [0, 0, 1, 1], seededRandom(1), {
      bins: 2,
      groups: ["a", "a", "a", "b"],
      unit: "batch",
    });
    expect(one[0].interval).toBeNull();
    expect(one[1].interval).toEqual({ ...wilsonInterval(2, 2), method: "Wilson, a trial per batch" });
  });

  it("refuses fewer than 2 rows, NaN, probabilities outside [0, 1] and events that are neither 0 nor 1", () => {
    expect(() => reliabilityCurve([0.5], [1], seededRandom(1))).toThrow("at least 2 rows are needed; got 1");
    expect(() => reliabilityCurve([0.5, NaN], [1, 0], seededRandom(1))).toThrow("row 1 has NaN");
    expect(() => reliabilityCurve([0.5, 1.5], [1, 0], seededRandom(1))).toThrow("row 1 has 1.5");
    expect(() => reliabilityCurve([0.5, 0.5], [1, 2], seededRandom(1))).toThrow("row 1 has 2");
  });
});
