import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clopperPearson } from "../../src/core/statistics/clopperPearson.js";
import type { Evidence } from "../../src/core/Evidence.js";
import { computeScorecard } from "../../src/scorecard/computeScorecard.js";
import type { Exhibit } from "../../src/scorecard/judgeCheck.js";
import { rubric } from "../../src/scorecard/rubric.js";
import type { CheckResult } from "../../src/scorecard/Scorecard.js";
import { exhibit, passingExhibits, requirements } from "./exhibits.js";

function judged(id: string, exhibits: readonly Exhibit[]): CheckResult {
  return computeScorecard(rubric, exhibits).checks.find((check) => check.id === id)!;
}

const violations = (low: number, high: number, level = 0.95): Exhibit =>
  exhibit({
    id: "DQ1.violationRate",
    value: (low + high) / 2,
    interval: { low, high, level, method: "Clopper-Pearson" },
    n: 9999,
  });

describe("computeScorecard", () => {
  it("is UNKNOWN, never zero and never a pass, without evidence", () => {
    const card = computeScorecard(rubric, []);
    expect(card.checks.every(({ status, reason }) => status === "UNKNOWN" && reason.startsWith("NO_EVIDENCE"))).toBe(
      true,
    );
    expect([card.low, card.high, card.verdict]).toEqual([0, 100, "NOT_SHOWN"]);
  });

  it("lets the bound decide, not the point", () => {
    expect(judged("DQ1", [violations(0, 0.0009)]).status).toBe("PASS");
    expect(judged("DQ1", [violations(0, 0.0011)])).toMatchObject({
      status: "UNKNOWN",
      reason: expect.stringContaining("UNDERPOWERED") as string,
    });
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

  it("lets no count of faults pass where nothing was looked at, and no good drills hide bad or too few ones", () => {
    const none = { id: "DOC5.alertsWithoutRunbook", value: 0 };
    expect(
      [undefined, 0, 1].map((n) => judged("DOC5", [exhibit({ ...none, ...(n === undefined ? {} : { n }) })]).status),
    ).toEqual(["UNKNOWN", "UNKNOWN", "PASS"]);
    const share = (id: string, hits: number, n: number): ReturnType<typeof exhibit> =>
      exhibit({ id: `PI4.${id}`, value: hits / n, interval: clopperPearson(hits, n), n, unit: "share" });
    const drills = (aborted: number, n: number): string =>
      judged("PI4", [share("badModelsAbortedShare", aborted, n), share("equalModelsKeptShare", n, n)]).status;
    expect([drills(200, 200), drills(180, 200), drills(196, 200), drills(199, 199)]).toEqual([
      "PASS",
      "FAIL",
      "UNKNOWN",
      "UNKNOWN",
    ]);
  });

  it("passes all 44 checks on evidence that clears every threshold, and is then ready for production", () => {
    const { low, cap, displayed, verdict, checks } = computeScorecard(rubric, passingExhibits());
    expect(checks.filter(({ status }) => status !== "PASS")).toEqual([]);
    expect([low, cap, displayed, verdict]).toEqual([100, 100, 100, "PRODUCTION"]);
  });

  it("turns a pass into UNKNOWN when files changed, or the evidence is too old at the as-of date", () => {
    const rows = [exhibit({ id: "DQ7.share", value: 1 })];
    expect(judged("DQ7", rows).status).toBe("PASS");
    expect(
      judged("DQ7", [{ ...rows[0], freshness: { matches: false, difference: "data/real/x.csv changed", age: 3 } }]),
    ).toMatchObject({ status: "UNKNOWN", reason: "HASH_MISMATCH: data/real/x.csv changed" });
    expect(judged("DQ7", [{ ...rows[0], freshness: { ...rows[0].freshness, age: 366 } }]).reason).toContain("STALE");
    expect(judged("DQ7", [{ ...rows[0], freshness: { ...rows[0].freshness, age: 365 } }]).status).toBe("PASS");
  });

  it("holds a pass back until its precondition passes", () => {
    const accuracy = exhibit({
      id: "MP1.accuracy",
      value: 0.9,
      interval: { low: 0.88, high: 0.92, level: 0.95, method: "Wilson" },
      n: 900,
    });
    expect(judged("MP1", [accuracy]).reason).toContain("PRECONDITION: DQ5");
    expect(judged("MP1", [accuracy, exhibit({ id: "DQ5.ceilingsWithInterval", value: 1 })]).status).toBe("PASS");
  });

  it("gives half the points to evidence recorded once, and to performance on the twin's labels", () => {
    expect(judged("DQ7", [exhibit({ id: "DQ7.share", value: 1, madeBy: "assure" })]).earned).toBe(0.5);
    const gain = {
      id: "MP4.logLossGain",
      value: 0.2,
      interval: { low: 0.1, high: 0.3, level: 0.95, method: "bootstrap" },
      labels: "simulated" as const,
    };
    expect(
      judged("MP4", [exhibit(gain), exhibit({ id: "MP4.mcNemarP", value: 0.001, labels: "simulated" })]).earned,
    ).toBe(0.5);
  });

  it("does not depend on the order of evidence, and refuses two files for one measurement", () => {
    const all = [violations(0, 0.0009), exhibit({ id: "DQ7.share", value: 1 })];
    expect(computeScorecard(rubric, [...all].reverse())).toEqual(computeScorecard(rubric, all));
    expect(() => computeScorecard(rubric, [all[1], { ...all[1], file: "02-other" }])).toThrow(
      /DQ7.share must come from one file; got 01-experiments-test and 02-other/,
    );
  });

  /**
   * For each measurement: absent, overtaken, or measured somewhere on either side of its threshold, by a
   * run or by hand, on real labels or the twin's.
   */
  const anyExhibit = (requirement: (typeof requirements)[number]) =>
    fc
      .record({
        middle: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
        half: fc.double({ min: 0, max: 0.3, noNaN: true }),
        onThreshold: fc.boolean(),
        n: fc.constantFrom(1, 100, 5000),
        madeBy: fc.constantFrom("reproduce" as const, "assure" as const),
        labels: fc.constantFrom("real" as const, "simulated" as const),
        matches: fc.boolean(),
      })
      .map(({ middle, half, onThreshold, matches, ...known }) => {
        const value = requirement.threshold + (onThreshold ? 0 : middle);
        const interval =
          requirement.exact === true ? null : { low: value - half, high: value + half, level: 0.95, method: "drawn" };
        return exhibit(
          { id: requirement.measure, value, interval, ...known },
          { matches: matches || onThreshold, difference: "changed" },
        );
      });
  const anyEvidence = fc.tuple(...requirements.map(anyExhibit));
  const anyMeasure = fc.constantFrom(...requirements.map(({ measure }) => measure));

  it("never rises when evidence is deleted or hidden, be it good or bad", () => {
    fc.assert(
      fc.property(anyEvidence, fc.uniqueArray(anyMeasure, { maxLength: 20 }), (all, hidden) => {
        const [before, deleted, nulled] = [
          all,
          all.filter(({ evidence }) => !hidden.includes(evidence.id)),
          all.map((one) =>
            hidden.includes(one.evidence.id)
              ? { ...one, evidence: { ...one.evidence, value: null, reason: "not told" } }
              : one,
          ),
        ].map((exhibits) => computeScorecard(rubric, exhibits));
        for (const after of [deleted, nulled]) {
          expect(after.low).toBeLessThanOrEqual(before.low + 1e-9);
          expect(after.displayed).toBeLessThanOrEqual(before.displayed + 1e-9);
          expect(after.cap).toBeLessThanOrEqual(before.cap);
        }
      }),
    );
  });

  it("never falls when one measurement gets better, and its interval no wider", () => {
    const oneSided = requirements.filter(
      ({ measure, direction }) => direction !== "equals" && measure !== "MP8.coverage",
    );
    fc.assert(
      fc.property(
        anyEvidence,
        fc.constantFrom(...oneSided),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, { measure, direction }, by, narrower) => {
          const better = all.map((one) => {
            if (one.evidence.id !== measure) return one;
            const value = one.evidence.value! + (direction === "atMost" ? -by : by);
            const half = ((one.evidence.interval?.high ?? 0) - one.evidence.value!) * narrower;
            return {
              ...one,
              evidence: {
                ...one.evidence,
                value,
                interval: one.evidence.interval && { ...one.evidence.interval, low: value - half, high: value + half },
              },
            };
          });
          const [before, after] = [all, better].map((exhibits) => computeScorecard(rubric, exhibits));
          expect(after.low).toBeGreaterThanOrEqual(before.low - 1e-9);
          expect(after.displayed).toBeGreaterThanOrEqual(before.displayed - 1e-9);
        },
      ),
    );
  });

  it("says why a check that passes earns half, or leaves its gate closed", () => {
    const as = (measure: RegExp, known: Partial<Evidence>) =>
      passingExhibits().map((one) =>
        measure.test(one.evidence.id) ? { ...one, evidence: { ...one.evidence, ...known } } : one,
      );
    const note = (id: string, exhibits: readonly Exhibit[]) => judged(id, exhibits).note;
    const onTwin = as(/./, { labels: "simulated" });
    expect(note("MP1", onTwin)).toBe(
      "half its points, as it is shown on simulated labels only; " +
        "the gate stays closed, as the twin's labels open no soft gate",
    );
    expect(note("MP5", onTwin)).toBe("half its points, as it is shown on simulated labels only");
    expect(note("VR4", onTwin)).toBe("the gate stays closed, as the twin's labels open no soft gate");
    expect(note("CQ1", as(/^CQ1/, { madeBy: "assure" }))).toBe("half its points, as it is recorded once, by hand");
    expect([note("DQ2", onTwin), note("MP1", passingExhibits()), note("MP1", [])]).toEqual(["", "", ""]);
  });

  it("gives the same card for the same evidence in any order", () => {
    fc.assert(
      fc.property(
        anyEvidence.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(computeScorecard(rubric, shuffled)).toEqual(computeScorecard(rubric, all));
        },
      ),
    );
  });
});
