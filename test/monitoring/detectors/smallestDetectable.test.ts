import { describe, expect, it } from "vitest";
import { groupsNeeded, permutationFloor } from "../../../src/monitoring/detectors/permutationFloor.js";
import { smallestDetectable } from "../../../src/monitoring/detectors/smallestDetectable.js";

const rows = { reference: 10_000, current: 1_000 };

describe("smallestDetectable", () => {
  it("is below 0.2 SD for independent rows and batches of 10, and far above for batches of 200", () => {
    const shift = (batchRows: number): number =>
      smallestDetectable(rows, { batchRows, betweenDeviation: batchRows === 1 ? 0 : 0.2, features: 50 }).shift!;
    expect(shift(1)).toBeLessThan(0.2);
    expect(shift(10)).toBeLessThan(0.2);
    expect(shift(200)).toBeGreaterThan(0.45);
  });

  it("has a power of about 0.07 for 0.2 SD in batches of 200, as the best test of batch means has", () => {
    const asked = { batchRows: 200, betweenDeviation: 0.2, features: 50 };
    expect(smallestDetectable(rows, { ...asked, power: 0.06 }).shift).toBeCloseTo(0.2, 1);
  });

  it("says why one batch finds nothing at all", () => {
    expect(smallestDetectable({ ...rows, current: 200 }, { batchRows: 200, features: 50 })).toEqual({
      shift: null,
      reason:
        "1 current batch against 50 cannot give a probability below 0.02, and 0.0008 is asked for; " +
        "2 current batches are needed",
      groups: { reference: 50, current: 1 },
    });
  });
});

describe("permutationFloor", () => {
  it("is one over the number of choices, whichever side is larger", () => {
    expect(permutationFloor({ reference: 50, current: 1 })).toBeCloseTo(1 / 51, 14);
    expect(permutationFloor({ reference: 3, current: 2 })).toBeCloseTo(1 / 10, 14);
    expect(permutationFloor({ reference: 2, current: 3 })).toBeCloseTo(1 / 10, 14);
    expect(permutationFloor({ reference: 1e6, current: 1e6 })).toBeLessThan(1e-300);
  });

  it("groupsNeeded is the first number whose floor will do", () => {
    expect(groupsNeeded(50, 0.001)).toBe(2);
    expect(groupsNeeded(1, 0.01)).toBe(99);
    expect(groupsNeeded(0, 0.01)).toBe(null);
  });
});
