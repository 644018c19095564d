import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { designFault } from "../../src/chemistry/designFault.js";
import { phaseNames } from "../../src/chemistry/phases.js";
import type { RouteName } from "../../src/chemistry/recipeSchema.js";
import { InputError } from "../../src/core/InputError.js";
import { isCategory, numbersOf, type Table, textsOf } from "../../src/core/Table.js";
import { qualityReport } from "../../src/monitoring/quality/qualityReport.js";
import { campaignRegions, wideRegions } from "../../src/generation/campaigns.js";
import { factorialLevels } from "../../src/generation/designPoints.js";
import { designNames, type GenerateOptions, generateExperiments } from "../../src/generation/generateExperiments.js";
import { projectPath } from "../../src/io/projectPath.js";

const isBuilt = existsSync(projectPath("dist", "generation", "experimentWorker.js"));
if (!isBuilt) console.warn("tests of generation are skipped: dist is not here; run npm run build");

/** Class counts of the reviewed project's 2,000 rows, in the order of phaseNames. */
const reviewCounts = [590, 334, 71, 721, 284];

async function generated(options: Partial<GenerateOptions> = {}): Promise<Table> {
  return (await generateExperiments({ seed: 1, rows: 500, ...options })).table;
}

/** Columns of tables laid end to end, as bytes. */
function hashOf(...tables: readonly Table[]): string {
  const hash = createHash("sha256");
  for (const name of Object.keys(tables[0].columns)) {
    for (const { columns } of tables) {
      const column = columns[name];
      const values = isCategory(column) ? column.codes : column;
      hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    }
  }
  return hash.digest("hex");
}

function countsOf(table: Table): number[] {
  const counts = phaseNames.map(() => 0);
  for (const name of textsOf(table, "phase")) counts[phaseNames.findIndex((phase) => phase === name)]++;
  return counts;
}

describe.skipIf(!isBuilt)("generateExperiments", () => {
  it.each(designNames)(
    "gives the same bytes at 1, 2 and 4 workers and in seven shards, of the design %s",
    async (design) => {
      const of = { seed: 7, rows: design === "latinHypercube" ? 600 : 10_007, design };
      const whole = await generateExperiments(of);
      const expected = hashOf(whole.table);
      for (const workers of [2, 4]) {
        const threaded = await generateExperiments({ ...of, workers });
        expect(hashOf(threaded.table)).toBe(expected);
        expect(threaded.rejected).toEqual(whole.rejected);
      }
      const shards = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((i) => generateExperiments({ ...of, shard: [i, 7] })));
      expect(hashOf(...shards.map(({ table }) => table))).toBe(expected);
      const proposed = shards.map(({ rejected }) => rejected.proposed);
      expect(proposed.reduce((a, b) => a + b, 0)).toBe(whole.rejected.proposed);
      whole.rejected.reasons.forEach(({ reason, count }, i) =>
        expect(
          shards.reduce((sum, { rejected }) => sum + rejected.reasons[i].count, 0),
          reason,
        ).toBe(count),
      );
    },
  );

  it("gives shards that hold equal shares of the rows, and none where there are more shards than rows", async () => {
    const rows = await Promise.all(
      [1, 2, 3, 4].map(async (i) => (await generated({ rows: 10, shard: [i, 4] })).numRows),
    );
    expect(rows).toEqual([2, 3, 2, 3]);
    const many = await Promise.all([1, 2, 3].map(async (i) => (await generated({ rows: 2, shard: [i, 3] })).numRows));
    expect(many.reduce((a, b) => a + b, 0)).toBe(2);
  });

  it("gives the same bytes at any number of workers with the TypeScript engine too", async () => {
    const [one, two] = await Promise.all(
      [1, 2].map((workers) => generated({ rows: 5000, workers, engine: "typescript" })),
    );
    expect(hashOf(two)).toBe(hashOf(one));
  });

  it("gives rows that do not depend on how many are asked for, and other rows for another seed", async () => {
    const [few, many, other] = await Promise.all([
      generated({ rows: 100 }),
      generated({ rows: 300 }),
      generated({ rows: 100, seed: 2 }),
    ]);
    for (const name of Object.keys(few.columns)) {
      const [a, b] = [few.columns[name], many.columns[name]].map((column) =>
        Array.from(isCategory(column) ? column.codes : column),
      );
      expect(b.slice(0, 100), name).toEqual(a);
    }
    expect(hashOf(other)).not.toBe(hashOf(few));
    expect(Array.from(numbersOf(few, "sourceRow").slice(0, 3))).toEqual([1, 2, 3]);
  });

  it("passes noise, laboratories, physics and both other seeds on to worker threads", async () => {
    const of = {
      rows: 4200,
      noise: 0.3,
      labs: { count: 3, spread: 2 },
      labsSeed: 5,
      noiseSeed: 6,
      regions: wideRegions.slice(0, 1).map(({ region }) => ({ region, weight: 1 })),
    };
    expect(hashOf(await generated({ ...of, workers: 2 }))).toBe(hashOf(await generated(of)));
  });

  it.each<readonly [string, Partial<GenerateOptions>, string]>([
    ["no rows", { rows: 0 }, "rows: must be a whole number from 1 to 4294967296; got 0"],
    ["half a row", { rows: 1.5 }, "got 1.5"],
    ["more rows than numbers", { rows: 1e12 }, "got 1000000000000"],
    ["rows that are no number", { rows: Number.NaN }, "got NaN"],
    ["a broken seed", { seed: 1.5 }, "seed: must be a whole number from 0 to 2^53 - 1; got 1.5"],
    ["a seed below 0", { seed: -1 }, "got -1"],
    ["a seed beyond 2^53", { seed: 2 ** 53 }, "got 9007199254740992"],
    ["shard 8/7", { shard: [8, 7] }, "shard: must be i/n with 1 <= i <= n; got 8/7"],
    ["shard 0/7", { shard: [0, 7] }, "got 0/7"],
    ["shard 1/0", { shard: [1, 0] }, "got 1/0"],
    ["shard 1.5/7", { shard: [1.5, 7] }, "got 1.5/7"],
    [
      "an unknown design",
      { design: "random" as "asRun" },
      'design: must be one of asRun, uniform, factorial, latinHypercube, sobol; got "random"',
    ],
    ["an unknown engine", { engine: "gpu" as "simd" }, 'engine: must be simd or typescript; got "gpu"'],
    ["no worker", { workers: 0 }, "workers: must be a whole number from 1 to 64; got 0"],
    ["65 workers", { workers: 65 }, "got 65"],
    ["half a worker", { workers: 1.5 }, "got 1.5"],
    ["noise below 0", { noise: -1 }, "noise: must lie in [0, 10]; got -1"],
    ["no laboratory", { labs: { count: 0 } }, "from 1 to 80; got 0"],
    ["a spread below 0", { labs: { spread: -1 } }, "[0, 5]; got -1"],
  ])("refuses %s as bad input", async (_, options, message) => {
    const failed = await generateExperiments({ seed: 1, rows: 10, ...options }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(InputError);
    expect((failed as InputError).message).toContain(message);
  });

  it("lets a thread's refusal through with its message, and does not hang", async () => {
    const [{ region }] = wideRegions;
    const boiling = { ...region, ranges: { ...region.ranges, temperatureCelsius: [320, 330] as const } };
    await expect(
      generateExperiments({ seed: 1, rows: 10, workers: 2, regions: [{ region: boiling, weight: 1 }] }),
    ).rejects.toThrow("1000 impossible proposals; widen the regions");
  });

  it.each(["asRun", "uniform", "factorial", "latinHypercube", "sobol"] as const)(
    "returns only possible designs of the design %s, and accounts for every proposal",
    async (design) => {
      const asked = design === "latinHypercube" ? 1000 : 3000;
      const { table, rejected } = await generateExperiments({ seed: 3, rows: asked, design });
      const number = (name: string): ArrayLike<number> => numbersOf(table, name);
      const [temperature, caesium, lead, bromide, acid, amine, polar, water, antisolvent] = [
        "temperatureCelsius",
        "caesiumMolar",
        "leadMolar",
        "bromideMolar",
        "oleicAcidMolar",
        "oleylamineMolar",
        "polarSolventFraction",
        "waterFraction",
        "antisolventRatio",
      ].map(number);
      const [routes, sources, solvents] = ["route", "caesiumSource", "polarSolvent"].map((name) =>
        textsOf(table, name),
      );
      for (let row = 0; row < table.numRows; row++) {
        const recipe = {
          route: routes[row] as RouteName,
          temperatureCelsius: temperature[row],
          caesiumMolar: caesium[row],
          leadMolar: lead[row],
          bromideMolar: bromide[row],
          oleicAcidMolar: acid[row],
          oleylamineMolar: amine[row],
          caesiumOleateMolar: sources[row] === "caesium oleate" ? caesium[row] : 0,
          polarSolvent: solvents[row] as "" | "DMF" | "DMSO",
          polarSolventFraction: polar[row],
          waterFraction: water[row],
          antisolventRatio: antisolvent[row],
        };
        // Rounding to float32 may carry a design that sits on a border over it.
        const inward = {
          ...recipe,
          caesiumMolar: recipe.caesiumMolar * (1 - 1e-6),
          caesiumOleateMolar: recipe.caesiumOleateMolar * (1 - 1e-6),
          oleylamineMolar: recipe.oleylamineMolar * (1 - 1e-6),
          polarSolventFraction: recipe.polarSolventFraction * (1 - 1e-6),
        };
        expect(designFault(inward), `row ${row}`).toBe(0);
      }
      const refused = rejected.reasons.reduce((sum, { count }) => sum + count, 0);
      const isPattern = design !== "asRun" && design !== "uniform";
      const grid = [...factorialLevels(asked).values()].reduce((a, b) => a * b, 1);
      const proposed = design === "factorial" ? grid : isPattern ? asked : asked + refused;
      expect(rejected.proposed).toBe(proposed);
      expect(table.numRows).toBe(isPattern ? proposed - refused : asked);
      expect(refused).toBeGreaterThan(0);
      expect(rejected.reasons.length).toBe(5);
    },
  );

  it.each(designNames)(
    "keeps to its schema in the design %s: " +
      "at most one value in a thousand breaks its field, no row comes twice, and no number is infinite",
    async (design) => {
      const table = await generated({ seed: 11, rows: design === "latinHypercube" ? 1000 : 4000, design });
      const report = qualityReport(table, { listed: 5 });
      expect(report.violationRate!.value, JSON.stringify(report.violations)).toBeLessThanOrEqual(1e-3);
      expect(report.duplicates).toEqual([]);
      for (const [name, column] of Object.entries(table.columns))
        if (!isCategory(column))
          expect(
            Array.from<number>(column).some((value) => Math.abs(value) === Infinity),
            name,
          ).toBe(false);
    },
  );

  it("makes uniform designs of every route, and campaigns as often as they are weighted", async () => {
    const uniform = textsOf(await generated({ rows: 4000, design: "uniform" }), "route");
    for (const name of new Set(uniform)) expect(uniform.filter((route) => route === name).length).toBeGreaterThan(200);
    expect(new Set(uniform).size).toBe(4);
    const regions = campaignRegions.slice(0, 3).map((region, k) => ({ region, weight: [0.5, 0.3, 0.2][k] }));
    const campaigns = textsOf(await generated({ rows: 4000, regions }), "campaign");
    const counts = regions.map(({ region }) => campaigns.filter((name) => name === region.name).length);
    // Impossible ones are proposed anew from all campaigns, so the shares bend a little.
    counts.forEach((count, k) => expect(Math.abs(count / 4000 - regions[k].weight)).toBeLessThan(0.05));
  });

  it("has class shares of 2,000 rows as run that sampling explains: chi-squared, p > 0.001", async () => {
    const counts = countsOf(await generated({ seed: 42, rows: 2000 }));
    // scipy 1.14.1: chi2.ppf(0.999, 4).
    expect(
      counts.reduce((sum, n, phase) => sum + (n - reviewCounts[phase]) ** 2 / reviewCounts[phase], 0),
      counts.join(),
    ).toBeLessThan(18.47);
  });

  it("has mean class shares over ten seeds of 20,000 rows within 0.015 of the target", async () => {
    const totals = phaseNames.map(() => 0);
    for (let seed = 0; seed < 10; seed++)
      countsOf(await generated({ seed, rows: 20_000 })).forEach((n, phase) => (totals[phase] += n));
    const off = totals.map((n, phase) => n / 200_000 - reviewCounts[phase] / 2000);
    for (const difference of off)
      expect(Math.abs(difference), off.map((each) => each.toFixed(4)).join(" ")).toBeLessThan(0.015);
  });
});
