import { join } from "node:path";
import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { textsOf } from "../../../src/core/Table.js";
import { loadAllNanoplatelets } from "../../../src/experiments/loadAllNanoplatelets.js";
import { readRawCsv } from "../../../src/io/tables/readRawCsv.js";
import {
  featureMeans,
  plateletFeatures,
  plateletMatrix,
  plateletRows,
} from "../../../src/problems/platelets/plateletRows.js";
import { readPlateletRows } from "../../../src/problems/platelets/readPlateletRows.js";
import { hasRealData, realData } from "../../support/realData.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";
import { type PlateletCells, rawPlatelets, recipeCells, smallTable } from "./smallTable.js";

const rowsOf = (...cells: PlateletCells[]) =>
  plateletRows(loadAllNanoplatelets(rawPlatelets(cells.map((own) => ({ ...recipeCells, ...own })))).table);
const featureOf = (cells: PlateletCells, name: (typeof plateletFeatures)[number]): number =>
  rowsOf(cells).features[plateletFeatures.indexOf(name)];

describe("plateletRows", () => {
  it("tells what is mixed: ratios, concentrations in all liquid, and how polar the antisolvent is", () => {
    // 30 µmol lead and 3 µmol caesium in 5.15 mL, with 2 mL ethanol.
    expect(featureOf({}, "rootCaesiumLeadRatio")).toBeCloseTo(Math.sqrt(0.1), 12);
    expect(featureOf({}, "rootAddedPerLead") ** 2).toBeCloseTo(2 / 0.03, 9);
    expect(featureOf({}, "leadMillimolar")).toBeCloseTo(30 / 5.15, 9);
    expect(featureOf({}, "caesiumMillimolar")).toBeCloseTo(3 / 5.15, 9);
    expect(featureOf({}, "addedShare")).toBeCloseTo(2 / 5.15, 12);
    expect(featureOf({}, "relativePolarity")).toBe(0.654);
    expect(featureOf({}, "molarVolume")).toBeCloseTo(46.07 / 0.785, 2);
  });

  it("counts a row of which no fraction was measured as precipitate, since that is known only of what failed", () => {
    expect(["P", "-", "S"].map((part) => featureOf({ S_P: part }, "supernatant"))).toEqual([0, 0, 1]);
  });

  it("knows neither the day of publication nor the sample's number", () => {
    const [one, other] = [rowsOf({}), rowsOf({ first_commit: "2031-01-01", sample: "9999" })];
    expect(other.features).toEqual(one.features);
    expect(other.recipes).toEqual(one.recipes);
  });

  it("takes a recipe without an antisolvent as one in the medium of its stocks, toluene", () => {
    expect(featureOf({ V_antisolvent_uL: "0" }, "relativePolarity")).toBe(0.099);
    expect(rowsOf({ V_antisolvent_uL: "0" }).solvents).toEqual([""]);
  });

  it("calls both fractions one recipe, and another volume or another antisolvent another one", () => {
    const { recipes } = rowsOf(
      {},
      { S_P: "S" },
      { V_CsOA_uL: "151" },
      { antisolvent: "MeOH" },
      { antisolvent: "ethanol" },
    );
    expect(recipes.map((recipe) => recipes.indexOf(recipe))).toEqual([0, 0, 2, 3, 0]);
  });

  it("takes an antisolvent that nobody knows, in a table of recipes, with means in the place of its properties", () => {
    const rows = rowsOf({}, { antisolvent: "elixir" });
    expect(rows.solvents).toEqual(["ethanol", "elixir"]);
    const matrix = plateletMatrix(rows, featureMeans(rows));
    const polarity = plateletFeatures.indexOf("relativePolarity");
    expect(matrix.values[matrix.columns + polarity]).toBe(Math.fround(0.654));
  });

  it.each([
    [{ c_CsOA_M: "0" }, 'row 1, column c_CsOA_M: must be above 0, at most 10; got "0"'],
    [{ V_CsOA_uL: "" }, 'column V_CsOA_uL: must be above 0, at most 1000000; got ""'],
    [{ V_antisolvent_uL: "-3" }, "column V_antisolvent_uL: must be from 0, at most 1000000"],
    [{ antisolvent: "" }, "the antisolvent must be a reagent of the list"],
  ])("refuses %o", (cells, message) => {
    expect(() => rowsOf(cells)).toThrow(message);
  });

  it("refuses a table that tells no stocks", () => {
    const { table } = loadAllNanoplatelets(rawPlatelets([recipeCells]));
    const { addedSolvent: _, ...columns } = table.columns;
    expect(() => plateletRows({ ...table, columns })).toThrow("no column addedSolvent");
  });

  it.skipIf(!hasRealData)("has the groups of the real table (skipped without ../shared/real-data)", async () => {
    const { table } = loadAllNanoplatelets(await readRawCsv(join(realData, "cspbbr3_nanoplatelets_full.csv")));
    const rows = plateletRows(table);
    const told = textsOf(table, "recipe");
    expect(new Set(rows.recipes).size).toBe(new Set(told).size);
    expect(new Set(rows.recipes.map((recipe, row) => `${recipe} ${told[row]}`)).size).toBe(304);
    expect(rows.features.every(Number.isFinite)).toBe(true);
    expect([1, 0].map((code) => rows.formed.filter((one) => one === code).length)).toEqual([337, 18]);
    // Nothing but caesium, lead and bromide comes in: no foreign cation, no other halide.
    expect(new Set(["caesiumSource", "bromideSource"].flatMap((name) => textsOf(table, name)))).toEqual(
      new Set(["Cs oleate", "PbBr2"]),
    );
  });
});

describe("readPlateletRows", () => {
  it("reads recipes without outcomes, which are then missing", async () => {
    const path = join(await temporaryFolder(), "recipes.csv");
    const names = Object.keys(recipeCells);
    await writeFile(path, `${names.join(",")}\n${names.map((name) => recipeCells[name]).join(",")}\n`);
    const rows = await readPlateletRows(path);
    expect(rows.experiments).toEqual(["sample 1"]);
    expect([rows.peak[0], rows.width[0], rows.formed[0]]).toEqual([NaN, NaN, NaN]);
  });

  it("needs neither the fraction nor the day of publication of recipes without outcomes", () => {
    const { S_P: _, first_commit: __, ...short } = recipeCells;
    const rows = plateletRows(loadAllNanoplatelets(rawPlatelets([short])).table);
    expect(rows.features).toEqual(rowsOf({}).features);
  });

  it("does not take a table for one of recipes that lacks one column of outcomes", () => {
    expect(() => loadAllNanoplatelets(rawPlatelets([{ ...recipeCells, perovskite: "1" }]))).toThrow(
      'the column "monodispersity" must be there',
    );
  });
});

describe("smallTable", () => {
  it("has fractions and failures, as the real one", () => {
    const { recipes, formed } = plateletRows(smallTable(80));
    expect(new Set(recipes).size).toBe(72);
    expect(formed.filter((one) => one === 0).length).toBeGreaterThan(15);
  });
});
