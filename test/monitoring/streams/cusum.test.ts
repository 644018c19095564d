import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cusum, type CusumState, startCusum } from "../../../src/monitoring/streams/cusum.js";
import { alarmRows, goldenStreams } from "./goldenStreams.js";

describe("cusum", () => {
  it("first alarms at the reference rows, mean and deviation taken from the first 200 values", () => {
    const form = "cusum_k0.5_h5_mu0_sd from first 200";
    const some = goldenStreams.filter(({ expected }) => form in expected);
    expect(some).toHaveLength(3);
    for (const { name, values, expected } of some) {
      const first = values.slice(0, 200);
      const mean = first.reduce((a, b) => a + b, 0) / 200;
      const sd = Math.sqrt(first.reduce((a, b) => a + (b - mean) ** 2, 0) / 200);
      const start = startCusum({ mean, sd, slack: 0.5, threshold: 5 });
      expect([name, alarmRows(start, cusum, values)[0]]).toEqual([name, expected[form]]);
    }
  });

  it("is the sum's rise above its least, for any values (closed form)", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 100 }), (values) => {
        let state: CusumState = startCusum({ mean: 0, sd: 1, slack: 0.25, threshold: 1e6 });
        let [sum, least] = [0, 0];
        for (const value of values) {
          state = cusum(state, value);
          sum += value - 0.25;
          least = Math.min(least, sum);
          expect(state.above).toBeCloseTo(sum - least, 9);
        }
      }),
    );
  });

  it("watches the direction it was told, and starts again after an alarm", () => {
    const settings = { mean: 0, sd: 1, slack: 0, threshold: 3 };
    expect(alarmRows(startCusum(settings), cusum, [2, 2, 2, 2])).toEqual([1, 3]);
    expect(alarmRows(startCusum({ ...settings, direction: "down" }), cusum, [2, 2, 2, 2])).toEqual([]);
    expect(alarmRows(startCusum({ ...settings, direction: "up" }), cusum, [-2, -2])).toEqual([]);
    expect(alarmRows(startCusum(settings), cusum, [-2, -2])).toEqual([1]);
  });

  it("refuses NaN and settings out of range by name", () => {
    const settings = { mean: 0, sd: 1, slack: 0, threshold: 3 };
    expect(() => cusum(startCusum(settings), NaN)).toThrow("cusum, row 0: a value must be a finite number; got NaN");
    expect(() => startCusum({ ...settings, sd: 0 })).toThrow("the standard deviation must be above 0; got 0");
    expect(() => startCusum({ ...settings, threshold: NaN })).toThrow("the threshold must be above 0; got NaN");
    expect(() => startCusum({ ...settings, mean: NaN })).toThrow("the mean must be a finite number");
    expect(() => startCusum({ ...settings, slack: -1 })).toThrow("the slack must be at least 0");
  });
});
