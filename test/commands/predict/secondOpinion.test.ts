import { beforeAll, describe, expect, it } from "vitest";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { selectRows, type Table, textsOf } from "../../../src/core/Table.js";
import { secondOpinion } from "../../../src/commands/predict/secondOpinion.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";

const classes = phaseNames.length;
let table: Table;
let opinion: Awaited<ReturnType<typeof secondOpinion>>;
let phases: Uint8Array;

beforeAll(async () => {
  ({ table } = await generateExperiments({ rows: 300, seed: 5 }));
  opinion = await secondOpinion();
  phases = Uint8Array.from(textsOf(table, "phase"), (phase) => (phaseNames as readonly string[]).indexOf(phase));
});

describe("secondOpinion", () => {
  it("gives probabilities that sum to 1, with standard errors that so many draws leave small", () => {
    const { probabilities, standardErrors } = opinion(table, phases);
    for (let row = 0; row < table.numRows; row++)
      expect(probabilities.subarray(row * classes, (row + 1) * classes).reduce((a, b) => a + b)).toBeCloseTo(1, 9);
    expect(Math.max(...standardErrors)).toBeLessThan(0.04);
    expect(Math.min(...standardErrors)).toBeGreaterThanOrEqual(0);
  });

  it("agrees where the likeliest phase is the same, and is right on most of the twin's own rows", () => {
    const { phase, agrees } = opinion(table, phases);
    expect(Array.from(agrees)).toEqual(Array.from(phases, (code, row) => Number(code === phase[row])));
    // The ceiling of an unknown laboratory is 85 %.
    expect(agrees.reduce((a, b) => a + b, 0) / agrees.length).toBeGreaterThan(0.75);
  });

  it("has the same opinion of a recipe alone as among others, and when it is asked anew", async () => {
    const alone = selectRows(table, Uint32Array.of(7));
    const again = await secondOpinion();
    const whole = opinion(table, phases).probabilities.subarray(7 * classes, 8 * classes);
    for (const ask of [opinion, again]) expect(ask(alone, [0]).probabilities).toEqual(whole.slice());
  });
});
