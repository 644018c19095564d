import { describe, expect, it } from "vitest";
import { measurement, type Evidence } from "../../src/core/Evidence.js";
import { computeScorecard } from "../../src/scorecard/computeScorecard.js";
import type { Exhibit } from "../../src/scorecard/judgeCheck.js";
import { rubric } from "../../src/scorecard/rubric.js";
import type { CheckResult } from "../../src/scorecard/Scorecard.js";

const fresh = { matches: true, difference: "", age: null };

function exhibit(known: Partial<Evidence> & Pick<Evidence, "id" | "value">, freshness: Exhibit["freshness"] = fresh): Exhibit {
  const evidence: Evidence = { seed: 1, inputs: {}, source: "src", code: "0", engine: "typescript", labels: "real", madeBy: "reproduce", ...measurement({ meaning: "a number", unit: "1", ...known }), ...known };
  return { evidence, file: "01-experiments-test", freshness };
}

function judged(id: string, exhibits: readonly Exhibit[]): CheckResult {
  return computeScorecard(rubric, exhibits).checks.find((check) => check.id === id)!;
}

const violations = (low: number, high: number, level = 0.95): Exhibit => exhibit({ id: "DQ1.violationRate", value: (low + high) / 2, interval: { low, high, level, method: "Clopper-Pearson" }, n: 9999 });

describe("computeScorecard", () => {
  it("is UNKNOWN, never zero and never a pass, without evidence", () => {
    const card = computeScorecard(rubric, []);
    expect(card.checks.every(({ status, reason }) => status === "UNKNOWN" && reason.startsWith("NO_EVIDENCE"))).toBe(true);
    expect([card.low, card.high, card.verdict]).toEqual([0, 100, "NOT_SHOWN"]);
  });

  it("lets the bound decide, not the point", () => {
    expect(judged("DQ1", [violations(0, 0.0009)]).status).toBe("PASS");
    expect(judged("DQ1", [violations(0, 0.0011)])).toMatchObject({ status: "UNKNOWN", reason: expect.stringContaining("UNDERPOWERED") as string });
    expect(judged("DQ1", [violations(0.002, 0.004)])).toMatchObject({ status: "FAIL", earned: 0 });
  });

  it("does not take an interval below 90 % for a bound, nor a missing one", () => {
    expect(judged("DQ1", [violations(0, 0.0009, 0.8)]).reason).toContain("UNDERPOWERED");
    expect(judged("DQ1", [exhibit({ id: "DQ1.violationRate", value: 0 })]).reason).toContain("UNDERPOWERED");
  });

  it("needs every requirement: a planted leak that was not found fails a clean audit", () => {
    const clean = exhibit({ id: "DQ2.leaks", value: 0 });
    expect(judged("DQ2", [clean]).reason).toContain("DQ2.plantedLeakFound has not been measured");
    expect(judged("DQ2", [clean, exhibit({ id: "DQ2.plantedLeakFound", value: 0 })]).status).toBe("FAIL");
    expect(judged("DQ2", [clean, exhibit({ id: "DQ2.plantedLeakFound", value: 1 })]).status).toBe("PASS");
  });

  it("does not let a count of faults pass where nothing was looked at, nor twenty good drills hide bad ones", () => {
    const none = { id: "DOC5.alertsWithoutRunbook", value: 0 };
    expect([undefined, 0, 1].map((n) => judged("DOC5", [exhibit({ ...none, ...(n === undefined ? {} : { n }) })]).status)).toEqual(["UNKNOWN", "UNKNOWN", "PASS"]);
    const drills = (aborted: number, n: number): string => judged("PI4", [exhibit({ id: "PI4.badModelsAbortedShare", value: aborted / n, n }), exhibit({ id: "PI4.equalModelsKeptShare", value: 0.9, n })]).status;
    expect([drills(20, 20), drills(20, 21), drills(19, 19)]).toEqual(["PASS", "FAIL", "UNKNOWN"]);
  });

  it("turns a pass into UNKNOWN when files changed, or the evidence is too old at the as-of date", () => {
    const rows = [exhibit({ id: "DQ7.share", value: 1 })];
    expect(judged("DQ7", rows).status).toBe("PASS");
    expect(judged("DQ7", [{ ...rows[0], freshness: { matches: false, difference: "data/real/x.csv changed", age: 3 } }])).toMatchObject({ status: "UNKNOWN", reason: "HASH_MISMATCH: data/real/x.csv changed" });
    expect(judged("DQ7", [{ ...rows[0], freshness: { ...fresh, age: 366 } }]).reason).toContain("STALE");
    expect(judged("DQ7", [{ ...rows[0], freshness: { ...fresh, age: 365 } }]).status).toBe("PASS");
  });

  it("holds a pass back until its precondition passes", () => {
    const accuracy = exhibit({ id: "MP1.accuracy", value: 0.9, interval: { low: 0.88, high: 0.92, level: 0.95, method: "Wilson" }, n: 900 });
    expect(judged("MP1", [accuracy]).reason).toContain("PRECONDITION: DQ5");
    expect(judged("MP1", [accuracy, exhibit({ id: "DQ5.ceilingsWithInterval", value: 1 })]).status).toBe("PASS");
  });

  it("gives half the points to evidence recorded once, and to performance on the twin's labels", () => {
    expect(judged("DQ7", [exhibit({ id: "DQ7.share", value: 1, madeBy: "assure" })]).earned).toBe(0.5);
    const gain = { id: "MP4.logLossGain", value: 0.2, interval: { low: 0.1, high: 0.3, level: 0.95, method: "bootstrap" }, labels: "simulated" as const };
    expect(judged("MP4", [exhibit(gain), exhibit({ id: "MP4.mcNemarP", value: 0.001, labels: "simulated" })]).earned).toBe(0.5);
  });

  it("does not depend on the order of evidence, and refuses two files for one measurement", () => {
    const all = [violations(0, 0.0009), exhibit({ id: "DQ7.share", value: 1 })];
    expect(computeScorecard(rubric, [...all].reverse())).toEqual(computeScorecard(rubric, all));
    expect(() => computeScorecard(rubric, [all[1], { ...all[1], file: "02-other" }])).toThrow(/DQ7.share must come from one file; got 01-experiments-test and 02-other/);
  });
});
