import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mixtureWeights } from "../../../src/core/statistics/mixtureWeights.js";

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const shares = (length: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.integer({ min: 1, max: 1000 }), { minLength: length, maxLength: length })
    .map((counts) => counts.map((count) => count / sum(counts)));
const mix = (components: readonly (readonly number[])[], weights: readonly number[]): number[] =>
  components[0].map((_, c) => sum(components.map((component, k) => weights[k] * component[c])));

describe("mixtureWeights", () => {
  it("recovers the weights of components that differ", () => {
    const components = [
      [0.9, 0.05, 0.05],
      [0.1, 0.8, 0.1],
      [0.2, 0.1, 0.7],
    ];
    for (const truth of [
      [0.2, 0.3, 0.5],
      [0.6, 0.3, 0.1],
      [1 / 3, 1 / 3, 1 / 3],
    ]) {
      const { weights, divergence } = mixtureWeights(components, mix(components, truth));
      weights.forEach((weight, k) => expect(weight).toBeCloseTo(truth[k], 6));
      expect(Math.abs(divergence)).toBeLessThan(1e-10);
    }
  });

  it("takes the target itself for weights of pure components", () => {
    const {
      weights,
      shares: mixed,
      divergence,
    } = mixtureWeights(
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      [0.1, 0.6, 0.3],
    );
    [0.1, 0.6, 0.3].forEach((share, k) =>
      expect([weights[k], mixed[k]].map((value) => value.toFixed(12))).toEqual([share.toFixed(12), share.toFixed(12)]),
    );
    expect(Math.abs(divergence)).toBeLessThan(1e-12);
  });

  it("has no divergence where the target can be mixed, whatever the components", () => {
    fc.assert(
      fc.property(
        fc.array(shares(4), { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 6, maxLength: 6 }),
        (components, counts) => {
          const raw = components.map((_, k) => counts[k]);
          const target = mix(
            components,
            raw.map((value) => value / sum(raw)),
          );
          const { divergence, shares: mixed } = mixtureWeights(components, target);
          expect(divergence >= -1e-12 && divergence < 1e-4).toBe(true);
          mixed.forEach((share, c) => expect(Math.abs(share - target[c])).toBeLessThan(0.02));
        },
      ),
      { numRuns: 50 },
    );
  });

  it("says by how much more iterations can lower the divergence, ln(components) / t at most", () => {
    fc.assert(
      fc.property(fc.array(shares(5), { minLength: 2, maxLength: 8 }), shares(5), (components, target) => {
        const few = mixtureWeights(components, target, { iterations: 20 });
        const many = mixtureWeights(components, target, { iterations: 5000 });
        expect(few.divergence - many.divergence).toBeLessThanOrEqual(few.excess + 1e-12);
        expect(few.divergence - many.divergence).toBeLessThanOrEqual(Math.log(components.length) / 20 + 1e-12);
      }),
      { numRuns: 50 },
    );
  });

  it("has weights at least 0 that sum to 1, and the shares and divergence of their mixture", () => {
    fc.assert(
      fc.property(fc.array(shares(5), { minLength: 1, maxLength: 8 }), shares(5), (components, target) => {
        const { weights, shares: mixed, divergence } = mixtureWeights(components, target, { iterations: 200 });
        for (const weight of weights) expect(weight >= 0).toBe(true);
        expect(sum(weights)).toBeCloseTo(1, 12);
        mix(components, weights).forEach((share, c) => expect(mixed[c]).toBeCloseTo(share, 12));
        expect(divergence).toBeCloseTo(sum(target.map((share, c) => share * Math.log(share / mixed[c]))), 12);
        expect(divergence).toBeGreaterThan(-1e-12);
      }),
      { numRuns: 50 },
    );
  });

  it("comes as near as can be to a target out of reach: two components whose best mixture is known", () => {
    // Maximise 0.5 ln(0.2 + 0.4 w) + 0.5 ln(0.8 - 0.4 w): even shares, at w = 3/4.
    const inside = mixtureWeights(
      [
        [0.6, 0.4],
        [0.2, 0.8],
      ],
      [0.5, 0.5],
    );
    expect(inside.weights[0]).toBeCloseTo(0.75, 6);
    // Above 0.6 the first alone is best; expectation-maximisation nears that bound at a geometric rate.
    const outside = mixtureWeights(
      [
        [0.6, 0.4],
        [0.2, 0.8],
      ],
      [0.9, 0.1],
    );
    expect(outside.weights[0]).toBeCloseTo(1, 6);
    expect(outside.divergence).toBeCloseTo(0.9 * Math.log(0.9 / 0.6) + 0.1 * Math.log(0.1 / 0.4), 6);
    expect(outside.divergence).toBeGreaterThan(0.2);
  });

  it("is not beaten by any other weights", () => {
    fc.assert(
      fc.property(
        fc.array(shares(3), { minLength: 3, maxLength: 3 }),
        shares(3),
        shares(3),
        (components, target, other) => {
          const rival = sum(mix(components, other).map((share, c) => target[c] * Math.log(target[c] / share)));
          expect(mixtureWeights(components, target).divergence).toBeLessThanOrEqual(rival + 1e-4);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("ignores classes that the target has no share in, and keeps finite what no component has", () => {
    expect(
      mixtureWeights(
        [
          [1, 0],
          [0, 1],
        ],
        [1, 0],
      ).weights,
    ).toEqual([1, 0]);
    const missing = mixtureWeights(
      [
        [0.5, 0.5, 0],
        [0.9, 0.1, 0],
      ],
      [0.4, 0.4, 0.2],
    );
    expect(sum(missing.weights)).toBeCloseTo(1, 12);
    expect(missing.divergence).toBeGreaterThan(1);
  });

  it("still gives weights where no component has any class of the target", () => {
    const { weights, divergence } = mixtureWeights(
      [
        [1, 0],
        [1, 0],
      ],
      [0, 1],
    );
    expect(sum(weights)).toBeCloseTo(1, 12);
    expect(divergence).toBeGreaterThan(1);
  });
});
