import { execFileSync } from "node:child_process";
import { chmod, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Schema } from "../../../src/core/Schema.js";
import type { Table } from "../../../src/core/Table.js";
import { categoryColumn, makeTable, numbersOf, textsOf } from "../../../src/core/Table.js";
import { tidyText } from "../../../src/core/tidyText.js";
import { readTable } from "../../../src/io/tables/readTable.js";
import { sha256File } from "../../../src/io/sha256.js";
import { writeTable } from "../../../src/io/tables/writeTable.js";
import { asNobody } from "../../support/asNobody.js";
import { mountSmall } from "../../support/mountSmall.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();

const schema: Schema = {
  temperatureCelsius: {
    kind: "number",
    unit: "°C",
    meaning: "it's the reaction's",
    min: 0,
    max: 300,
    required: true,
    source: 'a "quoted" source',
  },
  phase: { kind: "category", unit: "", meaning: "phase", levels: ["CsPbBr3", "Cs4PbBr6"] },
};
const table = makeTable(schema, {
  temperatureCelsius: Float64Array.of(1, Number.NaN, -0, 1e-300),
  phase: categoryColumn(["Cs4PbBr6", "", "CsPbBr3", "CsPbBr3"], ["CsPbBr3", "Cs4PbBr6", ""]),
});

function plain(of: Table): unknown {
  return Object.fromEntries(
    Object.keys(of.columns).map((name) => [
      name,
      of.schema[name].kind === "number" ? Array.from(numbersOf(of, name), unsigned) : textsOf(of, name),
    ]),
  );
}

/** What is read of a table: texts in their tidy form. */
function tidy(of: Table): unknown {
  return Object.fromEntries(
    Object.entries(plain(of) as Record<string, (number | string)[]>).map(([name, values]) => [
      name,
      values.map((value) => (typeof value === "string" ? tidyText(value) : value)),
    ]),
  );
}

const cell = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("", " ", ",", '"', '""', "a\nb", "a\r\nb", "#x", "1", "NaN", "null", "'", "\\"),
);
const numbers = (length: number) =>
  fc.array(fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constant(Number.NaN)), {
    minLength: length,
    maxLength: length,
  });
const anyTable = fc.integer({ min: 0, max: 8 }).chain((rows) =>
  fc
    .tuple(
      fc.array(
        cell.filter((text) => !text.includes("\0")),
        { minLength: rows, maxLength: rows },
      ),
      numbers(rows),
      numbers(rows),
    )
    .map(([texts, first, second]) =>
      makeTable(
        {
          text: { kind: "category", unit: "", meaning: "any" },
          'odd, "name"': { kind: "number", unit: "nm", meaning: "" },
          single: { kind: "number", unit: "1", meaning: "" },
        },
        { text: categoryColumn(texts), 'odd, "name"': Float64Array.from(first), single: Float32Array.from(second) },
      ),
    ),
);

describe("writeTable and readTable", () => {
  it("give back every value, the schema, the column order and Float32 through Parquet", async () => {
    const path = join(folder, "property.parquet");
    await fc.assert(
      fc.asyncProperty(anyTable.filter(finiteSingles), async (one) => {
        await writeTable(one, path);
        const back = await readTable(path);
        expect(plain(back)).toEqual(tidy(one));
        expect(back.schema).toEqual(one.schema);
        expect(Object.keys(back.columns)).toEqual(Object.keys(one.columns));
        expect(numbersOf(back, "single")).toBeInstanceOf(Float32Array);
      }),
      { numRuns: 20 },
    );
  });

  it("give back every value through CSV when the schema is handed in", async () => {
    const path = join(folder, "property.csv");
    await fc.assert(
      fc.asyncProperty(anyTable.filter(finiteSingles), async (one) => {
        await writeTable(one, path);
        const back = await readTable(path, { schema: one.schema });
        expect(textsOf(back, "text")).toEqual(textsOf(one, "text").map(tidyText));
        expect(Array.from(numbersOf(back, 'odd, "name"'))).toEqual(Array.from(numbersOf(one, 'odd, "name"'), unsigned));
        expect(Array.from(numbersOf(back, "single"), Math.fround)).toEqual(
          Array.from(numbersOf(one, "single"), unsigned),
        );
      }),
      { numRuns: 20 },
    );
  });

  it("keep codes of the schema's levels and quotes in its texts", async () => {
    for (const name of ["levels.parquet", "levels.csv"]) {
      await writeTable(table, join(folder, name));
      const back = await readTable(join(folder, name), name.endsWith("csv") ? { schema } : {});
      expect(back.schema).toEqual(schema);
      expect(back.columns.phase).toMatchObject({
        codes: Uint8Array.of(1, 2, 0, 0),
        levels: ["CsPbBr3", "Cs4PbBr6", ""],
      });
      expect(plain(back)).toEqual(plain(table));
    }
  });

  it("write the same bytes twice, over several chunks of rows", async () => {
    const rows = 5000;
    const large = makeTable(schema, {
      temperatureCelsius: Float64Array.from({ length: rows }, (_, i) => Math.sin(i) * 100),
      phase: categoryColumn(Array.from({ length: rows }, (_, i) => schema.phase.levels![i % 2])),
    });
    for (const kind of ["parquet", "csv"]) {
      await writeTable(large, join(folder, `first.${kind}`));
      await writeTable(large, join(folder, `second.${kind}`));
      expect(await sha256File(join(folder, `first.${kind}`))).toBe(await sha256File(join(folder, `second.${kind}`)));
      const back = await readTable(join(folder, `first.${kind}`), { schema });
      expect(numbersOf(back, "temperatureCelsius")).toEqual(numbersOf(large, "temperatureCelsius"));
    }
  });

  it("refuse an infinite number by row and column, and leave the old file", async () => {
    const path = join(folder, "infinite.csv");
    await writeFile(path, "old");
    const bad = makeTable(
      { sizeNanometre: { kind: "number", unit: "nm", meaning: "" } },
      { sizeNanometre: Float64Array.of(1, Infinity) },
    );
    await expect(writeTable(bad, path)).rejects.toThrow("row 2, column sizeNanometre must be finite");
    expect(await readFile(path, "utf8")).toBe("old");
  });

  it("refuse another ending and names that differ by case only", async () => {
    await expect(writeTable(table, join(folder, "a.xlsx"))).rejects.toThrow("must end in .csv, .parquet or .arrow");
    const twins = makeTable({ a: schema.phase, A: schema.phase }, { a: table.columns.phase, A: table.columns.phase });
    await expect(writeTable(twins, join(folder, "a.csv"))).rejects.toThrow('"A" twice');
  });

  it("say so when a folder stands at the path or a file where a folder is needed, leaving nothing behind", async () => {
    const place = join(folder, "place");
    await mkdir(join(place, "table.csv"), { recursive: true });
    await writeFile(join(place, "file"), "");
    await expect(writeTable(table, join(place, "table.csv"))).rejects.toThrow(/EISDIR.*nothing was changed/);
    await expect(writeTable(table, join(place, "file", "table.csv"))).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect((await readdir(place)).sort()).toEqual(["file", "table.csv"]);
  });

  it("say how to mend a missing permission, leaving the old file", async () => {
    const place = join(folder, "locked");
    await mkdir(place);
    await writeFile(join(place, "table.csv"), "old");
    await chmod(place, 0o500);
    await expect(asNobody(() => writeTable(table, join(place, "table.csv")))).rejects.toThrow(
      /EACCES; give yourself write permission or choose another folder; nothing was changed/,
    );
    await chmod(place, 0o700);
    expect(await readdir(place)).toEqual(["table.csv"]);
  });

  const small = mountSmall(join(folder, "small"));
  if (!small) console.warn("writeTable: the full-disk test is skipped: this user may not mount a tmpfs");
  it.skipIf(!small)(
    "keep the old file and say so when the disk is full (skipped where no tmpfs may be mounted)",
    async () => {
      const path = join(folder, "small", "table.parquet");
      try {
        await writeTable(table, path);
        const before = await sha256File(path);
        const rows = 100_000;
        const noise = makeTable(
          { x: { kind: "number", unit: "1", meaning: "" } },
          { x: Float64Array.from({ length: rows }, (_, i) => Math.sin(i * i)) },
        );
        await expect(writeTable(noise, path)).rejects.toThrow(
          /ENOSPC; free disk space and run again; nothing was changed/,
        );
        await expect(writeTable(noise, path.replace("parquet", "csv"))).rejects.toThrow("ENOSPC");
        expect(await sha256File(path)).toBe(before);
        expect(await readdir(join(folder, "small"))).toEqual(["table.parquet"]);
      } finally {
        execFileSync("umount", [join(folder, "small")]);
      }
    },
  );
});

function finiteSingles(one: Table): boolean {
  return numbersOf(one, "single").every((value) => Math.abs(value) !== Infinity);
}

/** -0 is written as 0. */
function unsigned(value: number): number {
  return value + 0;
}
