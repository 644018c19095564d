import { describe, expect, it } from "vitest";
import { studentEstimate } from "../../../src/core/statistics/studentEstimate.js";

describe("studentEstimate", () => {
  it("is the mean with t times its standard error on both sides, and says over what", () => {
    // t(0.975, 3) = 3.182446, standard error sqrt(5/3) / 2.
    const { value, interval } = studentEstimate([1, 2, 3, 4], { over: "training sets" });
    expect(value).toBe(2.5);
    expect(interval.high - value).toBeCloseTo((3.182446 * Math.sqrt(5 / 3)) / 2, 5);
    expect(interval).toMatchObject({ level: 0.95, method: "Student over 4 training sets" });
  });
});
