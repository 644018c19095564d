import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seededRandom } from "../src/core/random/Random.js";
import type { Field, Schema } from "../src/core/Schema.js";
import { type Column, isCategory, makeTable, type Table } from "../src/core/Table.js";
import { checkedChunks } from "../src/io/tables/checkedChunks.js";
import { encodeArrow } from "../src/io/tables/encodeArrow.js";
import { writeTableStream } from "../src/io/tables/writeTableStream.js";
import { medianSeconds } from "./median.js";

// Streams of wide tables into files: 60 Float32 (six of them with missing values) and 13
// categories (two of 16-bit codes, one with missing values), against a plain write of as many
// bytes; and how much more memory a long stream takes than a short one.

const kinds = ["csv", "parquet", "arrow"] as const;
type Kind = (typeof kinds)[number];

const rows = 500_000;
const chunkRows = 16_384;
const shortRows = 100_000;
const longRows: Readonly<Record<Kind, number>> = { csv: 3_000_000, parquet: 3_000_000, arrow: 10_000_000 };
const leastRatio = 0.8;
const mostMegabytes = 64;

const levelsOf = (i: number): readonly string[] =>
  Array.from({ length: i < 2 ? 1000 : 8 }, (_, level) => `level ${level} of ${i}`);
const schema: Schema = Object.fromEntries<Field>([
  ...Array.from({ length: 60 }, (_, i): [string, Field] => [
    `number${i}`,
    { kind: "number", unit: "1", meaning: "a number" },
  ]),
  ...Array.from({ length: 13 }, (_, i): [string, Field] => [
    `category${i}`,
    { kind: "category", unit: "", meaning: "a category", levels: levelsOf(i) },
  ]),
]);
/** The missing value is a level of chunks, not of the schema. */
const chunkLevels = Array.from({ length: 13 }, (_, i) => (i === 12 ? [...levelsOf(i), ""] : levelsOf(i)));

function someChunk(seed: number, numRows: number): Table {
  const random = seededRandom(seed);
  const column = (name: string): Column => {
    const i = Number(/\d+/.exec(name)![0]);
    if (name.startsWith("number"))
      return Float32Array.from({ length: numRows }, () =>
        i % 10 === 9 && random() < 0.05 ? Number.NaN : random() * 1000,
      );
    const codes = (i < 2 ? new Uint16Array(numRows) : new Uint8Array(numRows)).map(
      () => random() * chunkLevels[i].length,
    );
    return { codes, levels: chunkLevels[i] };
  };
  return makeTable(schema, Object.fromEntries(Object.keys(schema).map((name) => [name, column(name)])));
}

/** Chunks in new memory each, as a generator makes them. */
function* fresh(total: number, onChunk: () => void): Generator<Table> {
  const chunks = [1, 2, 3, 4].map((seed) => someChunk(seed, chunkRows));
  for (let from = 0; from < total; from += chunkRows) {
    const { columns } = chunks[(from / chunkRows) % chunks.length];
    const some = Math.min(chunkRows, total - from);
    onChunk();
    yield makeTable(
      schema,
      Object.fromEntries(
        Object.entries(columns).map(([name, column]) => [
          name,
          isCategory(column) ? { codes: column.codes.slice(0, some), levels: column.levels } : column.slice(0, some),
        ]),
      ),
    );
  }
}

/** As safe as ours: a file beside the place, on the disk before it takes the place. */
async function writePlain(path: string, bytes: number): Promise<void> {
  const piece = new Uint8Array(4 << 20).fill(170);
  const file = await open(`${path}.tmp`, "w");
  for (let at = 0; at < bytes; at += piece.length)
    await file.writeFile(piece.subarray(0, Math.min(piece.length, bytes - at)));
  await file.sync();
  await file.close();
  await rename(`${path}.tmp`, path);
}

async function encodeToMemory(chunks: readonly Table[], memory: Uint8Array): Promise<void> {
  let at = 0;
  for await (const pieces of encodeArrow(checkedChunks(chunks, schema, "memory"), {
    schema,
    where: "memory",
    scratch: "",
    header: true,
  })) {
    for (const piece of pieces) {
      memory.set(piece, at);
      at += piece.length;
    }
  }
}

function report(what: string, seconds: number, bytes: number): void {
  const columns = [
    `${what.padEnd(20)} ${seconds.toFixed(2)} s`,
    `${(rows / seconds / 1e6).toFixed(3)} million rows/s`,
    `${(bytes / seconds / 1e6).toFixed(0)} MB/s`,
    `${(bytes / 1e6).toFixed(0)} MB`,
  ];
  console.log(columns.join("  "));
}

async function speed(folder: string): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(rows / chunkRows) }, (_, i) =>
    someChunk(i, Math.min(chunkRows, rows - i * chunkRows)),
  );
  for (const kind of ["csv", "parquet"] as const) {
    const path = join(folder, `table.${kind}`);
    const seconds = await medianSeconds(3, async () => void (await writeTableStream(path, schema, chunks)));
    report(kind, seconds, statSync(path).size);
    rmSync(path);
  }
  const [path, peer] = [join(folder, "table.arrow"), join(folder, "plain")];
  const write = async (): Promise<void> => void (await writeTableStream(path, schema, chunks));
  await write();
  const bytes = statSync(path).size;
  await writePlain(peer, bytes);
  const ours = await medianSeconds(7, write);
  const plain = await medianSeconds(7, () => writePlain(peer, bytes));
  const memory = new Uint8Array(bytes);
  const encoded = await medianSeconds(7, () => encodeToMemory(chunks, memory));
  report("arrow", ours, bytes);
  report("plain write", plain, bytes);
  report("arrow to memory", encoded, bytes);
  console.log(`arrow against a plain write: ${(plain / ours).toFixed(2)} x (bar: at least ${leastRatio} x)`);
  rmSync(path);
  rmSync(peer);
}

/** Most memory that a process held while it streamed, in MiB. */
function peakMegabytes(path: string, total: number): number {
  return Number(
    execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), path, String(total)], {
      encoding: "utf8",
    }),
  );
}

async function main(): Promise<void> {
  const [given, total] = process.argv.slice(2);
  if (given !== undefined) {
    // Not resourceUsage().maxRSS, which begins with the memory of the process that started this one.
    let most = 0;
    const look = (): void => void (most = Math.max(most, process.memoryUsage.rss()));
    const looking = setInterval(look, 10);
    await writeTableStream(given, schema, fresh(Number(total), look));
    clearInterval(looking);
    console.log(most / 2 ** 20);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "twin-bench-"));
  try {
    // First, while this process is small: on Linux the most memory of a child begins
    // with what its parent held when it was started.
    for (const kind of kinds) {
      const path = join(folder, `stream.${kind}`);
      const [short, long] = [shortRows, longRows[kind]].map((some) => peakMegabytes(path, some));
      console.log(
        `${kind.padEnd(8)} ${shortRows} rows ${short.toFixed(0)} MiB, ` +
          `${longRows[kind]} rows ${long.toFixed(0)} MiB: ` +
          `grows by ${(long - short).toFixed(0)} MiB (bar: at most ${mostMegabytes} MiB)`,
      );
      rmSync(path);
    }
    await speed(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
