import fc from "fast-check";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { phaseNames } from "../../src/chemistry/phases.js";
import { recipeFields, recipeSchema, routeNames } from "../../src/chemistry/recipeSchema.js";
import { InputError } from "../../src/core/InputError.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { numbersOf, selectRows, type Table } from "../../src/core/Table.js";
import { tableFromRows } from "../../src/core/tableFromRows.js";
import { generateExperiments } from "../../src/generation/generateExperiments.js";
import { recipeSimulator, type SimulatedAnswers } from "../../src/generation/recipeSimulator.js";
import { simdEngine } from "../../src/generation/simd/simdEngine.js";
import { projectPath } from "../../src/io/projectPath.js";

const isBuilt = existsSync(projectPath("dist", "generation", "simd", "experiments.wasm"));
if (!isBuilt) console.warn("the simulator runs on the readable engine alone: dist is not here; run npm run build");
const engine = isBuilt ? simdEngine : undefined;
const random = seededRandom(5).fork("recipe simulator");
const { table } = await generateExperiments({ rows: 300, seed: 4, engine: "typescript" });
const classes = phaseNames.length;

/** The table with a column gone, as published tables have it. */
function without(recipes: Table, names: readonly string[]): Table {
  const kept = <T>(of: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(of).filter(([name]) => !names.includes(name)));
  return { ...recipes, columns: kept(recipes.columns), schema: kept(recipes.schema) };
}

const rowsOf = ({ probabilities }: SimulatedAnswers): number[][] =>
  Array.from({ length: probabilities.length / classes }, (_, row) =>
    Array.from(probabilities.subarray(row * classes, (row + 1) * classes)),
  );
const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

describe("recipeSimulator", () => {
  it("gives the noise-free label the probability 1 where nothing is left to chance", async () => {
    const simulate = await recipeSimulator({ random, draws: 4, labs: { count: 1, spread: 0 }, noise: 0 });
    const quiet = await generateExperiments({
      rows: 200,
      seed: 4,
      noise: 0,
      labs: { spread: 0 },
      engine: "typescript",
    });
    const { probabilities, standardErrors, quantities } = simulate(quiet.table);
    const { codes } = quiet.table.columns.phase as { readonly codes: Uint8Array };
    // The season moves humidity in a laboratory without habits too: a recipe on a border may fall on either side.
    const certain = rowsOf({ probabilities } as SimulatedAnswers).filter((row, i) => row[codes[i]] === 1).length;
    expect(certain).toBeGreaterThan(195);
    expect(mean(standardErrors)).toBeLessThan(0.01);
    const size = numbersOf(quiet.table, "sizeNanometre");
    const [{ quantiles, variance }] = quantities;
    const off = Array.from(size).filter(
      (nm, row) => !Number.isNaN(nm) && !(Math.abs(quantiles[3 * row + 1] / nm - 1) < 1e-3),
    );
    expect(off.length).toBeLessThan(5);
    expect(Math.max(...variance.filter((one) => !Number.isNaN(one)))).toBeLessThan(1e-6);
  });

  it("errs by one over the root of the draws, as its standard errors say", async () => {
    const few = selectRows(
      table,
      Uint32Array.from({ length: 40 }, (_, row) => row),
    );
    const tries = async (draws: number): Promise<{ readonly spread: number; readonly said: number }> => {
      const answers: SimulatedAnswers[] = [];
      for (let k = 0; k < 30; k++)
        answers.push(
          (await recipeSimulator({ random: random.fork(draws).fork(k), draws, quantities: [], engine }))(few),
        );
      const variances = Array.from(answers[0].probabilities, (_, at) => {
        const values = answers.map(({ probabilities }) => probabilities[at]);
        return values.reduce((sum, one) => sum + (one - mean(values)) ** 2, 0) / (values.length - 1);
      });
      return {
        spread: Math.sqrt(mean(variances)),
        said: Math.sqrt(mean(answers.map(({ standardErrors }) => mean(standardErrors.map((one) => one * one))))),
      };
    };
    const [short, long] = [await tries(16), await tries(256)];
    expect(Math.abs(short.spread / long.spread - 4)).toBeLessThan(0.8);
    for (const { spread, said } of [short, long]) expect(Math.abs(said / spread - 1)).toBeLessThan(0.2);
  });

  it("answers a recipe alike alone, in any order, and among any others: no thread can change a byte", async () => {
    const simulate = await recipeSimulator({ random, draws: 32, engine });
    const recipes = without(table, ["mixingSecond", "oleylamineMolar"]);
    const all = simulate(recipes);
    const backwards = Uint32Array.from({ length: 300 }, (_, i) => 299 - i);
    const reversed = (await recipeSimulator({ random, draws: 32, engine }))(selectRows(recipes, backwards));
    expect(rowsOf(reversed).reverse()).toEqual(rowsOf(all));
    expect(Array.from(reversed.quantities[1].mean).reverse()).toEqual(Array.from(all.quantities[1].mean));
    for (const row of [0, 57, 299])
      expect(rowsOf(simulate(selectRows(recipes, Uint32Array.of(row))))[0]).toEqual(rowsOf(all)[row]);
  });

  it.skipIf(!isBuilt)("is the same to 0.01 by the readable engine and by the fast one", async () => {
    const few = selectRows(
      table,
      Uint32Array.from({ length: 30 }, (_, row) => row),
    );
    const [readable, fast] = [
      (await recipeSimulator({ random, draws: 64 }))(few),
      (await recipeSimulator({ random, draws: 64, engine: simdEngine }))(few),
    ];
    readable.probabilities.forEach((p, at) => expect(Math.abs(p - fast.probabilities[at])).toBeLessThan(0.01));
  });

  it("averages over fresh laboratories: others by another stream, and wider than one alone", async () => {
    const options = { draws: 256, engine } as const;
    const fresh = (await recipeSimulator({ random: seededRandom(4).fork("fresh"), ...options }))(table);
    const one = (await recipeSimulator({ random: seededRandom(4).fork("fresh"), ...options, labs: { count: 1 } }))(
      table,
    );
    const other = (await recipeSimulator({ random: seededRandom(4).fork("other"), ...options }))(table);
    const spread = ({ quantities: [{ variance }] }: SimulatedAnswers): number =>
      mean(Array.from(variance).filter((value) => !Number.isNaN(value)));
    expect(spread(fresh)).toBeGreaterThan(2 * spread(one));
    const apart = fresh.probabilities.map((p, at) => Math.abs(p - other.probabilities[at]));
    expect(Math.max(...apart)).toBeGreaterThan(0.02);
  });

  it("is less sure where a recipe says less: sizes spread more widely without time and amine", async () => {
    const simulate = await recipeSimulator({ random, draws: 256, engine });
    const hot = selectRows(
      table,
      Uint32Array.from({ length: 300 }, (_, row) => row).filter(
        (row) =>
          (table.columns.route as { readonly codes: Uint8Array }).codes[row] === routeNames.indexOf("hot injection"),
      ),
    );
    const [full, open] = [hot, without(hot, ["timeSecond", "oleylamineMolar", "mixingSecond"])].map(simulate);
    const entropy = (answers: SimulatedAnswers): number =>
      mean(answers.probabilities.map((p) => (p > 0 ? -p * Math.log(p) : 0)));
    expect(entropy(open)).toBeGreaterThan(1.2 * entropy(full));
    const wider = full.quantities[0].variance.filter((value, row) => value < open.quantities[0].variance[row]).length;
    const sized = full.quantities[0].variance.filter((value) => !Number.isNaN(value)).length;
    expect(wider / sized).toBeGreaterThan(0.9);
  });

  it("leaves out fillings that cannot be carried out, and counts what is left", async () => {
    const simulate = await recipeSimulator({ random, draws: 64, engine });
    // So much caesium oleate that most acids of the design's campaigns do not suffice.
    const recipe = {
      route: "hot injection",
      temperatureCelsius: 160,
      timeSecond: 10,
      caesiumMolar: 0.2,
      leadMolar: 0.02,
      bromideMolar: 0.04,
      waterFraction: 0,
      volumeMillilitre: 20,
      mixingSecond: 0.5,
      oleylamineMolar: 0.1,
      caesiumSource: "caesium oleate",
    };
    const { draws } = simulate(
      tableFromRows(recipeSchema, [recipe, { ...recipe, caesiumMolar: 0.02 }, { ...recipe, caesiumMolar: 1.9 }]),
    );
    expect(draws[0]).toBeGreaterThan(0);
    expect(draws[0]).toBeLessThan(64);
    // All are possible; none is, and nothing says which is less so.
    expect([draws[1], draws[2]]).toEqual([64, 64]);
  });

  it("gives probabilities that sum to 1 and quantiles in order for all that the schema allows, and holes", async () => {
    const simulate = await recipeSimulator({ random, draws: 16, engine });
    const value = (name: string): fc.Arbitrary<number> => {
      const { min = 0, max = 1 } = recipeFields[name];
      return fc.oneof(
        fc.constant(Number.NaN),
        fc.double({ min: 0, max: 1, noNaN: true }).map((u) => min + (max - min) * u ** 4),
      );
    };
    const above = (name: string): fc.Arbitrary<number> =>
      fc.double({ min: -6, max: Math.log10(recipeFields[name].max!), noNaN: true }).map((lg) => 10 ** lg);
    const numbers = Object.keys(recipeFields).filter((name) => recipeFields[name].kind === "number");
    const recipes = fc.record<Record<string, number | string>>({
      ...Object.fromEntries(numbers.map((name) => [name, value(name)])),
      ...Object.fromEntries(["caesiumMolar", "leadMolar", "bromideMolar"].map((name) => [name, above(name)])),
      route: fc.constantFrom("", ...routeNames),
      caesiumSource: fc.constantFrom("", "CsBr", "CsOAc", "caesium oleate"),
    });
    fc.assert(
      fc.property(fc.array(recipes, { minLength: 1, maxLength: 5 }), (rows) => {
        const answers = simulate(tableFromRows(recipeSchema, rows));
        for (const row of rowsOf(answers)) {
          expect(row.every((p) => p >= 0 && p <= 1)).toBe(true);
          expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        }
        expect(answers.standardErrors.every((one) => one >= 0 || answers.draws.includes(1))).toBe(true);
        for (const { quantiles, count } of answers.quantities)
          count.forEach((readings, row) => {
            const [low, middle, high] = quantiles.subarray(3 * row, 3 * row + 3);
            expect(readings === 0 ? Number.isNaN(middle) : low <= middle && middle <= high).toBe(true);
          });
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it.each([
    [{ draws: 1 }, "recipeSimulator, draws: must be a whole number from 2 to 4096; got 1"],
    [{ quantities: [{ column: "leadMolar" }] }, 'got "leadMolar"'],
    [{ levels: [1] }, "recipeSimulator, levels: must lie between 0 and 1; got 1"],
    [{ labs: { count: 0 } }, "laboratories, count: must be a whole number from 1 to 80"],
  ])("refuses %o", async (options, message) => {
    await expect(recipeSimulator({ random, ...options })).rejects.toThrow(InputError);
    await expect(recipeSimulator({ random, ...options })).rejects.toThrow(message);
  });
});
