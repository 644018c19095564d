import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnNames } from "../../../../src/core/columnNames.js";
import {
  categoryColumn,
  isCategory,
  makeTable,
  numbersOf,
  selectRows,
  type Table,
  textsOf,
} from "../../../../src/core/Table.js";
import { tidyText } from "../../../../src/core/tidyText.js";
import { readTable, type ReadTableOptions } from "../../../../src/io/tables/readTable.js";
import { writeTable } from "../../../../src/io/tables/writeTable.js";
import { qualityReport } from "../../../../src/monitoring/quality/qualityReport.js";
import { temporaryFolder } from "../../../support/temporaryFolder.js";

const folder = await temporaryFolder();

async function read(
  content: string | Uint8Array,
  options: ReadTableOptions = {},
): Promise<{ readonly table: Table; readonly notes: readonly string[] }> {
  const path = join(folder, "given.csv");
  await writeFile(path, content);
  const notes: string[] = [];
  return { table: await readTable(path, { onNote: (note) => notes.push(note), ...options }), notes };
}

/** Every column as an array. */
function columnsOf(table: Table): Record<string, (number | string)[]> {
  return Object.fromEntries(
    Object.entries(table.columns).map(([name, column]) => [
      name,
      isCategory(column) ? textsOf(table, name) : Array.from(column),
    ]),
  );
}

describe("a CSV as the world writes it", () => {
  it("is read in Windows-1252 (a native stack in train), and the guess is told", async () => {
    const { table, notes } = await read(Buffer.from("phase,operator\nCsPbBr3,M\xfcller\n50 \x80,\xb5L OA\n", "latin1"));
    expect(columnsOf(table)).toEqual({ phase: ["CsPbBr3", "50 €"], operator: ["Müller", "µL OA"] });
    expect(notes).toEqual(["read as: Windows-1252"]);
  });

  it.each([
    ["little-endian with a mark", "\uFEFFa;b\r\nµ;1,5\r\n", "UTF-16", false],
    ["little-endian without one", "a;b\r\nµ;1,5\r\n", "UTF-16", false],
    ["big-endian with a mark", "\uFEFFa;b\r\nµ;1,5\r\n", "UTF-16 (big-endian)", true],
  ])("is read in UTF-16, %s", async (_, content, name, isSwapped) => {
    const bytes = Buffer.from(content, "utf16le");
    const { table, notes } = await read(isSwapped ? bytes.swap16() : bytes);
    expect(columnsOf(table)).toEqual({ a: ["µ"], b: [1.5] });
    expect(notes).toEqual([`read as: ${name}, cells separated by semicolons, decimal comma`]);
  });

  it("has semicolons and decimal commas (1 rows, 1 columns, exit 0)", async () => {
    const { table, notes } = await read("caesiumMolar;leadMolar;phase\n0,01;0,02;CsPbBr3\n,5;1e-3;\n");
    expect(columnsOf(table)).toEqual({ caesiumMolar: [0.01, 0.5], leadMolar: [0.02, 0.001], phase: ["CsPbBr3", ""] });
    expect(notes).toEqual(["read as: cells separated by semicolons, decimal comma"]);
    expect(columnsOf((await read("time;c\r\n1,5;0,1\r\n")).table)).toEqual({ time: [1.5], c: [0.1] });
  });

  it.each([
    ["\t", "tabs"],
    ["|", "bars"],
    [";", "semicolons"],
  ])("has %j between its cells", async (separator, name) => {
    const { table, notes } = await read(`a,b${separator}c\n"x${separator}""y"""${separator}1.5\n`);
    expect(columnsOf(table)).toEqual({ "a,b": [`x${separator}"y"`], c: [1.5] });
    expect(notes[0]).toContain(`cells separated by ${name}`);
  });

  it("keeps commas where notes hold other separators", async () => {
    const { table, notes } = await read("note,x\na;b,1\nc|d;e,2\n");
    expect(columnsOf(table)).toEqual({ note: ["a;b", "c|d;e"], x: [1, 2] });
    expect(notes).toEqual([]);
  });

  it("has line ends of several kinds (invalid state)", async () => {
    expect(columnsOf((await read("a,b\r\n1,2\r\n3,4\n5,6\r7,8")).table)).toEqual({ a: [1, 3, 5, 7], b: [2, 4, 6, 8] });
    expect(columnsOf((await read("a,b\n1,2\r\n")).table)).toEqual({ a: [1], b: [2] });
  });

  it("refuses 3,600 where nothing says what the comma is, and never makes 3.6 of it where something does", async () => {
    await expect(read('name,timeSecond\na,"3,600"\n')).rejects.toThrow(
      'row 1, column timeSecond: must be a number that can be read in one way; got "3,600", which is 3600 or 3.6; ' +
        "say which: --decimal-mark point or --decimal-mark comma",
    );
    const settled = await read('leadMolar,timeSecond\n0.02,"3,600"\n');
    expect(columnsOf(settled.table)).toEqual({ leadMolar: [0.02], timeSecond: [3600] });
    expect(settled.notes).toEqual(['read as: "3,600" (row 1, column timeSecond) is 3600']);
    expect((await read('t\n"3,600"\n"1,234,567.5"\n')).table.columns.t).toEqual(Float64Array.of(3600, 1234567.5));
    const given = async (decimalMark: "." | ","): Promise<unknown> =>
      (await read('t\n"3,600"\n', { csv: { decimalMark } })).table.columns.t;
    expect(await given(".")).toEqual(Float64Array.of(3600));
    expect(await given(",")).toEqual(Float64Array.of(3.6));
  });

  it("reads 1.234 as thousands only where a comma is the decimal mark", async () => {
    expect((await read("a;b\n0,5;1.234\n")).table.columns.b).toEqual(Float64Array.of(1234));
    expect((await read("a;b\n0.5;1.234\n")).table.columns.b).toEqual(Float64Array.of(1.234));
    expect((await read("a,b\n1,1.234\n")).table.columns.b).toEqual(Float64Array.of(1.234));
    await expect(read("a;b\n1;1.234\n")).rejects.toThrow(
      "row 1, column b: must be a number that can be read in one way",
    );
    await expect(read("a;b\n0,5;0.5\n")).rejects.toThrow(
      'row 1, column a: every number must be written with one decimal mark; got "0,5", and "0.5" in row 1, column b',
    );
  });

  it("reads thousands apart by spaces and apostrophes", async () => {
    const { table } = await read("t\n3 600\n12\u202F345.5\n1’000\n1'000'000\n");
    expect(table.columns.t).toEqual(Float64Array.of(3600, 12345.5, 1000, 1_000_000));
  });

  it("without a header is refused (the first experiment became names)", async () => {
    await expect(read("Ethylammonium,1.4,clear_solution\nEthylammonium,1.7,large_crystallites\n")).rejects.toThrow(
      'line 1: the first line must name the columns; got "Ethylammonium", "1.4", "clear_solution", which look like ' +
        "values; write a line of names above it; if these are the names, say so with --header-line 1",
    );
    await expect(read("10.0,532\n10.1,540\n")).rejects.toThrow("must name the columns");
    expect(Object.keys((await read("x,1.4\na,1\n", { csv: { headerLine: 1 } })).table.columns)).toEqual(["x", "1.4"]);
  });

  it("takes wavelengths for names", async () => {
    const { table } = await read("sample,400.5,401.5,402.5\ns1,0.1,0.2,0.3\n");
    expect(Object.keys(table.columns)).toEqual(["sample", "400.5", "401.5", "402.5"]);
  });

  it.each([".csv", ".arrow", ".parquet"])(
    "keeps the order of columns that whole numbers name, through %s too (wavelengths came before all others)",
    async (ending) => {
      const names = ["sample", "402", "401", "400", "10"];
      const { table } = await read(`${names.join(",")}\ns1,0.1,0.2,0.3,0.4\n`, { csv: { headerLine: 1 } });
      expect(qualityReport(table).columns.map(({ name }) => name)).toEqual(names);
      const path = join(folder, `order${ending}`);
      await writeTable(selectRows(table, Uint32Array.of(0, 0)), path);
      const back = await readTable(path, { csv: { headerLine: 1 } });
      expect(columnNames(back.schema)).toEqual(names);
      expect(columnsOf(back)).toMatchObject({ "402": [0.1, 0.1], "10": [0.4, 0.4], sample: ["s1", "s1"] });
    },
  );

  it("has comments and a title above its header, and comments among its rows", async () => {
    const { table, notes } = await read("# exported by Origin\nleadMolar,b\n1,2\n# a pause\n3,4\n");
    expect(columnsOf(table)).toEqual({ leadMolar: [1, 3], b: [2, 4] });
    expect(notes).toEqual(["read as: header in line 2, comments in lines that begin with #"]);
    const titled = await read("Batch list,,\r\n\r\nlab,x,y\r\nA,1,2\r\nB,3,4\r\n");
    expect(columnsOf(titled.table)).toEqual({ lab: ["A", "B"], x: [1, 3], y: [2, 4] });
    expect(titled.notes).toEqual(["read as: header in line 3"]);
    await expect(read("# a\nx,y\n1,2\n#3,4\n")).rejects.toThrow(
      'line 4: a line that begins with # must be a comment, as above the header, or be quoted; got "#3"',
    );
  });

  it('names the cells that keep a column from being one of numbers (one "n/p" made 99 numbers text)', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => `${i},${i === 50 ? "n/p" : (8 + i / 100).toFixed(2)}`);
    const { table, notes } = await read(`run,size\n${rows.join("\n")}\n`);
    expect(isCategory(table.columns.size)).toBe(true);
    expect(notes).toEqual([
      'column size is read as text: 99 of 100 cells are numbers, but not row 51 "n/p"; ' +
        "if it should hold numbers, write them as such, or leave the cells empty (or nan, na, null)",
    ]);
    expect((await read("lot\nB12\n17\n")).notes).toEqual([]);
  });

  it("may have a cell of 3 MB (called an open quote)", async () => {
    const long = `${"x,\n".repeat(1_000_000)}x`;
    const { table } = await read(`a,b\n"${long}",1\n`);
    expect(textsOf(table, "a")[0]).toBe(long);
    expect(numbersOf(table, "b")[0]).toBe(1);
  });

  it("with NUL bytes or of another kind is refused (0 rows, 1 columns, exit 0)", async () => {
    await expect(read("a,b\n1,2\n\0,3\n")).rejects.toThrow("a .csv file must hold text; got a NUL byte in line 3");
    await expect(read("PK\x03\x04\0\0")).rejects.toThrow("got a zip archive, which an Excel workbook is too");
    await expect(read(Buffer.from("\0".repeat(100)))).rejects.toThrow("a NUL byte in line 1");
  });

  it("tells every fault at once where it is asked to, and reads on", async () => {
    const faults: string[] = [];
    const schema = { t: { kind: "number", unit: "s", meaning: "" } } as const;
    const { table } = await read('t,note\n1.5,a\n5 min,b\n2\n5-10,c\n"0,5",d\n', {
      schema,
      unknown: "keep",
      onFault: ({ at, got }) => faults.push(`${at}: ${got}`),
    });
    expect(faults).toEqual([
      "line 4: 1",
      'row 2, column t: "5 min"',
      'row 3, column t: "5-10"',
      'row 4, column t: "0,5"',
    ]);
    expect(columnsOf(table)).toEqual({ t: [1.5, NaN, NaN, NaN], note: ["a", "b", "c", "d"] });
  });

  it("of ours reads back to the same values, without a guess", async () => {
    const word = fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => tidyText(text.replaceAll("\0", "")));
    const cell = fc.record({ t: fc.double({ noDefaultInfinity: true }), w: word });
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 30 }), async (rows) => {
        const table = makeTable(
          { t: { kind: "number", unit: "1", meaning: "" }, w: { kind: "category", unit: "", meaning: "" } },
          { t: Float64Array.from(rows, ({ t }) => t), w: categoryColumn(rows.map(({ w }) => w)) },
        );
        const path = join(folder, "ours.csv");
        await writeTable(table, path);
        const notes: string[] = [];
        const back = await readTable(path, { schema: table.schema, onNote: (note) => notes.push(note) });
        expect(Array.from(numbersOf(back, "t"))).toEqual(rows.map(({ t }) => t + 0));
        expect(textsOf(back, "w")).toEqual(rows.map(({ w }) => w));
        expect(notes).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
