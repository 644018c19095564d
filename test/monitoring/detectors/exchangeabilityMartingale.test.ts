import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { exchangeabilityMartingale } from "../../../src/monitoring/detectors/exchangeabilityMartingale.js";
import { type BatchRows, batchRows, labelsOf } from "./batchRows.js";

describe("exchangeabilityMartingale", () => {
  const bet = (seed: number, shift: number, batches = 60) => {
    const column = ({ batch, matrix }: BatchRows) => batch.map((_, row) => matrix.values[3 * row]);
    const [there, here] = [batchRows(seed, 40), batchRows(seed + 1, batches, { shift })];
    const groups = labelsOf(there, here);
    return exchangeabilityMartingale(column(there), column(here), { random: seededRandom(seed), groups });
  };

  it("alarms soon after a shift of two standard deviations of batch means, in either direction", () => {
    for (const shift of [1, -1]) {
      const { alarmAt, wealth, threshold } = bet(1, shift);
      expect(alarmAt).toBeLessThan(25);
      expect(wealth[alarmAt!]).toBeGreaterThanOrEqual(threshold);
    }
  });

  it("alarms in at most 5 % of streams in which nothing happens, looked at after every batch", () => {
    let alarms = 0;
    for (let seed = 0; seed < 100; seed++) alarms += bet(1000 + 2 * seed, 0).drifted ? 1 : 0;
    // 5 of 100 at most; binomial 99.9 % quantile 12.
    expect(alarms).toBeLessThanOrEqual(12);
  });

  it("says how many batches it takes before no alarm means anything", () => {
    const { unknown, drifted } = bet(1, 5, 3);
    expect(drifted).toBe(false);
    expect(unknown).toMatch(/^3 batches cannot raise a stake to 20; 1\d batches could$/);
    expect(bet(1, 0, 60).unknown).toBe(null);
  });

  it("has a mean wealth of about 1 where batches are alike: it is a fair bet", () => {
    const ends = Array.from({ length: 200 }, (_, seed) => bet(5000 + 2 * seed, 0, 10).wealth[9]);
    expect(ends.reduce((sum, one) => sum + one, 0) / ends.length).toBeGreaterThan(0.85);
    expect(ends.reduce((sum, one) => sum + one, 0) / ends.length).toBeLessThan(1.15);
  });

  it("refuses an alpha or a jump that is none: an alpha of 2 alarmed at once, and a jump of 2 lost the stake", () => {
    const betWith = (options: { readonly alpha?: number; readonly jump?: number }) => () =>
      exchangeabilityMartingale([1, 2, 3], [4, 5], { random: seededRandom(1), ...options });
    for (const alpha of [0, 1, 2, NaN]) expect(betWith({ alpha })).toThrow(`alpha must lie in (0, 1); got ${alpha}`);
    for (const jump of [0, 1, 2, NaN]) expect(betWith({ jump })).toThrow(`jump must lie in (0, 1); got ${jump}`);
  });
});
