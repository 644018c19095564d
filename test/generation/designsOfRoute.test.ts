import { describe, expect, it } from "vitest";
import { designFault } from "../../src/chemistry/designFault.js";
import { routeNames } from "../../src/chemistry/recipeSchema.js";
import { seededRandom } from "../../src/core/random/Random.js";
import type { CategoryColumn } from "../../src/core/Table.js";
import { designsOfRoute } from "../../src/generation/designsOfRoute.js";
import { generateExperiments } from "../../src/generation/generateExperiments.js";

const random = seededRandom(3).fork("designs of a route");

describe("designsOfRoute", () => {
  it.each(routeNames)("gives possible designs of %s alone", (route) => {
    const designs = designsOfRoute(route, 100, random);
    expect(designs.every((design) => design.route === route && designFault(design) === 0)).toBe(true);
    expect(new Set(designs.map(({ leadMolar }) => leadMolar)).size).toBe(100);
  });

  it("takes routes as often as the twin's experiments do where none is named", async () => {
    const rows = 4000;
    const designs = designsOfRoute(null, rows, random);
    const { table } = await generateExperiments({ rows, seed: 3, engine: "typescript" });
    const { codes, levels } = table.columns.route as CategoryColumn;
    for (const route of routeNames) {
      const found = designs.filter((design) => design.route === route).length / rows;
      const tried = codes.filter((code) => levels[code] === route).length / rows;
      const share = (found + tried) / 2;
      const standardError = Math.sqrt((2 * share * (1 - share)) / rows);
      expect(share, route).toBeGreaterThan(0);
      expect(Math.abs(found - tried), route).toBeLessThan(4 * standardError);
    }
  });

  it("makes design i from the stream and i alone", () => {
    expect(designsOfRoute("LARP", 20, random).slice(0, 7)).toEqual(designsOfRoute("LARP", 7, random));
  });
});
