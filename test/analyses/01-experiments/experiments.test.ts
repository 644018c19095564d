import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import {
  phasesByRatio,
  publishedTables,
  sizeAcrossPapers,
  sizesWithinLaboratories,
} from "../../../src/analyses/01-experiments/experiments.js";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { canonicalJson } from "../../../src/core/canonicalJson.js";
import type { EvidenceFile, Measurement } from "../../../src/core/Evidence.js";
import { isCategory, numbersOf, textsOf, type Table } from "../../../src/core/Table.js";
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
vi.mock("../../../src/experiments/dataStore.js", async (original) => {
  const real = await original<typeof dataStore>();
  return { ...real, readRealTable: vi.fn(real.readRealTable) };
});

place.output = temporaryProject();
const hasTables = ["cs_pb_br_recipes.csv", "cspbbr3_nanoplatelets.csv"].every((file) =>
  existsSync(join(place.tables, file)),
);
if (!hasTables)
  console.warn(
    "analyses/experiments: tests on real tables are skipped: they are neither in data/real nor in ../shared/real-data",
  );

const tableOf = async (id: dataStore.LoadableTable): Promise<Table> => (await readRealTable(id)).table;
const measured = (file: EvidenceFile, id: string): Measurement => file.measurements.find((one) => one.id === id)!;

describe.skipIf(!hasTables)("phasesByRatio (skipped without the real tables)", () => {
  it("finds the rule right on 14 of 87 recipes and the constant answer on 81, as counting by hand does", async () => {
    const table = await tableOf("recipes");
    const [ratios, phases, papers] = [
      numbersOf(table, "caesiumLeadRatio"),
      textsOf(table, "phase"),
      new Set(textsOf(table, "doi")),
    ];
    let [byRule, byConstant] = [0, 0];
    for (let row = 0; row < table.numRows; row++) {
      const away = (own: number): number => Math.abs(Math.log(ratios[row] / own));
      // CsPbBr3 stands first, so that it wins where two are equally near.
      let nearest = { phase: "CsPbBr3", own: 1 };
      for (const other of [
        { phase: "CsPb2Br5", own: 0.5 },
        { phase: "Cs4PbBr6", own: 4 },
      ])
        if (away(other.own) < away(nearest.own) - 1e-12) nearest = other;
      if (nearest.phase === phases[row]) byRule++;
      if (phases[row] === "CsPbBr3") byConstant++;
    }
    expect([table.numRows, byRule, byConstant, papers.size]).toEqual([87, 14, 81, 21]);

    const evidence = await phasesByRatio({ seed: 1 });
    expect(measured(evidence, "phases.stoichiometryRule")).toMatchObject({
      value: byRule / 87,
      n: 87,
      baseline: byConstant / 87,
    });
    expect(measured(evidence, "phases.constant")).toMatchObject({ value: byConstant / 87, n: 87 });
    expect(measured(evidence, "phases.papers").value).toBe(21);
    for (const { share, low, high } of evidence.result.rules.bars) expect(low < share && share < high).toBe(true);
  });

  it("puts every recipe into the bin between whose edges its ratio lies", async () => {
    const table = await tableOf("recipes");
    const [ratios, phases] = [numbersOf(table, "caesiumLeadRatio"), textsOf(table, "phase")];
    const { binEdges, counts, rulePhaseBoundaries } = (await phasesByRatio({ seed: 1 })).result.histogram;
    let total = 0;
    for (const phase of phaseNames) {
      for (let bin = 0; bin + 1 < binEdges.length; bin++) {
        let inside = 0;
        for (let row = 0; row < ratios.length; row++)
          if (phases[row] === phase && ratios[row] >= binEdges[bin] && ratios[row] < binEdges[bin + 1]) inside++;
        expect(counts[phase]?.[bin] ?? 0, `${phase} in bin ${bin}`).toBe(inside);
        total += inside;
      }
    }
    expect(total).toBe(87);
    // Bars end at the borders: none stands on both sides of one.
    for (const border of rulePhaseBoundaries.ratios)
      expect(Math.min(...binEdges.map((edge) => Math.abs(edge - border)))).toBeLessThan(1e-6);
    expect(rulePhaseBoundaries.ratios[0]).toBeCloseTo(Math.SQRT1_2, 12);
    expect(rulePhaseBoundaries.ratios[1]).toBeCloseTo(2, 12);
  });

  it.each([12, 9.52, 0.105])(
    "refuses a recipe with Cs:Pb = %d, which would stand in no bin (planted)",
    async (planted) => {
      const loaded = await readRealTable("recipes");
      const ratios = Float64Array.from(numbersOf(loaded.table, "caesiumLeadRatio"));
      ratios[5] = planted;
      vi.mocked(readRealTable).mockResolvedValueOnce({
        ...loaded,
        table: { ...loaded.table, columns: { ...loaded.table.columns, caesiumLeadRatio: ratios } },
      });
      await expect(phasesByRatio({ seed: 1 })).rejects.toThrow(
        `every Cs:Pb ratio must lie in [0.105112, 9.51366) mol/mol; got ${planted}; widen the histogram`,
      );
    },
  );

  it("gives the same bytes for the same seed, other intervals but no other value for another, and writes what it gives", async () => {
    const [once, again, other] = [
      await phasesByRatio({ seed: 1 }),
      await phasesByRatio({ seed: 1 }),
      await phasesByRatio({ seed: 2 }),
    ];
    expect(again).toEqual(once);
    const [one, two] = [once, other].map((file) => measured(file, "phases.stoichiometryRule"));
    expect(two.value).toBe(one.value);
    expect(two.interval).not.toEqual(one.interval);
    expect(readFileSync(join(place.output, "data/evidence/01-experiments-phases.json"), "utf8")).toBe(
      canonicalJson(other),
    );
  });
});

describe.skipIf(!hasTables)("publishedTables (skipped without the real tables)", () => {
  it("counts rows, labels, laboratories and violations as loops over the loaded tables do", async () => {
    const perovskites = [await tableOf("recipes"), await tableOf("nanoplatelets")];
    let [rows, broken, labelled] = [0, 0, 0];
    const sources = new Set<string>();
    for (const table of perovskites) {
      const [phases, labs, papers] = ["phase", "lab", "doi"].map((name) => textsOf(table, name));
      for (let row = 0; row < table.numRows; row++) {
        if (phases[row] === "") continue;
        labelled++;
        sources.add(labs[row] === "" ? papers[row] : labs[row]);
      }
    }
    for (const table of perovskites) {
      for (let row = 0; row < table.numRows; row++) {
        rows++;
        if (breaksItsSchema(table, row)) broken++;
      }
    }
    expect([rows, broken, labelled, sources.size]).toEqual([312, 0, 312, 22]);

    const evidence = await publishedTables();
    expect(evidence.result.rows.map(([name, , , ...counts]) => [name, ...counts])).toEqual([
      ["recipes", 89, 87, 15, 21],
      ["nanoplatelets", 225, 225, 101, 1],
    ]);
    expect([measured(evidence, "tables.repaired").value, measured(evidence, "tables.otherPhases").value]).toEqual([
      116 / 312,
      6,
    ]);
    const rate = measured(evidence, "DQ1.violationRate");
    expect(rate).toMatchObject({ value: 0, n: 312 });
    // Exact one-sided bound for none of n: (1 - p)^n = 0.05.
    expect(rate.interval!.high).toBeCloseTo(1 - 0.05 ** (1 / 312), 9);
    expect([
      measured(evidence, "DQ6.rows").value,
      measured(evidence, "DQ6.labs").value,
      measured(evidence, "DQ7.share").value,
    ]).toEqual([312, 22, 1]);
    expect(measured(evidence, "DQ6.batches")).toMatchObject({
      value: null,
      reason: expect.stringContaining("do not say") as string,
    });
  });

  it("counts a planted value outside its range as a violation of its row", async () => {
    const loaded = await readRealTable("recipes");
    const temperatures = Float64Array.from(numbersOf(loaded.table, "temperatureCelsius"));
    temperatures[3] = 900;
    vi.mocked(readRealTable).mockResolvedValueOnce({
      ...loaded,
      table: { ...loaded.table, columns: { ...loaded.table.columns, temperatureCelsius: temperatures } },
    });
    expect(measured(await publishedTables(), "DQ1.violationRate").value).toBe(1 / 312);
  });
});

describe("sizesWithinLaboratories", () => {
  it("finds the slopes -1.58 and -1.47 against ln(Br:Pb), each with the interval that the closed form has", async () => {
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

describe.skipIf(!hasTables)("sizeAcrossPapers (skipped without the real tables)", () => {
  it("explains 0.527 of the variance on unseen papers and removes 0.599 of the mean's error, as normal equations in plain loops do", async () => {
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

function breaksItsSchema(table: Table, row: number): boolean {
  for (const [name, { low = -Infinity, high = Infinity, levels, required = false }] of Object.entries(table.schema)) {
    const column = table.columns[name];
    if (isCategory(column)) {
      const value = column.levels[column.codes[row]];
      if (value === "" ? required : levels !== undefined && !levels.includes(value)) return true;
    } else if (Number.isNaN(column[row]) ? required : column[row] < low || column[row] > high) return true;
  }
  return false;
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
