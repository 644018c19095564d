import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { drillDrift } from "../../src/monitoring/drillDrift.js";

const random = seededRandom(19);
const few = { features: 8, window: 200, reference: 1000, drills: 40, windows: 100, windowsPerReference: 20 };

describe("drillDrift", () => {
  it("finds the shift that is detectable in most windows, and alarms for nothing in few, in batches or not", () => {
    for (const { batchRows, betweenDeviation } of [
      { batchRows: 1, betweenDeviation: 0 },
      { batchRows: 10, betweenDeviation: 0.2 },
    ]) {
      const own = random.fork(batchRows);
      const { detectable } = drillDrift(own, { ...few, batchRows, betweenDeviation, drills: 1, windows: 1 });
      const drills = drillDrift(own, { ...few, batchRows, betweenDeviation, shift: 1.2 * detectable.shift! });
      expect(drills.detected.value).toBeGreaterThan(0.85);
      expect(drills.detected.interval.high).toBeLessThanOrEqual(1);
      // 3 of 100 expected; binomial 99.9 % quantile 9.
      expect(drills.falseAlarms.value).toBeLessThanOrEqual(0.09);
      expect(drills).toMatchObject({ references: 5, detected: { drills: 40 }, falseAlarms: { windows: 100 } });
    }
  });

  it("finds a shift of nothing as seldom as it alarms for nothing", () => {
    const { detected } = drillDrift(random.fork("none"), { ...few, shift: 0 });
    expect(detected.value).toBeLessThanOrEqual(0.1);
  });

  it("takes windows from elsewhere: rows in batches that it takes for independent make it alarm", () => {
    const inBatches = (own: () => number, rows: number): Float64Array => {
      let mean = 0;
      return Float64Array.from({ length: rows }, (_, row) => {
        if (row % 20 === 0) mean = own() - 0.5;
        return mean + own();
      });
    };
    const { falseAlarms } = drillDrift(random.fork("elsewhere"), { ...few, draw: inBatches, drills: 1, windows: 20 });
    expect(falseAlarms.value).toBeGreaterThan(0.3);
  });

  it("is the same for equal streams, whatever else is drawn", () => {
    const [one, other] = [1, 2].map(() => drillDrift(random.fork("same"), { ...few, drills: 5, windows: 5 }));
    expect(other).toEqual(one);
  });

  it("refuses counts, batches and probabilities that are none by name", () => {
    expect(() => drillDrift(random, { features: 0 })).toThrow("features must be an integer of at least 1; got 0");
    expect(() => drillDrift(random, { window: 15, batchRows: 10 })).toThrow("window must be whole batches; got 15");
    expect(() => drillDrift(random, { alpha: 1 })).toThrow("alpha must lie in (0, 1); got 1");
    expect(() => drillDrift(random, { shift: NaN })).toThrow("the shift must be a finite number; got NaN");
  });
});
