import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import { parseNumber } from "../../../src/core/parseNumber.js";
import type { Schema } from "../../../src/core/Schema.js";
import { categoryColumn, isCategory, makeTable, numbersOf, textsOf } from "../../../src/core/Table.js";
import { readTable } from "../../../src/io/tables/readTable.js";
import { writeTable } from "../../../src/io/tables/writeTable.js";
import { asNobody } from "../../support/asNobody.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const schema: Schema = {
  temperatureCelsius: { kind: "number", unit: "°C", meaning: "reaction temperature", required: true },
  timeSecond: { kind: "number", unit: "s", meaning: "reaction time" },
  phase: { kind: "category", unit: "", meaning: "phase", levels: ["CsPbBr3", "Cs4PbBr6"] },
};

async function given(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function refusal(path: string, options: Parameters<typeof readTable>[1] = { schema }): Promise<string> {
  const error = await readTable(path, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message;
}

describe("readTable", () => {
  it("puts columns in schema order and fills absent ones with missing values", async () => {
    const table = await readTable(await given("order.csv", "phase,temperatureCelsius\nCs4PbBr6,25\n,\n"), { schema });
    expect(Object.keys(table.columns)).toEqual(["temperatureCelsius", "timeSecond", "phase"]);
    expect(Array.from(numbersOf(table, "temperatureCelsius"))).toEqual([25, Number.NaN]);
    expect(Array.from(numbersOf(table, "timeSecond"))).toEqual([Number.NaN, Number.NaN]);
    expect(textsOf(table, "phase")).toEqual(["Cs4PbBr6", ""]);
  });

  it.each([
    "1",
    "1.",
    ".5",
    "+.5",
    "-0",
    "1E+5",
    " 7 ",
    "00012",
    "1e-400",
    "9007199254740993",
    "NA",
    "1_000",
    "1__0",
    "+-1",
    "1e",
    "e5",
    "0x10",
    "1D5",
    "1e400",
    "inf",
    "١",
    "1.2.3",
    "true",
  ])("takes %j for the number that parseNumber takes it for", async (text) => {
    const path = await given("odd.csv", `temperatureCelsius\n1\n${text}\n`);
    const expected = parseNumber(text);
    if (expected === undefined)
      expect(await refusal(path)).toContain("row 2, column temperatureCelsius: must be a finite number");
    else expect(numbersOf(await readTable(path, { schema }), "temperatureCelsius")[1]).toBe(expected);
  });

  it("takes a byte order mark, CRLF, quoted line breaks and lines that begin with # as they are", async () => {
    const table = await readTable(
      await given("odd.csv", '\uFEFFname,x\r\n"two\r\nlines",1\r\n#not a comment,2\r\n"say ""hi""",3\r\n'),
    );
    expect(textsOf(table, "name")).toEqual(["two\r\nlines", "#not a comment", 'say "hi"']);
    expect(Array.from(numbersOf(table, "x"))).toEqual([1, 2, 3]);
  });

  it("keeps columns that are called like parts of every object", async () => {
    const path = await given("names.csv", "temperatureCelsius,constructor,toString,__proto__\n25,1,x,3\n");
    for (const options of [{}, { schema, unknown: "keep" } as const]) {
      const table = await readTable(path, options);
      expect(Object.keys(table.columns)).toEqual(
        expect.arrayContaining(["temperatureCelsius", "constructor", "toString", "__proto__"]),
      );
      expect([
        numbersOf(table, "constructor")[0],
        textsOf(table, "toString")[0],
        numbersOf(table, "__proto__")[0],
      ]).toEqual([1, "x", 3]);
    }
    expect(await refusal(path)).toMatch(/column constructor: the name must be one of the schema/);
  });

  it("without a schema takes kinds from values and units from names", async () => {
    const { schema: found } = await readTable(await given("guess.csv", "sizeNanometre,lab,empty\n1.5,A,\nNaN,7,\n"));
    expect(found).toMatchObject({
      sizeNanometre: { kind: "number", unit: "nm" },
      lab: { kind: "category" },
      empty: { kind: "category" },
    });
  });

  it("takes pattern characters in a path for letters, and ignores folders that look like partitions", async () => {
    await mkdir(join(folder, "day=1"), { recursive: true });
    await given("a1.csv", "x\n9\n");
    for (const name of ["a[1]*?.csv", "day=1/it's.csv"]) {
      const table = await readTable(await given(name, "x\n1\n"));
      expect(Object.keys(table.columns)).toEqual(["x"]);
      expect(Array.from(numbersOf(table, "x"))).toEqual([1]);
    }
  });

  it("names the file and the mend when it is missing, empty, a folder, or of another kind", async () => {
    expect(await refusal(join(folder, "absent.csv"))).toMatch(
      /absent\.csv: the file must be readable; got ENOENT; check the path/,
    );
    expect(await refusal(await given("empty.parquet", ""))).toMatch(/an empty file; write or download it again/);
    expect(await refusal(await given("table.ods", "x"))).toMatch(
      /must end in \.csv, \.tsv, \.json, (?:\.xlsx, )?\.parquet or \.arrow; got \.ods/,
    );
    await mkdir(join(folder, "folder.csv"));
    expect(await refusal(join(folder, "folder.csv"))).toMatch(/must be a file/);
  });

  it("says how to mend a missing permission", async () => {
    const path = await given("secret.csv", "temperatureCelsius\n1\n");
    await chmod(path, 0o000);
    expect(await asNobody(() => refusal(path))).toMatch(/EACCES; give yourself read permission/);
  });

  it("names the unit that came and the one that is wanted", async () => {
    expect(await refusal(await given("kelvin.csv", "temperatureKelvin\n298\n"))).toMatch(
      /column temperatureKelvin: must be temperatureCelsius, in °C; got K; subtract 273\.15 and rename the column/,
    );
    expect(await refusal(await given("minute.csv", "temperatureCelsius,timeMinute\n25,1\n"))).toMatch(
      /must be timeSecond, in s; got min; multiply by 60/,
    );
    expect(await refusal(await given("bare.csv", "temperature\n25\n"))).toMatch(
      /the unit must be in the name: temperatureCelsius, in °C/,
    );
  });

  it("asks for no unit of a column that has none and differs in capitals", async () => {
    const path = await given("capital.csv", "temperatureCelsius,Phase\n25,CsPbBr3\n");
    expect(await refusal(path)).toMatch(/column Phase: must be written as it is read: phase; .*rename the column/);
  });

  it("refuses a wrong unit and a misspelling even where unknown columns are kept", async () => {
    const keep = { schema, unknown: "keep" } as const;
    expect(await refusal(await given("k.csv", "temperatureCelsius,timeHour\n25,1\n"), keep)).toMatch(
      /multiply by 3600/,
    );
    expect(await refusal(await given("m.csv", "temperatureCelcius\n25\n"), keep)).toMatch(
      /did you mean temperatureCelsius\?/,
    );
    const table = await readTable(await given("u.csv", "note,temperatureCelsius\nx,25\n"), keep);
    expect(Object.keys(table.columns)).toEqual(["temperatureCelsius", "timeSecond", "phase", "note"]);
  });

  it("names missing, unknown and repeated columns", async () => {
    expect(await refusal(await given("miss.csv", "phase\nCsPbBr3\n"))).toMatch(
      /the columns temperatureCelsius must be there; got phase; add the column, in °C/,
    );
    expect(await refusal(await given("unknown.csv", "temperatureCelsius,humidity\n1,2\n"))).toMatch(
      /column humidity: .* remove the column, or rename it to one of temperatureCelsius/,
    );
    expect(await refusal(await given("twice.csv", "temperatureCelsius,TemperatureCelsius\n1,2\n"))).toMatch(
      /"TemperatureCelsius" twice/,
    );
    expect(await refusal(await given("noname.csv", "temperatureCelsius,\n1,2\n"))).toMatch(/no name in column 2/);
  });

  it("names row and column of a text among numbers", async () => {
    expect(await refusal(await given("hot.csv", "temperatureCelsius,phase\n25,CsPbBr3\nhot,CsPbBr3\n"))).toMatch(
      new RegExp(
        /hot\.csv, row 2, column temperatureCelsius: must be a finite number; got "hot"; /.source +
          /write the value in °C, without the unit/.source,
      ),
    );
    expect(await refusal(await given("comma.csv", 'temperatureCelsius\n20.5\n"25,5"\n'))).toMatch(
      /row 2.*got "25,5"; write it with the decimal mark of the other numbers/,
    );
    expect(await refusal(await given("infinite.csv", "temperatureCelsius\ninf\n"))).toMatch(
      /row 1.*finite number; got "inf"/,
    );
    expect(await refusal(await given("overflow.csv", "temperatureCelsius\n1e999\n"))).toMatch(/finite number/);
    expect(await refusal(await given("hex.csv", "temperatureCelsius\n0x10\n"))).toMatch(/finite number/);
  });

  it("names the line of a broken quote, and of a short or long line", async () => {
    expect(
      await refusal(await given("quote.csv", 'temperatureCelsius,phase\n25,CsPbBr3\n26,"CsPbBr3\n27,CsPbBr3\n')),
    ).toMatch(/quote\.csv, line 3: every quote must be closed/);
    expect(await refusal(await given("short.csv", "temperatureCelsius,phase\n25,CsPbBr3\n26\n"))).toMatch(
      /line 3: every line must have 2 cells like the header; got 1/,
    );
    expect(await refusal(await given("long.csv", "temperatureCelsius,phase\n25,5,CsPbBr3\n"))).toMatch(
      /line 2: .*got 3; .*needs quotes/,
    );
  });

  it("refuses a Parquet file cut anywhere, and one with the wrong kind of column", async () => {
    const path = join(folder, "whole.parquet");
    const text = makeTable(
      { temperatureCelsius: { kind: "category", unit: "", meaning: "" } },
      { temperatureCelsius: categoryColumn(["25", "26"]) },
    );
    await writeTable(text, path);
    expect(await refusal(path)).toMatch(/column temperatureCelsius: must hold numbers in °C; got VARCHAR/);
    const bytes = await readFile(path);
    for (const share of [0.1, 0.5, 0.99]) {
      expect(await refusal(await given("cut.parquet", bytes.subarray(0, Math.floor(bytes.length * share))))).toMatch(
        /cut\.parquet: must be a whole Parquet file; .* cut short or damaged/,
      );
    }
  });

  it("reads a header without rows as an empty table", async () => {
    expect((await readTable(await given("none.csv", "temperatureCelsius,phase\n"), { schema })).numRows).toBe(0);
  });

  describe("of a .csv without a schema", () => {
    async function read(content: string): Promise<{ readonly columns: unknown; readonly notes: readonly string[] }> {
      const notes: string[] = [];
      const table = await readTable(await given("kinds.csv", content), { onNote: (note) => notes.push(note) });
      const columns = Object.keys(table.columns).map((name) => [
        name,
        isCategory(table.columns[name]) ? textsOf(table, name) : Array.from(numbersOf(table, name)),
      ]);
      return { columns: Object.fromEntries(columns) as unknown, notes };
    }

    it("keeps apart 007 and 7, and whole numbers above 2^53, which were one each, and tells the row", async () => {
      expect(await read("code,long,x\n7,9007199254740992,1\n007,9007199254740993,1\n")).toEqual({
        columns: { code: ["7", "007"], long: ["9007199254740992", "9007199254740993"], x: [1, 1] },
        notes: [
          "column code is read as text: row 2 holds 007, which as a number is 7",
          "column long is read as text: row 2 holds 9007199254740993, and whole numbers above 2^53 are not exact",
        ],
      });
    });

    it.each(["0", "0.5", "-0.5", "+1", "00.5", "9007199254740992", "-9007199254740992", "1e20", "0e5", "-0"])(
      "takes %s for a number",
      async (text) => {
        const { columns, notes } = await read(`x\n1\n${text}\n`);
        expect(columns).toEqual({ x: [1, Number(text)] });
        expect(notes).toEqual([]);
      },
    );

    it("takes a column with decimals for one of measurements, however large they are", async () => {
      expect((await read("x\n9007199254740993\n0.5\n")).columns).toEqual({ x: [2 ** 53, 0.5] });
    });

    it.each(["-007", "+00", " 01 ", "9007199254740993", "-9007199254740993"])("keeps %j as text", async (text) => {
      expect((await read(`x\n1\n${text}\n`)).columns).toEqual({ x: ["1", text.trim()] });
    });

    it("takes what names things for texts, and tells it where they look like numbers", async () => {
      expect(await read("batch,sampleId,doi\n1,A7,\n2,8,\n")).toEqual({
        columns: { batch: ["1", "2"], sampleId: ["A7", "8"], doi: ["", ""] },
        notes: ["column batch is read as text, as names are: row 1 holds 1"],
      });
    });

    it("takes true and false for 1 and 0 as other formats do, and with any other word for texts", async () => {
      expect((await read("a,b,c\ntrue,FALSE,true\nFalse,NA,perhaps\n,TRUE,false\n")).columns).toEqual({
        a: [1, 0, Number.NaN],
        b: [0, Number.NaN, 1],
        c: ["true", "perhaps", "false"],
      });
    });
  });
});
