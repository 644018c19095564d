import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import type { RowNote } from "../../../src/core/RowNote.js";
import type { Schema } from "../../../src/core/Schema.js";
import { categoryColumn, isCategory, makeTable, type Table, textsOf } from "../../../src/core/Table.js";
import { sqlText, withDuckDb } from "../../../src/io/tables/duckdb.js";
import { readTable } from "../../../src/io/tables/readTable.js";
import { readTableStream, type ReadTableStreamOptions } from "../../../src/io/tables/readTableStream.js";
import type { TableFault } from "../../../src/io/tables/TableFault.js";
import { writeTable } from "../../../src/io/tables/writeTable.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const schema: Schema = {
  timeSecond: { kind: "number", unit: "s", meaning: "time" },
  leadMolar: { kind: "number", unit: "mol/L", meaning: "lead" },
  route: { kind: "category", unit: "", meaning: "route", levels: ["LARP", "hot injection"] },
};

async function given(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

/** Rows of tables, one behind the other. */
function rowsOf(tables: readonly Table[]): readonly Readonly<Record<string, number | string>>[] {
  return tables.flatMap(({ numRows, columns }) =>
    Array.from({ length: numRows }, (_, row) =>
      Object.fromEntries(
        Object.keys(schema).map((name) => {
          const column = columns[name];
          return [name, isCategory(column) ? column.levels[column.codes[row]] : column[row]];
        }),
      ),
    ),
  );
}

interface Reading {
  readonly tables: readonly Table[];
  readonly faults: readonly TableFault[];
  readonly repairs: readonly RowNote[];
  readonly notes: readonly string[];
}

async function streamed(path: string, options: Partial<ReadTableStreamOptions> = {}): Promise<Reading> {
  const [tables, faults, repairs, notes]: [Table[], TableFault[], RowNote[], string[]] = [[], [], [], []];
  const stream = readTableStream(path, {
    schema,
    leastRows: 2,
    onFault: (fault) => faults.push(fault),
    onRepair: (note) => repairs.push(note),
    onNote: (note) => notes.push(note),
    ...options,
  });
  for await (const table of stream) tables.push(table);
  return { tables, faults, repairs, notes };
}

async function whole(path: string): Promise<Reading> {
  const [faults, repairs, notes]: [TableFault[], RowNote[], string[]] = [[], [], []];
  const table = await readTable(path, {
    schema,
    unknown: "keep",
    onFault: (fault) => faults.push(fault),
    onRepair: (note) => repairs.push(note),
    onNote: (note) => notes.push(note),
  });
  return { tables: [table], faults, repairs, notes };
}

const byRow = <T extends { readonly row: number | null; readonly column: string | null }>(all: readonly T[]): T[] =>
  [...all].sort((a, b) => (a.row ?? 0) - (b.row ?? 0) || String(a.column).localeCompare(String(b.column)));

async function expectSame(path: string): Promise<Reading> {
  const [stream, all] = [await streamed(path), await whole(path)];
  expect(rowsOf(stream.tables)).toEqual(rowsOf(all.tables));
  expect(byRow(stream.faults)).toEqual(byRow(all.faults));
  expect(byRow(stream.repairs)).toEqual(byRow(all.repairs));
  return stream;
}

describe("readTableStream", () => {
  it("reads what readTable reads of the columns of a schema, in every format", async () => {
    const lines = Array.from({ length: 23 }, (_, i) => `note ${i},${i + 0.5},${i % 2 === 0 ? "LARP" : "mixed"},${i}`);
    const csv = await given("all.csv", `remark,timeSecond,route,extra\n${lines.join("\n")}\n`);
    await writeTable(await readTable(csv, { schema, unknown: "keep" }), join(folder, "all.parquet"));
    await writeTable(await readTable(csv, { schema, unknown: "keep" }), join(folder, "all.arrow"));
    const records = lines.map((_, i) => ({ timeSecond: i + 0.5, route: i % 2 === 0 ? "LARP" : "mixed", extra: i }));
    const paths = [csv, join(folder, "all.parquet"), join(folder, "all.arrow")];
    for (const path of [...paths, await given("all.json", JSON.stringify(records))]) {
      const { tables } = await expectSame(path);
      expect(tables.map((table) => Object.keys(table.columns))).toEqual(tables.map(() => Object.keys(schema)));
      expect(tables.reduce((rows, { numRows }) => rows + numRows, 0)).toBe(23);
    }
  });

  it("reads any writing of numbers as readTable, wherever in the file it begins to be another", async () => {
    const number = fc.oneof(
      { weight: 6, arbitrary: fc.double({ min: -1e4, max: 1e4, noNaN: true }).map((value) => value.toPrecision(5)) },
      fc.integer({ min: 0, max: 5000 }).map(String),
      fc.constantFrom("", "n/a", "<5", "~7.5", "5 ± 1", "1.234", "0,5", "1 000", "12,5", "x", '"3"', "1,234.5", "-"),
    );
    const row = fc.tuple(number, number, fc.constantFrom("LARP", "", "hot injection", " mixed "));
    const writing = fc.record({
      rows: fc.array(row, { minLength: 1, maxLength: 30 }),
      separator: fc.constantFrom(";", "\t"),
      end: fc.constantFrom("\n", "\r\n", "\r"),
    });
    await fc.assert(
      fc.asyncProperty(writing, async ({ rows, separator, end }) => {
        const header = ["timeSecond", "leadMolar", "route"].join(separator);
        const text = [header, ...rows.map((cells) => cells.join(separator))].join(end);
        const path = await given("any.csv", text);
        const asWhole = await whole(path).catch((error: unknown) => error);
        if (asWhole instanceof InputError) {
          await expect(streamed(path)).rejects.toThrow(asWhole.message);
          return;
        }
        const { notes } = await expectSame(path);
        expect(notes).toEqual((asWhole as Reading).notes);
      }),
      { numRuns: 150 },
    );
  });

  it("does not read 1.234 as 1.234 where a comma below turns out to be the decimal mark", async () => {
    const path = await given("late.csv", "timeSecond;route\n1.234;LARP\n2;LARP\n3;LARP\n4;LARP\n0,5;LARP\n");
    const { tables, notes } = await streamed(path);
    expect(rowsOf(tables).map(({ timeSecond }) => timeSecond)).toEqual([1234, 2, 3, 4, 0.5]);
    expect(notes[0]).toContain("decimal comma");
  });

  it("does not refuse a row for a date in a column that is not read: one of two readings was its fault", async () => {
    const records = [
      { timeSecond: 1, route: "LARP", day: "01/02/2026" },
      { timeSecond: 2, route: "LARP", day: "03/04/2026" },
    ];
    const path = await given("days.json", JSON.stringify(records));
    for (const onFault of [undefined, () => expect.unreachable()]) {
      const { tables } = await streamed(path, { onFault });
      expect(rowsOf(tables).map(({ timeSecond }) => timeSecond)).toEqual([1, 2]);
    }
  });

  it("leaves dates of a .json as they are written, like those of a .csv", async () => {
    const day: Schema = { day: { kind: "category", unit: "", meaning: "day" } };
    for (const path of [
      await given("day.json", JSON.stringify([{ day: "31/01/2026" }])),
      await given("day.csv", "day\n31/01/2026\n"),
    ])
      expect(textsOf((await streamed(path, { schema: day })).tables[0], "day")).toEqual(["31/01/2026"]);
  });

  it("tells of repairs in its own columns alone, also of a .json", async () => {
    const records = [
      { timeSecond: "<5", extra: "<7" },
      { timeSecond: 2, extra: 2 },
    ];
    const { repairs } = await streamed(await given("odd.json", JSON.stringify(records)));
    expect(repairs.map(({ column }) => column)).toEqual(["timeSecond"]);
  });

  it("still tells and throws what cannot be read of its own columns of a .json", async () => {
    const path = await given("soon.json", JSON.stringify([{ timeSecond: " soon ", extra: "soon" }]));
    const { faults } = await streamed(path);
    expect(faults.map(({ at }) => at)).toEqual(["row 1, column timeSecond"]);
    await expect(streamed(path, { onFault: undefined })).rejects.toThrow("soon.json, row 1, column timeSecond");
  });

  it("reads texts of a column called one in a Parquet file: an alias gave way to its name", async () => {
    const path = join(folder, "one.parquet");
    const { route } = schema;
    await writeTable(
      makeTable({ route, one: route }, { route: categoryColumn(["LARP", "mixed"]), one: categoryColumn(["", "x"]) }),
      path,
    );
    expect(rowsOf((await expectSame(path)).tables).map((row) => row.route)).toEqual(["LARP", "mixed"]);
  });

  it("and readTable take an infinite number for a fault where faults are asked for: readTable threw", async () => {
    const query = "SELECT 1::DOUBLE AS timeSecond UNION ALL SELECT 'inf'::DOUBLE";
    const parquet = join(folder, "infinite.parquet");
    await withDuckDb((connection) => connection.run(`COPY (${query}) TO ${sqlText(parquet)} (FORMAT parquet)`));
    const path = join(folder, "infinite.arrow");
    const column = arrow.vectorFromArray([1, Infinity], new arrow.Float64());
    await writeFile(path, arrow.tableToIPC(new arrow.Table({ timeSecond: column }), "file"));
    for (const file of [parquet, path]) {
      const { tables, faults } = await expectSame(file);
      expect(rowsOf(tables).map(({ timeSecond }) => timeSecond)).toEqual([1, Number.NaN]);
      expect(faults.map(({ at, got }) => [at, got])).toEqual([["row 2, column timeSecond", "Infinity"]]);
    }
  });

  it("reads texts of a Parquet file as they are, few or many, odd or missing", async () => {
    for (const many of [3, 400]) {
      const texts = Array.from({ length: 1000 }, (_, i) => (i % 7 === 0 ? "" : `it's "${i % many}", µ\u00a0`));
      const path = join(folder, `texts${many}.parquet`);
      await writeTable(makeTable({ route: { ...schema.route, levels: [] } }, { route: categoryColumn(texts) }), path);
      const { tables } = await expectSame(path);
      expect(rowsOf(tables)[1].route).toBe('it\'s "1", µ');
    }
    const none = makeTable({ route: schema.route }, { route: categoryColumn(["", ""]) });
    await writeTable(none, join(folder, "noTexts.parquet"));
    await expectSame(join(folder, "noTexts.parquet"));
  });

  it("makes one table without rows of a file without rows", async () => {
    for (const decimalMark of [undefined, ","] as const) {
      const { tables } = await streamed(await given("none.csv", "timeSecond,route\n"), { csv: { decimalMark } });
      expect(tables.map(({ numRows }) => numRows)).toEqual([0]);
    }
  });

  it("names a cell by its row in the file, not in its piece; without onFault it throws there", async () => {
    const path = await given("bad.csv", `timeSecond,route\n${"1,LARP\n".repeat(9)}soon,LARP\n2\n3,LARP\n`);
    const { faults, tables } = await streamed(path);
    expect(faults.map(({ at, got }) => [at, got])).toEqual([
      ["line 12", "1"],
      ["row 10, column timeSecond", '"soon"'],
    ]);
    expect(rowsOf(tables)).toHaveLength(11);
    await expect(streamed(path, { onFault: undefined })).rejects.toThrow("bad.csv, line 12");
  });

  it("refuses a file of other columns before it reads a row, and one of another unit", async () => {
    const needed = { ...schema, leadMolar: { ...schema.leadMolar, required: true } };
    await expect(streamed(await given("few.csv", "timeSecond\n1\n"), { schema: needed })).rejects.toThrow(
      "few.csv: the columns leadMolar must be there; got timeSecond",
    );
    await expect(streamed(await given("unit.csv", "timeMinute\n1\n"))).rejects.toThrow(
      "column timeMinute: must be timeSecond, in s; got min; multiply by 60",
    );
  });

  it("keeps few rows at a time: a piece is as long as it is asked for, and what was given is let go", async () => {
    const path = await given("long.csv", `timeSecond,route\n${"1.5,LARP\n".repeat(300_000)}`);
    const lengths: number[] = [];
    for await (const { numRows } of readTableStream(path, { schema, leastRows: 1000 })) lengths.push(numRows);
    expect(lengths.reduce((a, b) => a + b)).toBe(300_000);
    expect(Math.max(...lengths)).toBeLessThan(2000);
  });
});
