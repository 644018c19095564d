import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { phaseNames } from "../../src/chemistry/phases.js";
import { logLoss } from "../../src/core/metrics/logLoss.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { codesOf, selectRows, type Table } from "../../src/core/Table.js";
import { generateExperiments } from "../../src/generation/generateExperiments.js";
import { answersByLaboratory } from "../../src/generation/answersByLaboratory.js";
import {
  laboratoryEvidence,
  laboratoryWeights,
  type LaboratoryWeights,
  type LaboratoryWeightsOptions,
  weighedAnswers,
  weightsLeavingOut,
} from "../../src/generation/laboratoryWeights.js";
import { recipeSimulator } from "../../src/generation/recipeSimulator.js";
import { simdEngine } from "../../src/generation/simd/simdEngine.js";
import { projectPath } from "../../src/io/projectPath.js";

const isBuilt = existsSync(projectPath("dist", "generation", "simd", "experiments.wasm"));
if (!isBuilt) console.warn("laboratories are looked for by no test: dist is not here; run npm run build");
const random = seededRandom(6).fork("laboratory weights");
const few = { random, count: 320, engine: simdEngine };
const rowsOf = (from: number, to: number): Uint32Array => Uint32Array.from({ length: to - from }, (_, i) => from + i);

/** Experiments of one laboratory that nobody drew: what it has done, and what it will do. */
async function ownExperiments(seed: number): Promise<{ readonly done: Table; readonly next: Table }> {
  const { table } = await generateExperiments({ rows: 460, seed, labs: { count: 1 } });
  return { done: selectRows(table, rowsOf(0, 60)), next: selectRows(table, rowsOf(60, 460)) };
}

const codeOf = (table: Table): Int8Array => {
  const { codes, levels } = codesOf(table, "phase");
  return Int8Array.from(codes, (code) => phaseNames.findIndex((name) => name === levels[code]));
};

async function weightsOf(
  done: Table,
  phases: ArrayLike<number>,
  options: LaboratoryWeightsOptions = {},
): Promise<LaboratoryWeights> {
  return laboratoryWeights(laboratoryEvidence(await answersByLaboratory(done, few), phases), options);
}

describe.skipIf(!isBuilt)("laboratoryWeights", () => {
  it("foretell a laboratory from 60 of its experiments better than the average over all does", async () => {
    const gains = await Promise.all(
      [1, 2, 3, 4].map(async (seed) => {
        const { done, next } = await ownExperiments(seed);
        const { weights } = await weightsOf(done, codeOf(done));
        const asked = await answersByLaboratory(next, few);
        const equal = new Float64Array(few.count).fill(1 / few.count);
        const [before, after] = [equal, weights].map((some) =>
          logLoss(codeOf(next), weighedAnswers(asked, some, rowsOf(0, next.numRows))),
        );
        return before - after;
      }),
    );
    expect(gains.reduce((a, b) => a + b, 0) / gains.length).toBeGreaterThan(0.02);
    expect(gains.filter((gain) => gain > 0).length).toBeGreaterThanOrEqual(3);
  });

  it("are equal where nothing was found yet", async () => {
    const { done } = await ownExperiments(1);
    const { weights, effective, tempering } = await weightsOf(done, new Int8Array(done.numRows).fill(-1));
    expect(effective).toBeCloseTo(few.count, 9);
    expect(tempering).toBe(1);
    expect(Math.max(...weights)).toBeCloseTo(1 / few.count, 12);
  });

  it("find the very laboratory among those that are drawn, and few beside it, from much evidence", async () => {
    const labs = { count: few.count, chosen: [111] };
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
    const { weights, effective } = await weightsOf(table, found, { leastEffective: 1 });
    expect(effective).toBeLessThan(4);
    expect(weights[111]).toBeGreaterThan(0.25);
  });

  it("do not depend on the order of experiments, and take less of them until enough laboratories count", async () => {
    const { done } = await ownExperiments(5);
    const phases = codeOf(done);
    const answers = await answersByLaboratory(done, few);
    const evidence = laboratoryEvidence(answers, phases);
    const one = laboratoryWeights(evidence);
    const back = rowsOf(0, done.numRows).reverse();
    const turned = laboratoryWeights(evidence, { rows: back });
    one.weights.forEach((weight, lab) => expect(turned.weights[lab]).toBeCloseTo(weight, 12));
    const many = laboratoryWeights(evidence, { leastEffective: 200 });
    expect(many.effective).toBeGreaterThan(200);
    expect(many.effective).toBeLessThan(201);
    expect(many.tempering).toBeLessThan(one.tempering);
    const mixed = weighedAnswers(answers, one.weights, back);
    for (let i = 0; i < mixed.length; i += 5)
      expect(mixed.subarray(i, i + 5).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5);
  });

  it("of all others, left out one by one, are those of evidence without it", async () => {
    const { done } = await ownExperiments(4);
    const evidence = laboratoryEvidence(await answersByLaboratory(done, few), codeOf(done));
    const rows = rowsOf(0, 60);
    const codes = rows.map((row) => row % 20);
    const left = weightsLeavingOut(evidence, rows, codes, { tempering: 1 });
    const others = rows.filter((row) => codes[row] !== 3);
    const { weights } = laboratoryWeights(evidence, { rows: others, leastEffective: 1 });
    expect(left.length).toBe(20 * few.count);
    weights.forEach((weight, lab) => expect(left[3 * few.count + lab]).toBeCloseTo(weight, 6));
  });

  it("begin from what was believed before: a laboratory that was ruled out stays out", async () => {
    const { done } = await ownExperiments(4);
    const evidence = laboratoryEvidence(await answersByLaboratory(done, few), codeOf(done));
    const prior = Float64Array.from({ length: few.count }, (_, lab) => (lab < 160 ? 1 / 160 : 0));
    const { weights } = laboratoryWeights(evidence, { prior });
    expect(weights.subarray(160).every((weight) => weight === 0)).toBe(true);
    const equal = new Float64Array(few.count).fill(1 / few.count);
    expect(laboratoryWeights(evidence, { prior: equal }).weights[5]).toBeCloseTo(
      laboratoryWeights(evidence).weights[5],
      12,
    );
  });

  it("refuse phases that are none", async () => {
    const { done } = await ownExperiments(1);
    const answers = await answersByLaboratory(done, few);
    expect(() => laboratoryEvidence(answers, new Int8Array(60).fill(5))).toThrow("row 0 5");
    expect(() => laboratoryEvidence(answers, new Int8Array(59))).toThrow("got 59");
  });
});

describe.skipIf(!isBuilt)("answersByLaboratory", () => {
  it("are those of recipeSimulator, one laboratory at a time", async () => {
    const { done } = await ownExperiments(2);
    const some = selectRows(done, rowsOf(0, 20));
    const { probabilities } = await answersByLaboratory(some, { ...few, count: 80, draws: 4096 });
    const alone = await recipeSimulator({
      ...{ random, labs: { count: 80, chosen: [7] }, draws: 4096, quantities: [], engine: simdEngine },
    });
    const expected = alone(some).probabilities;
    const off = Array.from(expected, (value, at) => {
      const [row, phase] = [Math.floor(at / 5), at % 5];
      return Math.abs(value - probabilities[(row * 80 + 7) * 5 + phase]);
    });
    // 51 tries against 4,096.
    expect(Math.max(...off)).toBeLessThan(0.3);
    expect(off.reduce((a, b) => a + b, 0) / off.length).toBeLessThan(0.02);
  });
});

describe.skipIf(!isBuilt)("answersByLaboratory of some", () => {
  it("are those of the laboratories that are chosen, whichever others are asked", async () => {
    const { done } = await ownExperiments(2);
    const some = selectRows(done, rowsOf(0, 8));
    const all = await answersByLaboratory(some, { ...few, draws: 4096 });
    const chosen = [3, 90, 91, 300];
    const own = await answersByLaboratory(some, { ...few, chosen, draws: 4096 });
    expect([...own.drawn]).toEqual(chosen);
    let off = 0;
    for (let row = 0; row < 8; row++)
      chosen.forEach((lab, i) => {
        for (let phase = 0; phase < 5; phase++) {
          const expected = all.probabilities[(row * few.count + lab) * 5 + phase];
          off += Math.abs(own.probabilities[(row * 4 + i) * 5 + phase] - expected) / (8 * 4 * 5);
        }
      });
    // Other days and operators: 51 tries against 1,024.
    expect(off).toBeLessThan(0.02);
  });
});
