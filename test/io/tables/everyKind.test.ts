import { execFileSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Schema } from "../../../src/core/Schema.js";
import { isCategory, numbersOf, type Table, textsOf } from "../../../src/core/Table.js";
import { tableFromRows } from "../../../src/core/tableFromRows.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { readTable } from "../../../src/io/tables/readTable.js";
import { tableSha256 } from "../../../src/io/tables/tableSha256.js";
import { writeTable } from "../../../src/io/tables/writeTable.js";
import { pythonWith } from "../../support/pythonWith.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const python = pythonWith(["pyarrow", "openpyxl"]);
if (python === null)
  console.warn(
    "No Python with pyarrow and openpyxl was found: tests of tables that it writes are skipped. " +
      "python3 -m venv .twin/peers && .twin/peers/bin/pip install pyarrow openpyxl " +
      "(or set PEER_PYTHON to a Python that has them)",
  );
const skipped = python === null ? " (skipped: no Python with pyarrow and openpyxl)" : "";

const [none, missing] = [Number.NaN, ""];
const texts = ["a", missing, 'b,\n"c"'];
const decimals = [1.5, none, -2.25];
const stamps = ["1970-01-01 00:28:20", missing, "1969-12-31 23:59:59"];
const zoned = ["1970-01-01 00:28:20.5Z", missing, "1969-12-31 23:59:59.999999Z"];

/** What test/io/tables/everyKind.py writes, as it is to be read from every format. */
const expected: Readonly<Record<string, readonly (number | string)[]>> = {
  int8: [1, none, -3],
  int16: [1, none, -3],
  int32: [1, none, -3],
  int64: [7, none, 2 ** 53 - 1],
  uint8: [1, none, 255],
  uint16: [1, none, 65535],
  uint32: [1, none, 2 ** 32 - 1],
  uint64: [7, none, 2 ** 53 - 1],
  int64Long: ["9007199254740992", missing, "9007199254740993"],
  uint64Long: ["9223372036854775808", missing, "7"],
  half: [0.5, none, -1.5],
  single: [Math.fround(0.1), none, 16777216],
  double: [0.1, none, 1e-300],
  doubleNan: [none, none, 2.5],
  doubleMissing: [missing, missing, missing],
  boolean: [1, none, 0],
  text: texts,
  largeText: texts,
  textView: texts,
  untidyText: ["B12", "étude", "B12"],
  zeroText: ["007", missing, "7"],
  day32: ["2024-02-29", missing, "0001-01-01"],
  day64: ["2024-02-29", missing, "0001-01-01"],
  secondStamp: stamps,
  milliStamp: ["1970-01-01 00:28:20.5", missing, "1969-12-31 23:59:59.999"],
  microStamp: ["1970-01-01 00:28:20.5", missing, "1969-12-31 23:59:59.999999"],
  nanoStamp: ["1970-01-01 00:28:20.500000001", missing, "1969-12-31 23:59:59.999999999"],
  midnightStamp: ["1970-01-01", missing, "1970-01-02"],
  universalStamp: zoned,
  zonedStamp: zoned,
  offsetStamp: zoned,
  secondTime: ["01:02:03", missing, "00:00:00"],
  milliTime: ["01:02:03.5", missing, "00:00:00"],
  microTime: ["01:02:03.000001", missing, "00:00:00"],
  decimal32: decimals,
  decimal64: decimals,
  decimal128: decimals,
  decimal256: decimals,
  decimalLong: ["10000000000000000000000000000000000001", missing, "7"],
  duration: [60, none, -1],
  nothing: [missing, missing, missing],
  dictionary: ["b", missing, "a"],
  dictionaryWhole: [9, none, 7],
  dictionaryStamp: stamps,
  dictionaryDecimal: decimals,
  dictionaryBoolean: [1, none, 0],
  batch: ["12", missing, "9007199254740993"],
  sampleId: ["12", missing, "0.5"],
  plate: ["true", missing, "false"],
};

function valuesOf(table: Table, name: string): readonly (number | string)[] {
  if (isCategory(table.columns[name])) return textsOf(table, name);
  // What a CSV holds of a Float32 is the shortest text that leads back to it.
  return Array.from(numbersOf(table, name), name === "single" ? Math.fround : Number);
}

describe("a table that writeTable writes", () => {
  it("is the same table from every format, to the last bit of its numbers and whatever its texts hold", async () => {
    const schema: Schema = {
      number: { kind: "number", unit: "1", meaning: "any" },
      text: { kind: "category", unit: "", meaning: "any" },
      batch: { kind: "category", unit: "", meaning: "digits that are no number" },
      day: { kind: "category", unit: "", meaning: "time of an experiment" },
    };
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("B12\u00a0", "e\u0301", "true", "007", "NA", 'a,"b"\n', "9007199254740993", "\ufeff"),
    );
    const row = fc.record({
      number: fc.double({ noDefaultInfinity: true }),
      text: text.filter((one) => !one.includes("\0")),
      batch: fc.constantFrom("007", "7", "9007199254740993", "9007199254740992", ""),
      day: fc.constantFrom("2026-01-31 12:30:00.500", "2026-01-31T12:30:00+02:00", "2026-01-31", ""),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
        const written = tableFromRows(schema, rows);
        const hashes = new Set<string>();
        for (const kind of ["csv", "parquet", "arrow"]) {
          const path = join(folder, `own.${kind}`);
          await writeTable(written, path);
          hashes.add(tableSha256(await readTable(path, { schema })));
        }
        expect(hashes.size).toBe(1);
      }),
      { numRuns: 25 },
    );
  });
});

describe.skipIf(python === null)(`a table that pyarrow writes${skipped}`, () => {
  beforeAll(() => {
    execFileSync(python!, [projectPath("test", "io", "tables", "everyKind.py"), folder], { stdio: "pipe" });
  });

  describe.each(["csv", "tsv", "json", "xlsx", "parquet", "arrow"])("as .%s", (kind) => {
    it("has the same values in every column of every kind", async () => {
      const notes: string[] = [];
      const table = await readTable(join(folder, `every.${kind}`), { onNote: (note) => notes.push(note) });
      expect(Object.keys(expected).length).toBeGreaterThanOrEqual(40);
      expect(Object.fromEntries(Object.keys(table.columns).map((name) => [name, valuesOf(table, name)]))).toEqual(
        expected,
      );
      const noted = ["int64Long", "uint64Long", "decimalLong", "batch", "sampleId", "plate"];
      const isOfCells = kind !== "parquet" && kind !== "arrow";
      for (const name of isOfCells ? [...noted, "zeroText"] : noted)
        expect(notes.filter((note) => note.startsWith(`column ${name} is read as text`))).toHaveLength(1);
      expect(notes).toHaveLength(isOfCells ? noted.length + 1 : noted.length);
    });
  });

  describe.each(["csv", "parquet", "arrow"])("as .%s", (kind) => {
    it.each([
      ["twice", ["a", "a#2"], "column 2 is called a#2, as column 1 is called a"],
      ["case", ["a", "A#2"], "column 2 is called A#2, as column 1 is called a"],
    ])("has names of their own where they are those of %s (refused before)", async (name, names, note) => {
      const notes: string[] = [];
      const table = await readTable(join(folder, `${name}.${kind}`), { onNote: (one) => notes.push(one) });
      expect(Object.keys(table.columns)).toEqual(names);
      expect(notes).toEqual([note]);
      expect(names.map((one) => numbersOf(table, one)[0])).toEqual([1, 2]);
    });

    it("is refused where a column but the first has no name", async () => {
      await expect(readTable(join(folder, `noName.${kind}`))).rejects.toThrow(/got no name in column 2/);
    });
  });

  it.each(["list", "largeList", "fixedList", "struct", "map", "bytes", "fixedBytes", "decimal"])(
    "is refused by the name of its column where that holds %s, from .parquet as from .arrow",
    async (name) => {
      const must = name === "decimal" ? "decimals of at most 38 digits" : "numbers or texts";
      for (const kind of ["parquet", "arrow"])
        await expect(readTable(join(folder, `${name}.${kind}`))).rejects.toThrow(
          new RegExp(`${name}\\.${kind}, column ${name}: must hold ${must}; got`),
        );
    },
  );
});
