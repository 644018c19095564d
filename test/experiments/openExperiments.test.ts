import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { heldOutPapers } from "../../src/experiments/heldOutPapers.js";
import { openExperiments } from "../../src/experiments/openExperiments.js";
import { caesiumSources } from "../../src/chemistry/recipeSchema.js";
import { codesOf } from "../../src/core/Table.js";
import { hasRealData, realData } from "../support/realData.js";
import { temporaryFolder } from "../support/temporaryFolder.js";

describe("openExperiments", () => {
  it("says that no table is here, and what to do, where none is", async () => {
    const { recipes, reason } = await openExperiments({ folder: await temporaryFolder() });
    expect(recipes).toBeNull();
    expect(reason).toContain("twin data import");
  });

  it.runIf(hasRealData)(
    "gives recipes in the twin's terms, each with its paper, and none of a held-out paper",
    async () => {
      const { recipes, papers } = await openExperiments({ folder: realData });
      const { heldOut } = await heldOutPapers();
      expect(papers).toHaveLength(recipes!.numRows);
      expect(papers!.filter((paper) => heldOut.includes(paper))).toEqual([]);
      expect(new Set(papers).size).toBe(17);
      expect(codesOf(recipes!, "caesiumSource").levels).toEqual([...caesiumSources, ""]);
    },
  );

  it.runIf(hasRealData)(
    "passes a table over that is not here, and names the one without DOIs by its source",
    async () => {
      const folder = await temporaryFolder();
      const file = "cspbbr3_nanoplatelets_full.csv";
      copyFileSync(join(realData, file), join(folder, file));
      const { papers } = await openExperiments({ folder });
      expect([...new Set(papers)]).toEqual(["nanoplatelets-all (Henke et al., Adv. Mater. 2025)"]);
    },
  );
});
