import { describe, expect, it } from "vitest";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { seededRandom } from "../../../src/core/random/Random.js";

const normals = (pairs: number, seed: number): [number[], number[]] => {
  const random = seededRandom(seed);
  const drawn = Array.from({ length: pairs }, () => boxMuller(1 - random(), random()));
  return [drawn.map(([a]) => a), drawn.map(([, b]) => b)];
};

describe("boxMuller", () => {
  it("goes around a circle of radius √(-2 ln u1)", () => {
    const radius = Math.sqrt(-2 * Math.log(0.3));
    for (const [u2, x, y] of [
      [0, radius, 0],
      [0.25, 0, radius],
      [0.5, -radius, 0],
      [0.75, 0, -radius],
    ]) {
      const [a, b] = boxMuller(0.3, u2);
      expect(a).toBeCloseTo(x, 12);
      expect(b).toBeCloseTo(y, 12);
    }
    expect(boxMuller(1, 0.3).map(Math.abs)).toEqual([0, 0]);
  });

  it("has the moments of a standard normal: 0, 1, 0 and 3, each within five standard errors", () => {
    const n = 50_000;
    for (const values of normals(n, 1)) {
      const moment = (power: number): number => values.reduce((sum, z) => sum + z ** power, 0) / n;
      expect(Math.abs(moment(1))).toBeLessThan(5 / Math.sqrt(n));
      expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
      expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / n));
      expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
    }
  });

  it("gives pairs that are independent, squares too", () => {
    const n = 50_000;
    const [a, b] = normals(n, 2);
    expect(Math.abs(a.reduce((sum, z, i) => sum + z * b[i], 0) / n)).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(a.reduce((sum, z, i) => sum + (z * z - 1) * (b[i] * b[i] - 1), 0) / n)).toBeLessThan(
      (5 * 2) / Math.sqrt(n),
    );
  });

  it("falls beyond 1.96 in 5 % of draws on both sides together", () => {
    const [a, b] = normals(50_000, 3);
    const share = [...a, ...b].filter((z) => Math.abs(z) > 1.959964).length / 100_000;
    expect(Math.abs(share - 0.05)).toBeLessThan(5 * Math.sqrt((0.05 * 0.95) / 100_000));
  });
});
