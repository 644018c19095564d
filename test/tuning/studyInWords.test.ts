import { describe, expect, it } from "vitest";
import { parameterInWords, trialsInWords, valueInWords, warningsInWords } from "../../src/tuning/studyInWords.js";
import { summarizeStudy } from "../../src/tuning/summarizeStudy.js";
import { exampleRecord, failedRecord } from "./studyExample.js";

describe("a study in words", () => {
  it("says what a parameter may be", () => {
    expect(parameterInWords({ kind: "float", low: 1e-4, high: 0.1, log: true })).toBe("0.0001 to 0.1, log");
    expect(parameterInWords({ kind: "integer", low: 1, high: 9, step: 2 })).toBe(
      "1 to 9, whole numbers, in steps of 2",
    );
    expect(parameterInWords({ kind: "categorical", choices: ["a", false, null, 3] })).toBe("a, false, null, 3");
  });

  it("says values in four digits, and choices as they are", () => {
    expect([1 / 3, 1e-6 / 3, -0, 120_000, true, null].map(valueInWords)).toEqual([
      "0.3333",
      "3.333e-7",
      "0",
      "120000",
      "true",
      "null",
    ]);
  });

  it("counts trials by how they ended", () => {
    expect(trialsInWords(summarizeStudy(exampleRecord()))).toBe(
      "30 complete (5 of them broke a constraint), 5 pruned, 5 failed",
    );
  });

  it("warns of a best at an end of its range, of failures with their reason, and of few trials", () => {
    const record = exampleRecord({ trials: 16 });
    const summary = {
      ...summarizeStudy(record),
      atRangeEnds: [{ parameter: "rate", value: 0.0999, end: "high", bound: 0.1 } as const],
    };
    expect(warningsInWords(record, summary)).toEqual([
      "the best has rate = 0.0999, at the upper end of what was searched (0.1): a wider range may hold a better one",
      '2 of 16 trials failed (13 %), 2 of them by "the loss became NaN at "epoch" 3 <b>"',
      "importances rest on 10 complete trials: fewer than 20 tell little",
    ]);
  });

  it("says that there is no best, and why", () => {
    const failed = failedRecord();
    expect(warningsInWords(failed, summarizeStudy(failed))[0]).toBe("no trial was completed: there is no best");
    const [, , , , , , broken] = exampleRecord().trials;
    const record = { ...failed, trials: [broken] };
    expect(warningsInWords(record, summarizeStudy(record))[0]).toContain("every complete trial broke a constraint");
  });
});
