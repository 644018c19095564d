import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { phaseNames } from "../../src/chemistry/phases.js";
import { InputError } from "../../src/core/InputError.js";
import { isCategory, numbersOf, type Table, textsOf } from "../../src/core/Table.js";
import { campaignRegions } from "../../src/generation/campaigns.js";
import { experimentSchema } from "../../src/generation/experimentSchema.js";
import { generateExperiments } from "../../src/generation/generateExperiments.js";
import { targetedExperiments } from "../../src/generation/targetedExperiments.js";
import { projectPath } from "../../src/io/projectPath.js";

const isBuilt = existsSync(projectPath("dist", "generation", "simd", "experiments.wasm"));
if (!isBuilt) console.warn("tests of targeted generation are skipped: dist is not here; run npm run build");

const countsOf = (table: Table): number[] =>
  phaseNames.map((phase) => textsOf(table, "phase").filter((name) => name === phase).length);
const values = (table: Table): unknown =>
  Object.fromEntries(
    Object.entries(table.columns).map(([name, column]) => [
      name,
      isCategory(column) ? [Array.from(column.codes), column.levels] : Array.from(column),
    ]),
  );

describe.skipIf(!isBuilt)("targetedExperiments", () => {
  it("reaches as many rows of every class as asked for, by default the review's 2,000", async () => {
    for (const count of countsOf(await targetedExperiments({ seed: 1, perClass: 300 })))
      expect(count).toBeGreaterThanOrEqual(300);
    for (const count of countsOf(await targetedExperiments({ seed: 2 }))) expect(count).toBeGreaterThanOrEqual(2000);
  });

  it("does not overshoot without need: the largest class has less than five times the smallest", async () => {
    const counts = countsOf(await targetedExperiments({ seed: 3, perClass: 500 }));
    expect(Math.max(...counts) / Math.min(...counts), counts.join()).toBeLessThan(5);
  });

  it("is the same for the same seed, and another for another", async () => {
    const [one, again, other] = await Promise.all([4, 4, 5].map((seed) => targetedExperiments({ seed, perClass: 50 })));
    expect(values(again)).toEqual(values(one));
    expect(values(other)).not.toEqual(values(one));
  });

  it("numbers rows from 1, with the columns of every experiment and the campaigns by name", async () => {
    const table = await targetedExperiments({ seed: 6, perClass: 50 });
    expect(Array.from(numbersOf(table, "sourceRow"))).toEqual(Array.from({ length: table.numRows }, (_, i) => i + 1));
    expect(Object.keys(table.columns)).toEqual(Object.keys(experimentSchema));
    const names = new Set(campaignRegions.map(({ name }) => name));
    for (const name of textsOf(table, "campaign")) expect(names.has(name)).toBe(true);
    const routes = textsOf(table, "route");
    textsOf(table, "campaign").forEach((name, row) =>
      expect(campaignRegions.find((region) => region.name === name)!.route).toBe(routes[row]),
    );
  });

  it("relabels nothing: labels have the chance of their row's own probabilities", async () => {
    const table = await targetedExperiments({ seed: 7, perClass: 500 });
    const chances = [
      "trueProbabilityCsPbBr3",
      "trueProbabilityCs4PbBr6",
      "trueProbabilityCsPb2Br5",
      "trueProbabilityCoexistence",
      "trueProbabilityNothing",
    ].map((name) => Array.from<number>(numbersOf(table, name)));
    countsOf(table).forEach((count, phase) => {
      const mean = chances[phase].reduce((sum, p) => sum + p, 0);
      const variance = chances[phase].reduce((sum, p) => sum + p * (1 - p), 0);
      // Stopping when a class is full bends counts a little towards full ones.
      expect(Math.abs(count - mean), `${phaseNames[phase]}: ${count} for ${mean}`).toBeLessThan(
        4 * Math.sqrt(variance) + 5,
      );
    });
  });

  it("refuses what takes more rows than allowed, though every class is in reach", async () => {
    await expect(targetedExperiments({ seed: 1, perClass: 500, mostRows: 600 })).rejects.toThrow(
      "every class must reach 500 rows within 600",
    );
  });

  it("draws the same rows as the campaigns do, only other campaigns more often", async () => {
    const table = await targetedExperiments({ seed: 8, perClass: 100 });
    const ratio = numbersOf(table, "caesiumLeadRatio");
    textsOf(table, "campaign").forEach((name, row) => {
      const [low, high] = campaignRegions.find((region) => region.name === name)!.ranges.caesiumLeadRatio;
      expect(ratio[row] >= low * (1 - 1e-5) && ratio[row] <= high * (1 + 1e-5)).toBe(true);
    });
    const { table: plain } = await generateExperiments({ seed: 8, rows: table.numRows });
    const rarest = Math.min(...countsOf(plain));
    expect(Math.min(...countsOf(table))).toBeGreaterThan(rarest);
  });

  it("refuses a class that no region makes, and says how far it came", async () => {
    // So wet that nothing forms, whatever the physics: no noise and laboratories alike.
    const [dry] = campaignRegions.filter(({ route }) => route === "LARP");
    const region = { ...dry, ranges: { ...dry.ranges, waterFraction: [0.3, 0.6] as const } };
    const failed = await targetedExperiments({
      seed: 1,
      perClass: 20,
      mostRows: 5000,
      noise: 0,
      labs: { spread: 0 },
      regions: [{ region, weight: 1 }],
    }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(InputError);
    expect((failed as InputError).message).toMatch(
      new RegExp(
        /^targetedExperiments: every class must reach 20 rows within 5000; /.source +
          /got 0 of CsPbBr3, 0 of Cs4PbBr6, 0 of CsPb2Br5, 0 of coexistence, \d+ of no target product; /.source +
          /ask for fewer, or add a region where the class forms$/.source,
      ),
    );
  });

  it.each([0, -1, 1.5, Number.NaN, 1e7])("refuses %d rows per class", async (perClass) => {
    await expect(targetedExperiments({ seed: 1, perClass })).rejects.toThrow(
      `perClass: must be a whole number from 1 to 1000000; got ${perClass}`,
    );
  });
});
