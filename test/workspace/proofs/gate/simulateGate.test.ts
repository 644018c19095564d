import { describe, expect, it } from "vitest";
import { errorOverBins } from "../../../../src/calibration/errorOverBins.js";
import { lowerBound } from "../../../../src/core/lowerBound.js";
import type { GateScenario } from "../../../../src/workspace/proofs/gate/gateScenarios.js";
import { miscalibrations } from "../../../../src/workspace/proofs/gate/miscalibrations.js";
import { simulateGate, type TriedBound } from "../../../../src/workspace/proofs/gate/simulateGate.js";

const scenario: GateScenario = {
  miscalibration: "temperature",
  layout: "rows",
  cuts: "other rows",
  rows: 400,
  error: 0.05,
  draws: 200,
};
/** A bound that answers the same of all, so that what is drawn can be looked at. */
const watching =
  (watch: (...drawn: Parameters<TriedBound>) => void): TriedBound =>
  (...drawn) => {
    watch(...drawn);
    return { value: 0, chance: 0, interval: { low: 0, high: 0.05, level: 0.95, method: "" } };
  };

describe("simulateGate", () => {
  it.each(miscalibrations.map(({ name }) => name))("draws models of the true error asked for: %s", (miscalibration) => {
    for (const layout of ["rows", "batches"] as const) {
      // Over all draws the gaps are those of the population, but for chance; each set of bins is summed alone.
      const gaps = new Map<ArrayLike<number>, Float64Array>();
      let drawn = 0;
      simulateGate(
        { ...scenario, miscalibration, layout, draws: 1500 },
        1,
        watching((probabilities, events, { cuts }) => {
          const sums = gaps.get(cuts) ?? gaps.set(cuts, new Float64Array(15)).get(cuts)!;
          for (let row = 0; row < probabilities.length; row++)
            sums[lowerBound(cuts, probabilities[row])] += probabilities[row] - events[row];
          drawn += probabilities.length;
        }),
      );
      const error = [...gaps.values()].reduce(
        (sum, one) => sum + one.reduce((total, gap) => total + Math.abs(gap), 0) / drawn,
        0,
      );
      expect(error).toBeGreaterThan(0.048);
      expect(error).toBeLessThan(0.055);
    }
  });

  it("draws rows of a batch that err together by the correlation stated, 0.1, and rows alone that do not", () => {
    for (const [layout, correlation] of [
      ["rows", 0],
      ["batches", 0.1],
    ] as const) {
      let [product, square, pairs, count] = [0, 0, 0, 0];
      simulateGate(
        { ...scenario, layout, error: 0 },
        1,
        watching((probabilities, events) => {
          for (let row = 0; row < probabilities.length; row++) {
            const gap = probabilities[row] - events[row];
            square += gap ** 2;
            count++;
            // Two rows in three of a batch have other confidences, and correlate a little less.
            if (row % 20 === 0) continue;
            product += gap * (probabilities[row - 1] - events[row - 1]);
            pairs++;
          }
        }),
      );
      const found = product / pairs / (square / count);
      expect(found).toBeGreaterThan(correlation - 0.03);
      expect(found).toBeLessThan(correlation + 0.015);
    }
  });

  it("counts what a bound says: one that passes all passes all", () => {
    const { passes, zeros, held, high } = simulateGate(
      scenario,
      1,
      watching(() => undefined),
    );
    expect([passes, zeros, held]).toEqual([200, 200, 200]);
    expect(high).toBeCloseTo(0.05, 12);
  });

  it("finds the plug-in less chance unfit, which passed models over the bound (planted)", () => {
    const over: GateScenario = { ...scenario, rows: 2000, error: 0.055, draws: 60 };
    const debiased: TriedBound = (probabilities, events, on) => {
      const found = errorOverBins(probabilities, events, on);
      const off = found.chance;
      return { ...found, interval: { ...found.interval, high: found.interval.high - off } };
    };
    expect(simulateGate(over, 1, debiased).passes).toBeGreaterThan(6);
    expect(simulateGate(over, 1).passes).toBeLessThanOrEqual(1);
  });

  it("gives equal counts for equal seeds, others for others", () => {
    const few = { ...scenario, rows: 2000, error: 0.02, draws: 40 };
    expect(simulateGate(few, 1)).toEqual(simulateGate(few, 1));
    expect(simulateGate(few, 2).value).not.toBe(simulateGate(few, 1).value);
  });

  it("refuses an error that no amount of a miscalibration makes", () => {
    expect(() => simulateGate({ ...scenario, miscalibration: "all in the worst bin", error: 0.2 }, 1)).toThrow(
      "all in the worst bin cannot make a calibration error of 0.2",
    );
  });
});
