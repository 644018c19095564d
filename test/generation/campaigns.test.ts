import { describe, expect, it } from "vitest";
import { designFault } from "../../src/chemistry/designFault.js";
import fitted from "../../src/chemistry/fittedParameters.json" with { type: "json" };
import { recipeSchema, routeNames } from "../../src/chemistry/recipeSchema.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { asRunCampaigns, campaignRegions, wideRegions } from "../../src/generation/campaigns.js";
import { designAxes } from "../../src/generation/layout.js";
import { proposeRecipe } from "../../src/generation/proposeRecipe.js";
import { checkRegion } from "../../src/generation/Region.js";

const regions = [...campaignRegions, ...wideRegions.map(({ region }) => region)];

describe("campaigns", () => {
  it("are sound regions with names of their own", () => {
    for (const region of regions) expect(() => checkRegion(region)).not.toThrow();
    expect(new Set(regions.map(({ name }) => name)).size).toBe(regions.length);
  });

  it("have weights of at least 0 that sum to 1", () => {
    for (const weighted of [asRunCampaigns, wideRegions]) {
      expect(Math.abs(weighted.reduce((sum, { weight }) => sum + weight, 0) - 1)).toBeLessThan(1e-6);
      for (const { weight } of weighted) expect(weight >= 0).toBe(true);
    }
  });

  it("use every fitted weight: none is of a campaign that is no more", () => {
    const names = campaignRegions.map(({ name }) => name);
    expect(Object.keys(fitted.campaignWeights).filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(regions.map((region) => [region.name, region] as const))(
    "%s: at least one design in 50 can be carried out, and all lie within the recipe schema",
    (_, region) => {
      const random = seededRandom(1).fork(region.name);
      let possible = 0;
      for (let i = 0; i < 500; i++) {
        const recipe = proposeRecipe(
          region,
          Array.from({ length: designAxes }, () => random()),
        );
        if (designFault(recipe) !== 0) continue;
        possible++;
        const values: Record<string, number> = {
          ...recipe,
          caesiumLeadRatio: recipe.caesiumMolar / recipe.leadMolar,
          bromideLeadRatio: recipe.bromideMolar / recipe.leadMolar,
        } as unknown as Record<string, number>;
        for (const [name, value] of Object.entries(values)) {
          const { min, max } = recipeSchema[name] ?? {};
          if (min !== undefined && max !== undefined)
            expect(value >= min && value <= max, `${name}: ${value}`).toBe(true);
        }
      }
      expect(possible).toBeGreaterThan(10);
    },
  );

  it("cover all four routes, also when they are wide", () => {
    for (const some of [campaignRegions, wideRegions.map(({ region }) => region)])
      expect(new Set(some.map(({ route }) => route))).toEqual(new Set(routeNames));
  });
});
