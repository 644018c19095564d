import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RowNote } from "../../../src/core/RowNote.js";
import { isCategory, type Table, textsOf } from "../../../src/core/Table.js";
import { readTable, type ReadTableOptions } from "../../../src/io/tables/readTable.js";
import type { TableFault } from "../../../src/io/tables/TableFault.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();

interface Read {
  readonly table: Table;
  readonly columns: Readonly<Record<string, readonly (number | string)[]>>;
  readonly notes: readonly string[];
  readonly repaired: readonly RowNote[];
}

async function read(
  content: string,
  { as = "csv", ...options }: ReadTableOptions & { as?: string } = {},
): Promise<Read> {
  const path = join(folder, `given.${as}`);
  await writeFile(path, content);
  const notes: string[] = [];
  const repaired: RowNote[] = [];
  const table = await readTable(path, {
    onNote: (note) => notes.push(note),
    onRepair: (note) => repaired.push(note),
    ...options,
  });
  const columns = Object.entries(table.columns).map(([name, column]) => [
    name,
    isCategory(column) ? textsOf(table, name) : Array.from(column),
  ]);
  return { table, columns: Object.fromEntries(columns) as Read["columns"], notes, repaired };
}

const NONE = Number.NaN;

describe("a table as people write it", () => {
  it("has marks of missing values and limits in its numbers, which are missing and told cell by cell", async () => {
    const { columns, notes, repaired } = await read("size,phase\n8.5,n/a\nn/a,-\n-,x\n<5,y\n>300,z\nn/a,z\n");
    expect(columns).toEqual({ size: [8.5, NONE, NONE, NONE, NONE, NONE], phase: ["n/a", "-", "x", "y", "z", "z"] });
    expect(notes).toEqual([
      'column size: 3 cells such as "n/a" (row 2, missing): it stands for a missing value',
      'column size: 2 cells such as "<5" (row 4, missing): a limit gives no value',
    ]);
    expect(repaired.map(({ row, column, came, made }) => [row, column, came, made])).toEqual([
      [2, "size", "n/a", "missing"],
      [3, "size", "-", "missing"],
      [4, "size", "<5", "missing"],
      [5, "size", ">300", "missing"],
      [6, "size", "n/a", "missing"],
    ]);
  });

  it("has approximate values and values with an uncertainty, which are values, with a decimal comma too", async () => {
    const { columns, notes } = await read("size;t\n~5,5;1,5\n5,2 ± 0,1;2\n≈6;3\n");
    expect(columns).toEqual({ size: [5.5, 5.2, 6], t: [1.5, 2, 3] });
    expect(notes.slice(1)).toEqual([
      'column size: 2 cells such as "~5,5" (row 1, read as 5.5): it is approximate',
      'column size: 1 cell such as "5,2 ± 0,1" (row 2, read as 5.2): a column of numbers holds no uncertainty',
    ]);
  });

  it("is refused by the cell where a range stands for a number", async () => {
    const schema = { size: { kind: "number", unit: "nm", meaning: "" } } as const;
    await expect(read("size\n8\n5-10\n", { schema })).rejects.toThrow(
      'row 2, column size: must be a finite number; got "5-10"; a range is no number',
    );
    expect((await read("size\n8\n5-10\n9\n")).notes).toEqual([expect.stringContaining('but not row 2 "5-10"')]);
  });

  it("may have a row of units under the header, which is no row and names the units of its columns", async () => {
    const { table, columns, notes } = await read("run,T,t,c\n,°C,s,(mM)\nA,170,5,1.2\nB,180,6,-\n");
    expect(columns).toEqual({ run: ["A", "B"], T: [170, 180], "t#2": [5, 6], c: [1.2, NONE] });
    expect(Object.values(table.schema).map(({ unit }) => unit)).toEqual(["", "°C", "s", "mmol/L"]);
    expect(notes.slice(0, 2)).toEqual(["column 3 is called t#2, as column 2 is called T", "read as: units in line 2"]);
    await expect(
      read("temperatureCelsius\nK\n300\n", {
        schema: { temperatureCelsius: { kind: "number", unit: "°C", meaning: "" } },
      }),
    ).rejects.toThrow("column temperatureCelsius: must be in °C; got K in the row of units");
  });

  it.each(["name,kind\nK,M\nM,K\n", "site,x\nM,1\nK,2\n", "a,b\ns,M\nx,y\n", "unit,x\ns,s\ns,s\n"])(
    "has no row of units in %j",
    async (content) => {
      expect((await read(content)).table.numRows).toBe(2);
    },
  );

  it("may name columns alike, name none of the first, and put spaces around names", async () => {
    const { columns, notes } = await read(",T, T ,t,T#2\n0,1,2,3,4\n1,5,6,7,8\n");
    expect(Object.keys(columns)).toEqual(["index", "T", "T#3", "t#4", "T#2"]);
    expect(notes).toEqual([
      "column 1 has no name: it is called index",
      "column 3 is called T#3, as column 2 is called T",
      "column 4 is called t#4, as column 2 is called T",
    ]);
  });
});

describe("dates of people", () => {
  const dates = async (texts: readonly string[], options: ReadTableOptions = {}): Promise<Read> =>
    read(`when;x\n${texts.map((text) => `${text};1`).join("\n")}\n`, options);

  it.each([
    [["31/01/2026", "02/03/2026"], ["2026-01-31", "2026-03-02"], "day first"],
    [["31.1.2026", "2.3.2026", ""], ["2026-01-31", "2026-03-02", ""], "day first"],
    [["01/31/2026", "02/03/2026"], ["2026-01-31", "2026-02-03"], "month first"],
    [["3/3/2026", "4/4/2026"], ["2026-03-03", "2026-04-04"], "day first"],
    [["2026/1/31", "2026.2.3"], ["2026-01-31", "2026-02-03"], ""],
    [["31 Jan 2026", "3 February 2026", "Mar 5, 2026"], ["2026-01-31", "2026-02-03", "2026-03-05"], ""],
    [["31.01.2026 14:30", "01.02.2026 09:05:07"], ["2026-01-31 14:30:00", "2026-02-01 09:05:07"], "day first"],
    [["1/31/2026 12:30 AM", "2/1/2026 2:05 PM"], ["2026-01-31 00:30:00", "2026-02-01 14:05:00"], "month first"],
  ])("as %j are %j", async (texts, iso, words) => {
    const { columns, notes } = await dates(texts);
    expect(columns.when).toEqual(iso);
    expect(notes.at(-1)).toContain(`column when: dates are read${words === "" ? "" : ` ${words}`}: "${texts[0]}"`);
  });

  it("that can be read in two ways are refused by the cell, unless --dates says how", async () => {
    await expect(dates(["03/04/2026", "05/05/2026"])).rejects.toThrow(
      'row 1, column when: must be a date that can be read in one way; got "03/04/2026", which is 2026-04-03 or ' +
        "2026-03-04; write dates as 2026-01-31, or say which comes first: --dates dmy, mdy, or iso",
    );
    await expect(dates(["13/04/2026", "04/13/2026"])).rejects.toThrow("must be written in one order");
    await expect(dates(["13/04/2026"], { csv: { dates: "mdy" } })).rejects.toThrow("in the order --dates mdy");
    await expect(dates(["31/04/2026"])).rejects.toThrow("must be a day of the calendar");
    const text = ["03/04/2026"];
    expect((await dates(text, { csv: { dates: "dmy" } })).columns.when).toEqual(["2026-04-03"]);
    expect((await dates(text, { csv: { dates: "mdy" } })).columns.when).toEqual(["2026-03-04"]);
    expect((await dates(text, { csv: { dates: "iso" } })).columns.when).toEqual(text);
  });

  it("that are told as faults stay texts", async () => {
    const faults: TableFault[] = [];
    const { columns } = await dates(["03/04/2026"], { onFault: (fault) => faults.push(fault) });
    expect(columns.when).toEqual(["03/04/2026"]);
    expect(faults).toMatchObject([{ row: 1, column: "when" }]);
  });

  it("are no dates in columns of names, nor beside other texts", async () => {
    expect((await read("batch;x\n03/04/2026;1\n")).columns.batch).toEqual(["03/04/2026"]);
    expect((await dates(["03/04/2026", "later"])).columns.when).toEqual(["03/04/2026", "later"]);
    expect((await dates(["0001-01-01", "2026-01-31"])).notes).toEqual(["read as: cells separated by semicolons"]);
  });
});

describe("a .tsv", () => {
  it("has tabs between its cells, whatever else stands in them", async () => {
    expect(await read("a\tb\n1\tx,y\n2\tz,w\n", { as: "tsv" })).toMatchObject({
      columns: { a: [1, 2], b: ["x,y", "z,w"] },
      notes: [],
    });
  });
});

describe("a .json", () => {
  const json = (value: unknown): Promise<Read> => read(JSON.stringify(value), { as: "json" });

  it.each([
    ["a list of records", [{ a: 1, b: "x" }, { a: null, c: true, b: "y" }, { c: false }]],
    ["an object of columns", { a: [1, null, null], b: ["x", "y", null], c: [null, true, false] }],
    ["columns as pandas writes them", { a: { 0: 1, 1: null }, b: { 0: "x", 1: "y" }, c: { 1: true, 2: false } }],
  ])("is read from %s", async (_, value) => {
    expect(await json(value)).toMatchObject({
      columns: { a: [1, NONE, NONE], b: ["x", "y", ""], c: [NONE, 1, 0] },
      notes: [],
    });
  });

  it("of one record is one row", async () => {
    expect((await json({ a: 1, b: "x" })).columns).toEqual({ a: [1], b: ["x"] });
  });

  it("keeps whole numbers that a Float64 does not, NaN as missing, and what comes under one key twice", async () => {
    const { columns, notes } = await read('[{"long":9007199254740993,"x":NaN,"a":1,"a":2},{"long":7,"x":1.5,"a":3}]', {
      as: "json",
    });
    expect(columns).toEqual({ long: ["9007199254740993", "7"], x: [NONE, 1.5], a: [1, 3], "a#2": [2, NONE] });
    expect(notes).toEqual([expect.stringContaining("above 2^53")]);
  });

  it("has texts like other tables of cells: marks, limits, dates, units", async () => {
    const { columns } = await json([
      { T: "°C", d: "" },
      { T: 170, d: "31/01/2026" },
      { T: "n/a", d: "01/02/2026" },
      { T: "<5", d: "" },
    ]);
    expect(columns).toEqual({ T: [170, NONE, NONE], d: ["2026-01-31", "2026-02-01", ""] });
  });

  it.each([
    ["[1,2]", "row 1: must be a record, an object of columns; got 1"],
    ['[{"a":[1]}]', "row 1, column a: must be a number, a text, true, false or null; got a list"],
    ['{"a":[1,2],"b":[1]}', "column b: must have 2 rows like column a; got 1"],
    ['{"a":[1],"b":2}', "must hold records or columns; got an object of both"],
    ['"x"', 'must hold a table; got "x"'],
    ["{}", "must hold a table; got no column"],
    ["[]", "must hold a table; got no column"],
    ['[{"a":1e999}]', 'got "Infinity"'],
    ["[{]", "the file must hold JSON"],
  ])("is refused where it is %s", async (content, message) => {
    const schema = { a: { kind: "number", unit: "1", meaning: "" } } as const;
    await expect(read(content, { as: "json", schema, unknown: "keep" })).rejects.toThrow(message);
  });
});
