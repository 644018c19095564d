import { describe, expect, it } from "vitest";
import { physics } from "../../src/chemistry/physicsParameters.js";
import { speciation } from "../../src/chemistry/speciation.js";
import { supersaturation } from "../../src/chemistry/supersaturation.js";
import { tableFromRows } from "../../src/core/tableFromRows.js";
import { drivingSupersaturations } from "../../src/predictor/drivingSupersaturations.js";
import { recipeColumns } from "../../src/predictor/recipeColumns.js";

const recipe = {
  route: "hot injection",
  temperatureCelsius: 170,
  timeSecond: 5,
  mixingSecond: 1,
  volumeMillilitre: 10,
  caesiumMolar: 0.005,
  leadMolar: 0.02,
  bromideMolar: 0.04,
  oleicAcidMolar: 0.2,
  oleylamineMolar: 0.2,
  polarSolventFraction: 0,
  waterFraction: 0,
  caesiumSource: "caesium oleate",
} as const;

describe("drivingSupersaturations", () => {
  it("gives what the twin's equations give of the recipe as written, compound by compound", () => {
    const { route, caesiumSource: _, ...numbers } = recipe;
    const { lnCsPbBr3, lnCs4PbBr6, lnCsPb2Br5 } = supersaturation(
      speciation({ route, ...numbers, caesiumOleateMolar: numbers.caesiumMolar }, physics),
      recipe.temperatureCelsius,
      physics,
    );
    const [found] = drivingSupersaturations(tableFromRows(recipeColumns, [recipe]));
    expect(found.map(({ phase }) => phase)).toEqual(["CsPbBr3", "Cs4PbBr6", "CsPb2Br5"]);
    [lnCsPbBr3, lnCs4PbBr6, lnCsPb2Br5].forEach((value, k) => {
      expect(found[k].lnSupersaturation).toBeCloseTo(value, 9);
      expect(found[k].isAbove).toBe(value > 0);
    });
  });

  it("finds nothing above 1 in a recipe so dilute that everything dissolves", () => {
    const dilute = { ...recipe, caesiumMolar: 1e-9, leadMolar: 1e-9, bromideMolar: 2e-9 };
    const [found] = drivingSupersaturations(tableFromRows(recipeColumns, [dilute]));
    expect(found.map(({ isAbove }) => isAbove)).toEqual([false, false, false]);
  });

  it("says that it is not known where the recipe does not tell what it follows from", () => {
    const { waterFraction: _, ...untold } = recipe;
    const [found] = drivingSupersaturations(tableFromRows(recipeColumns, [untold]));
    expect(found).toEqual(
      ["CsPbBr3", "Cs4PbBr6", "CsPb2Br5"].map((phase) => ({ phase, lnSupersaturation: null, isAbove: null })),
    );
  });
});
