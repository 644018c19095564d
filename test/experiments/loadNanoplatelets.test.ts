import { describe, expect, it } from "vitest";
import { numbersOf, textsOf } from "../../src/core/Table.js";
import { loadNanoplatelets } from "../../src/experiments/loadNanoplatelets.js";
import type { RawTable } from "../../src/core/RawTable.js";
import { readRawCsv } from "../../src/io/tables/readRawCsv.js";
import { hasRealData, realData } from "../support/realData.js";

const first = {
  "Sample No.": "10",
  "V (PbBr2 prec.)": "3000",
  "c (PbBr2)": "0.01",
  "V (Cs-OA)": "150.0",
  "c (Cs-OA)": "0.02",
  "V (antisolvent)": "2000",
  "perovskite ?": "1.0",
  monodispersity: "1.0",
  PLQY: "0.0",
  "S/P": "P",
  n_Cs: "3.0",
  n_Pb: "30.0",
  V_total: "5150.0",
  molecule_name: "Ethanol",
  fwhm: "0.0852",
  peak_pos: "460.0",
};

function rawOf(...rows: Partial<typeof first>[]): RawTable {
  const whole = rows.map((row) => ({ ...first, ...row }));
  const names = Object.keys(first) as (keyof typeof first)[];
  return {
    where: "platelets.csv",
    sha256: "00",
    numRows: rows.length,
    headerLine: 1,
    columns: Object.fromEntries(names.map((name) => [name, whole.map((row) => row[name])])),
  };
}

describe("loadNanoplatelets", () => {
  it("turns µL and stock concentrations into mol per litre of all liquid", () => {
    const { table } = loadNanoplatelets(rawOf({}));
    expect(numbersOf(table, "leadMolar")[0]).toBeCloseTo(30e-6 / 5150e-6, 12);
    expect(numbersOf(table, "caesiumLeadRatio")[0]).toBeCloseTo(0.1, 12);
    expect(numbersOf(table, "antisolventRatio")[0]).toBeCloseTo(2000 / 3150, 12);
    expect(numbersOf(table, "volumeMillilitre")[0]).toBeCloseTo(5.15, 12);
    expect(numbersOf(table, "photoluminescenceWidthNanometre")[0]).toBeCloseTo(14.54, 2);
  });

  it("takes a quantum yield of 0 for not measured and keeps others", () => {
    const { table, repaired } = loadNanoplatelets(rawOf({}, { PLQY: "0.54" }));
    expect(Array.from(numbersOf(table, "quantumYield"))).toEqual([Number.NaN, 0.54]);
    expect(repaired.map(({ row, column, made }) => [row, column, made])).toEqual([[1, "PLQY", "missing"]]);
  });

  it("gives no antisolvent where none was added, and no phase where no perovskite was seen", () => {
    const { table } = loadNanoplatelets(
      rawOf({ "V (antisolvent)": "0", V_total: "3150", "perovskite ?": "0.0", "S/P": "-", monodispersity: "0.0" }),
    );
    expect(["antisolvent", "phase", "measuredPart", "monodisperse"].map((name) => textsOf(table, name)[0])).toEqual([
      "",
      "",
      "",
      "no",
    ]);
  });

  it("computes amounts again where the table's own disagree, and leaves out a row without lead", () => {
    const { repaired, dropped, table } = loadNanoplatelets(rawOf({ n_Pb: "15", PLQY: "0.5" }, { "c (PbBr2)": "0" }));
    expect(repaired).toMatchObject([{ row: 1, column: "n_Pb", came: "15", made: "30" }]);
    expect(dropped).toMatchObject([{ row: 2 }]);
    expect(table.numRows).toBe(1);
  });

  it.skipIf(!hasRealData)(
    "keeps all 225 platelet syntheses, 124 with a quantum yield (skipped without ../shared/real-data)",
    async () => {
      const { table, dropped, repaired } = loadNanoplatelets(
        await readRawCsv(`${realData}/cspbbr3_nanoplatelets.csv`, { separator: ";", unnamed: "index" }),
      );
      expect([table.numRows, dropped.length, repaired.length]).toEqual([225, 0, 101]);
      const peaks = numbersOf(table, "photoluminescencePeakNanometre");
      expect([Math.min(...peaks), Math.round(Math.max(...peaks))]).toEqual([429, 518]);
      expect(textsOf(table, "monodisperse").filter((one) => one === "yes").length).toBe(192);
    },
  );
});
