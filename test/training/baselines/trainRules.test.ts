import { describe, expect, it } from "vitest";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { phaseRules } from "../../../src/chemistry/phaseRules.js";
import { recipeFields } from "../../../src/chemistry/recipeSchema.js";
import { checkProbabilities } from "../../../src/core/metrics/checkProbabilities.js";
import { logLoss } from "../../../src/core/metrics/logLoss.js";
import { categoryColumn, makeTable, type Table } from "../../../src/core/Table.js";
import { trainMajority } from "../../../src/training/baselines/trainMajority.js";
import { trainRules } from "../../../src/training/baselines/trainRules.js";

/** Recipes that differ in Cs:Pb alone: 0.5 is decided by the last rule, 4 by "caesium-rich". */
function recipes(ratios: readonly number[]): Table {
  const all = (value: number): Float64Array => new Float64Array(ratios.length).fill(value);
  const columns = {
    route: categoryColumn(ratios.map(() => "hot injection")),
    caesiumMolar: Float64Array.from(ratios, (ratio) => 0.02 * ratio),
    leadMolar: all(0.02),
    oleicAcidMolar: all(0.2),
    oleylamineMolar: all(0.2),
    polarSolventFraction: all(0),
    waterFraction: all(0),
  };
  return makeTable(Object.fromEntries(Object.keys(columns).map((name) => [name, recipeFields[name]])), columns);
}
const train = recipes([0.5, 0.5, 0.5, 4, 4]);
const labels = [0, 0, 3, 1, 0];

describe("trainRules", () => {
  const model = trainRules(train, labels);
  const record = (name: string): unknown => model.rules[phaseRules.findIndex((rule) => rule.name === name)];

  it("counts how often each rule is right, and trusts it by Laplace's rule of succession", () => {
    expect(record("otherwise")).toEqual({ name: "otherwise", says: 0, decided: 3, right: 2, probability: 3 / 8 });
    expect(record("caesium-rich")).toEqual({ name: "caesium-rich", says: 1, decided: 2, right: 1, probability: 2 / 7 });
    expect(record("excess amine")).toMatchObject({ decided: 0, probability: 1 / 5 });
  });

  it("says what the rules say, and divides the rest as the other phases are in training, one row more of each", () => {
    expect([...model.phases(recipes([4, 0.5]))]).toEqual([1, 0]);
    const probabilities = model.predict(recipes([4, 0.5]));
    expect([...probabilities.subarray(0, 5)].map((p) => p / (5 / 7))).toEqual(
      [4 / 8, 2 / 7 / (5 / 7), 1 / 8, 2 / 8, 1 / 8].map((p) => expect.closeTo(p, 12) as number),
    );
    expect(checkProbabilities(probabilities, 2, "test")).toBe(5);
    expect(Math.min(...probabilities)).toBeGreaterThan(0);
  });

  it("beats the class shares where rules are right, and comes near them where they are wrong", () => {
    const many = recipes(Array.from({ length: 400 }, (_, i) => (i % 4 === 0 ? 4 : 0.5)));
    const told = Array.from({ length: 400 }, (_, i) => (i % 4 === 0 ? 1 : 0));
    const wrong = told.map((label) => (label === 0 ? 2 : 3));
    const loss = (truth: readonly number[]): readonly [number, number] => [
      logLoss(truth, trainRules(many, truth).predict(many)),
      logLoss(
        truth,
        trainMajority(truth, phaseNames).predict({ rows: 400, columns: 0, names: [], values: new Float32Array() }),
      ),
    ];
    const [rules, shares] = loss(told);
    expect(rules).toBeLessThan(0.1 * shares);
    const [misled, sharesThen] = loss(wrong);
    expect(misled).toBeLessThan(sharesThen + 0.1);
  });

  it("follows the weights of rows", () => {
    expect(
      trainRules(train, labels, { weights: [1, 1, 0, 2, 2] }).rules.filter(({ decided }) => decided > 0),
    ).toMatchObject([
      { decided: 4, right: 2 },
      { decided: 2, right: 2 },
    ]);
  });

  it.each([
    ["a wrong number of labels", () => trainRules(train, [0]), "one label per row is needed; got 1 labels for 5 rows"],
    ["a label that is no phase code", () => trainRules(train, [0, 0, 0, 0, 5]), "5"],
    [
      "weights that are all 0",
      () => trainRules(train, labels, { weights: [0, 0, 0, 0, 0] }),
      "at least one row must have a weight above 0",
    ],
  ])("refuses %s", (_, act, words) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(words);
  });
});
