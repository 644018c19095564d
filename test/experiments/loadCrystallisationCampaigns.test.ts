import { describe, expect, it } from "vitest";
import type { RawTable } from "../../src/core/RawTable.js";
import { numbersOf, rowsWhere, textsOf } from "../../src/core/Table.js";
import { loadCrystallisationCampaigns } from "../../src/experiments/loadCrystallisationCampaigns.js";
import { readRawCsv } from "../../src/io/tables/readRawCsv.js";
import { campaignRaw } from "../support/campaignRaw.js";
import { hasRealData, realData } from "../support/realData.js";

const asked = ({ columns: { crystal_score: _, ...columns }, ...raw }: RawTable): RawTable => ({ ...raw, columns });

describe("loadCrystallisationCampaigns", () => {
  it("keeps who, where and when; an empty amount is none, an empty setting unknown", () => {
    const { table, dropped } = loadCrystallisationCampaigns(campaignRaw({ M_organic2: null, cool_C: null }));
    expect(dropped).toEqual([]);
    expect(["batch", "experiment", "lab", "operator", "date"].map((name) => textsOf(table, name)[0])).toEqual([
      "plate 1",
      "plate 1_A1",
      "LBL",
      "operator-01",
      "2018-01-02",
    ]);
    expect(
      ["organicMolar", "secondOrganicMolar", "coolCelsius", "crystalScore"].map((name) => numbersOf(table, name)[0]),
    ).toEqual([0.5, 0, Number.NaN, 3]);
  });

  it("marks a well without lead, or without an organic salt, as blank", () => {
    const { table } = loadCrystallisationCampaigns(
      campaignRaw({}, { M_PbI2: "0.0" }, { M_PbI2: "0", M_PbBr2: "0.1" }, { M_organic1: null, organic1_smiles: null }),
    );
    expect(textsOf(table, "blank")).toEqual(["no", "yes", "no", "yes"]);
  });

  it("leaves out a score outside 1 to 4, and says so", () => {
    const { table, dropped } = loadCrystallisationCampaigns(campaignRaw({}, { crystal_score: "0" }));
    expect(table.numRows).toBe(1);
    expect(dropped).toEqual([
      { row: 2, column: "crystal_score", came: "0", made: "row left out", why: "the score must be 1 to 4" },
    ]);
  });

  it.each([
    ["M_PbI2", "-0.1", "must be 0 to 100 mol/L"],
    ["temperature_C", "hot", "must be a number"],
    ["reaction_time_s", "1e300", "must be 0 to 604800 s"],
  ])("refuses a cell of %s that says %s, or leaves its row out where it may", (column, cell, must) => {
    const raw = campaignRaw({}, { [column]: cell });
    expect(() => loadCrystallisationCampaigns(raw)).toThrow(`campaigns.csv, row 2, column ${column}: ${must}`);
    const { table, dropped } = loadCrystallisationCampaigns(raw, { dropsFaulty: true });
    expect(table.numRows).toBe(1);
    expect(dropped).toMatchObject([{ row: 2, column, came: cell, why: must }]);
  });

  it("without scores reads wells that are asked about, and looks at no other column", () => {
    const { plate: _, lab: __, date: ___, ...columns } = asked(campaignRaw({}, {})).columns;
    const { table } = loadCrystallisationCampaigns({
      ...campaignRaw({}, {}),
      columns: { ...columns, more: ["x", "y"] },
    });
    expect(table.numRows).toBe(2);
    expect(Array.from(numbersOf(table, "crystalScore"))).toEqual([Number.NaN, Number.NaN]);
  });

  it("names a column of the composition that is not there", () => {
    const { M_DMSO: _, ...columns } = campaignRaw({}).columns;
    expect(() => loadCrystallisationCampaigns({ ...campaignRaw({}), columns })).toThrow(
      'the column "M_DMSO" must be there',
    );
  });

  it.skipIf(!hasRealData)("reads 10,599 wells of 167 plates (skipped without ../shared/real-data)", async () => {
    const { table, dropped } = loadCrystallisationCampaigns(
      await readRawCsv(`${realData}/escalate_halide_crystallisation.csv`),
    );
    expect([table.numRows, dropped.length]).toEqual([10_599, 0]);
    const distinct = ["batch", "lab", "organic"].map((name) => new Set(textsOf(table, name).filter(Boolean)).size);
    expect(distinct).toEqual([167, 3, 50]);
    const scores = Array.from(numbersOf(table, "crystalScore"));
    expect([1, 2, 3, 4].map((score) => scores.filter((one) => one === score).length)).toEqual([5124, 1980, 1322, 2173]);
    const [doubts, blanks] = [numbersOf(table, "unspecifiedMicrolitre"), textsOf(table, "blank")];
    expect(rowsWhere(table, (row) => doubts[row] > 0)).toHaveLength(41);
    // 145 lack lead, 25 an organic salt, 24 of them both.
    expect(rowsWhere(table, (row) => blanks[row] === "yes")).toHaveLength(146);
  });
});
