import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareShadow } from "../../src/deployment/compareShadow.js";
import { compareVariants, startVariants } from "../../src/deployment/compareVariants.js";
import { decideRollout, type RolloutReports } from "../../src/deployment/decideRollout.js";
import { type CanaryReport, evaluateCanary, startCanary } from "../../src/deployment/evaluateCanary.js";
import { sampleRatioMismatch } from "../../src/deployment/sampleRatioMismatch.js";

const halted = evaluateCanary(
  startCanary({ share: 0.1, alpha: 0.01, margin: 0.02, leastOutcomes: 1000, mostAwaited: 1000 }),
);
const canary = (verdict: CanaryReport["verdict"]): CanaryReport => ({ ...halted, verdict, reason: "as counted" });
const drawn = sampleRatioMismatch([100, 900], [0.1, 0.9]);
const shadow = compareShadow({
  requests: 100,
  unanswered: 0,
  alike: 80,
  outcomes: 90,
  onlyChampionRight: 8,
  onlyChallengerRight: 10,
});
const variants = { ...compareVariants(startVariants({ alpha: 0.05, difference: 0.03, planned: 4000 })) };

describe("decideRollout", () => {
  it("promotes where the canary passed and requests went as drawn, and says so", () => {
    expect(decideRollout({ canary: canary("pass"), sampleRatio: drawn })).toEqual({
      decision: "promote",
      reasons: [
        { report: "canary", says: "promote", because: "pass: as counted" },
        { report: "sampleRatio", says: "promote", because: `as drawn: ${drawn.reason}` },
      ],
    });
  });

  it("rolls back on harm, whatever else is missing", () => {
    expect(decideRollout({ canary: canary("abort"), sampleRatio: null }).decision).toBe("rollback");
    const worse = { ...shadow, verdict: "worse" as const };
    expect(decideRollout({ canary: canary("pass"), sampleRatio: drawn, shadow: worse }).decision).toBe("rollback");
  });

  it("never promotes where a report is missing, unknown, halted, goes on, or requests went elsewhere", () => {
    const mismatch = sampleRatioMismatch([500, 500], [0.1, 0.9]);
    for (const reports of [
      { canary: null, sampleRatio: drawn },
      { canary: canary("pass"), sampleRatio: null },
      { canary: halted, sampleRatio: drawn },
      { canary: canary("continue"), sampleRatio: drawn },
      { canary: canary("pass"), sampleRatio: mismatch },
      { canary: canary("pass"), sampleRatio: sampleRatioMismatch([0, 0], [0.1, 0.9]) },
      { canary: canary("pass"), sampleRatio: drawn, shadow: null },
      { canary: canary("pass"), sampleRatio: drawn, variants },
    ] satisfies RolloutReports[])
      expect(decideRollout(reports).decision).toBe("hold");
  });

  it("with one report more is never bolder", () => {
    const boldness = { rollback: 0, hold: 1, promote: 2 };
    fc.assert(
      fc.property(
        fc.constantFrom(null, ...(["abort", "halt", "continue", "pass"] as const).map(canary)),
        fc.constantFrom(null, drawn),
        fc.constantFrom(null, ...(["better", "worse", "undecided", "unknown"] as const)),
        (made, sampleRatio, verdict) => {
          const fewer = decideRollout({ canary: made, sampleRatio });
          const more = decideRollout({
            canary: made,
            sampleRatio,
            shadow: verdict === null ? null : { ...shadow, verdict },
          });
          expect(boldness[more.decision]).toBeLessThanOrEqual(boldness[fewer.decision]);
        },
      ),
    );
  });
});
