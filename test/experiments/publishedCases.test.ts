import { describe, expect, it } from "vitest";
import { phaseCode } from "../../src/chemistry/phases.js";
import { physics } from "../../src/chemistry/physicsParameters.js";
import { recipeSchema } from "../../src/chemistry/recipeSchema.js";
import { averageHabit } from "../../src/chemistry/size.js";
import { numbersOf } from "../../src/core/Table.js";
import { tableFromRows } from "../../src/core/tableFromRows.js";
import { loadRecipes } from "../../src/experiments/loadRecipes.js";
import { publishedCases } from "../../src/experiments/publishedCases.js";
import { simulateExperiment } from "../../src/generation/simulateExperiment.js";
import { readRawCsv } from "../../src/io/tables/readRawCsv.js";
import { hasRealData, realData } from "../support/realData.js";

const recipe = {
  route: "hot injection",
  temperatureCelsius: 170,
  timeSecond: 5,
  caesiumMolar: 0.01,
  leadMolar: 0.03,
  bromideMolar: 0.06,
  caesiumLeadRatio: 1 / 3,
  bromideLeadRatio: 2,
  oleicAcidMolar: 0.2,
  oleylamineMolar: 0.25,
  otherAcidMolar: 0.05,
  otherAmineMolar: 0.02,
  polarSolventFraction: 0,
  waterFraction: 0,
  antisolventRatio: 0,
  volumeMillilitre: 6.4,
  caesiumSource: "Cs2CO3",
  bromideSource: "PbBr2",
  phase: "CsPbBr3",
  doi: "10.1000/a",
};
const one = (other: Record<string, number | string> = {}): ReturnType<typeof publishedCases>[number] =>
  publishedCases(tableFromRows(recipeSchema, [{ ...recipe, ...other }]))[0];

describe("publishedCases", () => {
  it("takes a recipe as it stands, all acids as oleic acid and all amines as oleylamine", () => {
    expect(one()).toEqual({
      conditions: {
        route: "hot injection",
        temperatureCelsius: 170,
        timeSecond: 5,
        mixingSecond: 0.5,
        volumeMillilitre: 6.4,
        caesiumMolar: 0.01,
        leadMolar: 0.03,
        bromideMolar: 0.06,
        oleicAcidMolar: 0.25,
        oleylamineMolar: 0.27,
        caesiumOleateMolar: 0.01,
        polarSolventFraction: 0,
        waterFraction: 0,
      },
      phase: 0,
      doi: "10.1000/a",
    });
  });

  it("lets carboxylate hold the acid and bromide not", () => {
    expect(one({ caesiumSource: "CsBr" }).conditions.caesiumOleateMolar).toBe(0);
    for (const caesiumSource of ["Cs2CO3", "CsOAc", "Cs2CO3+CsOAc"])
      expect(one({ caesiumSource }).conditions.caesiumOleateMolar).toBe(0.01);
  });

  it("counts a missing amount as none and times below 1 s as 1 s", () => {
    const { conditions } = one({ otherAcidMolar: Number.NaN, waterFraction: Number.NaN, timeSecond: 0 });
    expect([conditions.oleicAcidMolar, conditions.waterFraction, conditions.timeSecond]).toEqual([0.2, 0, 1]);
  });

  it("gives one case per row, in order, with the code of its phase", () => {
    const rows = ["Cs4PbBr6", "CsPb2Br5", "CsPbBr3"].map((phase, i) => ({ ...recipe, phase, doi: `10.1000/${i}` }));
    expect(publishedCases(tableFromRows(recipeSchema, rows)).map(({ phase, doi }) => [phase, doi])).toEqual([
      [1, "10.1000/0"],
      [2, "10.1000/1"],
      [0, "10.1000/2"],
    ]);
    expect(() => one({ phase: "CsPbI3" })).toThrow();
  });

  describe.skipIf(!hasRealData)("on the published recipes (skipped without ../shared/real-data)", () => {
    it("are 87 finite cases: 81 CsPbBr3, 5 Cs4PbBr6, 1 CsPb2Br5, of the papers in the table", async () => {
      const { table } = loadRecipes(await readRawCsv(`${realData}/cs_pb_br_recipes.csv`));
      const cases = publishedCases(table);
      expect([0, 1, 2].map((code) => cases.filter(({ phase }) => phase === code).length)).toEqual([81, 5, 1]);
      expect(cases.filter(({ phase }) => phase > 2)).toEqual([]);
      for (const { conditions, doi } of cases) {
        for (const [key, value] of Object.entries(conditions))
          if (key !== "route")
            expect(
              Number.isFinite(value) && (value as number) >= (key === "temperatureCelsius" ? -20 : 0),
              `${doi}, ${key}: ${value}`,
            ).toBe(true);
        expect(conditions.caesiumMolar > 0 && conditions.leadMolar > 0 && conditions.bromideMolar > 0, doi).toBe(true);
        expect(conditions.route).toMatch(/hot injection|LARP|reverse microemulsion/);
      }
      expect(cases.map(({ conditions }) => conditions.leadMolar)).toEqual(Array.from(numbersOf(table, "leadMolar")));
    });

    it("have Cs:Pb from 0.15 to 1 wherever CsPbBr3 was made, but for what was pushed further", async () => {
      const cases = publishedCases(loadRecipes(await readRawCsv(`${realData}/cs_pb_br_recipes.csv`)).table);
      const ratios = cases
        .filter(
          ({ phase, conditions: { route } }) => phase === phaseCode("CsPbBr3") && route !== "reverse microemulsion",
        )
        .map(({ conditions }) => conditions.caesiumMolar / conditions.leadMolar);
      expect(Math.min(...ratios)).toBeGreaterThanOrEqual(0.15 - 1e-9);
      expect(Math.max(...ratios)).toBeLessThanOrEqual(1 + 1e-9);
    });

    it("run through the chemistry without a number going astray", async () => {
      for (const { conditions, doi } of publishedCases(
        loadRecipes(await readRawCsv(`${realData}/cs_pb_br_recipes.csv`)).table,
      )) {
        const { probabilities, outcome } = simulateExperiment(conditions, {
          physics,
          habit: averageHabit,
          threshold: 0.15,
        });
        expect(
          probabilities.reduce((a, b) => a + b, 0),
          doi,
        ).toBeCloseTo(1, 9);
        expect(Number.isFinite(outcome.leadYield), doi).toBe(true);
      }
    });
  });
});
