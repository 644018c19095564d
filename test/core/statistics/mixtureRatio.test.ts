import { describe, expect, it } from "vitest";
import { mixtureRatio } from "../../../src/core/statistics/mixtureRatio.js";
import { msprt } from "../sequentialGolden.js";

const bits = (text: string): number[] => Array.from(text, Number);

describe("mixtureRatio", () => {
  it("agrees with the reference on single values", () => {
    expect(msprt.single_values.length).toBeGreaterThan(0);
    for (const { n, d, V, tau2, Lambda } of msprt.single_values)
      expect(Math.abs(mixtureRatio(d, V / n, tau2) / Lambda - 1)).toBeLessThan(1e-9);
  });

  it.each(Object.entries(msprt.expected))(
    "with %s gives the reference's least p after every pair",
    (name, expected) => {
      const tau2 = Number(name.split("=")[1]);
      for (const [pair, other] of [
        ["a_vs_b", msprt.input.b],
        ["a_vs_a2", msprt.input.a_vs_a2],
      ] as const) {
        const [a, b] = [bits(msprt.input.a), bits(other)];
        let [hitsA, hitsB, least, first] = [0, 0, 1, null as number | null];
        const seen: Record<string, number> = {};
        for (let n = 1; n <= a.length; n++) {
          hitsA += a[n - 1];
          hitsB += b[n - 1];
          const [pA, pB] = [hitsA / n, hitsB / n];
          const variance = pA * (1 - pA) + pB * (1 - pB);
          if (variance > 0) least = Math.min(least, 1 / mixtureRatio(pB - pA, variance / n, tau2));
          if (least <= 0.05) first ??= n;
          seen[String(n)] = least;
        }
        for (const [n, p] of Object.entries(expected[pair].always_valid_p_at))
          expect(Math.abs(seen[n] - p)).toBeLessThan(1e-9);
        expect(first).toBe(expected[pair]["first_n_with_p<=0.05"]);
      }
    },
  );
});
