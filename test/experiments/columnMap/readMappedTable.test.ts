import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { numbersOf, textsOf } from "../../../src/core/Table.js";
import { ions } from "../../../src/experiments/columnMap/ColumnMap.js";
import { parseColumnMap } from "../../../src/experiments/columnMap/parseColumnMap.js";
import type { MappedTable } from "../../../src/experiments/columnMap/applyColumnMap.js";
import { readMappedTable } from "../../../src/experiments/columnMap/readMappedTable.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
let files = 0;

async function mapped(
  text: string,
  columns: readonly object[],
  constants: readonly object[] = [],
): Promise<MappedTable> {
  const path = join(folder, `rows${++files}.csv`);
  await writeFile(path, text);
  const map = { format: "twin-columns-1", columns, constants };
  return readMappedTable(path, { columns: parseColumnMap(map, "rows.columns.json") });
}

const salt = { header: "PbBr2 (mmol)", reagent: "PbBr2", as: "amount", unit: "mmol" };
const caesium = { header: "Cs2CO3 (mg)", reagent: "Cs2CO3", as: "amount", unit: "mg" };
const liquid = { header: "ODE (mL)", reagent: "ODE", as: "amount", unit: "mL" };
const molarities = ["Cs", "Pb", "Br"].map((header, i) => ({
  header,
  column: `${ions[i]}Molar`,
  unit: "M",
}));

describe("readMappedTable", () => {
  it("turns weighed salts and measured liquids into mol per litre of all liquid", async () => {
    const { table, dropped } = await mapped("PbBr2 (mmol),Cs2CO3 (mg),ODE (mL)\n0.2,32.582,10\n", [
      salt,
      caesium,
      liquid,
    ]);
    expect(dropped).toEqual([]);
    const value = (name: string): number => numbersOf(table, name)[0];
    // 32.582 mg of 325.82 g/mol are 0.1 mmol, with two caesium each.
    expect(value("caesiumMolar")).toBeCloseTo(0.02, 5);
    expect(value("leadMolar")).toBeCloseTo(0.02, 12);
    expect(value("bromideMolar")).toBeCloseTo(0.04, 12);
    expect(value("bromideLeadRatio")).toBeCloseTo(2, 12);
    expect(value("volumeMillilitre")).toBe(10);
    expect(value("oleylamineMolar")).toBe(0);
    expect(textsOf(table, "bromideSource")).toEqual(["lead bromide"]);
  });

  it("names in a column of its own what a recipe holds that no column counts, in those recipes alone", async () => {
    const { table, assumptions } = await mapped(
      "PbBr2 (mmol),Cs2CO3 (mg),ODE (mL),ZnBr2 (mmol)\n0.2,32.582,10,0.1\n0.2,32.582,10,0\n",
      [salt, caesium, liquid, { header: "ZnBr2 (mmol)", reagent: "ZnBr2", as: "amount", unit: "mmol" }],
    );
    expect(textsOf(table, "unmodelledReagents")).toEqual(["zinc bromide", ""]);
    expect(assumptions).toContain("Brings what no column counts: zinc bromide.");
    const plain = await mapped("PbBr2 (mmol),Cs2CO3 (mg),ODE (mL)\n0.2,32.582,10\n", [salt, caesium, liquid]);
    expect(plain.table.columns).not.toHaveProperty("unmodelledReagents");
  });

  it("reads stock solutions, kelvin, minutes, emission in eV, per cent, and units in cells", async () => {
    const { table, repaired } = await mapped(
      "V(Pb),c(Pb),V(Cs),T,time,E,G,QY,AS\n500,20,100,453.15,2 h,2.43,90,80,5\n500,20,100,433.15,30,~2.44,90,n/a,5\n",
      [
        { header: "V(Pb)", reagent: "PbBr2", as: "stock volume", unit: "µL" },
        { header: "c(Pb)", reagent: "PbBr2", as: "stock concentration", unit: "mM" },
        { header: "V(Cs)", reagent: "caesium", as: "stock volume", unit: "µL" },
        { header: "T", column: "temperatureCelsius", unit: "K" },
        { header: "time", column: "timeSecond", unit: "min" },
        { header: "E", column: "photoluminescencePeakNanometre", unit: "eV" },
        { header: "G", column: "photoluminescenceWidthNanometre", unit: "meV" },
        { header: "QY", column: "quantumYield", unit: "%" },
        { header: "AS", reagent: "toluene", as: "amount", unit: "mL" },
      ],
      [
        { reagent: "caesium", as: "stock concentration", value: 0.05, unit: "M" },
        { reagent: "PbBr2", as: "stock solvent", value: "DMF" },
        { column: "route", value: "LARP" },
      ],
    );
    const first = Object.fromEntries(
      Object.keys(table.schema)
        .filter((name) => table.schema[name].kind === "number")
        .map((name) => [name, numbersOf(table, name)[0]]),
    );
    const volume = 0.5 + 0.1 + 5;
    expect(first.leadMolar).toBeCloseTo((0.02 * 0.5) / volume, 12);
    expect(first.caesiumMolar).toBeCloseTo((0.05 * 0.1) / volume, 12);
    expect(first.temperatureCelsius).toBeCloseTo(180, 9);
    expect(first.timeSecond).toBe(7200);
    expect(first.photoluminescencePeakNanometre).toBeCloseTo(1239.841984 / 2.43, 9);
    expect(first.photoluminescenceWidthNanometre).toBeCloseTo((0.09 * (1239.841984 / 2.43) ** 2) / 1239.841984, 9);
    expect(first.quantumYield).toBeCloseTo(0.8, 12);
    expect(first.antisolventRatio).toBeCloseTo(5 / 0.6, 9);
    expect(first.oleicAcidMolar).toBeNaN();
    expect(numbersOf(table, "quantumYield")[1]).toBeNaN();
    expect(textsOf(table, "route")).toEqual(["LARP", "LARP"]);
    expect(repaired.map(({ row, column, came }) => [row, column, came])).toEqual(
      expect.arrayContaining([
        [1, "time", "2 h"],
        [2, "E", "~2.44"],
      ]),
    );
  });

  it("takes the day of a time for its date (regression: each experiment had a date of its own)", async () => {
    const { table } = await mapped("Cs,Pb,Br,made\n0.01,0.02,0.04,2024-02-01T09:12:00Z\n0.01,0.02,0.04,2024-02-01\n", [
      ...molarities,
      { header: "made", column: "date" },
    ]);
    expect(textsOf(table, "date")).toEqual(["2024-02-01", "2024-02-01"]);
  });

  const stated = { header: "V (mL)", column: "volumeMillilitre", unit: "mL" };
  const poor = { header: "toluene (mL)", reagent: "toluene", as: "amount", unit: "mL" };

  it("counts the rest of a stated volume as solvent (regression: the poor solvent's ratio left it out)", async () => {
    const { table } = await mapped(
      "Cs,Pb,Br,V (mL),toluene (mL),OA (mL)\n0.01,0.02,0.05,10,5,0.5\n0.01,0.02,0.05,10,5,\n",
      [...molarities, stated, poor, { header: "OA (mL)", reagent: "OA", as: "amount", unit: "mL" }],
    );
    expect(Array.from(numbersOf(table, "antisolventRatio"))).toEqual([1, 1]);
    expect(Array.from(numbersOf(table, "volumeMillilitre"))).toEqual([10, 10]);
    // 0.7 and 0.1 make a little less than 0.8 in binary numbers: no solvent is left over.
    const none = await mapped("Cs,Pb,Br,V (mL),toluene (mL),n-hexane (mL)\n0.01,0.02,0.05,0.8,0.7,0.1\n", [
      ...molarities,
      stated,
      poor,
      { header: "n-hexane (mL)", reagent: "n-hexane", as: "amount", unit: "mL" },
    ]);
    expect(numbersOf(none.table, "antisolventRatio")[0]).toBeNaN();
  });

  it("leaves a share missing where one of its liquids is (regression: it was that of the others)", async () => {
    const { table } = await mapped(
      "Cs,Pb,Br,V (mL),DMF (mL),DMSO (mL),toluene (mL)\n" +
        "0.01,0.02,0.05,10,,1,5\n0.01,0.02,0.05,10,1,1,\n0.01,0.02,0.05,10,1,1,5\n",
      [
        ...molarities,
        stated,
        { header: "DMF (mL)", reagent: "DMF", as: "amount", unit: "mL" },
        { header: "DMSO (mL)", reagent: "DMSO", as: "amount", unit: "mL" },
        poor,
      ],
    );
    expect(Array.from(numbersOf(table, "polarSolventFraction"))).toEqual([Number.NaN, 0.2, 0.2]);
    expect(Array.from(numbersOf(table, "antisolventRatio"))).toEqual([1, Number.NaN, 1]);
  });

  it("reads concentrations of salts in one liquid of several", async () => {
    const salts = [
      { header: "PbBr2 (mM)", reagent: "PbBr2", as: "concentration", unit: "mM", in: "DMF" },
      { header: "CsBr (mg/mL)", reagent: "CsBr", as: "concentration", unit: "mg/mL", in: "DMF" },
    ];
    const liquids = ["DMF", "toluene"].map((name) => ({ header: name, reagent: name, as: "amount", unit: "mL" }));
    const text = "PbBr2 (mM),CsBr (mg/mL),DMF,toluene\n40,8.5124,1,9\n40,8.5124,,9\n40,8.5124,2,8\n";
    const { table, dropped } = await mapped(text, [...salts, ...liquids]);
    // 8.5124 g/L of 212.81 g/mol are 0.04 mol/L; 1 of 10 mL, then 2 of 10 mL.
    [0.004, 0.008].forEach((value, i) => {
      expect(numbersOf(table, "leadMolar")[i]).toBeCloseTo(value, 12);
      expect(numbersOf(table, "caesiumMolar")[i]).toBeCloseTo(value, 7);
      expect(numbersOf(table, "bromideMolar")[i]).toBeCloseTo(3 * value, 7);
      expect(numbersOf(table, "polarSolventFraction")[i]).toBeCloseTo(0.1 * (i + 1), 12);
    });
    expect(dropped.map(({ row }) => row)).toEqual([2]);
    await expect(mapped("PbBr2 (mM),CsBr (mg/mL)\n40,8\n", salts)).rejects.toThrow(
      /header "PbBr2 \(mM\)": "in" must name a liquid whose amount .*got concentration of lead bromide in /,
    );
  });

  it("makes amounts of ratios to lead and back", async () => {
    const { table } = await mapped("Pb,Cs:Pb,Br:Pb,OA/Pb\n20,0.5,2,40\n", [
      { header: "Pb", reagent: "lead", as: "concentration", unit: "mM" },
      { header: "Cs:Pb", column: "caesiumLeadRatio" },
      { header: "Br:Pb", column: "bromideLeadRatio" },
      { header: "OA/Pb", reagent: "oleic acid", as: "per lead", unit: "1" },
    ]);
    const row = ["caesiumMolar", "leadMolar", "bromideMolar", "oleicAcidMolar"].map(
      (name) => numbersOf(table, name)[0],
    );
    [0.01, 0.02, 0.04, 0.8].forEach((value, i) => expect(row[i]).toBeCloseTo(value, 12));
  });

  it("leaves out rows without their lead, and says so with row, column and value", async () => {
    const { table, dropped } = await mapped(
      "PbBr2 (mmol),Cs2CO3 (mg),ODE (mL)\n0.2,30,10\n,30,10\nsome,30,10\n0.2,30,\n",
      [salt, caesium, liquid],
    );
    expect(table.numRows).toBe(1);
    expect(dropped.map(({ row, column, made }) => [row, column, made])).toEqual([
      [2, "PbBr2 (mmol)", "row left out"],
      [3, "PbBr2 (mmol)", "row left out"],
      [4, "ODE (mL)", "row left out"],
    ]);
  });

  it.each([
    [
      "a negative amount",
      "PbBr2 (mmol),Cs2CO3 (mg),ODE (mL)\n0.2,30,10\n-0.2,30,10\n",
      [salt, caesium, liquid],
      /row 2, column PbBr2 \(mmol\): an amount must be from 0 on; got -0.2 mmol of lead bromide; mend the cell/,
    ],
    [
      "a unit that the column cannot have",
      "PbBr2 (mmol),T\n0.2,30\n",
      [salt, { header: "T", column: "temperatureCelsius", unit: "mL" }],
      /header "T": the unit of temperatureCelsius must be one of °C, K, °F; got "mL"/,
    ],
    [
      "mol where a volume is missing",
      "PbBr2 (mmol),Cs2CO3 (mg)\n0.2,30\n",
      [salt, caesium],
      /header "PbBr2 \(mmol\)": amounts must have a volume to become concentrations; got mmol of lead bromide/,
    ],
    [
      "25 M of lead, and asks whether mM was meant",
      "Cs,Pb,Br\n1,25,1\n",
      molarities,
      /row 1, column Pb: leadMolar must be from 0 to 2 mol\/L; got 25 mol\/L; was mM or µM meant\?/,
    ],
    [
      "an amount out of range that was computed",
      "PbBr2 (mmol),Cs2CO3 (mg),ODE (mL)\n200,30,10\n",
      [salt, caesium, liquid],
      /row 1, column PbBr2 \(mmol\): leadMolar must be from 0 to 2 mol\/L; got 20 mol\/L, from PbBr2 \(mmol\) 200 mmol/,
    ],
    [
      "charges that cannot balance",
      "Cs,Pb,Br,salt\n0.01,0.02,0.2,lead bromide\n",
      [...molarities, { header: "salt", column: "bromideSource" }],
      /row 1, column Br: charges must balance.*; got bromide 0.2 mol\/L against 0.05 mol\/L; mend the amounts/,
    ],
    [
      "a header that is named twice",
      "PbBr2 (mmol)\n1\n",
      [salt, { ...salt, as: "per caesium", unit: "1" }],
      /must name each header and each meaning once; got header "PbBr2 \(mmol\)" twice; remove one/,
    ],
    [
      "outcomes only",
      "Size\n9\n",
      [{ header: "Size", column: "sizeNanometre" }],
      /must tell how much caesium, lead, bromide goes in; got outcomes only \(sizeNanometre\)/,
    ],
    [
      "a header that is not there",
      "PbBr2 (mmol)\n1\n",
      [{ ...salt, header: "PbBr" }],
      /header "PbBr": must be a header of .*rows\d+.csv; got PbBr2 \(mmol\)/,
    ],
    [
      "a reagent that nobody knows",
      "PbBr2 (mmol)\n1\n",
      [{ ...salt, reagent: "unobtainium" }],
      /reagent must be one of the list, .*\(antisolvent, polar solvent, solvent\); got "unobtainium"/,
    ],
    [
      "a volume of a solid",
      "PbBr2 (mmol)\n1\n",
      [{ ...salt, unit: "mL" }],
      /a volume must be one of a liquid, or of a solution; got "mL" of lead bromide/,
    ],
    [
      "widths in eV that are called nm",
      "Cs,Pb,Br,fwhm\n0.01,0.02,0.04,0.09\n0.01,0.02,0.04,0.08\n",
      [...molarities, { header: "fwhm", column: "photoluminescenceWidthNanometre", unit: "nm" }],
      /column fwhm: must be photoluminescenceWidthNanometre, from 5 to 80 nm; got 0.09 nm in 2 of 2 rows; was eV meant/,
    ],
    [
      "an amount that the map does not name",
      "PbBr2 (mmol),Cs2CO3 (mg),ODE (mL),OA (µL)\n0.2,30,10,5\n",
      [salt, caesium, liquid],
      /header "OA \(µL\)": a column of amounts must have a meaning, or be left out by you; got the map does not name/,
    ],
    [
      "lead per lead",
      "PbBr2 (mmol),Cs\n1,1\n",
      [{ ...salt, as: "per lead", unit: "1" }],
      /header "PbBr2 \(mmol\)": what is told per lead must bring no lead itself; got lead bromide; tell it "per c/,
    ],
    [
      "a key that an entry does not have, by its name",
      "PbBr2 (mmol)\n1\n",
      [{ ...salt, fator: 2 }],
      /header "PbBr2 \(mmol\)": must have no other keys than those of its kind; got "fator"/,
    ],
    [
      "a factor of 0, by its key",
      "PbBr2 (mmol)\n1\n",
      [{ ...salt, factor: 0 }],
      /header "PbBr2 \(mmol\)": factor must be as its kind of entry has it: must be above 0; got 0/,
    ],
    [
      "an entry without a meaning",
      "PbBr2 (mmol)\n1\n",
      [{ header: "PbBr2 (mmol)", note: 1 }],
      /header "PbBr2 \(mmol\)": must be \{"header", "column", "unit"\}/,
    ],
    ["a table without rows", "PbBr2 (mmol)\n", [salt], /must have a row for each experiment; got a header and no rows/],
  ])("refuses %s", async (_, text, columns, message) => {
    await expect(mapped(text, columns)).rejects.toThrow(message);
  });

  it("refuses a constant that cannot be once, not in every row", async () => {
    const text = "Cs,Pb,Br\n0.01,0.02,0.04\n0.01,0.02,0.04\n";
    const wrong = (constant: object): Promise<MappedTable> => mapped(text, molarities, [constant]);
    await expect(wrong({ column: "temperatureCelsius", value: 443, unit: "°C" })).rejects.toThrow(
      /constant temperatureCelsius: temperatureCelsius must be from -20 to 300 °C, .*; got 443; .*was K or °F meant\?/,
    );
    await expect(wrong({ column: "temperatureCelsius", value: "RT" })).rejects.toThrow(/its value must be a number/);
    await expect(wrong({ column: "route", value: "magic" })).rejects.toThrow(/must be one of hot injection, LARP/);
    await expect(wrong({ reagent: "OA", as: "concentration", unit: "M", value: -1 })).rejects.toThrow(
      /constant concentration of OA: an amount must be from 0 on; got -1/,
    );
  });

  it("leaves bromide that a named acid brings alone", async () => {
    const { table } = await mapped("Cs,Pb,Br,salt\n0.01,0.02,0.2,lead bromide+hydrobromic acid\n", [
      ...molarities,
      { header: "salt", column: "bromideSource" },
    ]);
    expect(numbersOf(table, "bromideMolar")[0]).toBe(0.2);
  });
});
