import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recipeFields, bromideSources, caesiumSources } from "../../src/chemistry/recipeSchema.js";
import { twinTerms } from "../../src/chemistry/twinTerms.js";
import { makeTable, numbersOf, textsOf, type Table } from "../../src/core/Table.js";
import { tableFromRows } from "../../src/core/tableFromRows.js";
import { generateExperiments } from "../../src/generation/generateExperiments.js";

const recipe = {
  timeSecond: 10,
  mixingSecond: 0.5,
  caesiumMolar: 0.01,
  leadMolar: 0.02,
  bromideMolar: 0.04,
  oleicAcidMolar: 0.4,
  oleylamineMolar: 0.4,
  caesiumSource: "caesium oleate",
  bromideSource: "lead bromide",
};

function one(changes: Readonly<Record<string, number | string>>): Table {
  return tableFromRows(recipeFields, [{ ...recipe, ...changes }]);
}

function termsOf(changes: Readonly<Record<string, number | string>>): Readonly<Record<string, number | string>> {
  const { table } = twinTerms(one(changes));
  return {
    caesium: textsOf(table, "caesiumSource")[0],
    bromide: textsOf(table, "bromideSource")[0],
    acid: numbersOf(table, "oleicAcidMolar")[0],
    amine: numbersOf(table, "oleylamineMolar")[0],
    time: numbersOf(table, "timeSecond")[0],
  };
}

describe("twinTerms", () => {
  it("leaves the twin's own recipes as they are, bytes and all", async () => {
    const { table } = await generateExperiments({ rows: 2000, seed: 5 });
    const { table: same, unknown } = twinTerms(table);
    expect(unknown.size).toBe(0);
    for (const name of Object.keys(recipeFields).filter((column) => column in table.columns))
      if (recipeFields[name].kind === "number")
        expect(Array.from(numbersOf(same, name))).toEqual(Array.from(numbersOf(table, name)));
      else expect(textsOf(same, name)).toEqual(textsOf(table, name));
  });

  it("names reagents that bring what no column counts, row by row", () => {
    const { unmodelled } = twinTerms(one({ bromideSource: "PbBr2+zinc bromide", caesiumSource: "caesium iodide" }));
    expect(unmodelled.get(0)).toEqual(["caesium iodide", "zinc bromide"]);
    expect(twinTerms(one({ bromideSource: "PbBr2+ammonium bromide" })).unmodelled.size).toBe(0);
  });

  it("takes every salt of caesium but the bromide as a carboxylate (regression: caesium acetate was unknown)", () => {
    for (const source of ["CsAc", "caesium acetate", "Cs2CO3", "CsOH", "cesium stearate"])
      expect(termsOf({ caesiumSource: source }).caesium, source).toBe(caesiumSources[0]);
    expect(termsOf({ caesiumSource: "CsBr" }).caesium).toBe(caesiumSources[1]);
    expect(termsOf({ caesiumSource: "Cs2CO3+CsBr" }).caesium).toBe(caesiumSources[1]);
  });

  it("counts bromide by balance, whatever brought it (regression: bromide from another source counted as none)", () => {
    const extra = { bromideMolar: 0.06 };
    for (const source of ["NH4Br", "PbO+NBS", "benzoyl bromide", "PbBr2+ZnBr2"])
      expect(termsOf({ ...extra, bromideSource: source }).bromide, source).toBe(bromideSources[1]);
    expect(termsOf({ bromideSource: "PbBr2" }).bromide).toBe(bromideSources[0]);
    const salt = { caesiumSource: "CsBr", bromideSource: "PbBr2+CsBr" };
    expect(termsOf({ ...salt, bromideMolar: 0.05 }).bromide).toBe(bromideSources[2]);
    expect(termsOf({ ...salt, bromideMolar: 0.07 }).bromide).toBe(bromideSources[3]);
  });

  it("adds other acids and amines to the twin's (regression: octanoic acid counted as no acid)", () => {
    expect(termsOf({ oleicAcidMolar: 0, otherAcidMolar: 0.4 }).acid).toBe(0.4);
    expect(termsOf({ oleicAcidMolar: NaN, otherAcidMolar: 0.3 }).acid).toBe(0.3);
    expect(termsOf({ oleylamineMolar: 0.1, otherAmineMolar: 0.25 }).amine).toBeCloseTo(0.35, 12);
    expect(termsOf({ oleylamineMolar: NaN }).amine).toBeNaN();
  });

  it("counts times below the first second as it, and leaves a negative one to be refused", () => {
    expect(termsOf({ timeSecond: 0 }).time).toBe(1);
    expect(termsOf({ timeSecond: 0.2 }).time).toBe(1);
    expect(termsOf({ timeSecond: -3 }).time).toBe(-3);
    expect(termsOf({ timeSecond: NaN }).time).toBeNaN();
  });

  it("names what is no reagent by its row, and takes its source as not told", () => {
    const { table, unknown } = twinTerms(
      tableFromRows(recipeFields, [recipe, { ...recipe, caesiumSource: "caesium unobtanate", bromideSource: "XyBr9" }]),
    );
    expect([...unknown]).toEqual([[1, ["caesium unobtanate", "XyBr9"]]]);
    expect(textsOf(table, "caesiumSource")).toEqual(["caesium oleate", ""]);
    expect(textsOf(table, "bromideSource")).toEqual(["lead bromide", ""]);
  });

  it("is the same a second time, and row by row", () => {
    const anyRecipe = fc.record({
      timeSecond: fc.constantFrom(0, 0.5, 30, NaN),
      bromideMolar: fc.constantFrom(0.04, 0.05, 0.061, NaN),
      oleicAcidMolar: fc.constantFrom(0, 0.2, NaN),
      otherAcidMolar: fc.constantFrom(0, 0.3, NaN),
      otherAmineMolar: fc.constant(NaN),
      caesiumSource: fc.constantFrom("", "CsBr", "Cs2CO3", "x", "caesium oleate"),
      bromideSource: fc.constantFrom("", "PbBr2", "NH4Br", "y", "lead bromide+caesium bromide"),
    });
    fc.assert(
      fc.property(fc.array(anyRecipe, { minLength: 1, maxLength: 6 }), (changes) => {
        const rows = changes.map((change) => ({ ...recipe, ...change }));
        const { table } = twinTerms(tableFromRows(recipeFields, rows));
        expect(twinTerms(table).table).toEqual(table);
        rows.forEach((row, i) => {
          const alone = twinTerms(tableFromRows(recipeFields, [row])).table;
          for (const name of ["bromideSource", "caesiumSource"])
            expect(textsOf(alone, name)[0]).toBe(textsOf(table, name)[i]);
        });
      }),
    );
  });

  it("takes tables that lack columns", () => {
    const lead = recipeFields.leadMolar;
    const bare = makeTable({ leadMolar: lead }, { leadMolar: Float64Array.of(0.1) });
    expect(twinTerms(bare).table).toEqual(bare);
  });
});
