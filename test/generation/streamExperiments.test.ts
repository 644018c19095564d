import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isCategory, type Table } from "../../src/core/Table.js";
import {
  type GenerateOptions,
  generateExperiments,
  streamExperiments,
} from "../../src/generation/generateExperiments.js";
import { projectPath } from "../../src/io/projectPath.js";

const isBuilt = existsSync(projectPath("dist", "generation", "experimentWorker.js"));
if (!isBuilt) console.warn("tests of streams are skipped: dist is not here; run npm run build");

async function collected(
  options: GenerateOptions,
): Promise<{ readonly tables: readonly Table[]; readonly proposed: number; readonly reasons: readonly number[] }> {
  const tables: Table[] = [];
  let proposed = 0;
  let reasons: number[] = [0, 0, 0, 0, 0];
  for await (const chunk of streamExperiments(options)) {
    tables.push(chunk.table);
    proposed += chunk.rejected.proposed;
    reasons = reasons.map((sum, i) => sum + chunk.rejected.reasons[i].count);
  }
  return { tables, proposed, reasons };
}

function bytesOf(tables: readonly Table[], name: string): Buffer {
  return Buffer.concat(
    tables.map(({ columns }) => {
      const column = columns[name];
      const values = isCategory(column) ? column.codes : column;
      return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    }),
  );
}

describe.skipIf(!isBuilt)("streamExperiments", () => {
  it.each<readonly [string, Omit<GenerateOptions, "seed">]>([
    ["20,000 rows", { rows: 20_000 }],
    ["20,000 rows of two workers", { rows: 20_000, workers: 2 }],
    ["a shard", { rows: 60_000, shard: [2, 3], workers: 2 }],
    ["a Sobol design, less what is impossible", { rows: 20_000, design: "sobol" }],
    ["a single row", { rows: 1 }],
  ])("streams what generateExperiments gives, byte for byte and in order: %s", async (_, options) => {
    const of = { seed: 4, ...options };
    const { table, rejected } = await generateExperiments({ ...of, workers: 1 });
    const { tables, proposed, reasons } = await collected(of);
    for (const name of Object.keys(table.columns))
      expect(bytesOf(tables, name).equals(bytesOf([table], name)), name).toBe(true);
    expect(proposed).toBe(rejected.proposed);
    expect(reasons).toEqual(rejected.reasons.map(({ count }) => count));
  });

  it("hands out at most 16,384 rows at a time, in memory of their own", async () => {
    const { tables } = await collected({ seed: 1, rows: 40_000 });
    expect(tables.map(({ numRows }) => numRows)).toEqual([16_384, 16_384, 7232]);
    const memories = tables.map(({ columns }) => (columns.leadMolar as Float32Array).buffer);
    expect(new Set(memories).size).toBe(3);
  });

  it("gives nothing where a shard has no rows", async () => {
    expect((await collected({ seed: 1, rows: 1, shard: [1, 2] })).tables).toEqual([]);
  });

  it("ends its threads when the caller breaks off", async () => {
    let seen = 0;
    for await (const { table } of streamExperiments({ seed: 1, rows: 200_000, workers: 2 })) {
      seen += table.numRows;
      break;
    }
    expect(seen).toBe(16_384);
  });

  it.each<readonly [string, Partial<GenerateOptions>]>([
    ["no rows", { rows: 0 }],
    ["a bad seed", { seed: -1 }],
    ["a bad shard", { shard: [3, 2] }],
    ["bad noise", { noise: 11 }],
  ])("refuses %s before it hands out anything", async (_, options) => {
    await expect(collected({ seed: 1, rows: 10, ...options })).rejects.toMatchObject({ name: "InputError" });
  });
});
