import { describe, expect, it } from "vitest";
import { designFault } from "../../src/chemistry/designFault.js";
import { routeNames } from "../../src/chemistry/recipeSchema.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { asRunCampaigns } from "../../src/generation/campaigns.js";
import { designsOfRoute } from "../../src/generation/designsOfRoute.js";

const random = seededRandom(3).fork("designs of a route");

describe("designsOfRoute", () => {
  it.each(routeNames)("gives possible designs of %s alone", (route) => {
    const designs = designsOfRoute(route, 100, random);
    expect(designs.every((design) => design.route === route && designFault(design) === 0)).toBe(true);
    expect(new Set(designs.map(({ leadMolar }) => leadMolar)).size).toBe(100);
  });

  it("takes routes as often as campaigns try them where none is named", () => {
    const designs = designsOfRoute(null, 4000, random);
    for (const route of routeNames) {
      const expected = asRunCampaigns.reduce(
        (sum, { region, weight }) => sum + (region.route === route ? weight : 0),
        0,
      );
      const found = designs.filter((design) => design.route === route).length / designs.length;
      // Campaigns' proposals are impossible at different rates, so shares move by a little more than chance.
      expect(Math.abs(found - expected), route).toBeLessThan(0.08);
    }
  });

  it("makes design i from the stream and i alone", () => {
    expect(designsOfRoute("LARP", 20, random).slice(0, 7)).toEqual(designsOfRoute("LARP", 7, random));
  });

  it("says so where no campaign has a possible design", () => {
    expect(() => designsOfRoute("LARP", 1, random, asRunCampaigns.slice(0, 3))).toThrow("none has by LARP");
  });
});
