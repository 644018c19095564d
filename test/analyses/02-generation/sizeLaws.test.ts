import { join } from "node:path";
import { readFileSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { sizeLaws } from "../../../src/analyses/02-generation/sizeLaws.js";
import type { EvidenceFile } from "../../../src/core/Evidence.js";
import type * as paths from "../../../src/io/projectPath.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ output: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => ({
  ...(await original<typeof paths>()),
  outputPath: (...parts: string[]) => join(place.output, ...parts),
}));
place.output = temporaryProject();

const valueOf = (file: EvidenceFile, id: string): number | null =>
  file.measurements.find((one) => one.id === id)!.value;

it("sizeLaws scores both laws on the bromide series as the written laws do by hand", async () => {
  const evidence = await sizeLaws();
  const { sizeSeries } = JSON.parse(
    readFileSync(new URL("../../../data/literature/series.json", import.meta.url), "utf8"),
  ) as { sizeSeries: { id: string; points: [number, number][] }[] };
  const lnLaw = (temperature: number, bromide: number): number =>
    0.862 + 0.0129 * temperature - 0.324 * Math.log(bromide) - 0.309 * Math.log(7.6 + 0.5) + 0.065 * Math.log(5);
  const cells = (size: number): number => (size ** 4 + 1.8 ** 4) ** 0.25;
  const points = [160, 180].flatMap((temperature) =>
    sizeSeries
      .find(({ id }) => id === `bromide-lead-${temperature}`)!
      .points.map(([x, size]) => ({ temperature, x, size })),
  );
  const medianOf = (values: readonly number[]): number => {
    const sorted = [...values].sort((a, b) => a - b);
    return (sorted[5] + sorted[6]) / 2;
  };

  const pooled = points.map(({ temperature, x, size }) => cells(Math.exp(lnLaw(temperature, x))) / size);
  expect(valueOf(evidence, "size.bromidePooledError")).toBeCloseTo(
    medianOf(pooled.map((factor) => Math.abs(factor - 1))),
    10,
  );
  expect(valueOf(evidence, "size.bromideInBand")).toBe(
    pooled.filter((factor) => Math.abs(Math.log(factor)) <= 0.19).length,
  );

  // The laboratory's slope is -1.5 per ln(Br:Pb), turned about 2.5; one
  // level for both series, as they are of one paper.
  const turned = (x: number): number => (-1.5 + 0.324) * Math.log(x / 2.5);
  const level =
    points.reduce(
      (sum, { temperature, x, size }) => sum + Math.log(size / cells(Math.exp(lnLaw(temperature, x) + turned(x)))),
      0,
    ) / points.length;
  const own = points.map(({ temperature, x, size }) =>
    Math.abs(cells(Math.exp(lnLaw(temperature, x) + turned(x) + level)) / size - 1),
  );
  expect(valueOf(evidence, "size.bromideOwnError")).toBeCloseTo(medianOf(own), 10);
  expect(evidence.result.bromide.map(({ own: curve = [] }) => curve.length)).toEqual([28, 28]);
});
