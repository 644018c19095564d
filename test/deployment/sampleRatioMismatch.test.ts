import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { sampleRatioMismatch } from "../../src/deployment/sampleRatioMismatch.js";

describe("sampleRatioMismatch", () => {
  it("is the product of what each request adds, whatever their order (closed form: Dirichlet-multinomial)", () => {
    // Arm by arm: (prior + seen) / (all) over the drawn share.
    let evidence = 0;
    const seen = [0, 0];
    for (const arm of [0, 0, 1, 0, 1, 0]) {
      const prior = [30, 70][arm];
      evidence += Math.log((prior + seen[arm]) / (100 + seen[0] + seen[1]) / [0.3, 0.7][arm]);
      seen[arm]++;
    }
    expect(sampleRatioMismatch([4, 2], [0.3, 0.7]).evidence).toBeCloseTo(evidence, 10);
  });

  it("calls draws as drawn a mismatch in at most alpha of streams, looked at after every request", () => {
    const called = Array.from({ length: 400 }, (_, stream) => {
      const random = seededRandom(41).fork(stream);
      const counts = [0, 0];
      for (let i = 0; i < 1000; i++) {
        counts[random() < 0.1 ? 0 : 1]++;
        if (sampleRatioMismatch(counts, [0.1, 0.9], { alpha: 0.05 }).verdict === "mismatch") return true;
      }
      return false;
    }).filter(Boolean).length;
    expect(called / 400).toBeLessThanOrEqual(0.05);
  });

  it("finds an arm that loses a fifth of its requests within 20,000", () => {
    expect(sampleRatioMismatch([1600, 18_000], [0.1, 0.9])).toMatchObject({ verdict: "mismatch", alpha: 0.001 });
    expect(sampleRatioMismatch([2000, 18_000], [0.1, 0.9]).verdict).toBe("as drawn");
  });

  it("is unknown without a request, and finds that all go one way", () => {
    expect(sampleRatioMismatch([0, 0], [0.5, 0.5])).toMatchObject({ verdict: "unknown", pValue: 1 });
    expect(sampleRatioMismatch([0, 200], [0.1, 0.9]).verdict).toBe("mismatch");
  });

  it("refuses shares and counts that do not fit, by name", () => {
    expect(() => sampleRatioMismatch([1, 1], [0.5, 0.6])).toThrow("at least two shares above 0 that sum to 1");
    expect(() => sampleRatioMismatch([1, 1], [0, 1])).toThrow("got [0, 1]");
    expect(() => sampleRatioMismatch([1, NaN], [0.5, 0.5])).toThrow(
      "a whole number of requests for each of the 2 arms",
    );
    expect(() => sampleRatioMismatch([1], [0.5, 0.5])).toThrow("got [1]");
    expect(() => sampleRatioMismatch([1, 1], [0.5, 0.5], { alpha: 0 })).toThrow("must lie in (0, 1)");
  });
});
