import { describe, expect, it } from "vitest";
import { phaseRules, ruleColumns } from "../../src/chemistry/phaseRules.js";
import { phaseNames } from "../../src/chemistry/phases.js";
import { recipeFields } from "../../src/chemistry/recipeSchema.js";
import { tableFromRows } from "../../src/core/tableFromRows.js";
import type { Table } from "../../src/core/Table.js";
import { maySpeak, ruleRecordsShape, rulesView, type RuleTrackRecord } from "../../src/predictor/rulesView.js";

const schema = Object.fromEntries(ruleColumns.map((name) => [name, recipeFields[name]]));
const ordinary = {
  route: "hot injection",
  caesiumMolar: 0.01,
  leadMolar: 0.02,
  oleicAcidMolar: 0.2,
  oleylamineMolar: 0.2,
  polarSolventFraction: 0,
  waterFraction: 0,
};
const recipes = (...changes: readonly Readonly<Record<string, number | string>>[]): Table =>
  tableFromRows(
    schema,
    changes.map((change) => ({ ...ordinary, ...change })),
  );
const good = { decided: 100, right: 95, bound: 0.9 };
const poor = { decided: 100, right: 30, bound: 0.25 };
/** Only "much water" has shown to be right. */
const records: readonly RuleTrackRecord[] = phaseRules.map(({ name }) => ({
  name,
  complete: name === "much water" ? good : poor,
  incomplete: poor,
}));
const nothing = phaseNames.indexOf("no target product");

describe("rulesView", () => {
  it("tells the deciding rule of each recipe with its reason, its papers and its record", () => {
    const [wet, plain] = rulesView(records, recipes({ waterFraction: 0.3 }, {}), {
      phase: [nothing, 0],
      sets: [16, 1],
    });
    expect(wet).toMatchObject({ rule: "much water", says: "no target product", record: good });
    expect(wet.because).toContain("water dissolves");
    expect(wet.dois).toEqual(["10.1021/acs.langmuir.8b01683"]);
    expect(plain).toMatchObject({ rule: "otherwise", says: "CsPbBr3", record: poor });
  });

  it("lets a rule speak only where its lower bound is 0.8 or more", () => {
    expect([0.8, 0.799, 1, null].map((bound) => maySpeak({ decided: 9, right: 9, bound }))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    const views = rulesView(records, recipes({ waterFraction: 0.3 }, {}), { phase: [0, 0], sets: [1, 1] });
    expect(views.map(({ speaks }) => speaks)).toEqual([true, false]);
  });

  it("takes the record of incomplete rows where a recipe does not give all that rules read", () => {
    const dry = { waterFraction: 0.3, oleylamineMolar: Number.NaN };
    const [view, unrouted] = rulesView(records, recipes(dry, { waterFraction: 0.3, route: "" }), {
      phase: [nothing, nothing],
      sets: [16, 16],
    });
    expect(view).toMatchObject({ rule: "much water", record: poor, speaks: false, agrees: true });
    expect(unrouted.record).toBe(records[0].incomplete);
  });

  it("compares with the model's likeliest phase and with its set, each by itself", () => {
    const wet = { waterFraction: 0.3 };
    const views = rulesView(records, recipes(wet, wet, wet), { phase: [nothing, 0, 0], sets: [16, 17, 1] });
    expect(views.map(({ agrees, inSet }) => [agrees, inSet])).toEqual([
      [true, true],
      [false, true],
      [false, false],
    ]);
  });

  it("refuses records of other rules, and answers that are not one per recipe", () => {
    const answers = { phase: [0], sets: [1] };
    expect(() => rulesView(records.slice(1), recipes({}), answers)).toThrow("one record per rule");
    expect(() => rulesView(records, recipes({}, {}), answers)).toThrow("one phase per recipe is needed; got 1 for 2");
  });

  it("reads records back from JSON, and refuses those of other rules or with more right than decided", () => {
    const read = (value: unknown): boolean => ruleRecordsShape.safeParse(JSON.parse(JSON.stringify(value))).success;
    expect(ruleRecordsShape.parse(JSON.parse(JSON.stringify(records)))).toEqual(records);
    expect(read(records.toReversed())).toBe(false);
    expect(read(records.map((one) => ({ ...one, complete: { decided: 1, right: 2, bound: null } })))).toBe(false);
  });
});
