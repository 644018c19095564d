import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tableFromRows } from "../../../src/core/tableFromRows.js";
import { withDuckDb } from "../../../src/io/tables/duckdb.js";
import { readTable } from "../../../src/io/tables/readTable.js";
import { checkLimits } from "../../../src/io/tables/tableLimits.js";
import { writeTable } from "../../../src/io/tables/writeTable.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const folder = temporaryProject();
const number = { kind: "number", unit: "1", meaning: "" } as const;

describe("readTable", () => {
  it.each(["parquet", "arrow"])(
    "reads of a .%s no more than the limits allow, and says what lifts them",
    async (ending) => {
      const path = join(folder, `three.${ending}`);
      await writeTable(tableFromRows({ x: number, y: number }, [{ x: 1 }, { x: 2 }, { x: 3 }]), path);
      await expect(readTable(path, { limits: { maxRows: 2 } })).rejects.toThrow(
        /three\.\w+: must hold at most 2 rows; got 3; take fewer rows, .* with --max-rows 3$/,
      );
      await expect(readTable(path, { limits: { maxBytes: 47 } })).rejects.toThrow(
        /must hold at most 47 bytes of values; got 48; .* with --max-bytes 48$/,
      );
      expect((await readTable(path, { limits: { maxRows: 3, maxBytes: 48 } })).numRows).toBe(3);
    },
  );

  it("refuses a megabyte of Parquet that holds 300 million zeros, which took 7 GB", async () => {
    const path = join(folder, "zeros.parquet");
    await withDuckDb((connection) => connection.run(`COPY (SELECT 0.0 AS x FROM range(300000000)) TO '${path}'`));
    await expect(readTable(path)).rejects.toThrow(/must hold at most 100,000,000 rows; got 300,000,000/);
  }, 120_000);
});

describe("checkLimits", () => {
  it("lets a million experiments of this project's 82 columns pass", () => {
    expect(() => checkLimits({ rows: 1_000_000, columns: 82 }, "file")).not.toThrow();
    expect(() => checkLimits({ rows: 100_000_000, columns: 3 }, "file")).toThrow(/bytes of values/);
  });
});
