import { describe, expect, it } from "vitest";
import { recipeSchema } from "../../src/chemistry/recipeSchema.js";
import { unitInName } from "../../src/core/checkColumnNames.js";
import { experimentSchema } from "../../src/generation/experimentSchema.js";
import { CodeSlot, codeSlots, NumberSlot, numberSlots } from "../../src/generation/layout.js";

const numberNames = Array.from({ length: numberSlots }, (_, slot) => NumberSlot[slot]);
const codeNames = Array.from({ length: codeSlots }, (_, slot) => CodeSlot[slot]);

describe("experimentSchema", () => {
  it("has a field for the row number and for every slot, in their order, and no other", () => {
    expect(Object.keys(experimentSchema)).toEqual(["sourceRow", ...numberNames, ...codeNames]);
    for (const name of ["sourceRow", ...numberNames]) expect(experimentSchema[name].kind, name).toBe("number");
    for (const name of codeNames) expect(experimentSchema[name].kind, name).toBe("category");
  });

  it("says of every number its unit, range and where the range comes from, of everything its meaning", () => {
    for (const [name, { kind, unit, meaning, min, max, source }] of Object.entries(experimentSchema)) {
      expect(meaning, name).toBeTruthy();
      if (kind === "category") continue;
      expect(unit, name).not.toBe("");
      expect(min!, name).toBeLessThan(max!);
      expect(source, name).toBeTruthy();
    }
  });

  it("marks as latent every true value and the polymorph at growth, and nothing else", () => {
    for (const [name, { latent = false }] of Object.entries(experimentSchema))
      expect(latent, name).toBe(name.startsWith("true") || name === "growthPolymorph");
  });

  it("means by a column of real tables what they mean: unit and range are theirs", () => {
    const shared = Object.keys(experimentSchema).filter((name) => Object.hasOwn(recipeSchema, name));
    expect(shared.length).toBeGreaterThan(25);
    for (const name of shared)
      for (const key of ["kind", "unit", "min", "max"] as const)
        expect(experimentSchema[name][key], `${name}, ${key}`).toBe(recipeSchema[name][key]);
  });

  it("names units in column names as the fields do, also of true values", () => {
    for (const [name, { unit }] of Object.entries(experimentSchema)) expect(unitInName(name) ?? unit, name).toBe(unit);
  });

  it("gives every measured outcome a true counterpart of the same unit and, for shares, the same range", () => {
    for (const name of [
      "sizeNanometre",
      "sizeDispersionPercent",
      "photoluminescencePeakNanometre",
      "photoluminescenceWidthNanometre",
      "quantumYield",
      "leadYield",
    ]) {
      const counterpart = experimentSchema[`true${name[0].toUpperCase()}${name.slice(1)}`];
      expect(counterpart.unit, name).toBe(experimentSchema[name].unit);
      if (counterpart.unit === "1") expect([counterpart.min, counterpart.max], name).toEqual([0, 1]);
    }
  });
});
