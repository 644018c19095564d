import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeScorecard } from "../../src/scorecard/computeScorecard.js";
import type { Exhibit } from "../../src/scorecard/judgeCheck.js";
import { nextMeasurements } from "../../src/scorecard/nextMeasurements.js";
import { rubric } from "../../src/scorecard/rubric.js";
import { passingExhibits } from "./exhibits.js";

const next = (exhibits: readonly Exhibit[]) => nextMeasurements(rubric, computeScorecard(rubric, exhibits));
const without = (...checks: readonly string[]): Exhibit[] =>
  passingExhibits().filter(({ evidence }) => !checks.includes(evidence.id.split(".")[0]));

describe("nextMeasurements", () => {
  it("of nothing known lists every check by its weighted points, which sum to 100, and every gate", () => {
    const { gains, gates } = next([]);
    expect(gains).toHaveLength(44);
    expect(gains.reduce((total, { low }) => total + low, 0)).toBeCloseTo(100, 9);
    expect(gains[0]).toMatchObject({
      id: "DQ6",
      low: 5,
      displayed: 5,
      needs: expect.stringMatching(
        /^measure DQ6.rows, DQ6.labs, DQ6.batches so that: >= 200 rows from >= 3 labs/,
      ) as string,
    });
    expect(gates.map(({ gate }) => gate)).toEqual([...Array<string>(5).fill("hard"), ...Array<string>(6).fill("soft")]);
  });

  it("of everything shown has nothing to say", () => {
    expect(next(passingExhibits())).toEqual({ gains: [], gates: [] });
  });

  it("puts first what shows: with one hard gate closed only that gate moves the displayed score", () => {
    const { gains, gates } = next(without("PI6", "DQ4", "VR2"));
    expect(gains[0]).toMatchObject({ id: "PI6", low: expect.closeTo(2.25, 9) as number });
    expect(gains.slice(1).map(({ id, displayed }) => [id, displayed])).toEqual([
      ["DQ4", 0],
      ["VR2", 0],
    ]);
    expect(gates).toMatchObject([{ id: "PI6", cap: 100 }]);
    expect(gates[0].displayed).toBeCloseTo(gates[0].low, 12);
    expect(gains[0].displayed).toBeCloseTo(gates[0].low - 25, 9);
  });

  it("opens hard gates before soft ones, first what earns most, with cap and score on the way", () => {
    const { gates } = next(without("PI6", "MP5", "DQ6", "VR7"));
    expect(gates.map(({ id, cap }) => [id, cap])).toEqual([
      ["MP5", 25],
      ["PI6", 70],
      ["DQ6", 70],
      ["VR7", 100],
    ]);
    expect(gates.at(-1)!.low).toBeCloseTo(100, 9);
  });

  it("counts with a check those that wait for it alone: MP6 passes once MP5 does", () => {
    expect(next(without("MP5")).gains.map(({ id, low }) => [id, low])).toEqual([
      ["MP5", expect.closeTo(3.75 + 2.5, 9)],
      ["MP6", expect.closeTo(2.5, 9)],
    ]);
  });

  it("does not take the twin's labels for real ones: a soft gate that passes on them is still to be measured", () => {
    const simulated = passingExhibits().map((one) =>
      one.evidence.id.startsWith("MP1.")
        ? { ...one, evidence: { ...one.evidence, labels: "simulated" as const } }
        : one,
    );
    const { gains, gates } = next(simulated);
    expect(gains.map(({ id, needs }) => [id, needs])).toEqual([
      ["MP1", "measure it on real experiments, as the twin's labels open no soft gate"],
    ]);
    expect(gates).toMatchObject([{ id: "MP1", passes: true, cap: 100 }]);
    expect(next(without("MP1")).gates).toMatchObject([{ id: "MP1", passes: false }]);
  });

  it("promises no more than half the points where the evidence was recorded once", () => {
    const failing = passingExhibits().map((one) =>
      one.evidence.id === "CQ1.errors"
        ? { ...one, evidence: { ...one.evidence, value: 3, madeBy: "assure" as const } }
        : one,
    );
    expect(next(failing).gains).toMatchObject([{ id: "CQ1", low: expect.closeTo(0.5, 9) as number }]);
  });

  it("never promises a loss, and sorts by what shows", () => {
    fc.assert(
      fc.property(fc.subarray(passingExhibits()), (some) => {
        const { gains } = next(some);
        for (const { low, displayed } of gains) expect(Math.min(low, displayed)).toBeGreaterThanOrEqual(-1e-9);
        gains.forEach(({ displayed }, i) => expect(i === 0 || gains[i - 1].displayed >= displayed).toBe(true));
      }),
    );
  });
});
