import { describe, expect, it } from "vitest";
import { formatAdvice } from "../../../src/commands/predict/formatAdvice.js";
import type { RecipeAdvice } from "../../../src/predictor/recipeAdvice.js";

const advice: RecipeAdvice = {
  recommended: true,
  rule: {
    rule: "much water",
    says: "no target product",
    because: "water dissolves caesium bromide",
    dois: [],
    record: { decided: 7396, right: 7064, bound: 0.95 },
    speaks: true,
    agrees: true,
    inSet: true,
  },
  supersaturations: [
    { phase: "CsPbBr3", lnSupersaturation: 3 * Math.LN10, isAbove: true },
    { phase: "Cs4PbBr6", lnSupersaturation: -2 * Math.LN10, isAbove: false },
    { phase: "CsPb2Br5", lnSupersaturation: null, isAbove: null },
  ],
  nearest: [{ paper: "10.0/a", distance: 0.421, shared: 11 }],
  changes: [
    {
      phase: "Cs4PbBr6",
      changes: [{ column: "timeSecond", unit: "s", from: 1.8449, to: 5.05, deviations: 0.42 }],
      size: 0.42,
      probability: 0.53,
    },
    { phase: "CsPb2Br5", changes: null, size: null, probability: null },
  ],
  secondOpinion: {
    phase: "CsPbBr3",
    probabilities: { CsPbBr3: 0.2, "no target product": 0.8 },
    standardErrors: { CsPbBr3: 0.01, "no target product": 0.02 },
    agrees: false,
  },
};

describe("formatAdvice", () => {
  it("tells each part in a line, with its numbers", () => {
    expect(formatAdvice(advice, "no target product")).toEqual([
      "nothing to recommend: no target product (probability 80 % or more, inside)",
      'the chemist\'s rule "much water" says no target product: right in 7,064 of 7,396 training rows, ' +
        "at least 95.0 % of others; agrees",
      "supersaturation: CsPbBr3 above 1 (10^3.0), Cs4PbBr6 below 1 (10^-2.0), CsPb2Br5 not known",
      "nearest experiments: 10.0/a (distance 0.42 over 11 inputs)",
      "for Cs4PbBr6: timeSecond 1.84 to 5.05 s (0.4 SD); then 53 %",
      "for CsPb2Br5: no change within reach was found",
      "second opinion, the simulator over unknown laboratories: no target product 80.0 % (SE 2.0), " +
        "CsPbBr3 20.0 % (SE 1.0); says CsPbBr3",
    ]);
  });

  it("says why nothing is recommended, that a rule has no voice, and why no experiments were looked for", () => {
    const rule = { ...advice.rule!, agrees: false, speaks: false, record: { decided: 0, right: 0, bound: null } };
    const bare = { ...advice, recommended: false, rule, nearest: null, changes: null, secondOpinion: null };
    const lines = formatAdvice(bare, "CsPbBr3", { noNearest: "no table of experiments is here" });
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain("no recommendation");
    expect(lines[1]).toContain("right in 0 of 0 training rows; disagrees, within the set, right too seldom to count");
    expect(lines[3]).toBe("nearest experiments: no table of experiments is here");
    expect(formatAdvice(bare, "CsPbBr3")).toHaveLength(3);
  });
});
