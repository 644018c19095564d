import { describe, expect, it } from "vitest";
import { studentQuantile } from "../../../src/core/statistics/studentQuantile.js";

describe("studentQuantile", () => {
  it("is the cotangent of Cauchy's distribution for one degree of freedom, to the last digits of the tails", () => {
    // scipy 1.17: t.ppf(p, 1), and -1/(pi p) in the far tail.
    expect(studentQuantile(0.975, 1) / 12.706204736174694).toBeCloseTo(1, 14);
    expect(studentQuantile(0.75, 1)).toBeCloseTo(1, 15);
    expect(studentQuantile(0.5, 1)).toBe(0);
    expect(studentQuantile(1e-12, 1) / (-1 / (Math.PI * 1e-12))).toBeCloseTo(1, 14);
    for (const p of [1e-9, 0.01, 0.2, 0.3, 0.49])
      expect(studentQuantile(1 - p, 1) / -studentQuantile(p, 1)).toBeCloseTo(1, 6);
  });

  it("goes over into the other degrees of freedom without a jump", () => {
    expect(studentQuantile(0.9, 1 + 1e-9) / studentQuantile(0.9, 1)).toBeCloseTo(1, 7);
    expect(studentQuantile(0.975, 4)).toBeCloseTo(2.7764451051977934, 10);
  });
});
