import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { phaseNames } from "../../src/chemistry/phases.js";
import { logLoss } from "../../src/core/metrics/logLoss.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { codesOf, selectRows, type Table } from "../../src/core/Table.js";
import { generateExperiments } from "../../src/generation/generateExperiments.js";
import { laboratoryPosterior, type LaboratoryPosterior } from "../../src/generation/laboratoryPosterior.js";
import { recipeSimulator } from "../../src/generation/recipeSimulator.js";
import { simdEngine } from "../../src/generation/simd/simdEngine.js";
import { projectPath } from "../../src/io/projectPath.js";

const isBuilt = existsSync(projectPath("dist", "generation", "simd", "experiments.wasm"));
if (!isBuilt) console.warn("laboratories are looked for by no test: dist is not here; run npm run build");
const random = seededRandom(6).fork("laboratory posterior");
const few = { random, candidates: 320, engine: simdEngine };
const rowsOf = (from: number, to: number): Uint32Array => Uint32Array.from({ length: to - from }, (_, i) => from + i);

/** Experiments of one laboratory that nobody drew: what it has done, and what it will do. */
async function ownExperiments(seed: number): Promise<{ readonly done: Table; readonly next: Table }> {
  const { table } = await generateExperiments({ rows: 460, seed, labs: { count: 1 } });
  return { done: selectRows(table, rowsOf(0, 60)), next: selectRows(table, rowsOf(60, 460)) };
}

const phasesOf = (table: Table): Uint8Array => Uint8Array.from(codesOf(table, "phase").codes);
const codeOf = (table: Table): Int8Array => {
  const { codes, levels } = codesOf(table, "phase");
  return Int8Array.from(codes, (code) => phaseNames.findIndex((name) => name === levels[code]));
};

async function lossOf(
  next: Table,
  labs: { readonly count: number; readonly chosen?: readonly number[] },
): Promise<number> {
  const simulate = await recipeSimulator({ random, labs, quantities: [], engine: simdEngine });
  return logLoss(codeOf(next), simulate(next).probabilities);
}

describe.skipIf(!isBuilt)("laboratoryPosterior", () => {
  it("foretells a laboratory from 60 of its experiments better than the average over all does", async () => {
    const gains = await Promise.all(
      [1, 2, 3, 4].map(async (seed) => {
        const { done, next } = await ownExperiments(seed);
        const { candidates, chosen } = await laboratoryPosterior(done, codeOf(done), few);
        return (await lossOf(next, { count: 80 })) - (await lossOf(next, { count: candidates, chosen }));
      }),
    );
    expect(gains.reduce((a, b) => a + b, 0) / gains.length).toBeGreaterThan(0.02);
    expect(gains.filter((gain) => gain > 0).length).toBeGreaterThanOrEqual(3);
  });

  it("is the average over all laboratories where nothing was found yet", async () => {
    const { done } = await ownExperiments(1);
    const nothing = new Int8Array(done.numRows).fill(-1);
    const { effective, tempering, chosen } = await laboratoryPosterior(done, nothing, few);
    expect(effective).toBeCloseTo(320, 9);
    expect(tempering).toBe(1);
    // 80 of 320, evenly.
    expect(chosen.map((lab, i) => lab - 4 * i)).toEqual(chosen.map(() => chosen[0]));
  });

  it("finds the very laboratory among those that it draws, and none other beside it, from much evidence", async () => {
    const labs = { count: 320, chosen: [111] };
    const { table } = await generateExperiments({ rows: 400, seed: 2 });
    const simulate = await recipeSimulator({ random, labs, quantities: [], engine: simdEngine, draws: 512 });
    const { probabilities } = simulate(table);
    const own = seededRandom(3);
    const found = Int8Array.from({ length: table.numRows }, (_, row) => {
      let left = own();
      for (let phase = 0; phase < phaseNames.length - 1; phase++) {
        left -= probabilities[row * phaseNames.length + phase];
        if (left < 0) return phase;
      }
      return phaseNames.length - 1;
    });
    const { chosen, effective } = await laboratoryPosterior(table, found, { ...few, leastEffective: 1 });
    expect(effective).toBeLessThan(4);
    expect(chosen.filter((lab) => lab === 111).length).toBeGreaterThan(20);
  });

  it("does not depend on the order of experiments, and takes less of them until enough candidates count", async () => {
    const { done } = await ownExperiments(5);
    const phases = codeOf(done);
    const back = rowsOf(0, done.numRows).reverse();
    const one = await laboratoryPosterior(done, phases, few);
    const other = await laboratoryPosterior(
      selectRows(done, back),
      Int8Array.from(back, (row) => phases[row]),
      few,
    );
    const close = ({ effective, tempering }: LaboratoryPosterior): number[] => [effective, tempering];
    close(one).forEach((value, i) => expect(close(other)[i]).toBeCloseTo(value, 6));
    expect(other.chosen).toEqual(one.chosen);
    const many = await laboratoryPosterior(done, phases, { ...few, leastEffective: 200 });
    expect(many.effective).toBeGreaterThan(200);
    expect(many.tempering).toBeLessThan(one.tempering);
  });

  it("refuses phases that are none, and candidates that fill no engine", async () => {
    const { done } = await ownExperiments(1);
    const own = phasesOf(done);
    await expect(
      laboratoryPosterior(
        done,
        own.map(() => 5),
        few,
      ),
    ).rejects.toThrow("row 0 5");
    await expect(laboratoryPosterior(done, own.subarray(1), few)).rejects.toThrow("got 59");
    await expect(laboratoryPosterior(done, own, { ...few, candidates: 100 })).rejects.toThrow("a multiple of 80");
  });
});
