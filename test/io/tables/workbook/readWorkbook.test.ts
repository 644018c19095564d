import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import type { RowNote } from "../../../../src/core/RowNote.js";
import type { Schema } from "../../../../src/core/Schema.js";
import { isCategory, textsOf } from "../../../../src/core/Table.js";
import { projectPath } from "../../../../src/io/projectPath.js";
import { readTableStream } from "../../../../src/io/tables/readTableStream.js";
import { readTable, type ReadTableOptions } from "../../../../src/io/tables/readTable.js";
import type { TableFault } from "../../../../src/io/tables/TableFault.js";
import { pythonWith } from "../../../support/pythonWith.js";
import { temporaryFolder } from "../../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const packages = ["openpyxl", "pandas"];
const python = pythonWith(packages);
if (python === null)
  console.warn(
    "No Python with openpyxl and pandas was found: tests of workbooks that they write are skipped. " +
      "python3 -m venv .twin/peers && .twin/peers/bin/pip install openpyxl pandas (or set PEER_PYTHON)",
  );
const skipped = python === null ? " (skipped: no Python with openpyxl and pandas)" : "";

async function read(
  name: string,
  options: ReadTableOptions = {},
): Promise<{ columns: unknown; units: unknown; notes: readonly string[]; repaired: readonly RowNote[] }> {
  const notes: string[] = [];
  const repaired: RowNote[] = [];
  const table = await readTable(join(folder, `${name}.xlsx`), {
    onNote: (note) => notes.push(note),
    onRepair: (note) => repaired.push(note),
    ...options,
  });
  const columns = Object.entries(table.columns).map(([column, values]) => [
    column,
    isCategory(values) ? textsOf(table, column) : Array.from(values),
  ]);
  const units = Object.entries(table.schema).map(([column, { unit }]) => [column, unit]);
  return { columns: Object.fromEntries(columns), units: Object.fromEntries(units), notes, repaired };
}

const NONE = Number.NaN;

/** Entries of a zip archive, each packed, with a directory that may lie about them. */
function archive(entries: Readonly<Record<string, Buffer>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const packed = deflateRawSync(content, { level: 9 });
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    parts.push(local, Buffer.from(name), packed);
    directory.push(central, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(entries).length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

describe("a file called .xlsx", () => {
  const bomb = Buffer.alloc(101_000_000);
  const bombs = Object.fromEntries(["xl/workbook.xml", "a", "b", "c", "d", "e"].map((name) => [name, bomb]));
  it.each([
    ["text", Buffer.from("a,b\n1,2\n"), "got another kind of file"],
    ["two bytes", Buffer.from("PK"), "got another kind of file"],
    ["an archive cut short", Buffer.from("PK\x03\x04 and more"), "got an archive without its end"],
    ["another archive", archive({ "a.txt": Buffer.from("x") }), "got an archive of something else"],
    ["an OpenDocument file", archive({ "content.xml": Buffer.from("x") }), "got an OpenDocument file"],
    ["a binary workbook", archive({ "xl/workbook.bin": Buffer.from("x") }), "got a binary workbook (.xlsb)"],
    ["an old workbook", Buffer.from("d0cf11e0a1b11ae1", "hex"), "got an old Excel workbook (.xls)"],
    [
      "protected",
      Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.from("EncryptedPackage", "utf16le")]),
      "got one that a password protects; save it without the password",
    ],
    ["a bomb", archive(bombs), "must hold at most 300,000,000 bytes unpacked"],
    ["no workbook inside", archive({ "xl/workbook.xml": Buffer.from("<x/>") }), "must be a whole Excel workbook"],
  ])("is refused in one line where it is %s", async (_, bytes, message) => {
    await writeFile(join(folder, "odd.xlsx"), bytes);
    await expect(read("odd")).rejects.toThrow(message);
  });
});

describe.skipIf(python === null)(`a workbook${skipped}`, () => {
  beforeAll(() => {
    execFileSync(python!, [projectPath("test", "io", "tables", "workbook", "workbooks.py"), folder], { stdio: "pipe" });
  });

  it("has its table anywhere on the sheet, under a title, with units and without the empty rows around", async () => {
    const { columns, units, notes, repaired } = await read("around");
    expect(columns).toEqual({ run: ["A", "B"], T: [170, NONE], "t#2": [5, NONE] });
    expect(units).toEqual({ run: "", T: "°C", "t#2": "s" });
    expect(notes[1]).toBe("read as: header in line 5, units in line 6");
    expect(repaired.map(({ row, column, came }) => [row, column, came])).toEqual([
      [2, "T", "n/a"],
      [2, "t#2", "<5"],
    ]);
  });

  it("has days and times as texts, from 1900 or from 1904", async () => {
    expect((await read("days")).columns).toEqual({
      day: ["2024-02-29", "1900-01-01"],
      stamp: ["2024-02-29 12:30:05", ""],
      clock: ["01:02:03", "00:00:00"],
    });
    expect((await read("mac")).columns).toEqual({ day: ["2024-02-29"] });
  });

  it("has booleans, numbers that are texts, percentages as the header says, and elapsed times in seconds", async () => {
    const { columns, notes } = await read("formats");
    expect(columns).toEqual({
      b: [1, 0],
      x: [1.5, 2],
      share: [0.5, 0.125],
      "yield (%)": [7, 100],
      "run time": [108_000, 43_200],
    });
    expect(notes).toEqual([
      "column share: C2 is shown as 50% and read as 0.5",
      "column yield (%): D2 is shown as 7% and read as 7",
      "column run time: elapsed time is read in seconds, E2 as 108000",
    ]);
    await expect(read("mixed")).rejects.toThrow("cell A3: must be shown as a percentage like A2, or A2 must not");
  });

  it("has the value of merged cells in each row that they span, and refuses those over columns", async () => {
    const { columns, notes } = await read("merged");
    expect(columns).toEqual({ batch: ["A", "A", "A", "B"], size: [1, 3, 5, 7], "size#2": [2, 4, 6, 8] });
    expect(notes).toContain("merged cells A2:A4: their value stands in each row that they span");
    await expect(read("spanning")).rejects.toThrow("row 1, cells A2:B2: merged cells must not span columns");
  });

  it("with several sheets is asked which, and hidden ones count only by name", async () => {
    await expect(read("sheets")).rejects.toThrow(
      'got 2 sheets; name one with --sheet: "runs", "more", "empty" (empty), "old" (hidden)',
    );
    expect((await read("sheets", { csv: { sheet: "more" } })).columns).toEqual({ y: [2] });
    expect((await read("sheets", { csv: { sheet: "old" } })).columns).toEqual({ z: [3] });
    await expect(read("sheets", { csv: { sheet: "Runs" } })).rejects.toThrow("--sheet: must name a sheet");
    await expect(read("sheets", { csv: { sheet: "empty" } })).rejects.toThrow("got an empty sheet");
    const { columns, notes } = await read("onlyHidden");
    expect([columns, notes]).toEqual([{ x: [1] }, ["read as: sheet runs, without hidden sheets (old)"]]);
    await expect(read("empty")).rejects.toThrow("got none that is shown");
  });

  it("is refused by the cell as A1 where a formula failed or has no value, or a date is none", async () => {
    await expect(read("failed")).rejects.toThrow(
      "failed.xlsx, row 1, column b (B2): must hold a value; got #DIV/0!; mend its formula",
    );
    await expect(read("unsaved")).rejects.toThrow(
      "column b (B2): must hold the value of its formula; got =A2+1 without",
    );
    await expect(read("leap")).rejects.toThrow("column day (A2): must be a date of the calendar; got 60");
    await expect(read("far")).rejects.toThrow("column day (A2): must be a date of the calendar");
    const faults: TableFault[] = [];
    const { columns } = await read("failed", { onFault: (fault) => faults.push(fault) });
    expect(columns).toEqual({ a: [1, 2], b: ["", "#N/A"] });
    expect(faults).toMatchObject([{ row: 1, column: "b", got: "#DIV/0!" }]);
  });

  it("is not refused for a cell in a column that is not read: a stream passed on #DIV/0! of it", async () => {
    const stream = async (book: string, column: string): Promise<readonly unknown[]> => {
      const faults: TableFault[] = [];
      const schema: Schema = { [column]: { kind: "number", unit: "1", meaning: "" } };
      const path = join(folder, `${book}.xlsx`);
      for await (const { columns } of readTableStream(path, { schema, onFault: (fault) => faults.push(fault) }))
        expect(columns[column]).toHaveLength(2);
      return faults.map(({ row, got }) => [row, got]);
    };
    expect(await stream("failed", "a")).toEqual([]);
    expect(await stream("failed", "b")).toEqual([[1, "#DIV/0!"]]);
    // Merged with what is not read, so that its value is hidden.
    expect(await stream("spanning", "b")).toEqual([[1, "2 columns"]]);
  });

  it("that pandas writes has its index as a column of that name", async () => {
    const { columns, notes } = await read("pandas");
    expect(columns).toEqual({ index: [0, 1], T: [170.5, NONE], when: ["2024-02-29 12:30:00", ""], ok: [1, 0] });
    expect(notes).toEqual(["column 1 has no name: it is called index"]);
  });

  it("with a note in its last cell is read within a second, and refused by that column", async () => {
    await expect(read("far cell")).rejects.toThrow("got no name in column 3");
  });

  it("cut anywhere or with any byte changed is read or refused by an error that says what to do", async () => {
    const bytes = await readFile(join(folder, "formats.xlsx"));
    for (let k = 0; k < 60; k++) {
      const changed = Buffer.from(k % 2 === 0 ? bytes.subarray(0, Math.floor((bytes.length * k) / 60)) : bytes);
      if (k % 2 === 1) changed[Math.floor((bytes.length * k) / 60)] ^= 0xff;
      await writeFile(join(folder, "changed.xlsx"), changed);
      await read("changed").catch((error: unknown) => expect((error as Error).name).toBe("InputError"));
    }
  });
});
