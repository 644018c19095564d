import { describe, expect, it } from "vitest";
import { computeScorecard } from "../../src/scorecard/computeScorecard.js";
import { gateTests } from "../../src/scorecard/gateTests.js";
import type { Exhibit } from "../../src/scorecard/judgeCheck.js";
import { rubric } from "../../src/scorecard/rubric.js";
import { between, exhibit, passingExhibits } from "./exhibits.js";

const tested = (exhibits: readonly Exhibit[]) =>
  gateTests(rubric, computeScorecard(rubric, exhibits), exhibits, { passing: [{ id: "MP1", share: 0.9 }] });
const sampledGates = ["MP1", "MP3", "MP5", "MP7", "VR4"];

describe("gateTests", () => {
  it("tests gates that rest on sampling, one without evidence at p = 1: hiding helps no other", () => {
    const { gates, lost, expectedFalsePasses } = tested([]);
    expect(gates).toEqual(sampledGates.map((id) => ({ id, p: 1, adjusted: 1, passing: id === "MP1" ? 0.9 : null })));
    expect([lost, expectedFalsePasses]).toEqual([[], 0]);
    const accuracy = [
      exhibit({ id: "MP1.accuracy", ...between(0.851, 0.891) }),
      exhibit({ id: "DQ5.ceilingsWithInterval", value: 1 }),
    ];
    expect(tested(accuracy).gates[0].adjusted).toBeCloseTo(5 * tested(accuracy).gates[0].p, 12);
  });

  it("reads p = 0.025 from a 95 % interval that ends on the threshold, on either side", () => {
    const at = (id: string, low: number, high: number) =>
      tested([
        exhibit({ id, ...between(low, high), n: 5000 }),
        exhibit({ id: "MP5.absoluteGap", ...between(-9, -8), n: 5000 }),
      ]).gates;
    expect(at("MP1.accuracy", 0.85, 0.9)[0].p).toBeCloseTo(0.025, 9);
    expect(at("MP5.expectedCalibrationError", 0.01, 0.05)[2].p).toBeCloseTo(0.025, 9);
    expect(at("MP1.accuracy", 0.8, 0.9)[0].p).toBeCloseTo(0.5, 9);
    expect(at("MP1.accuracy", 0.9, 0.9)[0].p).toBe(0);
    expect(at("MP1.accuracy", 0.8, 0.8)[0].p).toBe(1);
  });

  it("takes the weakest requirement of a gate, and none from evidence that has been overtaken", () => {
    const recalls = (major: number) => [
      exhibit({ id: "MP3.worstClassRecall", ...between(0.9, 0.91) }),
      exhibit({ id: "MP3.worstMajorRecall", ...between(major, major + 0.05) }),
    ];
    expect(tested(recalls(0.9)).gates[1].p).toBeCloseTo(0.025, 9);
    expect(
      tested([exhibit({ id: "MP1.accuracy", ...between(0.9, 0.95) }, { matches: false, difference: "changed" })])
        .gates[0].p,
    ).toBe(1);
  });

  it("closes by Holm the gates that pass one by one and not together", () => {
    const close = passingExhibits().map((one) =>
      one.evidence.interval === null
        ? one
        : exhibit({ ...one.evidence, ...between(one.evidence.value! - 0.0099, one.evidence.value! + 0.0099) }),
    );
    expect(tested(close).lost).toEqual(sampledGates);
    expect(tested(passingExhibits()).lost).toEqual([]);
  });

  it("expects as many false passes as the one-sided errors of the passing checks with an interval add up to", () => {
    const two = [
      exhibit({ id: "DQ1.violationRate", ...between(0, 0.0009, 0.95) }),
      exhibit({ id: "VR8.auroc", ...between(0.85, 0.9, 0.9) }),
      exhibit({ id: "DQ4.lastDoublingGain", ...between(0.1, 0.2) }),
    ];
    expect(tested(two).expectedFalsePasses).toBeCloseTo(0.025 + 0.05, 12);
  });
});
