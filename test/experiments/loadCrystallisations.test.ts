import { describe, expect, it } from "vitest";
import { numbersOf, textsOf } from "../../src/core/Table.js";
import { loadCrystallisations } from "../../src/experiments/loadCrystallisations.js";
import type { RawTable } from "../../src/core/RawTable.js";
import { readRawCsv } from "../../src/io/tables/readRawCsv.js";
import { hasRealData, realData } from "../support/realData.js";

const first = {
  name: "2018-11-02_A_1",
  _out_crystalscore: "4",
  _rxn_temperature_c: "85",
  _rxn_reactiontime_s: "57600",
  _rxn_M_inorganic: "0.1",
  _rxn_M_organic: "0.2",
  _rxn_M_acid: "0.5",
  "_rxn_organic-inchikey": "KEY",
  _raw_lab: "A",
  _raw_operator: "x",
  _raw_jobserial: "job",
  _raw_datecreated: "2018-11-02",
  "_raw_molarity_yejrwhavmiajkc-uhfffaoysa-n": "4",
  "_raw_molarity_zmxddkwlczadiw-uhfffaoysa-n": "0",
  "_raw_molarity_iazdpxiomuyvgz-uhfffaoysa-n": "0",
};

function rawOf(...rows: Partial<typeof first>[]): RawTable {
  const whole = rows.map((row) => ({ ...first, ...row }));
  const names = Object.keys(first) as (keyof typeof first)[];
  return {
    where: "two.csv",
    sha256: "00",
    numRows: rows.length,
    headerLine: 5,
    columns: Object.fromEntries(names.map((name) => [name, whole.map((row) => row[name])])),
  };
}

describe("loadCrystallisations", () => {
  it("keeps score, lab, operator, batch and date, and joins mixed solvents", () => {
    const { table } = loadCrystallisations(rawOf({ "_raw_molarity_zmxddkwlczadiw-uhfffaoysa-n": "2" }));
    expect(["lab", "operator", "batch", "date", "solvent"].map((name) => textsOf(table, name)[0])).toEqual([
      "A",
      "x",
      "job",
      "2018-11-02",
      "gamma-butyrolactone+dimethylformamide",
    ]);
    expect(numbersOf(table, "crystalScore")[0]).toBe(4);
  });

  it("leaves out a score outside 1 to 4 and reads null as missing, both reported", () => {
    const { table, dropped, repaired } = loadCrystallisations(
      rawOf({ _out_crystalscore: "0" }, { _raw_operator: "null" }),
    );
    expect(table.numRows).toBe(1);
    expect(dropped).toMatchObject([{ row: 1, came: "0" }]);
    expect(repaired).toMatchObject([{ row: 2, column: "_raw_operator", made: "missing" }]);
    expect(textsOf(table, "operator")).toEqual([""]);
  });

  it.skipIf(!hasRealData)(
    "reads 554 experiments, 504 and 50 by lab (skipped without ../shared/real-data)",
    async () => {
      const { table, dropped, repaired } = loadCrystallisations(
        await readRawCsv(`${realData}/two_lab_crystallisation.csv`, { headerLine: 5 }),
      );
      expect([table.numRows, dropped.length, repaired.length]).toEqual([554, 0, 0]);
      const labs = textsOf(table, "lab");
      expect(["LBL", "HC"].map((lab) => labs.filter((one) => one === lab).length)).toEqual([504, 50]);
      const scores = Array.from(numbersOf(table, "crystalScore"));
      expect([1, 2, 3, 4].map((score) => scores.filter((one) => one === score).length)).toEqual([216, 49, 69, 220]);
      expect(new Set(textsOf(table, "date")).size).toBe(20);
    },
  );
});
