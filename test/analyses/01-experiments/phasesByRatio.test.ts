import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { phasesByRatio } from "../../../src/analyses/01-experiments/phasesByRatio.js";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { canonicalJson } from "../../../src/core/canonicalJson.js";
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
    "analyses/01-experiments/phasesByRatio: tests on real tables are skipped: " +
      "they are neither in data/real nor in ../shared/real-data",
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

  it("gives the same bytes for one seed, and the same numbers for any: papers are left out, not drawn", async () => {
    const [once, again, other] = [
      await phasesByRatio({ seed: 1 }),
      await phasesByRatio({ seed: 1 }),
      await phasesByRatio({ seed: 2 }),
    ];
    expect(again).toEqual(once);
    expect(other.measurements).toEqual(once.measurements);
    expect(measured(once, "phases.stoichiometryRule").interval!.method).toBe("jackknife by paper, beta");
    expect(readFileSync(join(place.output, "data/evidence/01-experiments-phases.json"), "utf8")).toBe(
      canonicalJson(other),
    );
  });
});
