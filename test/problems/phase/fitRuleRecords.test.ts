import { describe, expect, it } from "vitest";
import { phaseRules, ruleColumns } from "../../../src/chemistry/phaseRules.js";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { recipeFields } from "../../../src/chemistry/recipeSchema.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { clopperPearson } from "../../../src/core/statistics/clopperPearson.js";
import { tableFromRows } from "../../../src/core/tableFromRows.js";
import type { Table } from "../../../src/core/Table.js";
import { maySpeak } from "../../../src/predictor/rulesView.js";
import { fitRuleRecords } from "../../../src/problems/phase/fitRuleRecords.js";

const random = seededRandom(4).fork("rule records");
const schema = Object.fromEntries(ruleColumns.map((name) => [name, recipeFields[name]]));
const nothing = phaseNames.indexOf("no target product");
/** Every recipe is decided by "much water". */
const wet = (amines: readonly number[]): Table =>
  tableFromRows(
    schema,
    amines.map((oleylamineMolar) => ({
      route: "LARP",
      caesiumMolar: 0.01,
      leadMolar: 0.02,
      oleicAcidMolar: 0.2,
      oleylamineMolar,
      polarSolventFraction: 0,
      waterFraction: 0.5,
    })),
  );
const place = phaseRules.findIndex(({ name }) => name === "much water");

describe("fitRuleRecords", () => {
  it("counts what each rule decided and told rightly, complete and incomplete recipes apart", () => {
    const labels = [nothing, nothing, 0, nothing, 0];
    const records = fitRuleRecords(wet([0.1, 0.1, 0.1, Number.NaN, Number.NaN]), labels, { groups: null, random });
    expect(records.map(({ name }) => name)).toEqual(phaseRules.map(({ name }) => name));
    expect(records[place].complete).toMatchObject({ decided: 3, right: 2 });
    expect(records[place].incomplete).toMatchObject({ decided: 2, right: 1 });
    const none = { decided: 0, right: 0, bound: null };
    expect(records[0]).toEqual({ name: phaseRules[0].name, complete: none, incomplete: none });
  });

  it("bounds the share of rows on their own by Clopper and Pearson, one-sided at 95 %", () => {
    const labels = Array.from({ length: 60 }, (_, row) => (row < 55 ? nothing : 0));
    const { bound } = fitRuleRecords(wet(labels.map(() => 0.1)), labels, { groups: null, random })[place].complete;
    expect(bound).toBeCloseTo(clopperPearson(55, 60, { level: 0.95, side: "lower" }).low, 12);
    expect(maySpeak({ decided: 60, right: 55, bound })).toBe(true);
  });

  it("counts batches and not rows: right in all rows of two batches of three shows little of a fourth", () => {
    const labels = Array.from({ length: 300 }, (_, row) => (row < 270 ? nothing : 0));
    const recipes = wet(labels.map(() => 0.1));
    const boundIn = (groups: readonly string[] | null): number =>
      fitRuleRecords(recipes, labels, { groups, random })[place].complete.bound!;
    const inBatches = boundIn(labels.map((_, row) => `batch ${row < 150 ? 1 : row < 270 ? 2 : 3}`));
    expect(boundIn(null)).toBeGreaterThan(0.8);
    expect(inBatches).toBeLessThan(0.5);
  });

  it("has no bound where one batch says nothing of others", () => {
    const { complete } = fitRuleRecords(wet([0.1, 0.1]), [nothing, nothing], { groups: ["a", "a"], random })[place];
    expect(complete).toEqual({ decided: 2, right: 2, bound: null });
    expect(maySpeak(complete)).toBe(false);
  });

  it("refuses labels or batches that are not one per row", () => {
    expect(() => fitRuleRecords(wet([0.1]), [], { groups: null, random })).toThrow("labels must be one per row; got 0");
    expect(() => fitRuleRecords(wet([0.1]), [0], { groups: [], random })).toThrow("groups must be one per row; got 0");
  });
});
