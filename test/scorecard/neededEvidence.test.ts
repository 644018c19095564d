import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { wilsonInterval } from "../../src/core/statistics/wilsonInterval.js";
import { computeScorecard } from "../../src/scorecard/computeScorecard.js";
import type { Exhibit } from "../../src/scorecard/judgeCheck.js";
import { neededEvidence, type NeededEvidence } from "../../src/scorecard/neededEvidence.js";
import { rubric } from "../../src/scorecard/rubric.js";
import { between, exhibit, passingExhibits } from "./exhibits.js";

function needed(...changed: readonly Exhibit[]): readonly NeededEvidence[] {
  const ids = changed.map(({ evidence }) => evidence.id);
  const exhibits = [...passingExhibits().filter(({ evidence }) => !ids.includes(evidence.id)), ...changed];
  return neededEvidence(rubric, computeScorecard(rubric, exhibits), exhibits);
}

describe("neededEvidence", () => {
  it("has nothing to ask for where every gate is open", () => {
    expect(needed()).toEqual([]);
  });

  it("asks for as many cases as open the gate in four of five tries, as a simulation counts", () => {
    const [row] = needed(
      exhibit({ id: "MP1.accuracy", value: 0.9, unit: "share", n: 50, interval: wilsonInterval(45, 50) }),
    );
    expect(row).toMatchObject({ gate: "MP1", needs: "cases as those at hand, if the value stays" });
    const random = seededRandom(3);
    const trials = 2000;
    let opened = 0;
    for (let trial = 0; trial < trials; trial++) {
      let hits = 0;
      for (let i = 0; i < row.cases!; i++) hits += Number(random() < 0.9);
      // One-sided 95 %.
      opened += Number(wilsonInterval(hits, row.cases!, { level: 0.9 }).low >= 0.85);
    }
    expect(opened / trials).toBeGreaterThan(0.74);
    expect(opened / trials).toBeLessThan(0.88);
  });

  it("asks for more where rows hang together, and for so much more as the interval says", () => {
    const of = (reach: number): number =>
      needed(
        exhibit({
          id: "MP1.accuracy",
          value: 0.9,
          unit: "share",
          n: 100,
          interval: { low: 0.9 - reach, high: 0.9 + reach, level: 0.95, method: "" },
        }),
      )[0].cases!;
    expect(of(0.12) / of(0.06)).toBeCloseTo(4, 1);
  });

  it("asks for a better model where the value is below the threshold, and assumes one half-way to the ceiling", () => {
    const r2 = exhibit({ id: "MP7.r2", n: 300, ...between(0.7, 0.8) });
    const ceiling = exhibit({ id: "MP7.ceiling", ...between(0.94, 0.96) });
    const [row] = needed(r2, ceiling);
    expect(row.needs).toBe("cases as those at hand, of a model that is better: if the value is 0.9");
    // 300 rows with an error of 0.0255 are to tell 0.9 from 0.85.
    expect(row.cases).toBe(Math.ceil(300 * (((1.644854 + 0.841621) * (0.05 / 1.959964)) / 0.05) ** 2));
  });

  it("says that no number of cases will do where the ceiling forbids it", () => {
    const [row] = needed(
      exhibit({ id: "MP7.r2", n: 300, ...between(0.7, 0.8) }),
      exhibit({ id: "MP7.ceiling", meaning: "what replicates leave", ...between(0.7, 0.84) }),
    );
    expect(row).toMatchObject({ cases: null, needs: expect.stringContaining("what replicates leave") as string });
  });

  it("asks for real experiments where the twin's labels alone pass, and for counts that the rubric fixes", () => {
    const passing = passingExhibits().find(({ evidence }) => evidence.id === "MP1.accuracy")!;
    const simulated = {
      ...passing,
      evidence: { ...passing.evidence, labels: "simulated" as const, n: 1000, unit: "share" },
    };
    expect(needed(simulated)).toMatchObject([{ gate: "MP1", needs: "real experiments, if the value stays" }]);
    const missing = exhibit({ id: "VR7.experiments", value: null, reason: "no outcome has come" });
    expect(needed(missing)).toMatchObject([
      { gate: "VR7", measure: "VR7.experiments", cases: 30, now: "UNKNOWN (no outcome has come)" },
    ]);
  });
});
