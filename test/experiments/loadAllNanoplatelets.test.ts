import { describe, expect, it } from "vitest";
import { numbersOf, textsOf } from "../../src/core/Table.js";
import type { RawTable } from "../../src/core/RawTable.js";
import { loadAllNanoplatelets } from "../../src/experiments/loadAllNanoplatelets.js";
import { loadNanoplatelets } from "../../src/experiments/loadNanoplatelets.js";
import { readRawCsv } from "../../src/io/tables/readRawCsv.js";
import { hasRealData, realData } from "../support/realData.js";

const first = {
  sample: "2",
  V_PbBr2_uL: "3000",
  c_PbBr2_M: "0.01",
  V_CsOA_uL: "150.0",
  c_CsOA_M: "0.02",
  antisolvent: "EtAc",
  V_antisolvent_uL: "2000",
  perovskite: "1.0",
  monodispersity: "1.0",
  PLQY: "",
  S_P: "P",
  peak_nm: "434.0",
  fwhm_nm: "11.45",
  n_peaks: "1.0",
  first_commit: "2024-06-21",
};

function rawOf(...rows: Partial<typeof first>[]): RawTable {
  const whole = rows.map((row) => ({ ...first, ...row }));
  const names = Object.keys(first) as (keyof typeof first)[];
  return {
    where: "all.csv",
    sha256: "00",
    numRows: rows.length,
    headerLine: 1,
    columns: Object.fromEntries(names.map((name) => [name, whole.map((row) => row[name] || null)])),
  };
}

describe("loadAllNanoplatelets", () => {
  it("turns µL and stock concentrations into mol per litre, and names the antisolvent as the list does", () => {
    const { table, repaired, dropped } = loadAllNanoplatelets(rawOf({}));
    expect([repaired, dropped]).toEqual([[], []]);
    expect(numbersOf(table, "leadMolar")[0]).toBeCloseTo(30e-6 / 5150e-6, 12);
    expect(numbersOf(table, "bromideLeadRatio")[0]).toBe(2);
    expect(numbersOf(table, "antisolventRatio")[0]).toBeCloseTo(2000 / 3150, 12);
    expect(numbersOf(table, "volumeMillilitre")[0]).toBeCloseTo(5.15, 12);
    expect(numbersOf(table, "quantumYield")[0]).toBeNaN();
    expect(numbersOf(table, "oleicAcidMolar")[0]).toBeNaN();
    expect(["antisolvent", "phase", "perovskite", "shape"].map((name) => textsOf(table, name)[0])).toEqual([
      "ethyl acetate",
      "CsPbBr3",
      "yes",
      "platelet",
    ]);
  });

  it("keeps a failure as one, without a phase, and DMF as polar solvent", () => {
    const { table } = loadAllNanoplatelets(
      rawOf({ antisolvent: "DMF", perovskite: "0.0", S_P: "-", peak_nm: "", fwhm_nm: "", n_peaks: "" }),
    );
    expect(
      ["antisolvent", "phase", "perovskite", "shape", "measuredPart"].map((name) => textsOf(table, name)[0]),
    ).toEqual(["", "", "no", "", ""]);
    expect(numbersOf(table, "polarSolventFraction")[0]).toBeCloseTo(2000 / 5150, 12);
    expect(numbersOf(table, "antisolventRatio")[0]).toBe(0);
    expect(numbersOf(table, "photoluminescencePeakNanometre")[0]).toBeNaN();
  });

  it("gives fractions and repeats of a recipe one name, and another volume another", () => {
    const { table } = loadAllNanoplatelets(
      rawOf({}, { S_P: "S", sample: "3" }, { V_CsOA_uL: "151" }, { antisolvent: "MeAc" }, { sample: "9" }),
    );
    expect(textsOf(table, "recipe")).toEqual(["recipe 1", "recipe 1", "recipe 2", "recipe 3", "recipe 1"]);
    const solvents = loadAllNanoplatelets(
      rawOf({ antisolvent: "DMF" }, { antisolvent: "DMSO" }, { antisolvent: "BuOH" }, { antisolvent: "n-BuOH" }),
    );
    expect(textsOf(solvents.table, "recipe")).toEqual(["recipe 1", "recipe 2", "recipe 3", "recipe 3"]);
  });

  it("takes a judgement between yes and no for none and says so, and leaves out a row without lead", () => {
    const { table, repaired, dropped } = loadAllNanoplatelets(
      rawOf({ monodispersity: "0.5" }, { c_PbBr2_M: "0" }, { perovskite: "" }),
    );
    expect(repaired).toEqual([
      { row: 1, column: "monodispersity", came: "0.5", made: "missing", why: "neither 1 nor 0" },
    ]);
    expect(dropped.map(({ row }) => row)).toEqual([2]);
    expect(textsOf(table, "monodisperse")).toEqual(["", "yes"]);
    expect([textsOf(table, "perovskite")[1], textsOf(table, "phase")[1]]).toEqual(["", ""]);
  });

  it("names row, column and value of what it cannot read", () => {
    expect(() => loadAllNanoplatelets(rawOf({}, { antisolvent: "brine" }))).toThrow(
      'all.csv, row 2, column antisolvent: the antisolvent must be a reagent of the list; got "brine"',
    );
    expect(() => loadAllNanoplatelets(rawOf({ V_CsOA_uL: "-1" }))).toThrow(
      'row 1, column V_CsOA_uL: must be above 0, at most 1000000; got "-1"',
    );
    expect(() => loadAllNanoplatelets(rawOf({ PLQY: "high" }))).toThrow(
      'row 1, column PLQY: must be a number; got "high"',
    );
  });

  it("leaves out alone, on demand, each row of which a cell cannot be read or used, and says which", () => {
    const { table, dropped } = loadAllNanoplatelets(
      rawOf({}, { V_CsOA_uL: "0" }, { c_CsOA_M: "much" }, { antisolvent: "brine" }, { V_antisolvent_uL: "-1" }, {}),
      { dropsFaulty: true },
    );
    expect(numbersOf(table, "sourceRow")).toEqual(Float64Array.of(1, 6));
    expect(dropped.map(({ row, column, came }) => [row, column, came])).toEqual([
      [2, "V_CsOA_uL", "0"],
      [3, "c_CsOA_M", "much"],
      [4, "antisolvent", "brine"],
      [5, "V_antisolvent_uL", "-1"],
    ]);
  });

  it("refuses a width of 0, of which there is no logarithm, and says nothing twice of a row that is left out", () => {
    const { dropped, repaired } = loadAllNanoplatelets(rawOf({ perovskite: "0.5", fwhm_nm: "0" }, {}), {
      dropsFaulty: true,
    });
    expect(dropped.map(({ row, column }) => [row, column])).toEqual([[1, "fwhm_nm"]]);
    expect(repaired).toEqual([]);
  });

  it.skipIf(!hasRealData)(
    "keeps all 357 syntheses of 304 recipes, 18 of them failures, and agrees with the short table on its 225 " +
      "(skipped without ../shared/real-data)",
    async () => {
      const { table, dropped, repaired } = loadAllNanoplatelets(
        await readRawCsv(`${realData}/cspbbr3_nanoplatelets_full.csv`),
      );
      expect([table.numRows, dropped.length, repaired.length]).toEqual([357, 0, 3]);
      const perovskite = textsOf(table, "perovskite");
      expect(["yes", "no", ""].map((one) => perovskite.filter((text) => text === one).length)).toEqual([337, 18, 2]);
      expect(new Set(textsOf(table, "recipe")).size).toBe(304);
      const { table: short } = loadNanoplatelets(
        await readRawCsv(`${realData}/cspbbr3_nanoplatelets.csv`, { separator: ";", unnamed: "index" }),
      );
      const rowOf = new Map(textsOf(table, "experiment").map((name, row) => [name, row]));
      const rows = textsOf(short, "experiment").map((name) => rowOf.get(name)!);
      const columns = ["caesiumMolar", "leadMolar", "bromideMolar", "antisolventRatio", "volumeMillilitre"];
      for (const name of columns) {
        const [all, some] = [numbersOf(table, name), numbersOf(short, name)];
        expect(
          rows.every((row, i) => Math.abs(all[row] / some[i] - 1) < 1e-9 || all[row] === some[i]),
          name,
        ).toBe(true);
      }
      const [names, shortNames] = [textsOf(table, "antisolvent"), textsOf(short, "antisolvent")];
      expect(rows.map((row) => names[row])).toEqual(shortNames);
      const peaks = numbersOf(table, "photoluminescencePeakNanometre");
      const shortPeaks = numbersOf(short, "photoluminescencePeakNanometre");
      // A missing peak agrees with none: all 225 have one in both tables.
      const apart = rows.filter((row, i) => !(Math.abs(peaks[row] - shortPeaks[i]) <= 1.5));
      expect([rows.length, apart]).toEqual([225, []]);
    },
  );
});
