import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { sizesWithinLaboratories } from "../../../src/analyses/01-experiments/sizesWithinLaboratories.js";
import type { EvidenceFile, Measurement } from "../../../src/core/Evidence.js";
import type * as paths from "../../../src/io/projectPath.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ output: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => ({
  ...(await original<typeof paths>()),
  outputPath: (...parts: string[]) => join(place.output, ...parts),
}));
place.output = temporaryProject();

const measured = (file: EvidenceFile, id: string): Measurement => file.measurements.find((one) => one.id === id)!;

describe("sizesWithinLaboratories", () => {
  it("finds the slopes -1.58 and -1.47 against ln(Br:Pb), with the closed form's intervals", async () => {
    const evidence = await sizesWithinLaboratories();
    const { sizeSeries } = JSON.parse(
      readFileSync(new URL("../../../data/literature/series.json", import.meta.url), "utf8"),
    ) as { sizeSeries: { id: string; x: { name: string }; points: [number, number][] }[] };
    const slopes: Record<string, string> = {};
    for (const { id, x, points } of sizeSeries) {
      const line = straightLine(
        points.map(([value]) => (x.name === "bromideLeadRatio" ? Math.log(value) : value)),
        points.map(([, size]) => Math.log(size)),
      );
      const { value, interval, n } = measured(evidence, `size.slope.${id}`);
      expect(value, id).toBeCloseTo(line.slope, 10);
      expect(interval!.low, id).toBeCloseTo(line.slope - line.halfWidth, 4);
      expect(interval!.high, id).toBeCloseTo(line.slope + line.halfWidth, 4);
      expect(n).toBe(points.length);
      slopes[id] = line.slope.toPrecision(3);
    }
    expect(slopes).toEqual({
      "hot-injection-temperature": "0.0178",
      "reprecipitation-temperature": "0.00573",
      "bromide-lead-160": "-1.58",
      "bromide-lead-180": "-1.47",
    });
  });

  it("draws each law through the range of its points, where its residuals sum to nothing", async () => {
    const { temperature, bromide } = (await sizesWithinLaboratories()).result;
    expect([temperature.length, bromide.length]).toEqual([2, 2]);
    for (const { points, fit = [] } of [...temperature, ...bromide]) {
      expect([fit[0].x, fit.at(-1)!.x]).toEqual([points[0].x, points.at(-1)!.x]);
      // The grid has 41 steps: the law between two of them is a straight line to this accuracy.
      const at = (x: number): number => {
        const above = fit.findIndex((one) => one.x >= x - 1e-9);
        const [low, high] = [fit[Math.max(0, above - 1)], fit[above]];
        return high.x === low.x ? high.size : low.size + ((high.size - low.size) * (x - low.x)) / (high.x - low.x);
      };
      const residuals = points.map(({ x, size }) => Math.log(size / at(x)));
      expect(Math.abs(residuals.reduce((sum, one) => sum + one, 0))).toBeLessThan(0.01);
    }
  });
});

function straightLine(
  x: readonly number[],
  y: readonly number[],
): { readonly slope: number; readonly halfWidth: number } {
  const n = x.length;
  const [meanX, meanY] = [x, y].map((values) => values.reduce((sum, value) => sum + value, 0) / n);
  let [sxx, sxy] = [0, 0];
  for (let i = 0; i < n; i++) {
    sxx += (x[i] - meanX) ** 2;
    sxy += (x[i] - meanX) * (y[i] - meanY);
  }
  const slope = sxy / sxx;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (y[i] - meanY - slope * (x[i] - meanX)) ** 2;
  return { slope, halfWidth: studentTable[n - 2] * Math.sqrt(squares / (n - 2) / sxx) };
}

/** Quantiles of Student's t at 0.975 by degrees of freedom, from a printed table. */
const studentTable: Readonly<Record<number, number>> = {
  1: 12.70620474,
  2: 4.30265273,
  3: 3.182446305,
  4: 2.776445105,
  5: 2.570581836,
  6: 2.446911851,
  7: 2.364624252,
  8: 2.306004135,
  9: 2.262157163,
  10: 2.228138852,
};
