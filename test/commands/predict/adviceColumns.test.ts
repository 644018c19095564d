import { describe, expect, it } from "vitest";
import { adviceColumns, adviceSchema } from "../../../src/commands/predict/adviceColumns.js";
import { makeTable, numbersOf, textsOf } from "../../../src/core/Table.js";
import type { RecipeAdvice } from "../../../src/predictor/recipeAdvice.js";

const advice: RecipeAdvice = {
  recommended: true,
  rule: {
    rule: "much water",
    says: "no target product",
    because: "",
    dois: [],
    record: { decided: 10, right: 9, bound: 0.7 },
    speaks: false,
    agrees: true,
    inSet: true,
  },
  supersaturations: null,
  nearest: null,
  changes: [
    {
      phase: "Cs4PbBr6",
      changes: [
        { column: "timeSecond", unit: "s", from: 1.8449, to: 5.05, deviations: 0.42 },
        { column: "polarSolventFraction", unit: "1", from: 0.1, to: 0.2, deviations: 0.3 },
      ],
      size: 0.72,
      probability: 0.53,
    },
    { phase: "CsPb2Br5", changes: null, size: null, probability: null },
  ],
  secondOpinion: {
    phase: "CsPbBr3",
    probabilities: { CsPbBr3: 0.75, "no target product": 0.25 },
    standardErrors: { CsPbBr3: 0.5, "no target product": 0.25 },
    agrees: false,
  },
};
const tableOf = (wanted: Parameters<typeof adviceSchema>[0]): ReturnType<typeof makeTable> =>
  makeTable(adviceSchema(wanted), adviceColumns([advice, null], wanted));

describe("adviceColumns", () => {
  it("tells the recommendation and the rule, and nothing of what was not asked for", () => {
    const table = tableOf({ explain: false, secondOpinion: false });
    expect(Object.keys(table.columns)).toEqual(["recommended", "rule", "ruleSays", "ruleSpeaks"]);
    const row = Object.keys(table.columns).map((name) => textsOf(table, name));
    expect(row.map(([one]) => one)).toEqual(["yes", "much water", "no target product", "no"]);
  });

  it("writes changes as before and after, with their size, and the second opinion beside", () => {
    const table = tableOf({ explain: true, secondOpinion: true });
    expect(textsOf(table, "changeToCs4PbBr6")[0]).toBe("timeSecond 1.84 to 5.05 s; polarSolventFraction 0.1 to 0.2");
    expect(numbersOf(table, "changeToCs4PbBr6Size")[0]).toBeCloseTo(0.72, 6);
    expect(textsOf(table, "changeToCsPb2Br5")[0]).toBe("");
    expect(textsOf(table, "secondPhase")[0]).toBe("CsPbBr3");
    expect(textsOf(table, "secondAgrees")[0]).toBe("no");
    expect(numbersOf(table, "secondProbabilityNothing")[0]).toBe(0.25);
    expect(numbersOf(table, "secondStandardError")[0]).toBe(0.5);
  });

  it("leaves the cells of a refused recipe empty", () => {
    const table = tableOf({ explain: true, secondOpinion: true });
    for (const name of Object.keys(table.columns))
      if (table.schema[name].kind === "number") expect(numbersOf(table, name)[1]).toBeNaN();
      else expect(textsOf(table, name)[1]).toBe("");
  });
});
