import { chmod, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import type { Schema } from "../../../src/core/Schema.js";
import type { Column, Table } from "../../../src/core/Table.js";
import { categoryColumn, isCategory, makeTable, numbersOf, textsOf } from "../../../src/core/Table.js";
import { tidyText } from "../../../src/core/tidyText.js";
import { readTable } from "../../../src/io/tables/readTable.js";
import { writeTable } from "../../../src/io/tables/writeTable.js";
import { writeTableStream } from "../../../src/io/tables/writeTableStream.js";
import { asNobody } from "../../support/asNobody.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const kinds = ["csv", "parquet", "arrow"] as const;

const schema: Schema = {
  row: { kind: "number", unit: "1", meaning: "row of the source", required: true },
  sizeNanometre: { kind: "number", unit: "nm", meaning: "edge", min: 0, max: 1e9, source: 'a "quoted" source, °C' },
  phase: { kind: "category", unit: "", meaning: "phase", levels: ["CsPbBr3", "Cs4PbBr6"] },
  batch: { kind: "category", unit: "", meaning: "batch" },
  note: { kind: "category", unit: "", meaning: "free text" },
  trueSizeNanometre: { kind: "number", unit: "nm", meaning: "edge before it is measured", latent: true },
};
const notes = ["", "plain", 'say "hi"', "two\nlines", "two\r\nlines", "a,b", " spaces ", "°C 量", "#x", "NaN"];

/** Rows that hold everything a file can: missing values, -0, zeros, more than 256 levels, quotes and line breaks. */
function someRows(rows: number, from = 0): Table {
  const at = (row: number): number => from + row;
  const texts = (text: (row: number) => string): string[] => Array.from({ length: rows }, (_, row) => text(at(row)));
  return makeTable(schema, {
    row: Float64Array.from({ length: rows }, (_, row) => at(row) + 1),
    sizeNanometre: Float32Array.from({ length: rows }, (_, row) =>
      at(row) % 7 === 3 ? Number.NaN : at(row) % 5 === 1 ? -0 : Math.sin(at(row)) * 1e3,
    ),
    phase: categoryColumn(
      texts((row) => ["CsPbBr3", "Cs4PbBr6", ""][row % 3]),
      ["CsPbBr3", "Cs4PbBr6", ""],
    ),
    batch: categoryColumn(texts((row) => `batch ${(row * row) % 1009}`)),
    note: categoryColumn(texts((row) => notes[row % notes.length])),
    trueSizeNanometre: Float64Array.from({ length: rows }, (_, row) =>
      at(row) % 11 === 0 ? Number.NaN : Math.cos(at(row)) * 1e-300,
    ),
  });
}

/** The same rows in chunks; every chunk lists only its own levels, in its own order. */
function cut(rows: number, sizes: readonly number[]): Table[] {
  const chunks: Table[] = [];
  for (let from = 0, i = 0; from < rows; i++) {
    const size = Math.min(sizes[i % sizes.length], rows - from);
    chunks.push(someRows(size, from));
    from += size;
  }
  return chunks;
}

/** As it reads back: texts in their tidy form. */
function plain(table: Table): unknown {
  return Object.fromEntries(
    Object.entries(table.columns).map(([name, column]) => [
      name,
      isCategory(column)
        ? textsOf(table, name).map(tidyText)
        : Array.from(numbersOf(table, name), (value) => value + 0),
    ]),
  );
}

async function written(
  name: string,
  of: Schema,
  chunks: AsyncIterable<Table> | Iterable<Table>,
  options = {},
): Promise<Buffer> {
  const path = join(folder, name);
  const { bytes } = await writeTableStream(path, of, chunks, options);
  const content = await readFile(path);
  expect(content.length).toBe(bytes);
  return content;
}

async function refusal(writing: Promise<unknown>): Promise<string> {
  const error = await writing.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message;
}

function one(column: Column, field: Partial<Schema[string]> = {}): { readonly only: Schema; readonly table: Table } {
  const only: Schema = {
    x: {
      kind: isCategory(column) ? "category" : "number",
      unit: isCategory(column) ? "" : "1",
      meaning: "x",
      ...field,
    },
  };
  return { only, table: makeTable(only, { x: column }) };
}

describe.each(kinds)("writeTableStream to .%s", (kind) => {
  it("gives every value of unequal chunks back, with kinds of numbers where the format keeps them", async () => {
    const path = join(folder, `trip.${kind}`);
    const rows = 3001;
    const { rows: told } = await writeTableStream(path, schema, cut(rows, [1, 700, 0, 33, 1200]));
    expect(told).toBe(rows);
    const back = await readTable(path, { schema });
    // A CSV holds a Float32 as the shortest text that leads back to it, but is read as Float64.
    const whole = someRows(rows);
    const read =
      kind === "csv"
        ? makeTable(schema, { ...back.columns, sizeNanometre: Float32Array.from(numbersOf(back, "sizeNanometre")) })
        : back;
    expect(plain(read)).toEqual(plain(whole));
    expect(back.columns.batch).toMatchObject({ levels: { length: 505 } });
    expect(
      [numbersOf(back, "row"), numbersOf(back, "sizeNanometre")].map(({ constructor }) => constructor.name),
    ).toEqual(["Float64Array", kind === "csv" ? "Float64Array" : "Float32Array"]);
    for (const name of ["row", "sizeNanometre", "trueSizeNanometre"])
      expect(numbersOf(back, name).some((value) => Object.is(value, -0))).toBe(false);
  });

  it("keeps codes of the schema's levels, whatever order a chunk lists them in", async () => {
    const { only, table } = one(categoryColumn(["b", "", "a", "stranger"], ["stranger", "", "b", "a"]), {
      levels: ["a", "b"],
    });
    await written(`levels.${kind}`, only, [table]);
    const back = await readTable(join(folder, `levels.${kind}`), { schema: only });
    expect(textsOf(back, "x")).toEqual(["b", "", "a", "stranger"]);
    expect(isCategory(back.columns.x) && back.columns.x.levels.slice(0, 2)).toEqual(["a", "b"]);
  });

  it("writes the same bytes twice and however the rows are cut", async () => {
    const rows = 40_000;
    const whole = await written(`whole.${kind}`, schema, [someRows(rows)]);
    for (const sizes of [[rows], [16_384], [2048], [7, 30_000, 1, 0, 999]]) {
      expect((await written(`cut.${kind}`, schema, cut(rows, sizes))).equals(whole)).toBe(true);
    }
  });

  it("writes what writeTable writes", async () => {
    const table = someRows(100);
    await writeTable(table, join(folder, `one.${kind}`));
    expect((await written(`stream.${kind}`, schema, [table])).equals(await readFile(join(folder, `one.${kind}`)))).toBe(
      true,
    );
  });

  it("writes a table without rows, from no chunk or from an empty one", async () => {
    const none = await written(`none.${kind}`, schema, []);
    const back = await readTable(join(folder, `none.${kind}`), { schema });
    expect([back.numRows, Object.keys(back.columns)]).toEqual([0, Object.keys(schema)]);
    const empty = makeTable(
      schema,
      Object.fromEntries(
        Object.entries(schema).map(([name, { kind }]) => [
          name,
          kind === "number" ? new Float64Array(0) : categoryColumn([]),
        ]),
      ),
    );
    expect((await written(`empty.${kind}`, schema, [empty, empty])).equals(none)).toBe(true);
  });

  it("gives columns that are missing as a whole back", async () => {
    for (const { only, table } of [
      one(new Float32Array(20).fill(Number.NaN)),
      one(categoryColumn(new Array<string>(20).fill(""))),
    ]) {
      await written(`missing.${kind}`, only, [table]);
      expect(plain(await readTable(join(folder, `missing.${kind}`), { schema: only }))).toEqual(plain(table));
    }
  });

  it("writes chunks in shared memory, at any place in it, like any other", async () => {
    const rows = 33_000;
    const whole = someRows(rows);
    const share = (column: Column): Column =>
      isCategory(column) ? { codes: shared(column.codes), levels: column.levels } : shared(column);
    const chunk = makeTable(
      schema,
      Object.fromEntries(Object.entries(whole.columns).map(([name, column]) => [name, share(column)])),
    );
    expect(
      (await written(`shared.${kind}`, schema, [chunk])).equals(await written(`unshared.${kind}`, schema, [whole])),
    ).toBe(true);
  });

  it("writes numbers without gaps straight from shared memory", async () => {
    const { only, table } = one(shared(Float32Array.from({ length: 20_000 }, (_, row) => row + 0.5)));
    await written(`straight.${kind}`, only, [table]);
    expect(Array.from(numbersOf(await readTable(join(folder, `straight.${kind}`)), "x"))).toEqual(
      Array.from(numbersOf(table, "x")),
    );
  });

  it("writes no -0, not even between numbers whose product leaves the doubles", async () => {
    const { only, table } = one(Float64Array.of(1e300, 1e300, -0, 1, -0, 1e-300, 1e-300, 2));
    await written(`zero.${kind}`, only, [table]);
    const back = numbersOf(await readTable(join(folder, `zero.${kind}`)), "x");
    expect(Array.from(back)).toEqual([1e300, 1e300, 0, 1, 0, 1e-300, 1e-300, 2]);
  });

  it("leaves the old file and nothing beside it when the source throws midway", async () => {
    const place = join(folder, `midway-${kind}`);
    await mkdir(place);
    await writeFile(join(place, `t.${kind}`), "old");
    const own = new Error("out of rows");
    let closed = false;
    function* source(): Generator<Table> {
      try {
        yield someRows(150_000);
        yield someRows(10, 150_000);
        throw own;
      } finally {
        closed = true;
      }
    }
    await expect(writeTableStream(join(place, `t.${kind}`), schema, source())).rejects.toBe(own);
    expect(closed).toBe(true);
    expect([await readFile(join(place, `t.${kind}`), "utf8"), await readdir(place)]).toEqual(["old", [`t.${kind}`]]);
  });

  it("closes the source when a chunk is refused", async () => {
    let closed = false;
    async function* source(): AsyncGenerator<Table> {
      try {
        yield someRows(3);
        await Promise.resolve();
        yield one(Float64Array.of(1)).table;
      } finally {
        closed = true;
      }
    }
    await refusal(writeTableStream(join(folder, `closed.${kind}`), schema, source()));
    expect(closed).toBe(true);
  });

  it("refuses a place that cannot be written before it asks for a chunk", async () => {
    const place = join(folder, `locked-${kind}`);
    await mkdir(join(place, `folder.${kind}`), { recursive: true });
    let asked = false;
    function* source(): Generator<Table> {
      asked = true;
      yield someRows(1);
    }
    expect(await refusal(writeTableStream(join(place, `folder.${kind}`), schema, source()))).toMatch(/EISDIR/);
    await chmod(place, 0o500);
    expect(await asNobody(() => refusal(writeTableStream(join(place, `t.${kind}`), schema, source())))).toMatch(
      /EACCES; give yourself write permission .*; nothing was changed/,
    );
    await chmod(place, 0o700);
    expect([asked, await readdir(place)]).toEqual([false, [`folder.${kind}`]]);
  });

  it("names the chunk that does not fit the schema, by its first row, and the column", async () => {
    const path = join(folder, `wrong.${kind}`);
    const { only, table } = one(Float32Array.of(1, 2));
    const other = makeTable({ y: only.x }, { y: Float32Array.of(3) });
    expect(await refusal(writeTableStream(path, only, [table, other]))).toMatch(
      /chunk that begins with row 3: must have the columns of the schema; got missing \[x\], unknown \[y\]/,
    );
    expect(await refusal(writeTableStream(path, only, [table, one(categoryColumn(["a"])).table]))).toMatch(
      /row 3, column x: must be a number column; got categories/,
    );
    expect(await refusal(writeTableStream(path, only, [table, one(Float64Array.of(1)).table]))).toMatch(
      /row 3, column x: must hold Float32 like the chunk before; got Float64/,
    );
    expect((await readdir(folder)).filter((name) => name.startsWith(`wrong.${kind}`))).toEqual([]);
  });

  it("names the row of an infinite number over the whole stream", async () => {
    for (const [place, value] of [
      [0, Infinity],
      [5, -Infinity],
      [7, Infinity],
    ] as const) {
      const bad = Float32Array.of(0, 1, Number.NaN, 3, 4, 5, 6, 7);
      bad[place] = value;
      const { only, table } = one(bad);
      const fine = one(new Float32Array(1000)).table;
      expect(await refusal(writeTableStream(join(folder, `infinite.${kind}`), only, [fine, fine, table]))).toContain(
        `row ${2001 + place}, column x must be finite or missing; got ${value}; write NaN`,
      );
    }
  });
});

function shared<T extends Float64Array | Float32Array | Uint8Array | Uint16Array | Uint32Array>(values: T): T {
  const offset = 64;
  const buffer = new SharedArrayBuffer(offset + values.byteLength + 24);
  const view = new (values.constructor as new (buffer: SharedArrayBuffer, at: number, length: number) => T)(
    buffer,
    offset,
    values.length,
  );
  view.set(values);
  return view;
}

describe("writeTableStream", () => {
  it.each(["parquet", "arrow"])(
    "carries the whole schema into a .%s and back: units, ranges, levels, sources, latent",
    async (kind) => {
      await written(`schema.${kind}`, schema, [someRows(3)]);
      expect((await readTable(join(folder, `schema.${kind}`))).schema).toEqual(schema);
    },
  );

  it.each(["parquet", "arrow"])(
    "carries columns called like parts of every object into a .%s and back",
    async (kind) => {
      const odd: Schema = Object.fromEntries(
        ["constructor", "toString", "__proto__"].map((name) => [name, schema.row]),
      );
      const table = makeTable(odd, Object.fromEntries(Object.keys(odd).map((name, i) => [name, Float64Array.of(i)])));
      await written(`odd.${kind}`, odd, [table]);
      const back = await readTable(join(folder, `odd.${kind}`));
      expect(Object.keys(back.columns)).toEqual(["constructor", "toString", "__proto__"]);
      expect(numbersOf(back, "__proto__")[0]).toBe(2);
    },
  );

  it("puts shards of a CSV without header behind each other into the bytes of the whole", async () => {
    const chunks = cut(5000, [1111]);
    const whole = await written("all.csv", schema, chunks);
    const shards = await Promise.all(
      chunks.map((chunk, i) => written(`shard${i}.csv`, schema, [chunk], { header: i === 0 })),
    );
    expect(Buffer.concat(shards).equals(whole)).toBe(true);
  });

  it("writes the shortest text of a number, an empty cell for a gap, and quotes only where needed", async () => {
    const both: Schema = { single: schema.row, double: schema.row, text: schema.note };
    const table = makeTable(both, {
      single: Float32Array.of(0.1, 16777216, -0, 1e-7, Number.NaN),
      double: Float64Array.of(0.1, Math.fround(0.1), -0, 5e-324, Number.NaN),
      text: categoryColumn(["a", 'b"c', "d,e", "f\ng", ""]),
    });
    expect((await written("text.csv", both, [table])).toString()).toBe(
      'single,double,text\n0.1,0.1,a\n16777216,0.10000000149011612,"b""c"\n0,0,"d,e"\n1e-7,5e-324,"f\ng"\n,,\n',
    );
  });

  it("quotes the missing cell of an only column, because an empty line is no row", async () => {
    const { only, table } = one(Float64Array.of(1, Number.NaN, 3));
    expect((await written("single.csv", only, [table])).toString()).toBe('x\n1\n""\n3\n');
    expect((await readTable(join(folder, "single.csv"), { schema: only })).numRows).toBe(3);
  });

  it("writes rows longer than its pages", async () => {
    const { only, table } = one(categoryColumn(["a".repeat(3_000_000), "b", "c".repeat(1_500_000)]));
    expect((await written("long.csv", only, [table])).toString()).toBe(
      `x\n${"a".repeat(3_000_000)}\nb\n${"c".repeat(1_500_000)}\n`,
    );
  });

  it("gives back any texts and numbers through Arrow in any chunks", async () => {
    const cell = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("", "a", "b", "\0", '"'));
    const number = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constantFrom(Number.NaN, -0, 0));
    const chunk = fc.array(fc.tuple(cell, number), { maxLength: 20 });
    const two: Schema = { text: schema.note, number: schema.row };
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 4 }), async (chunks) => {
        const tables = chunks.map((rows) =>
          makeTable(two, {
            text: categoryColumn(rows.map(([text]) => text)),
            number: Float64Array.from(rows, ([, value]) => value),
          }),
        );
        await written("property.arrow", two, tables);
        const back = await readTable(join(folder, "property.arrow"));
        expect(textsOf(back, "text")).toEqual(chunks.flat().map(([text]) => tidyText(text)));
        expect(Array.from(numbersOf(back, "number"))).toEqual(chunks.flat().map(([, value]) => value + 0));
      }),
      { numRuns: 40 },
    );
  });

  it("gives back a wide category of more levels than a byte or a word has, in Parquet and Arrow", async () => {
    const texts = Array.from({ length: 70_000 }, (_, row) => `lot ${row}`);
    for (const kind of ["parquet", "arrow"]) {
      const { only, table } = one(categoryColumn(texts));
      await written(`wide.${kind}`, only, [table]);
      expect(textsOf(await readTable(join(folder, `wide.${kind}`)), "x")).toEqual(texts);
    }
  });

  it("refuses more strangers to a list of levels than an Arrow dictionary of its width holds", async () => {
    const { only, table } = one(categoryColumn(Array.from({ length: 200 }, (_, row) => `lot ${row}`)), {
      levels: ["lot 0"],
    });
    expect(await refusal(writeTableStream(join(folder, "narrow.arrow"), only, [table]))).toMatch(
      /column x: must have at most 128 different texts; got more; list all its levels in the schema, or none/,
    );
  });

  it("refuses the character U+0000 in a Parquet text, which would end the process", async () => {
    const { only, table } = one(categoryColumn(["a\0b"]));
    expect(await refusal(writeTableStream(join(folder, "nul.parquet"), only, [table]))).toMatch(
      /column x: a text must not hold the character U\+0000; got "a\\u0000b"; take it out/,
    );
  });

  it("refuses another ending, no columns, equal names, and a Parquet or Arrow file without header", async () => {
    const path = (name: string): string => join(folder, name);
    expect(await refusal(writeTableStream(path("a.xlsx"), schema, []))).toMatch(
      /must end in \.csv, \.parquet or \.arrow; got \.xlsx/,
    );
    expect(await refusal(writeTableStream(path("a"), schema, []))).toMatch(/got no ending/);
    expect(await refusal(writeTableStream(path("a.csv"), {}, []))).toMatch(/at least one column; got none/);
    expect(await refusal(writeTableStream(path("a.csv"), { a: schema.row, A: schema.row }, []))).toMatch(/"A" twice/);
    for (const name of ["a.parquet", "a.arrow"])
      expect(await refusal(writeTableStream(path(name), schema, [], { header: false }))).toMatch(
        /only a \.csv can go without its header/,
      );
  });
});
