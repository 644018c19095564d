import { describe, expect, it } from "vitest";
import { makeTable, numbersOf, selectRows, type Table, textsOf } from "../../../src/core/Table.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";
import { comparedColumns, recipeGroups } from "../../../src/problems/phase/recipeGroups.js";

const { table: generated } = await generateExperiments({ rows: 1_000, seed: 5 });
const none = (rows: number): string[] => Array.from({ length: rows }, () => "");

/** The first rows of the twin, as often as asked for, one after the other. */
function repeated(rows: number, times: number): Table {
  return selectRows(
    generated,
    Uint32Array.from({ length: rows * times }, (_, i) => i % rows),
  );
}

function withColumn(table: Table, name: string, value: (row: number) => number): Table {
  return makeTable(table.schema, {
    ...table.columns,
    [name]: Float64Array.from({ length: table.numRows }, (_, row) => value(row)),
  });
}

const sizes = (groups: readonly string[]): number[] =>
  [...new Set(groups)].map((group) => groups.filter((one) => one === group).length).sort((a, b) => b - a);

describe("recipeGroups", () => {
  it("leaves rows alone that repeat nothing and have no batch", () => {
    expect(recipeGroups(generated, none(1_000))).toEqual({ groups: null, unit: "row", notes: [] });
  });

  it("is the batch where rows have one and repeat nothing", () => {
    const batches = textsOf(generated, "batch");
    expect(recipeGroups(generated, batches)).toEqual({ groups: batches, unit: "batch", notes: [] });
  });

  it("keeps rows of one recipe together, with the count, where no batch says so", () => {
    const { groups, unit, notes } = recipeGroups(repeated(90, 5), none(450));
    expect(unit).toBe("recipe");
    expect(groups!.slice(0, 91)).toEqual([...Array.from({ length: 90 }, (_, row) => `row ${row + 1}`), "row 1"]);
    expect(notes).toEqual(["kept in one part: 450 rows that repeat 90 recipes (equal in 6 digits)"]);
  });

  it("takes what differs beyond six digits for the same recipe", () => {
    const table = repeated(50, 2);
    const value = numbersOf(table, "leadMolar");
    const off = (by: number): Table =>
      withColumn(table, "leadMolar", (row) => Number(value[row].toPrecision(4)) * (row < 50 ? 1 : 1 + by));
    expect(recipeGroups(off(1e-9), none(100)).notes).toEqual([
      "kept in one part: 100 rows that repeat 50 recipes (equal in 6 digits)",
    ]);
    expect(recipeGroups(off(1e-5), none(100)).notes).toEqual([
      "kept in one part: 100 recipes within 0.01 standard deviations of another",
    ]);
    expect(recipeGroups(off(10), none(100)).groups).toBeNull();
  });

  it("joins batches that share a recipe, and gives rows without a batch a group of their own", () => {
    const batches = Array.from({ length: 120 }, (_, row) => (row % 60 < 2 ? "" : `b${Math.floor(row / 3)}`));
    const { groups, unit, notes } = recipeGroups(repeated(60, 2), batches);
    expect(unit).toBe("batch");
    expect(groups!.slice(0, 6)).toEqual(["row 1", "row 2", "b0", "b1", "b1", "b1"]);
    expect(groups!.slice(60, 64)).toEqual(["row 1", "row 2", "b0", "b1"]);
    expect(sizes(groups!)).toEqual([...Array.from({ length: 19 }, () => 6), 2, 2, 2]);
    expect(notes[0]).toBe("4 rows have no batch: each is taken for one of its own");
  });

  it("joins equal recipes of a grid, not near ones, which would be one group", () => {
    // Temperatures 0.007 standard deviations apart: each recipe is near the next.
    const table = withColumn(
      selectRows(generated, new Uint32Array(1000)),
      "temperatureCelsius",
      (row) => 100 + (row % 500) / 100,
    );
    const { groups, unit, notes } = recipeGroups(table, none(1000));
    expect(unit).toBe("recipe");
    expect(new Set(groups).size).toBe(500);
    expect(notes).toEqual([
      "kept in one part: 1,000 rows that repeat 500 recipes (equal in 6 digits)",
      "not kept in one part: recipes within 0.01 standard deviations of another: " +
        "a group of more than 20 % of the rows would come of it",
    ]);
  });

  it("keeps a control that comes in each batch together by its recipe, which would else tie all batches", () => {
    const control = Uint32Array.from({ length: 200 }, (_, row) => (row % 10 === 0 ? 0 : row));
    const batches = Array.from(control, (_, row) => `day ${Math.floor(row / 10)}`);
    const { groups, notes } = recipeGroups(selectRows(generated, control), batches);
    expect(groups!.filter((_, row) => row % 10 !== 0)).toEqual(batches.filter((_, row) => row % 10 !== 0));
    expect(new Set(groups!.filter((_, row) => row % 10 === 0)).size).toBe(1);
    expect(notes).toEqual([
      "20 rows of 1 recipe that comes in many batches are kept together by recipe, and not with their batches: " +
        "a group of more than 20 % of the rows would come of it",
    ]);
  });

  it("keeps recipes together where each comes in every batch: they leaked from training into tests", () => {
    const batches = Array.from({ length: 60 }, (_, row) => `week ${Math.floor(row / 20)}`);
    const { groups, unit } = recipeGroups(repeated(20, 3), batches);
    expect(unit).toBe("recipe");
    expect(sizes(groups!)).toEqual(new Array(20).fill(3));
    for (let row = 0; row < 60; row++) expect(groups![row]).toBe(groups![row % 20]);
  });

  it("names no group like another one's batch", () => {
    const batches = ["row 2", "", ...Array.from({ length: 8 }, (_, row) => `b${row}`)];
    expect(new Set(recipeGroups(repeated(10, 1), batches).groups).size).toBe(10);
  });

  it("compares what a model of the phase may look at", () => {
    expect(comparedColumns).toEqual(
      expect.arrayContaining(["temperatureCelsius", "leadMolar", "route", "polarSolvent"]),
    );
    expect(comparedColumns).not.toContain("phase");
  });
});
