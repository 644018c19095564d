import { describe, expect, it } from "vitest";
import { categoryColumn, makeTable } from "../../src/core/Table.js";
import { missingPatterns } from "../../src/predictor/missingPatterns.js";
import { recipeColumns } from "../../src/predictor/recipeColumns.js";

const names = ["timeSecond", "polarSolvent", "polarSolventFraction", "route"];
const schema = Object.fromEntries(names.map((name) => [name, recipeColumns[name]]));
const { patterns, columnsOf } = missingPatterns(
  makeTable(schema, {
    timeSecond: Float64Array.of(5, NaN, 5, NaN, 5),
    polarSolvent: categoryColumn(["DMF", "", "", "", ""]),
    polarSolventFraction: Float64Array.of(0.1, 0, NaN, 0.1, 0),
    route: categoryColumn(["LARP", "LARP", "", "LARP", "hot injection"]),
  }),
);

describe("missingPatterns", () => {
  it("tell what each row leaves out, in the order of the table; no polar solvent has no name", () => {
    expect(Array.from(patterns, columnsOf)).toEqual([
      [],
      ["timeSecond"],
      ["polarSolvent", "polarSolventFraction", "route"],
      ["timeSecond", "polarSolvent"],
      [],
    ]);
  });

  it("are one number for rows that leave the same out, 0 where nothing is", () => {
    expect([patterns[0], patterns[4]]).toEqual([0, 0]);
    expect(new Set(patterns).size).toBe(4);
  });

  it("tell 53 columns apart, and refuse more", () => {
    const wide = (count: number): ReturnType<typeof makeTable> => {
      const columns = Array.from({ length: count }, (_, i) => `c${i}`);
      const of = <Value>(value: Value): Record<string, Value> =>
        Object.fromEntries(columns.map((name) => [name, value]));
      return makeTable(of(recipeColumns.timeSecond), { ...of(Float64Array.of(1)), c0: Float64Array.of(NaN) });
    };
    const most = wide(53);
    const last = missingPatterns({ ...most, columns: { ...most.columns, c52: Float64Array.of(NaN) } });
    expect(last.columnsOf(last.patterns[0])).toEqual(["c0", "c52"]);
    expect(() => missingPatterns(wide(54))).toThrow("at most 53 columns is needed; got 54");
  });
});
