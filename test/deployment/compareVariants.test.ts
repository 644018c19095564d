import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import {
  compareVariants,
  observeVariants,
  startVariants,
  type VariantState,
} from "../../src/deployment/compareVariants.js";

const plan = { alpha: 0.05, difference: 0.03, planned: 4000 };

/** Peeks after every pair, up to 2,000: whether it ever called them different, and ever lost the true difference. */
function peeked(
  stream: number,
  a: number,
  b: number,
): { readonly state: VariantState; called: boolean; lost: boolean } {
  const random = seededRandom(31).fork(`${a} ${b}`).fork(stream);
  let [state, lost] = [startVariants(plan), false];
  for (let pair = 0; pair < 2000; pair++) {
    state = observeVariants(state, { a: [random() < a ? 1 : 0], b: [random() < b ? 1 : 0] });
    const { interval } = compareVariants(state).difference;
    lost ||= interval !== null && (interval.low > b - a || interval.high < b - a);
  }
  return { state, called: state.pValue <= plan.alpha, lost };
}

describe("compareVariants", () => {
  it("calls equal variants different, and loses the difference, in at most 5 % of streams peeked at every pair", () => {
    for (const share of [0.03, 0.14]) {
      const streams = Array.from({ length: 150 }, (_, stream) => peeked(stream, share, share));
      expect(streams.filter(({ called }) => called).length / 150).toBeLessThanOrEqual(0.05);
      expect(streams.filter(({ lost }) => lost).length / 150).toBeLessThanOrEqual(0.05);
    }
  });

  it("says which is better, by how much and with what p, where they differ by 6 points", () => {
    const { state } = peeked(1, 0.14, 0.2);
    const report = compareVariants(state);
    expect(report.verdict).toBe("a is better");
    expect(report.difference.interval!.low).toBeLessThan(0.06);
    expect(report.difference.interval!.high).toBeGreaterThan(0.06);
    expect(report.reason).toBe(`least p so far ${state.pValue.toPrecision(3)}, alpha 0.05`);
  });

  it("turns over when variants change places, and does not depend on the order of rows between looks", () => {
    const [a, b] = [Array.from("0001000001").map(Number), Array.from("0101000001").map(Number)];
    const many = (bits: readonly number[]): number[] => Array.from({ length: 30 }, () => bits).flat();
    const one = compareVariants(observeVariants(startVariants(plan), { a: many(a), b: many(b) }));
    const other = compareVariants(observeVariants(startVariants(plan), { a: many(b).reverse(), b: many(a).reverse() }));
    expect(other.pValue).toBeCloseTo(one.pValue, 12);
    expect(other.difference.value).toBeCloseTo(-one.difference.value!, 12);
  });

  it("is unknown with little data, never a pass", () => {
    const report = compareVariants(startVariants(plan));
    expect(report).toMatchObject({ verdict: "unknown", pValue: 1, difference: { value: null, interval: null } });
    const zeros = { a: new Uint8Array(500), b: new Uint8Array(500) };
    expect(compareVariants(observeVariants(startVariants(plan), zeros)).reason).toContain("a has 0 wrong of 500");
  });

  it("keeps the least p, and goes on from JSON", () => {
    const { state } = peeked(2, 0.14, 0.2);
    const revived = JSON.parse(JSON.stringify(state)) as VariantState;
    const later = observeVariants(revived, { a: new Uint8Array(100), b: new Uint8Array(100) });
    expect(later).toEqual(observeVariants(state, { a: new Uint8Array(100), b: new Uint8Array(100) }));
    expect(later.pValue).toBeLessThanOrEqual(state.pValue);
  });

  it("refuses outcomes and plans that are none, by name", () => {
    expect(() => observeVariants(startVariants(plan), { a: [0, NaN], b: [] })).toThrow(
      "observeVariants, a, row 1: an outcome must be 1 (wrong) or 0 (right); got NaN",
    );
    for (const bad of [{ alpha: 0 }, { difference: NaN }, { planned: 0 }])
      expect(() => startVariants({ ...plan, ...bad })).toThrow("a plan is fixed before");
  });
});
