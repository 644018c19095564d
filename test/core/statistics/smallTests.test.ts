import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adjustedProbabilities } from "../../../src/core/statistics/adjustedProbabilities.js";
import { cliffDelta } from "../../../src/core/statistics/cliffDelta.js";
import { cohenD } from "../../../src/core/statistics/cohenD.js";
import { cohenH } from "../../../src/core/statistics/cohenH.js";
import { equivalenceTest } from "../../../src/core/statistics/equivalenceTest.js";
import { fisherTail, incompleteBeta, studentTails } from "../../../src/core/statistics/incompleteBeta.js";
import { kruskalWallis } from "../../../src/core/statistics/kruskalWallis.js";
import { leveneTest } from "../../../src/core/statistics/leveneTest.js";
import { oddsRatio } from "../../../src/core/statistics/oddsRatio.js";
import { rowsPerSample, trialsPerShare } from "../../../src/core/statistics/rowsPerSample.js";
import { shareTest } from "../../../src/core/statistics/shareTest.js";
import { studentQuantile } from "../../../src/core/statistics/studentQuantile.js";
import { studentTest } from "../../../src/core/statistics/studentTest.js";
import { trialsNeeded } from "../../../src/core/statistics/trialsNeeded.js";
import { varianceAnalysis } from "../../../src/core/statistics/varianceAnalysis.js";

describe("incompleteBeta", () => {
  it("has the closed forms of whole numbers, and is its own mirror", () => {
    for (const x of [0, 0.1, 0.5, 0.9, 1]) {
      expect(incompleteBeta(x, 1, 1)).toBeCloseTo(x, 13);
      expect(incompleteBeta(x, 3, 1)).toBeCloseTo(x ** 3, 13);
      expect(incompleteBeta(x, 2.5, 0.7)).toBeCloseTo(1 - incompleteBeta(1 - x, 0.7, 2.5), 13);
    }
    expect(() => incompleteBeta(2, 1, 1)).toThrow("x must lie in [0, 1]");
  });

  it("gives the tails of Student's and Fisher's variables", () => {
    for (const freedom of [1, 3.7, 40])
      expect(studentTails(studentQuantile(0.99, freedom), freedom)).toBeCloseTo(0.02, 10);
    expect(fisherTail(4, 1, 12)).toBeCloseTo(studentTails(2, 12), 13);
    expect([studentTails(Infinity, 3), fisherTail(Infinity, 2, 3)]).toEqual([0, 0]);
  });
});

describe("tests of samples", () => {
  it("know nothing where nothing varies, rather than NaN", () => {
    expect(studentTest([1, 1], [2, 2])).toEqual({ difference: -1, statistic: null, freedom: null, pValue: null });
    expect(equivalenceTest([1, 1], [1, 1], { margin: 1 }).pValue).toBeNull();
    expect(cohenD([1, 1], [2, 2])).toBeNull();
    expect(
      varianceAnalysis([
        [1, 1],
        [2, 2],
      ]),
    ).toMatchObject({ statistic: null, pValue: null });
    expect(
      leveneTest([
        [1, 2],
        [3, 4],
      ]),
    ).toMatchObject({ pValue: null });
    expect(kruskalWallis([[1, 1], [1]])).toMatchObject({ statistic: null, pValue: null });
    expect(shareTest({ hits: 5, trials: 5 }, { hits: 5, trials: 5 })).toMatchObject({ z: null, pValue: null });
    expect([oddsRatio([5, 0], [5, 0]), oddsRatio([5, 1], [0, 3])]).toEqual([null, Infinity]);
  });

  it("turn their sign when samples change places, and are one-sided where asked", () => {
    const [a, b] = [
      [1, 2, 4, 3],
      [3, 5, 4, 6],
    ];
    expect(studentTest(b, a).statistic).toBeCloseTo(-studentTest(a, b).statistic!, 12);
    expect(cohenD(b, a)!.d).toBeCloseTo(-cohenD(a, b)!.d, 12);
    expect(cliffDelta(b, a)).toBe(-cliffDelta(a, b));
    const [both, larger, smaller] = (["both", "larger", "smaller"] as const).map(
      (side) => studentTest(a, b, { side }).pValue!,
    );
    expect(larger + smaller).toBeCloseTo(1, 12);
    expect(both).toBeCloseTo(2 * smaller, 12);
  });

  it("refuse what is too little or not finite, and say which row", () => {
    expect(() => studentTest([1], [1, 2])).toThrow("at least 2 numbers are needed; got 1");
    expect(() => studentTest([1, 2], [1, 2, 3], { kind: "paired" })).toThrow("got 2 and 3");
    expect(() => varianceAnalysis([[1, 2]])).toThrow("varianceAnalysis, samples: at least 2 numbers");
    expect(() => leveneTest([[], [1, 2]])).toThrow("at least 2");
    expect(() => kruskalWallis([[], [1]])).toThrow("at least 1 numbers are needed; got 0");
    expect(() => cliffDelta([], [1])).toThrow("at least 1");
    expect(() => equivalenceTest([1, 2], [1, 2], { margin: 0 })).toThrow("the margin must be above 0; got 0");
    expect(() => cohenH(1.2, 0)).toThrow("shares must lie in [0, 1]; got 1.2");
  });
});

describe("plans of samples", () => {
  it("find fewer rows than two nowhere, and none where there is no difference", () => {
    expect(rowsPerSample(50)).toBe(2);
    expect(() => rowsPerSample(0)).toThrow("the difference must not be 0");
    expect(() => trialsPerShare(0.5, 0.5)).toThrow("the difference must not be 0");
    expect(() => rowsPerSample(0.5, { power: 0.01 })).toThrow("the power be above alpha");
  });

  it("trialsNeeded is the first number whose bound clears the threshold, and refuses a share that never will", () => {
    const trials = trialsNeeded(0.9, { threshold: 0.85 });
    expect(trials).toBeLessThanOrEqual(trialsNeeded(0.9, { threshold: 0.85, step: 5 }));
    expect(trials).toBeGreaterThan(130);
    expect(() => trialsNeeded(0.8, { threshold: 0.85 })).toThrow("clears it with no number of trials");
  });
});

describe("adjustedProbabilities", () => {
  it("are never below their own, and fall from Bonferroni over Holm and Hommel to Benjamini-Hochberg", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), (p) => {
        const [bonferroni, holm, hommel, hochberg, yekutieli] = (
          ["Bonferroni", "Holm", "Hommel", "Benjamini-Hochberg", "Benjamini-Yekutieli"] as const
        ).map((method) => adjustedProbabilities(p, { method }));
        p.forEach((own, i) => {
          const slack = 1e-12;
          expect(bonferroni[i]).toBeGreaterThanOrEqual(holm[i] - slack);
          expect(holm[i]).toBeGreaterThanOrEqual(hommel[i] - slack);
          expect(hommel[i]).toBeGreaterThanOrEqual(hochberg[i] - slack);
          expect(yekutieli[i]).toBeGreaterThanOrEqual(hochberg[i] - slack);
          expect(hochberg[i]).toBeGreaterThanOrEqual(own - slack);
        });
      }),
    );
    expect(() => adjustedProbabilities([0.1, 1.2])).toThrow("test 1 has 1.2");
    expect(adjustedProbabilities([])).toEqual([]);
  });
});
