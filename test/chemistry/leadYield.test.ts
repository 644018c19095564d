import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leadYield } from "../../src/chemistry/leadYield.js";
import { phaseFractions } from "../../src/chemistry/phaseFractions.js";
import { anyConditions, anyPhysics, between, chain } from "./anyConditions.js";

describe("leadYield", () => {
  it("is precipitated over all lead, dissolved or not", () => {
    expect(leadYield(0.003, 0.012)).toBe(0.25);
    expect(leadYield(0, 0.012)).toBe(0);
  });

  it("is 0 where there is no lead, and never above 1 by rounding", () => {
    expect(leadYield(0, 0)).toBe(0);
    expect(leadYield(0.1 + 0.2, 0.3)).toBe(1);
  });

  it("lies in [0, 1] for any conditions, and is at most the dissolved share", () => {
    fc.assert(
      fc.property(anyConditions, anyPhysics, (c, p) => {
        const { fractions, species } = chain(c, p);
        const share = leadYield(fractions.precipitatedLeadMolar, c.leadMolar);
        expect(share >= 0 && share <= Math.min(species.dissolvedLeadMolar / c.leadMolar, 1) * (1 + 1e-12)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("is 1 - 1/S of what the scarcest element allows where CsPbBr3 is alone", () => {
    const nuclei = { lnRateCsPbBr3: 60, lnRateCs4PbBr6: -1000, lnRateCsPb2Br5: -1000, onsetProbability: 1 };
    fc.assert(
      fc.property(anyConditions, anyPhysics, between(1e-6, 20), (c, p, lnS) => {
        const { species, saturation } = chain(c, p);
        const { leadShares, precipitatedLeadMolar } = phaseFractions(
          c,
          species,
          { ...saturation, lnCsPbBr3: lnS, lnCs4PbBr6: -1, lnCsPb2Br5: 0 },
          nuclei,
          p,
        );
        expect(leadShares).toEqual([1, 0, 0]);
        const affordable = Math.min(c.caesiumMolar, species.dissolvedLeadMolar, c.bromideMolar / 3);
        expect(
          leadYield(precipitatedLeadMolar, c.leadMolar) / ((affordable / c.leadMolar) * (1 - Math.exp(-lnS))),
        ).toBeCloseTo(1, 9);
      }),
    );
  });
});
