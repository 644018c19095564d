import { describe, expect, it } from "vitest";
import { normalProbability } from "../../../src/core/statistics/normalProbability.js";
import { normalQuantile } from "../../../src/core/statistics/normalQuantile.js";

describe("normalProbability", () => {
  it("is the inverse of normalQuantile, far out too", () => {
    for (const p of [1e-12, 0.001, 0.2, 0.5, 0.9, 0.9999])
      expect(Math.abs(normalProbability(normalQuantile(p)) / p - 1)).toBeLessThan(1e-10);
  });
});
