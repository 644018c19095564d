import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { type ArmEvidence, logEvidence, noEvidence, withArmRows } from "../../src/deployment/armEvidence.js";

const hit = fc.boolean();
const row = fc.record({ arm: fc.constantFrom("canary" as const, "champion" as const), isHit: hit });
const history = fc.array(row, { maxLength: 30 });
const shares = fc.double({ min: 0.02, max: 0.98, noNaN: true });
const probability = fc.double({ min: 0, max: 1, noNaN: true });
const follow = (rows: readonly { arm: "canary" | "champion"; isHit: boolean }[], share: number): ArmEvidence =>
  withArmRows(noEvidence, rows, share).evidence;
const withArmRow = (
  state: ArmEvidence,
  { share, ...row }: { arm: "canary" | "champion"; isHit: boolean; share: number },
): ArmEvidence => withArmRows(state, [row], share).evidence;

/** Evidence of the next row over that before it, on average over which arm is drawn and what happens there. */
function meanGain(before: ArmEvidence, share: number, canary: number, champion: number): number {
  let mean = 0;
  for (const [arm, drawn, rate] of [
    ["canary", share, canary],
    ["champion", 1 - share, champion],
  ] as const)
    for (const [isHit, chance] of [
      [true, rate],
      [false, 1 - rate],
    ] as const)
      mean += drawn * chance * Math.exp(logEvidence(withArmRow(before, { arm, isHit, share })) - logEvidence(before));
  return mean;
}

describe("withArmRows", () => {
  it("gains nothing on average while both arms do alike, whatever their share, the draw and what came before", () => {
    fc.assert(
      fc.property(history, shares, probability, (rows, share, rate) => {
        expect(meanGain(follow(rows, share), share, rate, rate)).toBeCloseTo(1, 9);
      }),
    );
  });

  it("loses on average where the canary does it less often", () => {
    fc.assert(
      fc.property(history, shares, probability, probability, (rows, share, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        expect(meanGain(follow(rows, share), share, less, more)).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });

  it("gains where arms are drawn with another share than it was told (planted; sampleRatioMismatch tells)", () => {
    const before = follow([], 0.1);
    // Twice as many requests of one error share reach the canary as it believes.
    const gain = 2 * 0.1 * Math.exp(logEvidence(withArmRow(before, { arm: "canary", isHit: true, share: 0.1 })));
    const rest = 0.8 * Math.exp(logEvidence(withArmRow(before, { arm: "champion", isHit: true, share: 0.1 })));
    expect(gain + rest).toBeGreaterThan(1.1);
  });

  it("grows without bound where the canary does it more often", () => {
    const random = seededRandom(4);
    let state = noEvidence;
    for (let i = 0; i < 10_000; i++) {
      const arm = random() < 0.2 ? "canary" : "champion";
      state = withArmRow(state, { arm, isHit: random() < (arm === "canary" ? 0.24 : 0.14), share: 0.2 });
    }
    expect(logEvidence(state)).toBeGreaterThan(20);
  });

  it("says the same of rows told at once and one by one, and of the most after any of them", () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 200 }), shares, (rows, share) => {
        let one = noEvidence;
        let most = -Infinity;
        for (const next of rows) {
          one = withArmRows(one, [next], share).evidence;
          most = Math.max(most, logEvidence(one));
        }
        const all = withArmRows(noEvidence, rows, share);
        all.evidence.logs.forEach((log, i) => {
          expect(log).toBeCloseTo(one.logs[i], 9);
        });
        expect(all.evidence.champion).toEqual(one.champion);
        expect(all.most).toBeCloseTo(most, 9);
      }),
    );
  });
});
