import { describe, expect, it } from "vitest";
import type { RawTable } from "../../src/core/RawTable.js";
import { numbersOf, textsOf } from "../../src/core/Table.js";
import { loadCadmiumSelenide } from "../../src/experiments/loadCadmiumSelenide.js";
import { readRawCsv } from "../../src/io/tables/readRawCsv.js";
import { hasRealData, realData } from "../support/realData.js";

const first = {
  "Injection Temp (Celsius)": "300",
  "Growth Temp (Celsius)": "280",
  Metal_source: "cadmium oxide",
  "Metal_mmol (mmol)": "0.2",
  Chalcogen_source: "Se powder",
  "Chalcogen_amount (g)": "0.0632",
  "Chalcogen_mmol (mmol)": "0.8",
  Carboxylic_Acid: "oleic acid",
  "CA_mmol (mmol)": "2",
  Amines: "",
  "Amines_mmol (mmol)": "0",
  Phosphines: "trioctylphosphine",
  "Phosphines_mmol (mmol)": "3.38",
  "Solvent I": "octadecene",
  "S_I_amount (g)": "10",
  "Solvent II": "",
  "S_II_amount (g)": "0",
  "Total_amount (g)": "11.65",
  "Time_min (min)": "5",
  Diameter_nm: "3.41",
  "Absorbance max (nm)": "566",
  "PL max (nm)": "",
  "Diameter from": "TEM",
  Citation: "Chem. Mater. 2009 21 8 1743 - 1749",
};

function rawOf(...rows: Partial<typeof first>[]): RawTable {
  const whole = rows.map((row) => ({ ...first, ...row }));
  const names = Object.keys(first) as (keyof typeof first)[];
  return {
    where: "cdse.csv",
    sha256: "00",
    numRows: rows.length,
    headerLine: 1,
    columns: Object.fromEntries(names.map((name) => [name, whole.map((row) => row[name])])),
  };
}

describe("loadCadmiumSelenide", () => {
  it("keeps amounts, seconds, diameter, paper and year, and what was not measured as missing", () => {
    const { table, dropped, repaired } = loadCadmiumSelenide(rawOf({}));
    expect([dropped, repaired]).toEqual([[], []]);
    expect(
      ["timeSecond", "diameterNanometre", "year", "photoluminescencePeakNanometre"].map(
        (name) => numbersOf(table, name)[0],
      ),
    ).toEqual([300, 3.41, 2009, NaN]);
    expect(["paper", "diameterMethod", "amine"].map((name) => textsOf(table, name)[0])).toEqual([
      "Chem. Mater. 2009 21 8 1743 - 1749",
      "electron microscopy",
      "",
    ]);
  });

  it("takes two spellings of a citation as one paper, and papers of one volume as two", () => {
    const { table, repaired } = loadCadmiumSelenide(
      rawOf({}, { Citation: "Chem. Mater. 2009 21 1743 - 1749" }, { Citation: "Chem. Mater. 2009 21 9 1800 - 1805" }),
    );
    const papers = textsOf(table, "paper");
    expect(papers[1]).toBe(papers[0]);
    expect(papers[2]).not.toBe(papers[0]);
    expect(repaired).toMatchObject([{ row: 2, column: "Citation", made: papers[0] }]);
  });

  it("reads the year, not a page or a volume that looks like one", () => {
    const { table } = loadCadmiumSelenide(
      rawOf(
        { Citation: "J. Phys. Chem. B 2006 110 33 1999 - 2005" },
        { Citation: "International Journal of Photoenergy.2012. Article ID 952610" },
      ),
    );
    expect(Array.from(numbersOf(table, "year"))).toEqual([2006, 2012]);
  });

  it("leaves rows out that have no size, no time or no year, and says so", () => {
    const { table, dropped } = loadCadmiumSelenide(
      rawOf({ Diameter_nm: "" }, { "Time_min (min)": "0" }, { Citation: "private communication" }, {}),
    );
    expect(table.numRows).toBe(1);
    expect(dropped.map(({ row, column }) => [row, column])).toEqual([
      [1, "Diameter_nm"],
      [2, "Time_min (min)"],
      [3, "Citation"],
    ]);
  });

  it("counts selenium from its mass where the amount contradicts it, and mends spellings", () => {
    const { table, repaired } = loadCadmiumSelenide(
      rawOf({ "Chalcogen_mmol (mmol)": "8", "Solvent I": "liquid parafin" }),
    );
    expect(numbersOf(table, "seleniumMillimole")[0]).toBeCloseTo(0.8, 2);
    expect(textsOf(table, "solvent")).toEqual(["liquid paraffin"]);
    expect(repaired.map(({ column }) => column)).toEqual(["Chalcogen_mmol (mmol)", "Solvent I"]);
  });

  it("refuses a text where a number must be, by row and column", () => {
    expect(() => loadCadmiumSelenide(rawOf({}, { Diameter_nm: "big" }))).toThrow(
      /cdse\.csv, row 2, column Diameter_nm: must be a number; got "big"/,
    );
  });

  it.skipIf(!hasRealData)(
    "reads 234 injections of 29 papers, two of which are cited in two ways (skipped without ../shared/real-data)",
    async () => {
      const { table, dropped, repaired } = loadCadmiumSelenide(
        await readRawCsv(`${realData}/cdse_hot_injection.csv`, {}),
      );
      expect([table.numRows, dropped.length]).toEqual([234, 0]);
      expect(new Set(textsOf(table, "paper")).size).toBe(29);
      const years = numbersOf(table, "year");
      expect([Math.min(...years), Math.max(...years)]).toEqual([1993, 2017]);
      const by = (column: string): number => repaired.filter((note) => note.column === column).length;
      expect([by("Citation"), by("Chalcogen_mmol (mmol)"), by("Metal_source")]).toEqual([6, 3, 5]);
    },
  );
});
