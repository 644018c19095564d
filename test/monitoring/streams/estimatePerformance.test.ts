import { describe, expect, it } from "vitest";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { type Random, seededRandom } from "../../../src/core/random/Random.js";
import { estimatePerformance, type PredictedRows } from "../../../src/monitoring/streams/estimatePerformance.js";

/** Rows of two classes whose features are Gaussian about ±1, with the exact probability of either; batches deviate. */
function someRows(
  random: Random,
  { batches = 20, share = 0.5, size = 100 }: { batches?: number; share?: number; size?: number } = {},
): PredictedRows & { readonly wrong: number } {
  const rows = Array.from({ length: batches * size }, (_, row) => {
    const batch = Math.floor(row / size);
    const logit =
      Math.log(share / (1 - share)) + 0.2 * boxMuller(1 - random.fork(batch)(), random.fork(batch).fork("second")())[0];
    const isSecond = random() < 1 / (1 + Math.exp(-logit));
    const x = (isSecond ? 1 : -1) + boxMuller(1 - random(), random())[0];
    // Equal priors were trained.
    const second = 1 / (1 + Math.exp(-2 * x));
    return { batch, second, wrong: second > 0.5 !== isSecond };
  });
  return {
    probabilities: rows.flatMap(({ second }) => [1 - second, second]),
    batches: rows.map(({ batch }) => batch),
    wrong: rows.filter(({ wrong }) => wrong).length / rows.length,
  };
}

describe("estimatePerformance", () => {
  const random = seededRandom(8);
  const reference = someRows(random.fork("reference"));

  it("estimates the share of wrong answers without a label, within its interval, where nothing moved", () => {
    const current = someRows(random.fork("current"));
    const { errors, verdict, reason } = estimatePerformance(current, reference);
    expect(verdict).toBe("unmoved");
    expect(reason).toBe("no predicted share moved by more than its reach");
    expect(Math.abs(errors.value! - current.wrong)).toBeLessThan(0.02);
    expect(errors.interval!.method).toBe("Student over 20 batches");
  });

  it("says that the estimate no longer holds where predicted shares moved", () => {
    const current = someRows(random.fork("moved"), { share: 0.85 });
    const { verdict, reason, shares } = estimatePerformance(current, reference);
    expect(verdict).toBe("moved");
    expect(reason).toContain("predicted shares moved, the estimate no longer holds under label shift");
    expect(shares![1].current - shares![1].reference).toBeGreaterThan(shares![1].reach);
  });

  it("calls shares of batches from one law moved at most as often as alpha, however batches differ", () => {
    const moved = Array.from({ length: 200 }, (_, i) => {
      const pair = random.fork("pairs").fork(i);
      const [a, b] = ["a", "b"].map((name) => someRows(pair.fork(name), { batches: 8, size: 30 }));
      return estimatePerformance(a, b, { alpha: 0.05 }).verdict === "moved";
    }).filter(Boolean).length;
    expect(moved / 200).toBeLessThan(0.09);
  });

  it("is unknown with few batches, and has no interval with one", () => {
    const one = estimatePerformance(someRows(random.fork("one"), { batches: 1 }), reference);
    expect(one).toMatchObject({ verdict: "unknown", shares: null, errors: { interval: null } });
    expect(one.reason).toContain("needs 5 batches on either side; got 1");
    expect(estimatePerformance(someRows(random.fork("four"), { batches: 4 }), reference).verdict).toBe("unknown");
  });

  it("refuses no rows, NaN, what is no probability, and other classes, by name", () => {
    const none = { probabilities: [], batches: [] };
    expect(() => estimatePerformance(none, reference)).toThrow("current: there must be rows; got none");
    expect(() => estimatePerformance({ probabilities: [NaN, 1], batches: ["a"] }, reference)).toThrow("row 0, class 0");
    expect(() => estimatePerformance({ probabilities: [1.5, -0.5], batches: ["a"] }, reference)).toThrow("in [0, 1]");
    const three = { probabilities: [0.2, 0.3, 0.5], batches: ["a"] };
    expect(() => estimatePerformance(three, reference)).toThrow("the same classes; got 3 and 2");
    expect(() => estimatePerformance(reference, reference, { alpha: 0 })).toThrow("the level must lie in (0, 1)");
  });
});
