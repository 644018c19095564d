import { describe, expect, it } from "vitest";
import { recipeSchema } from "../../src/chemistry/recipeSchema.js";
import { InputError } from "../../src/core/InputError.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { tableFromRows } from "../../src/core/tableFromRows.js";
import { designsOfRoute } from "../../src/generation/designsOfRoute.js";
import { completedRecipe, isComplete, writtenRecipes } from "../../src/generation/writtenRecipes.js";

const amounts = { caesiumMolar: 0.01, leadMolar: 0.02, bromideMolar: 0.05 };
const read = (row: Readonly<Record<string, number | string>>): ReturnType<ReturnType<typeof writtenRecipes>> =>
  writtenRecipes(tableFromRows(recipeSchema, [{ ...amounts, ...row }]), "test")(0);
const [design] = designsOfRoute("hot injection", 1, seededRandom(1));

describe("writtenRecipes", () => {
  it("adds other acids and amines to oleic acid and oleylamine; a kind that is not written down is none", () => {
    expect(read({ oleicAcidMolar: 0.1, otherAcidMolar: 0.2 }).oleicAcidMolar).toBeCloseTo(0.3, 12);
    expect(read({ otherAcidMolar: 0.2 }).oleicAcidMolar).toBe(0.2);
    expect(read({ oleylamineMolar: 0.1 }).oleylamineMolar).toBe(0.1);
    expect(read({}).oleylamineMolar).toBeNaN();
  });

  it("takes caesium as oleate unless its source holds bromide", () => {
    expect(["caesium oleate", "Cs2CO3", "CsOAc"].map((caesiumSource) => read({ caesiumSource }).isOleate)).toEqual([
      true,
      true,
      true,
    ]);
    expect(["caesium bromide", "CsBr"].map((caesiumSource) => read({ caesiumSource }).isOleate)).toEqual([
      false,
      false,
    ]);
    expect(read({}).isOleate).toBeNull();
  });

  it("counts a shorter time as the first second, where the laws begin", () => {
    expect(read({ timeSecond: 0, mixingSecond: 0 })).toMatchObject({ timeSecond: 1, mixingSecond: 0.001 });
  });

  it("reads absent columns as missing", () => {
    const schema = {
      caesiumMolar: recipeSchema.caesiumMolar,
      leadMolar: recipeSchema.leadMolar,
      bromideMolar: recipeSchema.bromideMolar,
    };
    const recipe = writtenRecipes(tableFromRows(schema, [amounts]), "test")(0);
    expect(recipe).toMatchObject({ route: null, isOleate: null, temperatureCelsius: Number.NaN });
    expect(isComplete(recipe)).toBe(false);
  });

  it.each([
    [{ leadMolar: 0 }, "test, row 1, column leadMolar: must be above 0; got 0"],
    [{ caesiumMolar: Number.NaN }, "column caesiumMolar: must be above 0; got nothing"],
    [{ timeSecond: Infinity }, "column timeSecond: must be finite and at least 0; got Infinity"],
    [{ waterFraction: -0.1 }, "column waterFraction: must be finite and at least 0; got -0.1"],
    [
      { route: "sonication" },
      'column route: must be one of hot injection, LARP, reverse microemulsion, bulk antisolvent; got "sonication"',
    ],
  ])("refuses %o, naming row and column", (row, message) => {
    expect(() => read(row)).toThrow(InputError);
    expect(() => read(row)).toThrow(message);
  });
});

describe("completedRecipe", () => {
  it("keeps what is known and takes ligands by their ratio to lead", () => {
    const made = completedRecipe(read({ route: "hot injection", temperatureCelsius: 150, waterFraction: 0 }), design);
    expect(made).toMatchObject({
      ...amounts,
      temperatureCelsius: 150,
      waterFraction: 0,
      timeSecond: design.timeSecond,
    });
    expect(made.oleylamineMolar / made.leadMolar).toBeCloseTo(design.oleylamineMolar / design.leadMolar, 12);
    expect(made.mixingSecond).toBe(design.mixingSecond);
  });

  it("closes the books of bromide: two per lead, one per caesium bromide, and the rest", () => {
    for (const [caesiumSource, extra] of [
      ["CsBr", 0],
      ["CsOAc", 0.01],
    ] as const)
      expect(completedRecipe(read({ caesiumSource }), design).extraBromideMolar).toBeCloseTo(extra, 12);
  });

  it("knows the polar solvent's share where only the poor solvent's is written down", () => {
    const larp = { route: "LARP", antisolventRatio: 9, waterFraction: 0.1 };
    expect(completedRecipe(read(larp), design).polarSolventFraction).toBeCloseTo(0.09, 12);
    expect(completedRecipe(read({ ...larp, polarSolventFraction: 0.2 }), design).polarSolventFraction).toBe(0.2);
    expect(completedRecipe(read({ ...larp, route: "hot injection" }), design).polarSolventFraction).toBe(0);
  });
});
