import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { categoryColumn, makeTable, type Table } from "../../../src/core/Table.js";
import { readTable } from "../../../src/io/tables/readTable.js";
import { tableSha256 } from "../../../src/io/tables/tableSha256.js";
import { writeTable } from "../../../src/io/tables/writeTable.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const table = (values: readonly number[], texts: readonly string[], levels?: readonly string[]): Table =>
  makeTable(
    { timeSecond: { kind: "number", unit: "s", meaning: "" }, route: { kind: "category", unit: "", meaning: "" } },
    { timeSecond: Float64Array.from(values), route: categoryColumn(texts, levels) },
  );

describe("tableSha256", () => {
  const one = table([1, NaN, 3], ["a", "", "b"]);

  it("is the same for the same values, whatever the order of levels and the file they came from", async () => {
    expect(tableSha256(table([1, NaN, 3], ["a", "", "b"], ["c", "b", "", "a"]))).toBe(tableSha256(one));
    for (const ending of ["csv", "arrow", "parquet"]) {
      await writeTable(one, join(folder, `one.${ending}`));
      expect(tableSha256(await readTable(join(folder, `one.${ending}`)))).toBe(tableSha256(one));
    }
  });

  it("is another one for another value, place, text or name", () => {
    const others = [
      table([1, NaN, 4], ["a", "", "b"]),
      table([NaN, 1, 3], ["a", "", "b"]),
      table([1, NaN, 3], ["a", "b", ""]),
      table([1, NaN, 3], ["a", "", "c"]),
      makeTable({ timeSecond: one.schema.timeSecond }, { timeSecond: one.columns.timeSecond }),
      makeTable(
        { xSecond: one.schema.timeSecond, route: one.schema.route },
        { xSecond: one.columns.timeSecond, route: one.columns.route },
      ),
    ];
    expect(new Set([one, ...others].map(tableSha256)).size).toBe(others.length + 1);
  });
});
