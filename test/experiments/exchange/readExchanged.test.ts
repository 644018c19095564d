import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { categoryColumn, isCategory, makeTable, type Table, textsOf } from "../../../src/core/Table.js";
import { croissantFolder } from "../../../src/experiments/exchange/croissantFolder.js";
import type { ExchangeTable } from "../../../src/experiments/exchange/ExchangeTable.js";
import { frictionlessFolder } from "../../../src/experiments/exchange/frictionlessFolder.js";
import {
  manifestTable,
  publishedExchange,
  shareableNames,
} from "../../../src/experiments/exchange/publishedExchange.js";
import { readExchanged } from "../../../src/experiments/exchange/readExchanged.js";
import { writeFolderAtomic } from "../../../src/io/writeFolderAtomic.js";
import { example, exampleTable } from "../../support/exchangeExample.js";
import { hasRealData, realData } from "../../support/realData.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const root = await temporaryFolder();
let folders = 0;

const lossless = { frictionless: frictionlessFolder, croissant: croissantFolder };
type Lossless = keyof typeof lossless;
const formats = Object.keys(lossless) as Lossless[];

async function written(exchange: ExchangeTable, format: Lossless): Promise<string> {
  const folder = join(root, String(++folders));
  await writeFolderAtomic(folder, (await lossless[format](exchange)).files);
  return folder;
}

/** Numbers by their bits, where -0 is not 0; texts with the missing one as null. */
function cellsOf(table: Table): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    Object.entries(table.columns).map(([name, column]) => [
      name,
      isCategory(column)
        ? textsOf(table, name).map((text) => (text === "" ? null : text))
        : Array.from(column, (value) => (Object.is(value, -0) ? "-0" : value)),
    ]),
  );
}

describe.each(formats)("readExchanged of %s", (format) => {
  it("gives the very table: numbers to the last bit, texts, missing values, and its schema with units", async () => {
    const { table, licence } = await readExchanged(await written(example, format));
    expect(cellsOf(table)).toEqual(cellsOf(exampleTable));
    expect(table.schema).toEqual(exampleTable.schema);
    expect(Object.keys(table.schema)).toEqual(Object.keys(exampleTable.schema));
    expect(licence).toBe("CC-BY-4.0");
  });

  it("gives any table back (property)", async () => {
    const number = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constant(-0), fc.constant(NaN));
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("", " ", "#", "NA", "null", '"', "\n", "a\r\nb"),
    );
    const rows = fc.array(fc.record({ number, text }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, async (cells) => {
        const table = makeTable(
          { text: { kind: "category", unit: "", meaning: "" }, number: { kind: "number", unit: "", meaning: "" } },
          {
            text: categoryColumn(cells.map((one) => one.text)),
            number: Float64Array.from(cells, (one) => one.number),
          },
        );
        const back = await readExchanged(await written({ ...example, table }, format));
        expect(cellsOf(back.table)).toEqual(cellsOf(table));
      }),
      { numRuns: 60 },
    );
  });

  it("the same table gives the same bytes", async () => {
    expect(await lossless[format](example)).toEqual(await lossless[format](example));
  });

  it("refuses a CSV that somebody changed (planted), and a description of something else", async () => {
    const folder = await written(example, format);
    const csv = join(folder, "example.csv");
    await writeFile(csv, (await readFile(csv, "utf8")).replace("512.25", "512.26"));
    await expect(readExchanged(folder)).rejects.toThrow(/example\.csv: SHA-256 must be [0-9a-f]{64}, as .* says/);
    await writeFile(join(folder, format === "croissant" ? "croissant.json" : "datapackage.json"), "{}");
    await expect(readExchanged(folder)).rejects.toThrow(
      "must describe one table as `twin data export --format` writes",
    );
    await expect(readExchanged(join(root, "nowhere"))).rejects.toThrow(/must be a folder with .*; got neither/);
  });

  it.skipIf(!hasRealData).each(shareableNames())(
    "gives the published table %s back (skipped without ../shared/real-data)",
    async (name) => {
      const exchange = await publishedExchange(manifestTable(name)!, { folder: realData });
      const { table, licence } = await readExchanged(await written(exchange, format));
      expect(cellsOf(table)).toEqual(cellsOf(exchange.table));
      expect(table.schema).toEqual(exchange.table.schema);
      expect(licence).toBe("MIT");
    },
  );
});
