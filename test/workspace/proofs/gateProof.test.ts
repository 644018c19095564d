import { describe, expect, it, vi } from "vitest";
import type * as evidenceFiles from "../../../src/io/evidence/evidenceFiles.js";
import { gateScenarios } from "../../../src/workspace/proofs/gate/gateScenarios.js";
import type { GateResult } from "../../../src/workspace/proofs/gate/simulateGate.js";
import { gateEvidence, gateMeasurements } from "../../../src/workspace/proofs/gateProof.js";

vi.mock("../../../src/io/evidence/evidenceFiles.js", async (original) => ({
  ...(await original<typeof evidenceFiles>()),
  recordedEvidence: async (_: unknown, make: () => Promise<unknown>) => make(),
}));

const result = (known: Partial<GateResult>): GateResult => ({
  miscalibration: "temperature",
  layout: "rows",
  cuts: "other rows",
  rows: 10_000,
  error: 0.05,
  draws: 1000,
  passes: 20,
  zeros: 0,
  held: 980,
  value: 0.06,
  high: 0.07,
  ...known,
});

describe("gateMeasurements", () => {
  it("tells the worst of the scenarios, with an interval that holds for all of them", () => {
    const found = gateMeasurements([
      result({}),
      result({ miscalibration: "sine across bins", passes: 60, held: 940 }),
      result({ cuts: "same rows", passes: 10 }),
      result({ error: 0, zeros: 970 }),
      result({ error: 0.02, passes: 900 }),
      result({ error: 0.02, passes: 810, miscalibration: "shift of one class" }),
      result({ error: 0.02, passes: 10, rows: 500, layout: "batches" }),
    ]);
    expect(found.map(({ id, value }) => [id, value])).toEqual([
      ["gate.wrongPasses.otherRows", 0.06],
      ["gate.wrongPasses.sameRows", 0.01],
      ["gate.zeros", 0.97],
      ["gate.held", 0.94],
      ["gate.power.500.batches", 0.01],
      ["gate.power.10000.rows", 0.81],
    ]);
    expect(found[0]).toMatchObject({
      meaning: expect.stringContaining("the largest of 2 scenarios (sine across bins)") as unknown,
      threshold: 0.05,
      direction: "atMost",
      interval: { level: 0.975, method: "Clopper-Pearson, Bonferroni over 2 scenarios" },
    });
    expect(found[5]).toMatchObject({ threshold: 0.8, direction: "atLeast" });
    // Fewer rows have no bar: their power is reported.
    expect(found[4]).toMatchObject({ threshold: null, direction: null, interval: { level: 0.95 } });
  });
});

describe("gateEvidence", () => {
  it("is the same on any number of threads, and lays passes out by true error", async () => {
    const scenarios = gateScenarios
      .filter(({ rows, layout, cuts }) => rows === 500 && layout === "rows" && cuts === "other rows")
      .filter(({ miscalibration }) => miscalibration !== "sine across bins")
      .map((one) => ({ ...one, draws: 10 }));
    const { result, measurements } = await gateEvidence({ scenarios });
    expect((await gateEvidence({ scenarios })).result).toEqual(result);
    expect(result.table.columns.map(({ name }) => name).slice(4)).toEqual([
      "0",
      "0.01",
      "0.02",
      "0.03",
      "0.04",
      "0.05",
      "0.055",
    ]);
    expect(result.table.rows).toHaveLength(3);
    expect(measurements.map(({ id }) => id)).toContain("gate.wrongPasses.otherRows");
  });

  it("covers what issue and rubric ask: 10,000 draws at the threshold for each size, layout and miscalibration", () => {
    const asked = gateScenarios.filter(({ error, draws }) => error === 0.05 && draws === 10_000);
    expect(asked).toHaveLength(4 * 3 * 2);
  });
});
