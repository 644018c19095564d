import { describe, expect, it } from "vitest";
import { recipeSchema } from "../../src/chemistry/recipeSchema.js";
import { unitInName } from "../../src/core/checkColumnNames.js";

describe("recipeSchema", () => {
  it("says of every number its unit, range and where the range comes from", () => {
    for (const [name, { kind, unit, meaning, min, max, source }] of Object.entries(recipeSchema)) {
      expect(meaning, name).not.toBe("");
      if (kind === "category") continue;
      expect(unit, name).not.toBe("");
      expect(min!, name).toBeLessThan(max!);
      expect(source, name).toBeTruthy();
    }
  });

  it("names units in column names as the fields do", () => {
    for (const [name, { unit }] of Object.entries(recipeSchema)) expect(unitInName(name) ?? unit, name).toBe(unit);
  });
});
