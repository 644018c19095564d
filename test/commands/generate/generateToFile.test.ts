import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { formatGeneration, generateToFile } from "../../../src/commands/generate/generateToFile.js";
import { InputError } from "../../../src/core/InputError.js";
import { isCategory, type Table } from "../../../src/core/Table.js";
import { experimentSchema } from "../../../src/generation/experimentSchema.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";
import { readTable } from "../../../src/io/tables/readTable.js";
import { asNobody } from "../../support/asNobody.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const root = await temporaryFolder();
let folder = root;
let count = 0;
beforeEach(async () => {
  folder = join(root, String(count++));
  await mkdir(folder);
});
const shards = [1, 2, 3, 4, 5, 6, 7];
const rows = 6007;

/** Values of each column: texts, or numbers. */
function decoded({ columns }: Table): Record<string, readonly (string | number)[]> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [
      name,
      isCategory(column) ? Array.from(column.codes, (code: number) => column.levels[code]) : Array.from(column),
    ]),
  );
}

describe("generateToFile", () => {
  it("writes CSV shards 1/7 to 7/7 that, put one behind the other, are the whole file byte for byte", async () => {
    const [whole, part] = [join(folder, "whole.csv"), (i: number): string => join(folder, `part-${i}.csv`)];
    const generation = await generateToFile({ out: whole, seed: 7, rows, workers: 2 });
    expect(generation).toMatchObject({ out: whole, rows, seed: 7, design: "asRun" });
    const written: number[] = [];
    for (const i of shards)
      written.push(
        (await generateToFile({ out: part(i), seed: 7, rows, shard: `${i}/7`, header: i === 1, workers: 1 })).rows,
      );
    expect(written.reduce((a, b) => a + b, 0)).toBe(rows);
    expect(Math.max(...written) - Math.min(...written)).toBeLessThanOrEqual(1);
    const bytes = await readFile(whole);
    expect(bytes.length).toBe(generation.bytes);
    expect(bytes.equals(Buffer.concat(await Promise.all(shards.map((i) => readFile(part(i))))))).toBe(true);
  });

  it.each(["parquet", "arrow"])(
    "writes %s shards whose columns, one behind the other, are those of the whole",
    async (ending) => {
      const some = 1003;
      const path = (name: string): string => join(folder, `${name}.${ending}`);
      await generateToFile({ out: path("whole"), seed: 7, rows: some, workers: 1 });
      const whole = decoded(await readTable(path("whole")));
      expect(Object.keys(whole)).toEqual(Object.keys(experimentSchema));
      const parts: Record<string, readonly (string | number)[]>[] = [];
      for (const i of shards) {
        await generateToFile({ out: path(`part-${i}`), seed: 7, rows: some, shard: `${i}/7`, workers: 1 });
        parts.push(decoded(await readTable(path(`part-${i}`))));
      }
      for (const name of Object.keys(whole))
        expect(
          parts.flatMap((part) => part[name]),
          name,
        ).toEqual(whole[name]);
    },
  );

  it("writes what generateExperiments gives, numbers in float32 and texts alike", async () => {
    const out = join(folder, "same.parquet");
    await generateToFile({ out, seed: 3, rows: 700, design: "latinHypercube", noise: 0.5, labs: 3, workers: 1 });
    const { table } = await generateExperiments({
      seed: 3,
      rows: 700,
      design: "latinHypercube",
      noise: 0.5,
      labs: { count: 3 },
    });
    const read = await readTable(out);
    expect(read.numRows).toBe(table.numRows);
    expect(decoded(read)).toEqual(decoded(table));
  });

  it("writes the same bytes at 1, 2 and 3 workers", async () => {
    const files: Buffer[] = [];
    for (const workers of [1, 2, 3]) {
      const out = join(folder, `${workers}.parquet`);
      await generateToFile({ out, seed: 8, rows: 20_000, workers });
      files.push(await readFile(out));
    }
    expect(files[1].equals(files[0]) && files[2].equals(files[0])).toBe(true);
  });

  it("counts what it wrote and what was rejected, and the terminal says so", async () => {
    const out = join(folder, "sobol.arrow");
    const generation = await generateToFile({ out, seed: 1, rows: 3000, design: "sobol", workers: 1 });
    const refused = generation.rejected!.reasons.reduce((sum, reason) => sum + reason.count, 0);
    expect(refused).toBeGreaterThan(0);
    expect(generation.rows).toBe(3000 - refused);
    expect(generation.rejected!.proposed).toBe(3000);
    expect((await readTable(out)).numRows).toBe(generation.rows);
    expect(formatGeneration(generation)).toContain(
      `rejected as impossible: ${refused.toLocaleString("en-GB")} of 3,000 proposals`,
    );
    expect(formatGeneration(generation)).toContain("(design sobol, seed 1)");
  });

  it("writes targeted experiments until every class has enough", async () => {
    const out = join(folder, "targeted.parquet");
    const generation = await generateToFile({ out, seed: 5, design: "targeted", perClass: 40 });
    expect(generation.rejected).toBe(null);
    const { phase } = decoded(await readTable(out));
    for (const name of ["CsPbBr3", "Cs4PbBr6", "CsPb2Br5", "coexistence", "no target product"])
      expect(phase.filter((text) => text === name).length, name).toBeGreaterThanOrEqual(40);
    expect(formatGeneration(generation).split("\n").length).toBe(1);
  });

  it.each([
    ["a shard of no numbers", { rows: 10, shard: "first" }, '--shard: must be written i/n; got "first"'],
    ["a shard with a sign", { rows: 10, shard: "-1/7" }, '--shard: must be written i/n; got "-1/7"'],
    ["a shard with a fraction", { rows: 10, shard: "1.5/7" }, "--shard: must be written i/n"],
    ["a shard beyond the last", { rows: 10, shard: "8/7" }, "must be i/n with 1 <= i <= n; got 8/7"],
    ["a shard before the first", { rows: 10, shard: "0/7" }, "must be i/n with 1 <= i <= n; got 0/7"],
    ["shards of nothing", { rows: 10, shard: "0/0" }, "must be i/n with 1 <= i <= n; got 0/0"],
    ["no rows", {}, "--rows: must be given; got nothing"],
    ["zero rows", { rows: 0 }, "rows: must be a whole number from 1"],
    [
      "rows beside targeted",
      { rows: 10, design: "targeted" },
      "--design targeted: takes --per-class in place of --rows and --shard; got --rows",
    ],
    [
      "shards beside targeted",
      { shard: "1/7", design: "targeted" },
      "takes --per-class in place of --rows and --shard; got --shard",
    ],
    [
      "a class size beside another design",
      { rows: 10, perClass: 5 },
      "--per-class: belongs to --design targeted; got --design asRun",
    ],
    [
      "an unknown design",
      { rows: 10, design: "random" },
      'design: must be one of asRun, uniform, factorial, latinHypercube, sobol; got "random"',
    ],
    ["an unknown engine", { rows: 10, engine: "gpu" }, 'engine: must be simd or typescript; got "gpu"'],
    ["no worker", { rows: 10, workers: 0 }, "workers: must be a whole number from 1 to 64; got 0"],
    ["noise below 0", { rows: 10, noise: -1 }, "noise: must lie in \\[0, 10\\]; got -1"],
    ["no laboratory", { rows: 10, labs: 0 }, "must be a whole number from 1 to 80; got 0"],
    ["half a laboratory", { rows: 10, labs: 1.5 }, "must be a whole number from 1 to 80; got 1.5"],
  ])("refuses %s, and leaves nothing behind", async (_, options, message) => {
    const out = join(folder, "never.csv");
    const failed = await generateToFile({ out, seed: 1, workers: 1, ...options }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(InputError);
    expect((failed as InputError).message).toMatch(new RegExp(message));
    expect(await readdir(folder)).toEqual([]);
  });

  it.each(["out.xlsx", "out"])("refuses to write %s", async (name) => {
    await expect(generateToFile({ out: join(folder, name), seed: 1, rows: 10, workers: 1 })).rejects.toThrow(
      "the name must end in .csv, .parquet or .arrow",
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it("refuses a place where it may not write before it generates, and an old file stands", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(
      generateToFile({ out: join(folder, "file", "out.csv"), seed: 1, rows: 10, workers: 1 }),
    ).rejects.toBeInstanceOf(InputError);
    const news: string[] = [];
    await asNobody(() =>
      expect(
        generateToFile({
          out: join(folder, "out.csv"),
          seed: 1,
          rows: 600_000,
          workers: 1,
          onProgress: (line) => news.push(line),
        }),
      ).rejects.toBeInstanceOf(InputError),
    );
    expect(news).toEqual([]);
    const old = join(folder, "old.csv");
    await writeFile(old, "old");
    await expect(generateToFile({ out: old, seed: 1, rows: 10, workers: 1, noise: 99 })).rejects.toBeInstanceOf(
      InputError,
    );
    expect([await readFile(old, "utf8"), await readdir(folder)]).toEqual(["old", ["file", "old.csv"]]);
  });
});
