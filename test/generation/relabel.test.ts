import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { phaseNames } from "../../src/chemistry/phases.js";
import { type CategoryColumn, makeTable, numbersOf, selectRows, type Table } from "../../src/core/Table.js";
import { campaignRegions } from "../../src/generation/campaigns.js";
import { generateExperiments } from "../../src/generation/generateExperiments.js";
import { relabel } from "../../src/generation/relabel.js";
import { projectPath } from "../../src/io/projectPath.js";

const isBuilt = existsSync(projectPath("dist", "generation", "simd", "experiments.wasm"));
if (!isBuilt) console.warn("tests of relabelling are skipped: dist is not here; run npm run build");

const measured = [
  "sizeNanometre",
  "sizeDispersionPercent",
  "photoluminescencePeakNanometre",
  "photoluminescenceWidthNanometre",
  "quantumYield",
  "leadYield",
];
const chances = [
  "trueProbabilityCsPbBr3",
  "trueProbabilityCs4PbBr6",
  "trueProbabilityCsPb2Br5",
  "trueProbabilityCoexistence",
  "trueProbabilityNothing",
];
const regions = campaignRegions.map((region) => ({ region, weight: 1 / campaignRegions.length }));
const rows = 20_000;
const codes = (table: Table): ArrayLike<number> => (table.columns.phase as CategoryColumn).codes;
/** Σ f(p) over rows, p the five probabilities of a row. */
function summed(table: Table, f: (probabilities: readonly number[], row: number) => number): number {
  const columns = chances.map((name) => numbersOf(table, name));
  let sum = 0;
  for (let row = 0; row < table.numRows; row++)
    sum += f(
      columns.map((column) => column[row]),
      row,
    );
  return sum;
}

describe.skipIf(!isBuilt)("relabel", async () => {
  const empty = makeTable({}, {});
  const table = isBuilt ? (await generateExperiments({ seed: 3, rows, regions })).table : empty;
  const [second, third] = isBuilt ? [relabel(table, 1001), relabel(table, 1002)] : [empty, empty];

  it("gives back the generation's own labels and readings with its own seed, but for rounding to float32", () => {
    const again = relabel(table, 3);
    let odd = 0;
    for (let row = 0; row < rows; row++) {
      if (codes(again)[row] !== codes(table)[row]) {
        odd++;
        continue;
      }
      for (const name of measured) {
        const [a, b] = [again, table].map((one) => numbersOf(one, name)[row]);
        if (Number.isNaN(a) && Number.isNaN(b)) continue;
        if (!(Math.abs(a - b) <= 2e-3 * Math.max(1, Math.abs(b)))) expect.fail(`${name}, row ${row}: ${a} for ${b}`);
      }
    }
    // A uniform number next to a border falls on its other side in float32.
    expect(odd).toBeLessThanOrEqual(rows / 10_000);
  });

  it("gives back the readings of a noise seed, and noise-free ones at noise 0", async () => {
    const { table: other } = await generateExperiments({ seed: 3, noiseSeed: 77, rows: 2000, regions });
    const again = relabel((await generateExperiments({ seed: 3, rows: 2000, regions })).table, 77);
    expect(Array.from(codes(again)).filter((code, row) => code !== codes(other)[row]).length).toBeLessThanOrEqual(1);
    const exact = relabel(other, 5, { noise: 0 });
    expect(Array.from(codes(exact))).toEqual(Array.from((other.columns.truePhase as CategoryColumn).codes));
    numbersOf(exact, "sizeNanometre").forEach((size, row) => {
      if (!Number.isNaN(size)) expect(size).toBe(numbersOf(other, "trueSizeNanometre")[row]);
    });
  });

  it("changes nothing but labels and readings", () => {
    const changed = Object.keys(table.columns).filter((name) => second.columns[name] !== table.columns[name]);
    expect(changed.sort()).toEqual([...measured, "phase"].sort());
    expect(second.schema).toBe(table.schema);
  });

  it("writes each class as often as the rows' probabilities say, within four standard errors", () => {
    phaseNames.forEach((name, phase) => {
      const written = Array.from(codes(second)).filter((code) => code === phase).length;
      const variance = summed(table, (p) => p[phase] * (1 - p[phase]));
      expect(Math.abs(written - summed(table, (p) => p[phase])), name).toBeLessThan(4 * Math.sqrt(variance) + 1);
    });
  });

  it("changes the label of the generation as often as the probabilities say: with 1 - Σ p²", () => {
    const agree = summed(table, (p) => p.reduce((sum, q) => sum + q * q, 0));
    const deviation = Math.sqrt(
      summed(table, (p) => p.reduce((sum, q) => sum + q * q, 0) * (1 - p.reduce((sum, q) => sum + q * q, 0))),
    );
    for (const other of [second, third]) {
      const same = Array.from(codes(other)).filter((code, row) => code === codes(table)[row]).length;
      expect(Math.abs(same - agree), `${same} for ${agree}`).toBeLessThan(4 * deviation);
    }
    // So there is something to tell: some labels change.
    expect(rows - agree).toBeGreaterThan(100);
  });

  it("agrees between two relabellings in a share Σ p² of rows, within four standard errors", () => {
    const agree = summed(table, (p) => p.reduce((sum, q) => sum + q * q, 0));
    const deviation = Math.sqrt(
      summed(table, (p) => p.reduce((sum, q) => sum + q * q, 0) * (1 - p.reduce((sum, q) => sum + q * q, 0))),
    );
    const same = Array.from(codes(second)).filter((code, row) => code === codes(third)[row]).length;
    expect(Math.abs(same - agree), `${same} for ${agree}`).toBeLessThan(4 * deviation);
  });

  it("reads sizes anew with 5 % scatter: two readings differ by √2 times that", () => {
    const [a, b] = [second, third].map((one) => numbersOf(one, "sizeNanometre"));
    const differences = Array.from(a, (size, row) => Math.log(size / b[row])).filter((value) => !Number.isNaN(value));
    expect(differences.length).toBeGreaterThan(1000);
    const deviation = Math.sqrt(differences.reduce((sum, value) => sum + value ** 2, 0) / differences.length);
    expect(Math.abs(deviation / (0.05 * Math.SQRT2) - 1)).toBeLessThan(4 / Math.sqrt(2 * differences.length));
  });

  it("depends on row numbers, not on places: a selection of rows reads as the whole does", () => {
    const some = Uint32Array.from([5, 17, 19_999, 4]);
    const part = relabel(selectRows(table, some), 1001);
    expect(Array.from(codes(part))).toEqual(Array.from(some, (row) => codes(second)[row]));
    for (const name of measured)
      expect(Array.from(numbersOf(part, name))).toEqual(Array.from(some, (row) => numbersOf(second, name)[row]));
  });

  it("refuses a table without the true columns, and says which one it misses", () => {
    const { truePhase: _, ...columns } = table.columns;
    const { truePhase: __, ...schema } = table.schema;
    expect(() => relabel(makeTable(schema, columns), 1)).toThrow('no column "truePhase"');
    const { trueSizeNanometre: ___, ...fewer } = table.columns;
    const { trueSizeNanometre: ____, ...less } = table.schema;
    expect(() => relabel(makeTable(less, fewer), 1)).toThrow('no column "trueSizeNanometre"');
  });

  it.each([-1, 1.5])("refuses the seed %d", (seed) => {
    expect(() => relabel(table, seed)).toThrow("the seed must be an integer in [0, 2^53)");
  });
});
