import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pickShare } from "../../../src/core/random/pickShare.js";

describe("pickShare", () => {
  it("is the share in which u falls, borders belonging to the next one", () => {
    const shares = [0.5, 0.25, 0.25];
    expect([0, 0.4999, 0.5, 0.7499, 0.75, 0.9999].map((u) => pickShare(shares, u))).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it("never picks a share of 0, but for the last one where rounding leaves something over", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 8 }),
        fc.nat(999_999),
        (counts, step) => {
          const total = counts.reduce((a, b) => a + b, 0);
          fc.pre(total > 0);
          const picked = pickShare(
            counts.map((count) => count / total),
            step / 1_000_000,
          );
          expect(counts[picked] > 0 || picked === counts.length - 1).toBe(true);
        },
      ),
    );
    expect(pickShare([0, 1, 0], 0)).toBe(1);
  });

  it("picks each share as often as it is large, over evenly spaced u", () => {
    const shares = [0.1, 0.2, 0.3, 0.4];
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 1000; i++) counts[pickShare(shares, (i + 0.5) / 1000)]++;
    expect(counts).toEqual([100, 200, 300, 400]);
  });

  it("takes the last where shares fall short of 1 by rounding", () => {
    const tenths = Array.from({ length: 10 }, () => 0.1);
    expect(tenths.reduce((a, b) => a + b, 0)).toBeLessThan(1);
    expect(pickShare(tenths, 1 - 2 ** -53)).toBe(9);
    expect(pickShare([1], 0.999)).toBe(0);
  });
});
