import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { sizeAcrossPapers } from "../../../src/analyses/01-experiments/sizeAcrossPapers.js";
import type { EvidenceFile, Measurement } from "../../../src/core/Evidence.js";
import { numbersOf, textsOf, type Table } from "../../../src/core/Table.js";
import { readRealTable } from "../../../src/experiments/dataStore.js";
import type * as dataStore from "../../../src/experiments/dataStore.js";
import type * as paths from "../../../src/io/projectPath.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ tables: "", output: "" }));

// Tables are read where they were imported, or else beside the project; evidence goes into a folder of this test.
vi.mock("../../../src/io/projectPath.js", async (original) => {
  const real = await original<typeof paths>();
  const { existsSync } = await import("node:fs");
  const path = await import("node:path");
  const imported = real.projectPath("data", "real");
  place.tables = existsSync(path.join(imported, "cs_pb_br_recipes.csv"))
    ? imported
    : real.projectPath("..", "shared", "real-data");
  return {
    ...real,
    projectPath: (...parts: string[]) => real.projectPath(...parts).replace(imported, () => place.tables),
    outputPath: (...parts: string[]) => path.join(place.output, ...parts),
  };
});
place.output = temporaryProject();
const hasTables = ["cs_pb_br_recipes.csv", "cspbbr3_nanoplatelets.csv"].every((file) =>
  existsSync(join(place.tables, file)),
);
if (!hasTables)
  console.warn(
    "analyses/01-experiments/sizeAcrossPapers: tests on real tables are skipped: " +
      "they are neither in data/real nor in ../shared/real-data",
  );

const tableOf = async (id: dataStore.LoadableTable): Promise<Table> => (await readRealTable(id)).table;
const measured = (file: EvidenceFile, id: string): Measurement => file.measurements.find((one) => one.id === id)!;

describe.skipIf(!hasTables)("sizeAcrossPapers (skipped without the real tables)", () => {
  it("explains 0.527 of the variance on unseen papers, as normal equations in plain loops do", async () => {
    const table = await tableOf("recipes");
    const of = (name: string): ArrayLike<number> => numbersOf(table, name);
    const [routes, phases, dois] = ["route", "phase", "doi"].map((name) => textsOf(table, name));
    const rows: { x: number[]; y: number; paper: string }[] = [];
    for (let row = 0; row < table.numRows; row++) {
      const [size, amine, time] = ["sizeNanometre", "oleylamineMolar", "timeSecond"].map((name) => of(name)[row]);
      if (routes[row] !== "hot injection" || phases[row] !== "CsPbBr3" || !(size > 0) || !(amine >= 0) || !(time > 0))
        continue;
      rows.push({
        x: [
          1,
          of("temperatureCelsius")[row] / 100,
          Math.log(of("bromideLeadRatio")[row]),
          Math.log(amine / of("leadMolar")[row] + 0.5),
          Math.log(time),
        ],
        y: Math.log(size),
        paper: dois[row],
      });
    }
    let [errorOfLaw, errorOfMean, variance] = [0, 0, 0];
    const average = rows.reduce((sum, { y }) => sum + y, 0) / rows.length;
    const papers = new Set(rows.map(({ paper }) => paper));
    for (const paper of papers) {
      const seen = rows.filter((one) => one.paper !== paper);
      const law = normalEquations(seen);
      const mean = seen.reduce((sum, { y }) => sum + y, 0) / seen.length;
      for (const { x, y } of rows.filter((one) => one.paper === paper)) {
        errorOfLaw += (y - x.reduce((sum, value, i) => sum + value * law[i], 0)) ** 2;
        errorOfMean += (y - mean) ** 2;
        variance += (y - average) ** 2;
      }
    }

    const evidence = await sizeAcrossPapers({ seed: 1 });
    const r2 = measured(evidence, "size.r2NextPaper");
    expect(r2.value).toBeCloseTo(1 - errorOfLaw / variance, 8);
    expect(r2.baseline).toBeCloseTo(1 - errorOfMean / variance, 8);
    expect(measured(evidence, "size.gainOverMean").value).toBeCloseTo(1 - errorOfLaw / errorOfMean, 8);
    expect([
      r2.value!.toPrecision(3),
      measured(evidence, "size.gainOverMean").value!.toPrecision(3),
      r2.n,
      papers.size,
    ]).toEqual(["0.527", "0.599", rows.length, 12]);
    expect(measured(evidence, "size.papers").value).toBe(12);
    expect(r2.interval!.low).toBeLessThan(r2.value!);
    expect(r2.interval!.high).toBeGreaterThan(r2.value!);
  });
});

/** Least squares by Gaussian elimination of X'X b = X'y. */
function normalEquations(rows: readonly { readonly x: readonly number[]; readonly y: number }[]): number[] {
  const size = rows[0].x.length;
  const a = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (_, j) => rows.reduce((sum, { x }) => sum + x[i] * x[j], 0)),
    rows.reduce((sum, { x, y }) => sum + x[i] * y, 0),
  ]);
  for (let pivot = 0; pivot < size; pivot++) {
    const largest = a.reduce(
      (best, row, i) => (i > pivot && Math.abs(row[pivot]) > Math.abs(a[best][pivot]) ? i : best),
      pivot,
    );
    [a[pivot], a[largest]] = [a[largest], a[pivot]];
    for (let i = 0; i < size; i++) {
      if (i === pivot) continue;
      const factor = a[i][pivot] / a[pivot][pivot];
      for (let j = pivot; j <= size; j++) a[i][j] -= factor * a[pivot][j];
    }
  }
  return a.map((row, i) => row[size] / row[i]);
}
