import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import danfo from "danfojs-node";
import { seededRandom } from "../src/core/random/Random.js";
import { makeTable, type Table } from "../src/core/Table.js";
import { readTable } from "../src/io/tables/readTable.js";
import { writeTable } from "../src/io/tables/writeTable.js";
import { medianSeconds, ratioLine } from "./median.js";

// 200,000 rows of eight numbers to disk and back: ours (checked, schema kept) against danfojs-node's CSV.

function table(): Table {
  const random = seededRandom(1);
  const names = Array.from({ length: 8 }, (_, i) => `column${i}`);
  const schema = Object.fromEntries(
    names.map((name) => [name, { kind: "number" as const, unit: "1", meaning: "a number" }]),
  );
  return makeTable(
    schema,
    Object.fromEntries(names.map((name) => [name, Float64Array.from({ length: 200_000 }, random)])),
  );
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "twin-bench-"));
  try {
    const [csv, parquet, whole] = [join(folder, "t.csv"), join(folder, "t.parquet"), table()];
    const writeParquet = await medianSeconds(3, () => writeTable(whole, parquet));
    const writeCsv = await medianSeconds(3, () => writeTable(whole, csv));
    const readParquet = await medianSeconds(3, async () => void (await readTable(parquet)));
    const readCsv = await medianSeconds(3, async () => void (await readTable(csv)));
    const peer = await medianSeconds(1, async () => void (await danfo.readCSV(csv)));
    console.log(`write: Parquet ${writeParquet.toFixed(2)} s, CSV ${writeCsv.toFixed(2)} s`);
    console.log(ratioLine("read CSV, 200,000 x 8", readCsv, peer, "danfojs-node readCSV"));
    console.log(ratioLine("read Parquet, 200,000 x 8", readParquet, peer, "danfojs-node readCSV"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
