import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { publishedTables } from "../../../src/analyses/01-experiments/publishedTables.js";
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
const hasTables = ["cs_pb_br_recipes.csv", "cspbbr3_nanoplatelets_full.csv"].every((file) =>
  existsSync(join(place.tables, file)),
);
if (!hasTables)
  console.warn(
    "analyses/01-experiments/publishedTables: tests on real tables are skipped: " +
      "they are neither in data/real nor in ../shared/real-data",
  );

const tableOf = async (id: dataStore.LoadableTable): Promise<Table> => (await readRealTable(id)).table;
const measured = (file: EvidenceFile, id: string): Measurement => file.measurements.find((one) => one.id === id)!;

describe.skipIf(!hasTables)("publishedTables (skipped without the real tables)", () => {
  it("counts rows, labels, laboratories and violations as loops over the loaded tables do", async () => {
    const perovskites = [await tableOf("recipes"), await tableOf("nanoplatelets-all")];
    let [rows, broken, labelled] = [0, 0, 0];
    const sources = new Set<string>();
    for (const table of perovskites) {
      const [phases, labs, papers] = ["phase", "lab", "doi"].map((name) => textsOf(table, name));
      const formed = Object.hasOwn(table.columns, "perovskite") ? textsOf(table, "perovskite") : phases;
      for (let row = 0; row < table.numRows; row++) {
        if (phases[row] === "" && formed[row] !== "no") continue;
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
    expect([rows, broken, labelled, sources.size]).toEqual([444, 0, 442, 22]);

    const evidence = await publishedTables();
    expect(evidence.result.table.rows.map(([name, , , ...counts]) => [name, ...counts])).toEqual([
      ["recipes", 89, 87, 14, 21],
      ["nanoplatelets-all", 357, 357, 3, 1],
    ]);
    expect([measured(evidence, "tables.repaired").value, measured(evidence, "tables.otherPhases").value]).toEqual([
      17 / 444,
      6,
    ]);
    const rate = measured(evidence, "DQ1.violationRate");
    expect(rate).toMatchObject({ value: 0, n: 444 });
    // Exact one-sided bound for none of n: (1 - p)^n = 0.05.
    expect(rate.interval!.high).toBeCloseTo(1 - 0.05 ** (1 / 444), 9);
    expect([
      measured(evidence, "DQ6.rows").value,
      measured(evidence, "DQ6.labs").value,
      measured(evidence, "DQ7.share").value,
    ]).toEqual([442, 22, 1]);
    // Once UNKNOWN: the tables do not name batches, but no two papers share one.
    expect(measured(evidence, "DQ6.batches")).toMatchObject({ value: 21, n: 442 });
    expect(measured(evidence, "tables.failures").value).toBe(18);
  });

  it("counts a planted value outside its range as a violation of its row", async () => {
    const loaded = await readRealTable("recipes");
    const temperatures = Float64Array.from(numbersOf(loaded.table, "temperatureCelsius"));
    temperatures[3] = 900;
    vi.mocked(readRealTable).mockResolvedValueOnce({
      ...loaded,
      table: { ...loaded.table, columns: { ...loaded.table.columns, temperatureCelsius: temperatures } },
    });
    expect(measured(await publishedTables(), "DQ1.violationRate").value).toBe(1 / 444);
  });
});

function breaksItsSchema(table: Table, row: number): boolean {
  for (const [name, { min = -Infinity, max = Infinity, levels, required = false }] of Object.entries(table.schema)) {
    const column = table.columns[name];
    if (isCategory(column)) {
      const value = column.levels[column.codes[row]];
      if (value === "" ? required : levels !== undefined && !levels.includes(value)) return true;
    } else if (Number.isNaN(column[row]) ? required : column[row] < min || column[row] > max) return true;
  }
  return false;
}
