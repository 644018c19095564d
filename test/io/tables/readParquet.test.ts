import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Schema } from "../../../src/core/Schema.js";
import { isCategory, numbersOf, textsOf } from "../../../src/core/Table.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { sqlText, withDuckDb } from "../../../src/io/tables/duckdb.js";
import { readTable } from "../../../src/io/tables/readTable.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();

/** A Parquet file of what an SQL query selects. */
async function given(name: string, query: string): Promise<string> {
  const path = join(folder, name);
  await withDuckDb((connection) => connection.run(`COPY (${query}) TO ${sqlText(path)} (FORMAT parquet)`));
  return path;
}

async function columnsOf(path: string): Promise<{ readonly columns: unknown; readonly notes: readonly string[] }> {
  const notes: string[] = [];
  const table = await readTable(path, { onNote: (note) => notes.push(note) });
  const columns = Object.keys(table.columns).map((name) => [
    name,
    isCategory(table.columns[name]) ? textsOf(table, name) : Array.from(numbersOf(table, name)),
  ]);
  return { columns: Object.fromEntries(columns) as unknown, notes };
}

describe("readTable of a foreign .parquet", () => {
  it("reads numbers of every width, booleans, days, times and texts, whatever zone the machine is in", async () => {
    const path = await given(
      "kinds.parquet",
      `SELECT * FROM (VALUES
        (1::TINYINT, 2::UBIGINT, 1.5::FLOAT, 0.1::DOUBLE, 1234567.89::DECIMAL(38,2), true, DATE '2026-01-31',
         TIMESTAMP '2026-01-31 12:30:00.5', TIMESTAMPTZ '2026-01-31 12:30:00+02', TIME '01:02:03',
         TIMESTAMP_NS '2026-01-31 12:30:00.000000001', ' B12 '),
        (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL))
       AS t(tiny, long, single, double, decimal, washed, day, moment, zoned, hour, fine, text)`,
    );
    expect(await columnsOf(path)).toEqual({
      columns: {
        tiny: [1, Number.NaN],
        long: [2, Number.NaN],
        single: [1.5, Number.NaN],
        double: [0.1, Number.NaN],
        decimal: [1234567.89, Number.NaN],
        washed: [1, Number.NaN],
        day: ["2026-01-31", ""],
        moment: ["2026-01-31 12:30:00.5", ""],
        zoned: ["2026-01-31 10:30:00Z", ""],
        hour: ["01:02:03", ""],
        fine: ["2026-01-31 12:30:00.000000001", ""],
        text: ["B12", ""],
      },
      notes: [],
    });
  });

  it("keeps whole numbers above 2^53 as texts, of which two became one, and tells the first row", async () => {
    const path = await given(
      "big.parquet",
      `SELECT 9007199254740991 + i AS long, (9007199254740991 + i)::DECIMAL(38,0) AS whole,
        -9007199254740991 - i AS below, 9007199254740990 + i AS fits FROM range(3) AS t(i)`,
    );
    const { columns, notes } = await columnsOf(path);
    expect(columns).toEqual({
      long: ["9007199254740991", "9007199254740992", "9007199254740993"],
      whole: ["9007199254740991", "9007199254740992", "9007199254740993"],
      below: ["-9007199254740991", "-9007199254740992", "-9007199254740993"],
      fits: [9007199254740990, 9007199254740991, 9007199254740992],
    });
    const note = "and whole numbers above 2^53 are not exact";
    expect(notes).toEqual([
      `column long is read as text: row 3 holds 9007199254740993, ${note}`,
      `column whole is read as text: row 3 holds 9007199254740993, ${note}`,
      `column below is read as text: row 3 holds -9007199254740993, ${note}`,
    ]);
  });

  it("reads numbers as texts where the field or the name wants them", async () => {
    const path = await given(
      "names.parquet",
      "SELECT NULL::BIGINT AS batch, 1.50::DECIMAL(5,2) AS plate UNION ALL SELECT 12, 7",
    );
    const { columns, notes } = await columnsOf(path);
    expect(columns).toEqual({ batch: ["", "12"], plate: ["1.50", "7.00"] });
    expect(notes).toEqual([
      "column batch is read as text, as names are: row 2 holds 12",
      "column plate is read as text, as names are: row 1 holds 1.50",
    ]);
    const schema: Schema = { batch: { kind: "category", unit: "", meaning: "batch" } };
    expect(textsOf(await readTable(path, { schema, unknown: "keep" }), "batch")).toEqual(["", "12"]);
  });

  it("reads a decimal as the number nearest to it, not as a quotient of rounded numbers", async () => {
    const digits = ["0.1234567890123456789", "7.0000000000000004441", "12345678.9012345678901"];
    const path = await given(
      "decimals.parquet",
      digits.map((text) => `SELECT ${sqlText(text)}::DECIMAL(38,19) AS x`).join(" UNION ALL "),
    );
    expect((await columnsOf(path)).columns).toEqual({ x: digits.map(Number) });
  });

  it("takes a column that is missing as a whole for one of no kind, like the other formats", async () => {
    const path = await given("missing.parquet", "SELECT NULL::DOUBLE AS x, 1 AS y");
    expect((await columnsOf(path)).columns).toEqual({ x: [""], y: [1] });
  });

  it.each([
    ["SELECT [1, 2] AS x", /column x: must hold numbers or texts; got lists \(INTEGER\[\]\); drop or flatten/],
    ["SELECT {a: 1} AS x", /column x: must hold numbers or texts; got STRUCT/],
    ["SELECT MAP {'a': 1} AS x", /column x: must hold numbers or texts; got MAP/],
    ["SELECT 'a'::BLOB AS x", /column x: must hold numbers or texts; got bytes/],
    ["SELECT DATE '0044-03-15 (BC)' AS x", /row 1, column x: must lie in the years 1 to 9999; got 0044-03-15 \(BC\)/],
    ["SELECT DATE '2026-01-31' AS x UNION ALL SELECT DATE '12026-01-31'", /row 2, column x: must lie in the years/],
    ["SELECT 'inf'::DOUBLE AS batch", /row 1, column batch: must be a finite number; got Infinity/],
  ])("refuses what %s holds, by its name", async (query, message) => {
    await expect(readTable(await given("refused.parquet", query))).rejects.toThrow(message);
  });

  it("looks past what is nested for the names of columns", async () => {
    await expect(
      readTable(await given("nested.parquet", "SELECT 1 AS a, {b: [{c: 1, d: 2}]} AS e, 3 AS f"), {
        schema: { a: { kind: "number", unit: "1", meaning: "" } },
      }),
    ).rejects.toThrow(/column e: the name must be one of the schema/);
  });
});

const shared = projectPath("..", "shared", "faults", "stats", "files");
const isThere = existsSync(shared);
if (!isThere) console.warn(`No ${shared}: tests with its files are skipped.`);

describe.skipIf(!isThere)(`readTable of ../shared/faults${isThere ? "" : " (skipped: it is not there)"}`, () => {
  it.each([
    ["dupnames", "column 2 is called a#2, as column 1 is called a"],
    ["casenames", "column 2 is called A#2, as column 1 is called a"],
    ["emptyname", "column 1 has no name: it is called index"],
    ["dupcol_first", "column 6 is called leadMolar#2, as column 1 is called leadMolar"],
  ])("names the columns of %s.parquet itself, and says so", async (name, note) => {
    const notes: string[] = [];
    await readTable(join(shared, `${name}.parquet`), { onNote: (one) => notes.push(one) });
    expect(notes[0]).toBe(note);
  });

  it("refuses a column twice where the schema has it, and decimals of 50 digits", async () => {
    const schema = { leadMolar: { kind: "number", unit: "mol/L", meaning: "" } } as const;
    await expect(readTable(join(shared, "dupcol_first.parquet"), { schema, unknown: "keep" })).rejects.toThrow(
      /must have a name of its own; got "leadMolar" twice/,
    );
    await expect(readTable(join(shared, "decimal256.parquet"))).rejects.toThrow(
      /column d: must hold decimals of at most 38 digits; got a type of 50/,
    );
  });

  it("tells three ids above 2^53 apart", async () => {
    expect(textsOf(await readTable(join(shared, "bigids.parquet")), "id")).toEqual([
      "9007199254740992",
      "9007199254740993",
      "9007199254740994",
    ]);
  });

  it.each(["parquet", "arrow"])("reads the same days and times from .%s", async (kind) => {
    expect(textsOf(await readTable(join(shared, `date32.${kind}`)), "date")).toEqual([
      "1969-12-31",
      "0001-01-01",
      "",
      "2024-02-29",
    ]);
    expect(textsOf(await readTable(join(shared, `ts_us.${kind}`)), "t")).toEqual([
      "1969-12-31 23:59:59.999999",
      "1970-01-01 00:00:00",
      "",
      "1970-01-01 00:28:20",
    ]);
  });
});
