import { describe, expect, it } from "vitest";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import {
  adapt,
  adaptiveBound,
  adaptiveThreshold,
  startAdaptive,
} from "../../../src/uncertainty/conformal/AdaptiveState.js";

const random = seededRandom(17);
const residuals = (rows: number, scale: number): Float64Array =>
  Float64Array.from({ length: rows }, () => scale * Math.abs(boxMuller(1 - random(), random())[0]));

describe("AdaptiveState", () => {
  it("keeps coverage with scores from before the drift alone: the level makes up for them", () => {
    let state = startAdaptive({ alpha: 0.1, step: 0.02 });
    const calibration = residuals(500, 1);
    let missed = 0;
    residuals(2000, 2).forEach((score) => {
      const covered = score <= adaptiveThreshold(state, calibration);
      if (!covered) missed++;
      state = adapt(state, covered);
    });
    expect(state).toMatchObject({ rows: 2000, missed });
    expect(missed / 2000).toBeGreaterThan(0.07);
    expect(missed / 2000).toBeLessThan(0.13);
  });

  it("lets everything in at alpha 0 and below or for too few scores, nothing at 1 and above", () => {
    const at = (alpha: number): number => adaptiveThreshold({ ...startAdaptive({ alpha: 0.1 }), alpha }, [3, 1, 2]);
    expect([-0.1, 0, 0.1, 0.25, 0.5, 1 - 1e-12, 1, 1.2].map(at)).toEqual([
      Infinity,
      Infinity,
      Infinity,
      3,
      2,
      1,
      -Infinity,
      -Infinity,
    ]);
  });

  it("moves by step · target after a covered row, by step · (target - 1) after a missed one, and is plain data", () => {
    const start = startAdaptive({ alpha: 0.1, step: 0.05 });
    const [covered, missed] = [adapt(start, true), adapt(start, false)];
    expect(covered).toEqual({
      target: 0.1,
      step: 0.05,
      alpha: expect.closeTo(0.105, 12) as number,
      rows: 1,
      missed: 0,
    });
    expect(missed).toEqual({ target: 0.1, step: 0.05, alpha: expect.closeTo(0.055, 12) as number, rows: 1, missed: 1 });
    expect(JSON.parse(JSON.stringify(missed))).toEqual(missed);
  });

  it("bounds nothing before the first row, and (max(target, 1 - target) + step) / (step · rows) after", () => {
    expect(adaptiveBound(startAdaptive({ alpha: 0.1 }))).toBe(1);
    expect(adaptiveBound({ ...startAdaptive({ alpha: 0.1, step: 0.1 }), rows: 1000 })).toBeCloseTo(0.01, 12);
  });
});
