import { describe, expect, it } from "vitest";
import { rehearsedExhibits } from "../../../src/analyses/99-scorecard/rehearsedExhibits.js";
import type { EvidenceFile } from "../../../src/core/Evidence.js";
import { evidenceOf, measurement } from "../../../src/core/Evidence.js";
import type { Rehearsal } from "../../../src/io/evidence/rehearsalLedger.js";
import { type Exhibit, judgeCheck } from "../../../src/scorecard/judgeCheck.js";
import { rubric } from "../../../src/scorecard/rubric.js";

const proof = "a".repeat(64);
const file: EvidenceFile = {
  id: "08-operation-rollout",
  seed: 1,
  inputs: {},
  source: "src/x.ts",
  code: "c",
  engine: "simd",
  labels: "simulated",
  madeBy: "reproduce",
  measurements: [
    measurement({ id: "PI6.bitwiseEqual", meaning: "m", value: 1, unit: "1", n: 64 }),
    measurement({ id: "PI7.hashMismatches", meaning: "m", value: 0, unit: "mismatches", n: 9 }),
  ],
  result: { rehearsal: { rollback: { evidenceSha256: proof } } },
};
/** In the ledger of evidence for forty days: the bytes are the same as ever. */
const old = { matches: true, difference: "", age: 40 };
const exhibits: readonly Exhibit[] = evidenceOf(file).map((evidence) => ({ evidence, file: file.id, freshness: old }));
const rehearsal = (day: string, more: Partial<Rehearsal> = {}): Rehearsal => ({
  check: "PI6",
  evidenceSha256: proof,
  withinTimeLimit: true,
  day,
  previous: "",
  sha256: "",
  ...more,
});
const check = rubric.categories.flatMap(({ checks }) => checks).find(({ id }) => id === "PI6")!;
const judged = (rehearsals: readonly Rehearsal[], asOf: string | null): { status: string; reason: string } => {
  const all = rehearsedExhibits(exhibits, [file], { rehearsals, asOf });
  const { status, reason } = judgeCheck(check, new Map(all.map((one) => [one.evidence.id, one])), 365);
  return { status, reason };
};

describe("rehearsedExhibits", () => {
  it("dates PI6 by the newest rehearsal that proved the same, and not by when its bytes were first seen", () => {
    expect(judged([rehearsal("2026-11-20")], "2026-11-30").status).toBe("PASS");
    expect(judged([rehearsal("2026-10-01"), rehearsal("2026-11-20")], "2026-11-30").status).toBe("PASS");
    const stale = judged([rehearsal("2026-10-01")], "2026-11-30");
    expect(stale).toMatchObject({ status: "UNKNOWN", reason: expect.stringContaining("STALE") as string });
    expect(judged([rehearsal("2026-10-01")], null).status).toBe("PASS");
  });

  it("knows nothing where nobody rehearsed it, or something else was proved, or on a day to come", () => {
    const none = judged([], "2026-11-30");
    expect(none.status).toBe("UNKNOWN");
    expect(none.reason).toContain("twin registry rehearse");
    expect(judged([rehearsal("2026-11-20", { check: "PI8" })], "2026-11-30").status).toBe("UNKNOWN");
    expect(judged([rehearsal("2026-11-20", { evidenceSha256: "b".repeat(64) })], "2026-11-30").status).toBe("UNKNOWN");
    expect(judged([rehearsal("2027-01-20")], "2026-11-30").status).toBe("UNKNOWN");
  });

  it("fails PI6 where the newest rehearsal took too long, and leaves the age of other checks as it is", () => {
    expect(judged([rehearsal("2026-11-20", { withinTimeLimit: false })], "2026-11-30").status).toBe("FAIL");
    const all = rehearsedExhibits(exhibits, [file], { rehearsals: [rehearsal("2026-11-29")], asOf: "2026-11-30" });
    expect(all.map(({ evidence, freshness }) => [evidence.id, freshness.age])).toEqual([
      ["PI6.bitwiseEqual", 1],
      ["PI7.hashMismatches", 40],
      ["PI6.withinTimeLimit", 1],
    ]);
  });

  it("adds nothing where the evidence is not there", () => {
    expect(rehearsedExhibits([], [], { rehearsals: [rehearsal("2026-11-29")], asOf: null })).toEqual([]);
  });

  it("knows PI8 from a run of continuous validation that proved the same, and grows stale without the next", () => {
    const demonstration: EvidenceFile = {
      ...file,
      id: "07-validation-continuous",
      measurements: [measurement({ id: "continuous.demonstration", meaning: "m", value: 60, unit: "experiments" })],
      result: { evidenceSha256: proof },
    };
    const [evidence] = evidenceOf(demonstration);
    const own: readonly Exhibit[] = [{ evidence, file: demonstration.id, freshness: old }];
    const pi8 = rubric.categories.flatMap(({ checks }) => checks).find(({ id }) => id === "PI8")!;
    const statusOf = (rehearsals: readonly Rehearsal[]): string => {
      const all = rehearsedExhibits(own, [demonstration], { rehearsals, asOf: "2026-11-30" });
      const { status, reason } = judgeCheck(pi8, new Map(all.map((one) => [one.evidence.id, one])), 365);
      return `${status} ${reason.split(":")[0]}`.trim();
    };
    expect(statusOf([])).toBe("UNKNOWN NO_EVIDENCE");
    expect(statusOf([rehearsal("2026-11-20", { check: "PI8" })])).toBe("PASS");
    expect(statusOf([rehearsal("2026-10-20", { check: "PI8" })])).toBe("UNKNOWN STALE");
  });
});
