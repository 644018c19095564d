import { designFault } from "../chemistry/designFault.js";
import type { RouteName } from "../chemistry/recipeSchema.js";
import { pickShare } from "../core/random/pickShare.js";
import type { Random } from "../core/random/Random.js";
import { asRunCampaigns } from "./campaigns.js";
import { mostAttempts } from "./ExperimentEngine.js";
import { designAxes } from "./layout.js";
import { proposeRecipe, type Recipe } from "./proposeRecipe.js";

/**
 * Designs that laboratories of the twin would try by one route, each possible; design i is a function of the stream
 * and of i alone.
 *
 * @param route  null: of all routes, as often as they are tried
 * @throws RangeError if all that its campaigns propose is impossible
 */
export function designsOfRoute(route: RouteName | null, count: number, random: Random): Recipe[] {
  const tried = asRunCampaigns.filter(({ region, weight }) => weight > 0 && (route === null || region.route === route));
  const total = tried.reduce((sum, { weight }) => sum + weight, 0);
  const shares = tried.map(({ weight }) => weight / total);
  const designOf = (row: number): Recipe => {
    const own = random.fork(row);
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const recipe = proposeRecipe(tried[pickShare(shares, own())].region, Array.from({ length: designAxes }, own));
      if (designFault(recipe) === 0) return recipe;
    }
    throw new RangeError(
      `designsOfRoute: some campaign must have possible designs; none has by ${route ?? "any route"}`,
    );
  };
  return Array.from({ length: count }, (_, row) => designOf(row));
}
