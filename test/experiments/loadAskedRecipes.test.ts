import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { unmodelledColumn } from "../../src/chemistry/twinTerms.js";
import type { RawTable } from "../../src/core/RawTable.js";
import { numbersOf, textsOf } from "../../src/core/Table.js";
import { loadAskedRecipes } from "../../src/experiments/loadAskedRecipes.js";
import { projectPath } from "../../src/io/projectPath.js";
import { readRawCsv } from "../../src/io/tables/readRawCsv.js";

/** Inputs of recipes whose outcomes are not known here. */
const blindRecipes = projectPath("..", "shared", "blind", "recipes.csv");
if (!existsSync(blindRecipes)) console.warn("a test on recipes kept aside is skipped: ../shared/blind is not here");

/** 6.4 mL of liquid, 0.188 mmol of lead bromide and what else is given. */
function asked(...others: Readonly<Record<string, number>>[]): RawTable {
  const all = others.map((one) =>
    JSON.stringify({ Cs2CO3: 0.03, PbBr2: 0.188, ODE: 16.875, OLA: 1.5197, OA: 1.5755, ...one }).replaceAll('"', "'"),
  );
  const column = (text: string): string[] => others.map(() => text);
  const columns = { Tinj: column("170"), Trxn: column("170"), t_min: column("0.0833"), all };
  const summary = { Cs: "0.06", Pb: "0.188", Br: "0.376", OA: "1.5755", OLA: "1.5197", ODE: "16.875", DMF: "0" };
  return {
    where: "recipes.csv",
    sha256: "00",
    numRows: others.length,
    headerLine: 1,
    columns: {
      id: others.map((_, i) => `asked-${i + 1}`),
      ...columns,
      ...Object.fromEntries(Object.entries(summary).map(([name, text]) => [name, column(text)])),
    },
  };
}

describe("loadAskedRecipes", () => {
  it("counts amounts as those of the published table, and leaves the outcomes missing", () => {
    const { table } = loadAskedRecipes(asked({}));
    expect(numbersOf(table, "leadMolar")[0]).toBeCloseTo(0.188 / 6.4, 5);
    expect(numbersOf(table, "bromideMolar")[0]).toBeCloseTo(0.376 / 6.4, 5);
    expect([textsOf(table, "experiment")[0], textsOf(table, "phase")[0]]).toEqual(["asked-1", ""]);
    expect(numbersOf(table, "sizeNanometre")[0]).toBeNaN();
    expect(Object.keys(table.columns)).not.toContain(unmodelledColumn);
  });

  it("counts bromide and lead of foreign salts, and not the foreign ions, which the recipe is said to hold", () => {
    const { table, dropped } = loadAskedRecipes(asked({}, { ZnBr2: 0.1 }, { Rb2CO3: 0.05 }, { PbI2: 0.1 }));
    expect(dropped).toEqual([]);
    const millimole = (name: string): number[] => Array.from(numbersOf(table, name), (one) => one * 6.4);
    const near = (expected: readonly number[]): unknown[] => expected.map((one) => expect.closeTo(one, 3) as unknown);
    expect(millimole("bromideMolar")).toEqual(near([0.376, 0.576, 0.376, 0.376]));
    expect(millimole("leadMolar")).toEqual(near([0.188, 0.188, 0.188, 0.288]));
    expect(millimole("caesiumMolar")).toEqual(near([0.06, 0.06, 0.06, 0.06]));
    expect(textsOf(table, unmodelledColumn)).toEqual(["", "zinc bromide", "rubidium carbonate", "lead iodide"]);
  });

  it("leaves out a recipe with a reagent that nobody knows: it may bring bromide", () => {
    const { table, dropped } = loadAskedRecipes(asked({ mystery: 1 }, {}));
    expect(table.numRows).toBe(1);
    expect(dropped.map(({ row, why }) => [row, why])).toEqual([[1, "the list of reagents does not have mystery"]]);
  });

  it.skipIf(!existsSync(blindRecipes))(
    "reads all 24 recipes that are kept aside (skipped without ../shared/blind)",
    async () => {
      const { table, dropped, repaired } = loadAskedRecipes(await readRawCsv(blindRecipes));
      expect(dropped).toEqual([]);
      expect(repaired.filter(({ column }) => column === "all")).toEqual([]);
      expect(new Set(textsOf(table, "experiment")).size).toBe(24);
      for (const name of ["caesiumMolar", "leadMolar", "bromideMolar"])
        expect(
          numbersOf(table, name).every((amount) => amount > 0),
          name,
        ).toBe(true);
    },
  );
});
