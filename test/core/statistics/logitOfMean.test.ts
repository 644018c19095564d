import { expect, it } from "vitest";
import { logitOfMean } from "../../../src/core/statistics/logitOfMean.js";

/** ∫ f(u) φ(u / spread) / spread du on a fine even grid: an integration of its own. */
function average(f: (u: number) => number, spread: number): number {
  if (spread === 0) return f(0);
  const step = spread / 50;
  let sum = 0;
  for (let u = -8 * spread; u <= 8 * spread; u += step)
    sum += f(u) * Math.exp(-(u ** 2) / (2 * spread ** 2)) * (step / (spread * Math.sqrt(2 * Math.PI)));
  return sum;
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

it("logitOfMean keeps the share over batches to 1e-10, up to a spread of 1", () => {
  for (const spread of [0, 0.1, 0.2, 0.5, 1])
    for (const share of [0.001, 0.14, 0.19, 0.5, 0.8])
      expect(Math.abs(average((u) => sigmoid(logitOfMean(share, spread) + u), spread) - share)).toBeLessThan(1e-10);
});
