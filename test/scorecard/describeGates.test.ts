import { describe, expect, it } from "vitest";
import { describeGates } from "../../src/scorecard/describeGates.js";

const step = (id: string, gate: "hard" | "soft", displayed: number, passes = false) => ({
  id,
  gate,
  passes,
  displayed,
  low: displayed,
  cap: 100,
});

describe("describeGates", () => {
  it("names hard gates before soft ones, with the score after each kind, and no open kind", () => {
    expect(describeGates([step("A", "hard", 20), step("B", "hard", 30), step("C", "soft", 40)])).toBe(
      "Gates first, as a closed one caps what all others earn: A, B (hard: then 30.0 of 100 displayed), " +
        "then C (soft: then 40.0 of 100 displayed)",
    );
    expect(describeGates([step("C", "soft", 72.25)])).toBe(
      "Gates first, as a closed one caps what all others earn: C (soft: then 72.3 of 100 displayed)",
    );
  });

  it("says why a gate stays closed whose check passes", () => {
    expect(describeGates([step("C", "soft", 40), step("D", "soft", 50, true)])).toMatch(
      /displayed\)\. Closed although the check passes: D, as the twin's labels open no soft gate$/,
    );
  });
});
