import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { conformalSets } from "../../../src/uncertainty/conformal/conformalSets.js";
import { fitConformalSets, type ConformalSetOptions } from "../../../src/uncertainty/conformal/fitConformalSets.js";
import { holdsClass, setSize } from "../../../src/uncertainty/conformal/labelSets.js";
import { drawGaussianClasses, exactPosterior } from "../../support/gaussianClasses.js";
import { classification, listedRandom } from "../../support/goldenConformal.js";
import { againstLaw, coverageOverResplits, overconfident, pickProbabilities } from "../../support/resplits.js";

const { input, expected } = classification;
const flat = (rows: readonly (readonly number[])[]): number[] => rows.flat();
const cut = 120;
const [seen, unseen] = [flat(input.probs.slice(0, cut)), flat(input.probs.slice(cut))];
const [seenLabels, unseenLabels] = [input.y.slice(0, cut), input.y.slice(cut)];

const goldens: readonly {
  readonly name: string;
  readonly options: Omit<ConformalSetOptions, "alpha">;
  readonly randomised: boolean;
}[] = [
  { name: "LAC", options: {}, randomised: false },
  { name: "APS_randomised", options: { score: "aps" }, randomised: true },
  { name: "APS_deterministic", options: { score: "aps" }, randomised: false },
  { name: "RAPS_lam0.1_kreg1_randomised", options: { score: "raps", penalty: 0.1, freeRanks: 1 }, randomised: true },
  {
    name: "RAPS_lam0.01_kreg2_deterministic",
    options: { score: "raps", penalty: 0.01, freeRanks: 2 },
    randomised: false,
  },
  { name: "TopK", options: { score: "topK" }, randomised: false },
  { name: "Mondrian_LAC (class conditional)", options: { strata: "class" }, randomised: false },
];

describe("conformalSets", () => {
  it.each(goldens)("gives the sets of the golden script, bit by bit: $name", ({ name, options, randomised }) => {
    for (const alpha of Object.keys(expected)) {
      const golden = expected[alpha][name];
      const fitted = fitConformalSets(
        seen,
        seenLabels,
        { ...options, alpha: Number(alpha) },
        randomised ? listedRandom(input.u.slice(0, cut)) : undefined,
      );
      const sets = conformalSets(
        JSON.parse(JSON.stringify(fitted)) as typeof fitted,
        unseen,
        {},
        randomised ? listedRandom(input.u.slice(cut)) : undefined,
      );
      expect(Array.from(sets)).toEqual(golden.sets_as_bitmask);
      const covered = unseenLabels.filter((label, row) => holdsClass(sets[row], label)).length;
      expect(covered / unseenLabels.length).toBeCloseTo(golden.coverage, 12);
      expect(sets.filter((set) => setSize(set) === 0)).toHaveLength(golden.empty);
      if (golden.qhat !== undefined) expect(Math.abs(fitted.thresholds[0].value! - golden.qhat)).toBeLessThan(1e-10);
      for (const [label, [rows, qhat]] of Object.entries(golden["n_and_qhat_by_class (Infinity -> null)"] ?? {})) {
        const threshold = fitted.thresholds.find(({ stratum }) => stratum === Number(label))!;
        expect(threshold.rows).toBe(rows);
        if (qhat === null)
          expect(threshold).toMatchObject({
            value: null,
            reason: `alpha = ${alpha} needs at least ${Math.round(1 / Number(alpha)) - 1} calibration rows; got 3`,
          });
        else expect(Math.abs(threshold.value! - qhat)).toBeLessThan(1e-10);
      }
    }
  });

  it("grow as alpha falls, whatever the score", () => {
    const score = fc.constantFrom("lac", "aps", "raps", "topK" as const);
    const alpha = fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100);
    fc.assert(
      fc.property(score, alpha, alpha, fc.boolean(), (name, a, b, byClass) => {
        const [strict, loose] = [Math.min(a, b), Math.max(a, b)].map((each) =>
          conformalSets(
            fitConformalSets(seen, seenLabels, { alpha: each, score: name, strata: byClass ? "class" : undefined }),
            unseen,
          ),
        );
        loose.forEach((set, row) => expect(set & ~strict[row]).toBe(0));
      }),
      { numRuns: 60 },
    );
  });

  it("hold every class where calibration rows are fewer than 1/alpha - 1, and where a stratum was never seen", () => {
    const few = fitConformalSets(seen.slice(0, 8 * 5), seenLabels.slice(0, 8), { alpha: 0.1 });
    expect(few.thresholds[0]).toMatchObject({
      stratum: null,
      value: null,
      reason: "alpha = 0.1 needs at least 9 calibration rows; got 8",
    });
    expect(new Set(conformalSets(few, unseen))).toEqual(new Set([31]));
    const labs = fitConformalSets(seen, seenLabels, {
      alpha: 0.2,
      strata: seenLabels.map((_, row) => (row % 2 === 0 ? "Basel" : "Kyoto")),
    });
    const [known, unknown] = ["Basel", "Oslo"].map((lab) =>
      conformalSets(labs, unseen, { strata: unseenLabels.map(() => lab) }),
    );
    expect(new Set(unknown)).toEqual(new Set([31]));
    expect(new Set(known).size).toBeGreaterThan(5);
  });

  it("use the 32nd bit without turning negative", () => {
    const [uniform, labels] = [new Float64Array(32 * 3).fill(1 / 32), [0, 1, 31]];
    const fitted = fitConformalSets(uniform, labels, { alpha: 0.5 });
    const sets = conformalSets(fitted, uniform);
    expect([...sets]).toEqual([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1]);
    expect(setSize(sets[0])).toBe(32);
    expect(holdsClass(sets[0], 31)).toBe(true);
  });

  it("refuse rows of other classes, missing strata and a missing or needless stream", () => {
    const fitted = fitConformalSets(seen, seenLabels, { alpha: 0.1 });
    expect(() => conformalSets(fitted, [0.5, 0.5])).toThrow("of the 5 classes fitted; got 2 numbers");
    expect(() => conformalSets(fitted, [0.5, 0.5, 0.5, 0, 0])).toThrow("row 0 sums to 1.5");
    expect(() => conformalSets(fitted, [0.5, 0.5, NaN, 0, 0])).toThrow("row 0, class 2 has NaN");
    expect(() =>
      conformalSets(fitConformalSets(seen, seenLabels, { alpha: 0.1, strata: seenLabels.map(String) }), unseen),
    ).toThrow("the stratum of each of the 80 rows; got 0");
    expect(() =>
      conformalSets(fitConformalSets(seen, seenLabels, { alpha: 0.1, score: "aps" }, seededRandom(1)), unseen),
    ).toThrow("needs one here too");
    expect(conformalSets(fitted, [])).toHaveLength(0);
  });
});

describe("conformalSets of an overconfident model, over 200 splits", () => {
  const shares = [0.6, 0.3, 0.1];
  const { points, labels } = drawGaussianClasses(1200, shares, seededRandom(8));
  const probabilities = overconfident(exactPosterior(points, shares), 3);
  const random = seededRandom(21);
  const splits = (
    options: Omit<ConformalSetOptions, "alpha">,
    alpha: number,
    randomised: boolean,
    ofClass?: number,
  ): number[] =>
    coverageOverResplits(labels.length, 300, 200, random.fork("splits"), (calibrate, test) => {
      const fork = (name: string): typeof random | undefined =>
        randomised ? random.fork(name).fork(calibrate[0]).fork(test[0]) : undefined;
      const fitted = fitConformalSets(
        pickProbabilities(probabilities, 3, calibrate),
        Array.from(calibrate, (row) => labels[row]),
        { ...options, alpha },
        fork("calibrate"),
      );
      const sets = conformalSets(fitted, pickProbabilities(probabilities, 3, test), {}, fork("test"));
      const rows = Array.from(test.keys()).filter((i) => ofClass === undefined || labels[test[i]] === ofClass);
      return rows.filter((i) => holdsClass(sets[i], labels[test[i]])).length / rows.length;
    });

  it.each([
    ["lac", 0.05, false],
    ["lac", 0.1, false],
    ["aps", 0.1, true],
    ["aps", 0.3, true],
    ["raps", 0.1, true],
  ] as const)("covers by the beta-binomial law: %s at alpha = %f", (score, alpha, randomised) => {
    const seen = againstLaw(splits({ score }, alpha, randomised), 300, alpha, 900);
    expect(Math.abs(seen.meanInErrors)).toBeLessThan(3.5);
    expect(seen.spreadRatio).toBeGreaterThan(0.8);
    expect(seen.spreadRatio).toBeLessThan(1.2);
  });

  it('covers its classes each as promised with strata "class", and not all of them without', () => {
    const mean = (all: readonly number[]): number => all.reduce((a, b) => a + b) / all.length;
    for (const label of [0, 1, 2]) {
      const coverage = mean(splits({ strata: "class" }, 0.1, false, label));
      expect(coverage).toBeGreaterThan(0.895);
      // 1/(n + 1) above, with some 30 calibration rows of the rarest class.
      expect(coverage).toBeLessThan(label === 2 ? 0.945 : 0.92);
    }
    const pooled = [0, 1, 2].map((label) => mean(splits({}, 0.1, false, label)));
    expect(Math.min(...pooled)).toBeLessThan(0.85);
  });

  it("covers too little when calibrated on rows that the model was fitted to (planted)", () => {
    // On such rows a model gives the true class most of the probability, whether the point tells it or not.
    const fitted = fitConformalSets(
      Array.from(labels).flatMap((label) => [0, 1, 2].map((k) => (k === label ? 0.9 : 0.05))),
      labels,
      { alpha: 0.1 },
    );
    const sets = conformalSets(fitted, probabilities);
    expect(Array.from(labels).filter((label, row) => holdsClass(sets[row], label)).length / labels.length).toBeLessThan(
      0.8,
    );
  });
});
