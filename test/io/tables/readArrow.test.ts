import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import type { Schema } from "../../../src/core/Schema.js";
import { numbersOf, textsOf } from "../../../src/core/Table.js";
import { readTable } from "../../../src/io/tables/readTable.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();

async function given(name: string, content: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function refusal(path: string, schema?: Schema): Promise<string> {
  const error = await readTable(path, { schema }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message;
}

const one = (data: arrow.Vector): arrow.Table => new arrow.Table({ x: data });

describe("readTable of a foreign .arrow", () => {
  const foreign = new arrow.Table({
    temperatureCelsius: arrow.vectorFromArray([25, null, -3], new arrow.Int32()),
    phase: arrow.vectorFromArray(["CsPbBr3", null, 'two\n"lines"'], new arrow.Utf8()),
    washed: arrow.vectorFromArray([true, false, null], new arrow.Bool()),
    sizeNanometre: arrow.vectorFromArray([1.5, Number.NaN, null], new arrow.Float32()),
    lab: arrow.vectorFromArray(["B", "A", "B"], new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8())),
    count: arrow.vectorFromArray([1n, null, 2n ** 40n], new arrow.Int64()),
    empty: arrow.vectorFromArray([null, null, null], new arrow.Null()),
  });

  it.each(["file", "stream"] as const)(
    "reads numbers, booleans, texts and dictionaries of the %s format, and units from names",
    async (format) => {
      const table = await readTable(await given(`${format}.arrow`, arrow.tableToIPC(foreign, format)));
      expect(Array.from(numbersOf(table, "temperatureCelsius"))).toEqual([25, Number.NaN, -3]);
      expect(textsOf(table, "phase")).toEqual(["CsPbBr3", "", 'two\n"lines"']);
      expect(Array.from(numbersOf(table, "washed"))).toEqual([1, 0, Number.NaN]);
      expect(numbersOf(table, "sizeNanometre")).toEqual(Float32Array.of(1.5, Number.NaN, Number.NaN));
      expect(table.columns.lab).toEqual({ codes: Uint8Array.of(0, 1, 0), levels: ["B", "A"] });
      expect(Array.from(numbersOf(table, "count"))).toEqual([1, Number.NaN, 2 ** 40]);
      expect(textsOf(table, "empty")).toEqual(["", "", ""]);
      expect([table.schema.temperatureCelsius.unit, table.schema.sizeNanometre.unit, table.schema.phase.kind]).toEqual([
        "°C",
        "nm",
        "category",
      ]);
    },
  );

  it("reads several batches, each with a dictionary that grew", async () => {
    const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32(), 7);
    const batches = [
      ["a", "b"],
      ["c", "a"],
    ].map((texts) => new arrow.Table({ x: arrow.vectorFromArray(texts, type) }));
    const path = await given("batches.arrow", arrow.tableToIPC(batches[0].concat(batches[1]), "stream"));
    expect(textsOf(await readTable(path), "x")).toEqual(["a", "b", "c", "a"]);
  });

  it("reads decimals, small and unsigned integers, half floats and dictionaries of numbers", async () => {
    const decimal = arrow.makeData({
      type: new arrow.Decimal(2, 10),
      length: 2,
      data: Uint32Array.of(12345, 0, 0, 0, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff),
    });
    const cases: readonly (readonly [arrow.Vector, readonly number[]])[] = [
      [new arrow.Vector([decimal]), [123.45, -0.01]],
      [arrow.vectorFromArray([255, null], new arrow.Uint8()), [255, Number.NaN]],
      [arrow.vectorFromArray([2n ** 53n, null, -(2n ** 53n)], new arrow.Int64()), [2 ** 53, Number.NaN, -(2 ** 53)]],
      [arrow.vectorFromArray([0.5, null], new arrow.Float16()), [0.5, Number.NaN]],
      [arrow.vectorFromArray([7, 9, 7], new arrow.Dictionary(new arrow.Int32(), new arrow.Int8())), [7, 9, 7]],
    ];
    for (const [vector, expected] of cases) {
      expect(
        Array.from(numbersOf(await readTable(await given("kind.arrow", arrow.tableToIPC(one(vector), "file"))), "x")),
      ).toEqual(expected);
    }
  });

  it("keeps whole numbers above 2^53 as texts, of which two became one, and tells the first row", async () => {
    const type = new arrow.Int64();
    const before = one(arrow.vectorFromArray([7n, null], type));
    const after = one(arrow.vectorFromArray([2n ** 53n, 2n ** 53n + 1n, -(2n ** 60n)], type));
    const notes: string[] = [];
    const path = await given("big.arrow", arrow.tableToIPC(before.concat(after), "stream"));
    const read = await readTable(path, { onNote: (note) => notes.push(note) });
    const texts = ["7", "", "9007199254740992", "9007199254740993", "-1152921504606846976"];
    expect(textsOf(read, "x")).toEqual(texts);
    expect(notes).toEqual([
      "column x is read as text: row 4 holds 9007199254740993, and whole numbers above 2^53 are not exact",
    ]);
    // A field of numbers is one of measurements, which round.
    const measured: Schema = { x: { kind: "number", unit: "1", meaning: "" } };
    expect(numbersOf(await readTable(path, { schema: measured }), "x")[3]).toBe(2 ** 53);
  });

  it("reads numbers as texts where field or name wants them, and refuses texts and booleans as numbers", async () => {
    const numbers = new arrow.Table({
      batch: arrow.vectorFromArray([12n, null], new arrow.Int64()),
      plate: arrow.vectorFromArray([0.1, 7], new arrow.Float32()),
      washed: arrow.vectorFromArray([true, false], new arrow.Bool()),
      day: arrow.vectorFromArray([new Date("2026-01-31"), null], new arrow.DateDay()),
    });
    const path = await given("names.arrow", arrow.tableToIPC(numbers, "file"));
    const notes: string[] = [];
    const read = await readTable(path, { onNote: (note) => notes.push(note) });
    expect(["batch", "plate", "day"].map((name) => textsOf(read, name))).toEqual([
      ["12", ""],
      ["0.1", "7"],
      ["2026-01-31", ""],
    ]);
    expect(notes).toEqual([
      "column batch is read as text, as names are: row 1 holds 12",
      "column plate is read as text, as names are: row 1 holds 0.1",
    ]);
    const washed: Schema = { washed: { kind: "category", unit: "", meaning: "" } };
    expect(textsOf(await readTable(path, { schema: washed, unknown: "keep" }), "washed")).toEqual(["true", "false"]);
    for (const name of ["washed", "day"])
      await expect(
        readTable(path, { schema: { [name]: { kind: "number", unit: "1", meaning: "" } }, unknown: "keep" }),
      ).rejects.toThrow(new RegExp(`column ${name}: must hold numbers; got (Bool|Date); convert the column`));
  });

  it("refuses days that four digits for the year do not write, by row", async () => {
    const days = arrow.makeData({ type: new arrow.DateDay(), length: 2, data: Int32Array.of(0, 5_000_000) });
    expect(await refusal(await given("far.arrow", arrow.tableToIPC(one(new arrow.Vector([days])), "file")))).toMatch(
      /row 2, column x: must lie in the years 1 to 9999; got 5000000 days from 1970/,
    );
  });

  it("holds names, kinds and numbers against the schema like any other table", async () => {
    const path = await given("held.arrow", arrow.tableToIPC(foreign, "file"));
    expect(await refusal(path, { temperatureKelvin: { kind: "number", unit: "K", meaning: "" } })).toMatch(
      /column temperatureCelsius/,
    );
    const wrong: Schema = { x: { kind: "number", unit: "nm", meaning: "" } };
    expect(
      await refusal(
        await given("text.arrow", arrow.tableToIPC(one(arrow.vectorFromArray(["a"], new arrow.Utf8())), "file")),
        wrong,
      ),
    ).toMatch(/column x: must hold numbers in nm; got Utf8; convert the column/);
    const infinite = one(arrow.vectorFromArray([1, -Infinity], new arrow.Float64()));
    expect(await refusal(await given("infinite.arrow", arrow.tableToIPC(infinite.concat(infinite), "file")))).toMatch(
      /row 2, column x: must be a finite number; got -Infinity/,
    );
    expect(
      await refusal(
        await given(
          "list.arrow",
          arrow.tableToIPC(
            one(arrow.vectorFromArray([[1]], new arrow.List(new arrow.Field("item", new arrow.Int32())))),
            "file",
          ),
        ),
      ),
    ).toMatch(/column x: must hold numbers or texts; got lists \(List<Int32>\); drop or flatten the column/);
  });

  it.each(["file", "stream"] as const)("refuses a %s cut anywhere, and what is none", async (format) => {
    const bytes = await readFile(await given("uncut.arrow", arrow.tableToIPC(foreign, format)));
    for (const share of [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99]) {
      expect(await refusal(await given("cut.arrow", bytes.subarray(0, Math.floor(bytes.length * share))))).toMatch(
        /cut\.arrow: must be a whole Arrow file; .*cut short or damaged/,
      );
    }
    expect(await refusal(await given("none.arrow", Buffer.from("x,y\n1,2\n")))).toMatch(/must be a whole Arrow file/);
    expect(await refusal(await given("zeros.arrow", Buffer.alloc(64)))).toMatch(/must be a whole Arrow file/);
  });

  it("says so when the schema inside is damaged", async () => {
    const schema = new arrow.Schema(
      foreign.schema.fields,
      new Map([["cspbbr3-twin.schema", '{"temperatureCelsius":{"kind":"colour"}}']]),
    );
    const damaged = new arrow.Table(
      schema,
      foreign.batches.map((batch) => new arrow.RecordBatch(schema, batch.data)),
    );
    expect(await refusal(await given("damaged.arrow", arrow.tableToIPC(damaged, "file")))).toMatch(
      /the schema inside the file must be readable/,
    );
  });
});
