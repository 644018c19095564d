import { describe, expect, it } from "vitest";
import { relianceMeasurements, relianceToday } from "../../../src/analyses/99-scorecard/relianceToday.js";
import { takeaway } from "../../../src/workspace/cells/takeaway.js";
import { measurement, type EvidenceFile } from "../../../src/core/Evidence.js";
import type { CheckResult, CheckStatus } from "../../../src/scorecard/Scorecard.js";

const check = (
  status: CheckStatus,
  simulated: boolean,
  category: CheckResult["category"] = "performance",
): CheckResult => ({ id: "MP1", category, status, simulated }) as CheckResult;
const sentence = (checks: readonly CheckResult[]): string =>
  takeaway(relianceToday(checks), {
    id: "99-scorecard",
    measurements: [
      ...relianceMeasurements(checks),
      measurement({ id: "scorecard.unknown", meaning: "unknown", value: 19, unit: "of 44 checks" }),
    ],
  } as unknown as EvidenceFile).markdown;

describe("relianceToday", () => {
  it("sends nobody to a recipe while checks of performance pass on the twin's labels alone", () => {
    const text = sentence([check("PASS", true), check("FAIL", true), check("PASS", false, "docs")]);
    expect(text).toContain("on none of its answers about a real recipe");
    expect(text).toContain("**0 of 2 checks of performance** pass on real experiments");
    expect(text).toContain("**1 of 2 checks of performance** on the twin's labels");
    expect(text).toContain("**19 of 44 checks** of all kinds are UNKNOWN");
  });

  it("names real experiments once a check passes on them, and nothing where none passes", () => {
    expect(sentence([check("PASS", false), check("PASS", true)])).toContain(
      "that pass on real experiments, and on no other",
    );
    expect(sentence([check("UNKNOWN", true), check("FAIL", false)])).toContain("Rely today on none of its answers:");
  });
});
