import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sqlText, withDuckDb } from "../../../src/io/tables/duckdb.js";
import { parquetJoin } from "../../../src/io/tables/parquetJoin.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";
import { writeAtomic } from "../../../src/io/writeAtomic.js";

const folder = await temporaryFolder();

async function part(name: string, select: string, options = ""): Promise<Uint8Array> {
  const path = join(folder, name);
  await withDuckDb((connection) =>
    connection.run(
      `COPY (${select}) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {k: 'v'}${options})`,
    ),
  );
  return readFile(path);
}

function joined(parts: readonly Uint8Array[]): Buffer {
  const join = parquetJoin();
  return Buffer.concat([...parts.flatMap((one) => join.add(one)), ...join.finish()]);
}

describe("parquetJoin", () => {
  const rows = "SELECT i, i * 0.5::FLOAT AS half, 'text ' || (i % 300) AS text FROM range";

  it("of one part makes that part again, byte for byte", async () => {
    for (const one of [
      await part("one", `${rows}(5000) t(i)`),
      await part("groups", `${rows}(50000) t(i)`, ", ROW_GROUP_SIZE 2048"),
      await part("none", `${rows}(0) t(i)`),
    ]) {
      expect(joined([one]).equals(one)).toBe(true);
    }
  });

  it("puts the rows, statistics and bloom filters of many parts in order", async () => {
    const parts = await Promise.all(
      Array.from({ length: 40 }, (_, i) => part(`part${i}`, `${rows}(${1000 * i}, ${1000 * (i + 1)}) t(i)`)),
    );
    const path = join(folder, "joined.parquet");
    await writeAtomic(path, joined(parts));
    await withDuckDb(async (connection) => {
      const ask = async (sql: string): Promise<unknown[]> =>
        (await connection.runAndReadAll(sql)).getRows()[0].map(String);
      expect(
        await ask(
          "SELECT count(*), sum(i), sum(half), count(DISTINCT text), " +
            `bool_and(i = file_row_number) FROM read_parquet(${sqlText(path)}, file_row_number = true)`,
        ),
      ).toEqual(["40000", "799980000", "399990000", "300", "true"]);
      // Filters reach single groups through their statistics and bloom filters.
      expect(await ask(`SELECT count(*), min(i) FROM read_parquet(${sqlText(path)}) WHERE i = 31234`)).toEqual([
        "1",
        "31234",
      ]);
      expect(await ask(`SELECT count(*) FROM read_parquet(${sqlText(path)}) WHERE text = 'text 7'`)).toEqual(["134"]);
      expect(
        await ask(`SELECT count(DISTINCT row_group_id), max(row_group_id) FROM parquet_metadata(${sqlText(path)})`),
      ).toEqual(["40", "39"]);
      expect(await ask(`SELECT num_rows, num_row_groups FROM parquet_file_metadata(${sqlText(path)})`)).toEqual([
        "40000",
        "40",
      ]);
      expect(await ask(`SELECT decode(key), decode(value) FROM parquet_kv_metadata(${sqlText(path)})`)).toEqual([
        "k",
        "v",
      ]);
    });
  });

  it("keeps the texts of the first footer when memory holds another (a million rows were unreadable)", async () => {
    const [one, two] = [await part("first", `${rows}(5000) t(i)`), await part("second", `${rows}(5000, 5900) t(i)`)];
    const memory = Uint8Array.from(one);
    const join = parquetJoin();
    const head = Buffer.concat(join.add(memory));
    memory.fill(0);
    const whole = Buffer.concat([head, ...join.add(two), ...join.finish()]);
    expect(whole.equals(joined([one, two]))).toBe(true);
  });

  it("refuses what is no Parquet file, and to join nothing", () => {
    expect(() => parquetJoin().add(Buffer.from("PAR1 but not for long"))).toThrow("the part must be a Parquet file");
    expect(() => parquetJoin().finish()).toThrow("at least one part");
  });
});
