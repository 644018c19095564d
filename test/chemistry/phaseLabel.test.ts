import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { referenceThreshold } from "../../src/chemistry/constants.js";
import { labelProbabilities, phaseLabel, type LabelEvidence } from "../../src/chemistry/phaseLabel.js";
import { anyConditions, anyPhysics, between, chain, evenly } from "./anyConditions.js";

const sound: LabelEvidence = {
  weightFractions: [1, 0, 0],
  leadYield: 0.8,
  onsetProbability: 1,
  waterFraction: 0,
  caesiumLeadRatio: 0.5,
};

function evidence(other: Partial<LabelEvidence>): LabelEvidence {
  return { ...sound, ...other };
}

/** Weight fractions that sum to 1, often near the corners. */
const weightFractions = fc
  .tuple(evenly(1e-4, 1), evenly(1e-4, 1), evenly(1e-4, 1))
  .map(([a, b, c]): [number, number, number] => [a / (a + b + c), b / (a + b + c), c / (a + b + c)]);
const anyEvidence: fc.Arbitrary<LabelEvidence> = fc.record({
  weightFractions: fc.oneof(
    { weight: 9, arbitrary: weightFractions },
    { weight: 1, arbitrary: fc.constant<[number, number, number]>([0, 0, 0]) },
  ),
  leadYield: between(0, 1),
  onsetProbability: between(0, 1),
  waterFraction: between(0, 1),
  caesiumLeadRatio: evenly(1e-6, 1e6),
});

describe("phaseLabel", () => {
  it("is the compound that makes up at least 85 %, else coexistence; the border belongs to the compound", () => {
    expect(phaseLabel(evidence({ weightFractions: [1, 0, 0] }))).toBe(0);
    expect(phaseLabel(evidence({ weightFractions: [0.05, 0.9, 0.05] }))).toBe(1);
    expect(phaseLabel(evidence({ weightFractions: [0.1, 0, 0.9] }))).toBe(2);
    expect(phaseLabel(evidence({ weightFractions: [0.85, 0.15, 0] }))).toBe(0);
    expect(phaseLabel(evidence({ weightFractions: [0.8499, 0.1501, 0] }))).toBe(3);
    expect(phaseLabel(evidence({ weightFractions: [1 / 3, 1 / 3, 1 / 3] }))).toBe(3);
  });

  it("is no target product beyond the limits of yield, water, Cs:Pb and nuclei; the borders are products", () => {
    expect(
      phaseLabel(evidence({ leadYield: 0.05, waterFraction: 0.25, caesiumLeadRatio: 12, onsetProbability: 0.5 })),
    ).toBe(0);
    for (const broken of [
      { leadYield: 0.0499 },
      { waterFraction: 0.2501 },
      { caesiumLeadRatio: 12.01 },
      { onsetProbability: 0.4999 },
    ])
      expect(phaseLabel(evidence(broken))).toBe(4);
    expect(phaseLabel(evidence({ weightFractions: [0, 0, 0], leadYield: 0 }))).toBe(4);
  });

  it("is no target product wherever nothing is supersaturated, and one of the five classes everywhere", () => {
    fc.assert(
      fc.property(anyConditions, anyPhysics, (c, p) => {
        const { fractions, nuclei, saturation } = chain(c, p);
        const label = phaseLabel({
          weightFractions: fractions.weightFractions,
          leadYield: fractions.precipitatedLeadMolar / c.leadMolar,
          onsetProbability: nuclei.onsetProbability,
          waterFraction: c.waterFraction,
          caesiumLeadRatio: c.caesiumMolar / c.leadMolar,
        });
        expect([0, 1, 2, 3, 4]).toContain(label);
        if (Math.max(saturation.lnCsPbBr3, saturation.lnCs4PbBr6, saturation.lnCsPb2Br5) <= 0) expect(label).toBe(4);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("labelProbabilities", () => {
  it("sum to 1 and lie in [0, 1], whatever the evidence and the operator", () => {
    fc.assert(
      fc.property(anyEvidence, between(0, 0.5), (e, threshold) => {
        const probabilities = labelProbabilities(e, threshold);
        for (const probability of probabilities) expect(probability >= 0 && probability <= 1).toBe(true);
        expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      }),
      { numRuns: 5000 },
    );
  });

  it("do so also without caesium, and without any product", () => {
    for (const e of [
      evidence({ caesiumLeadRatio: 0 }),
      evidence({ weightFractions: [0, 0, 0], leadYield: 0, onsetProbability: 0 }),
    ])
      expect(labelProbabilities(e, 0.15).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(
      labelProbabilities(evidence({ weightFractions: [0, 0, 0], leadYield: 0, onsetProbability: 0 }), 0.15)[4],
    ).toBe(1);
  });

  it("agree with the noise-free label five widths away from every border: at least 0.94", () => {
    const far = fc.record({
      weightFractions,
      leadYield: fc.oneof(between(0.1, 1), between(0, 0)),
      onsetProbability: fc.constantFrom(0, 1),
      waterFraction: fc.oneof(between(0, 0.15), between(0.35, 1)),
      caesiumLeadRatio: fc.oneof(evenly(0.01, 7.2), evenly(20, 100)),
    });
    fc.assert(
      fc.property(far, (e) => {
        fc.pre(Math.abs(1 - Math.max(...e.weightFractions) - referenceThreshold) > 0.075);
        expect(labelProbabilities(e, referenceThreshold)[phaseLabel(e)]).toBeGreaterThan(0.94);
      }),
      { numRuns: 2000 },
    );
  });

  it("are even between a compound and coexistence where the by-product is at the operator's threshold", () => {
    const [pure, , , mixed] = labelProbabilities(evidence({ weightFractions: [0.82, 0.18, 0] }), 0.18);
    // But for the 1 % of mixtures that habit calls Cs4PbBr6.
    expect(Math.abs(pure - mixed)).toBeLessThan(0.006);
    // An operator who notices less calls the same powder pure, one who notices more does not.
    expect(labelProbabilities(evidence({ weightFractions: [0.82, 0.18, 0] }), 0.22)[0]).toBeGreaterThan(0.9);
    expect(labelProbabilities(evidence({ weightFractions: [0.82, 0.18, 0] }), 0.1)[3]).toBeGreaterThan(0.9);
  });

  it("are even between product and none at each border, and follow the onset", () => {
    for (const border of [
      { leadYield: 0.05 },
      { waterFraction: 0.25 },
      { caesiumLeadRatio: 12 },
      { onsetProbability: 0.5 },
    ])
      expect(labelProbabilities(evidence(border), 0.15)[4], JSON.stringify(border)).toBeCloseTo(0.5, 2);
    expect(labelProbabilities(evidence({ onsetProbability: 0.3 }), 0.15)[4]).toBeCloseTo(0.7, 5);
  });

  it("mix up coexistence with CsPbBr3 in 2 %, with Cs4PbBr6 in 1 %, CsPb2Br5 with nothing", () => {
    // Far from all borders, so that only habit is left; the product's own borders leave less than 1e-5.
    const pure = (k: number): number[] =>
      labelProbabilities(
        evidence({ weightFractions: [0, 1, 2].map((i) => (i === k ? 1 : 0)) as [number, number, number] }),
        0.15,
      );
    const [perovskite, caesiumRich, leadRich, mixed] = [
      pure(0),
      pure(1),
      pure(2),
      labelProbabilities(evidence({ weightFractions: [0.5, 0.5, 0] }), 0.15),
    ];
    expect([perovskite[0], perovskite[3]].map((p) => p.toFixed(4))).toEqual(["0.9800", "0.0200"]);
    expect([caesiumRich[1], caesiumRich[3]].map((p) => p.toFixed(4))).toEqual(["0.9900", "0.0100"]);
    expect([leadRich[2], leadRich[3]].map((p) => p.toFixed(4))).toEqual(["1.0000", "0.0000"]);
    expect(mixed.map((p) => p.toFixed(4))).toEqual(["0.0200", "0.0100", "0.0000", "0.9700", "0.0000"]);
    for (const one of [perovskite, caesiumRich, leadRich]) expect(one[4]).toBeLessThan(1e-4);
  });
});
