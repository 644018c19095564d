import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { predictiveEntropy } from "../../src/uncertainty/predictiveEntropy.js";
import { softmaxRows } from "../support/goldenMetrics.js";

interface Golden {
  readonly cases: {
    readonly ensemble_uncertainty: {
      readonly input: { readonly "logits [member][row][class]": readonly (readonly (readonly number[])[])[] };
      readonly expected: {
        readonly mean_p: readonly (readonly number[])[];
        readonly total: readonly number[];
        readonly aleatoric: readonly number[];
        readonly mutual_information: readonly number[];
      };
      readonly tolerance: number;
    };
  };
}

const { ensemble_uncertainty: golden } = (
  JSON.parse(readFileSync(new URL("../golden/b_ensemble_uncertainty.json", import.meta.url), "utf8")) as Golden
).cases;

const logits = fc.array(fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 3, maxLength: 3 }), {
  minLength: 2,
  maxLength: 2,
});

function expectNear(values: ArrayLike<number>, expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length);
  expected.forEach((one, i) => expect(Math.abs(values[i] - one)).toBeLessThanOrEqual(golden.tolerance));
}

describe("predictiveEntropy", () => {
  it("agrees with the golden decomposition of five members", () => {
    const members = golden.input["logits [member][row][class]"];
    const { probabilities, total, aleatoric, epistemic } = predictiveEntropy(
      members.map(softmaxRows),
      members[0].length,
    );
    expectNear(probabilities, golden.expected.mean_p.flat());
    expectNear(total, golden.expected.total);
    expectNear(aleatoric, golden.expected.aleatoric);
    expectNear(epistemic, golden.expected.mutual_information);
  });

  it("has parts of at least 0 that sum to the total, which is at most ln of the number of classes", () => {
    fc.assert(
      fc.property(fc.array(logits, { minLength: 2, maxLength: 5 }), (members) => {
        const { total, aleatoric, epistemic } = predictiveEntropy(members.map(softmaxRows), 2);
        for (const row of [0, 1]) {
          expect(epistemic[row]).toBeGreaterThanOrEqual(0);
          expect(aleatoric[row]).toBeGreaterThanOrEqual(0);
          expect(total[row]).toBe(aleatoric[row] + epistemic[row]);
          expect(total[row]).toBeLessThanOrEqual(Math.log(3) + 1e-12);
        }
      }),
    );
  });

  it("finds nothing epistemic where all agree, and nothing aleatoric where all are sure", () => {
    const same = [0.2, 0.5, 0.3, 1, 0, 0];
    const agreed = predictiveEntropy([same, same, same], 2);
    expect(Math.max(...agreed.epistemic)).toBeLessThan(1e-15);
    const torn = predictiveEntropy(
      [
        [1, 0],
        [0, 1],
      ],
      1,
    );
    expect([torn.aleatoric[0], torn.epistemic[0]]).toEqual([0, Math.LN2]);
  });

  it("refuses one model, samples of other lengths, and rows that are no probabilities", () => {
    expect(() => predictiveEntropy([[0.5, 0.5]], 1)).toThrow("at least two models");
    expect(() => predictiveEntropy([[0.5, 0.5], [1]], 1)).toThrow("sample 1 has 1, sample 0 2");
    expect(() =>
      predictiveEntropy(
        [
          [0.5, 0.5],
          [0.5, 0.6],
        ],
        1,
      ),
    ).toThrow("sample 1: probabilities of a row must sum to 1; row 0 sums to 1.1");
    expect(() =>
      predictiveEntropy(
        [
          [0.5, 0.5],
          [NaN, 0.5],
        ],
        1,
      ),
    ).toThrow("row 0, class 0 has NaN");
    expect(() => predictiveEntropy([[], []], 0)).toThrow(RangeError);
  });
});
