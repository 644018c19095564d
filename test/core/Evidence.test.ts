import { describe, expect, it } from "vitest";
import type { Provenance } from "../../src/core/Evidence.js";
import { evidenceOf, measurement } from "../../src/core/Evidence.js";

const known = { id: "DQ6.rows", meaning: "real rows", value: 312, unit: "1" };

describe("measurement", () => {
  it("fills what is not named with null", () => {
    expect(measurement({ ...known, n: 312 })).toEqual({
      ...known,
      n: 312,
      interval: null,
      threshold: null,
      direction: null,
      baseline: null,
      reason: null,
    });
  });

  it("refuses a missing value without a reason, and a value that is not finite", () => {
    expect(() => measurement({ ...known, value: null })).toThrow("must give its reason");
    expect(measurement({ ...known, value: null, reason: "no table" }).reason).toBe("no table");
    for (const value of [Number.NaN, Infinity])
      expect(() => measurement({ ...known, value })).toThrow("must be finite or null");
  });
});

describe("evidenceOf", () => {
  it("gives each measurement the provenance of its file, and nothing of the result", () => {
    const provenance: Provenance = {
      seed: 1,
      inputs: { "data/real/a.csv": "00" },
      source: "src/a.ts",
      code: "ab",
      engine: "none",
      labels: "real",
      madeBy: "reproduce",
    };
    const evidence = evidenceOf({
      id: "file",
      ...provenance,
      measurements: [measurement(known)],
      result: { large: true },
    });
    expect(evidence).toEqual([{ ...measurement(known), ...provenance }]);
  });
});
