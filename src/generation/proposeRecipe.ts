import type { Design } from "../chemistry/designFault.js";
import { antisolvents, polarSolvents, routeNames } from "../chemistry/recipeSchema.js";
import { DesignAxis } from "./layout.js";
import { linearRanges, type Region, type RegionRanges } from "./Region.js";

/** A recipe as it is written down before the experiment, with the ratios that defined it. */
export interface Recipe extends Design {
  readonly timeSecond: number;
  readonly mixingSecond: number;
  readonly volumeMillilitre: number;
  readonly extraBromideMolar: number;
  readonly antisolvent: (typeof antisolvents)[number];
}

/**
 * The recipe at a point of a region.
 *
 * Poor solvent dilutes: of a mixture with ratio A and water share w the polar solvent makes up (1 - w) / (1 + A).
 * Bromide is two per lead, one per caesium bromide, and what the amine's bromide brings.
 *
 * @param point  coordinates in (0, 1), one per DesignAxis; the first is not used, it chose the region
 */
export function proposeRecipe(
  { route, caesiumSource, dimethylSulfoxideShare, ranges }: Region,
  point: ArrayLike<number>,
): Recipe {
  const along = (name: keyof RegionRanges): number => {
    const [low, high] = ranges[name];
    const u = point[DesignAxis[name]];
    return linearRanges.has(name)
      ? low + (high - low) * u
      : Math.exp(Math.log(low) + (Math.log(high) - Math.log(low)) * u);
  };
  const hot = route === "hot injection";
  const leadMolar = along("leadMolar");
  const caesiumMolar = leadMolar * along("caesiumLeadRatio");
  const caesiumOleateMolar = caesiumSource === "caesium oleate" ? caesiumMolar : 0;
  const extraBromideMolar = leadMolar * along("extraBromideLeadRatio");
  const antisolventRatio = hot ? 0 : along("antisolventRatio");
  const waterFraction = along("waterFraction");
  return {
    route,
    temperatureCelsius: along("temperatureCelsius"),
    timeSecond: along("timeSecond"),
    mixingSecond: along("mixingSecond"),
    volumeMillilitre: along("volumeMillilitre"),
    caesiumMolar,
    leadMolar,
    bromideMolar: 2 * leadMolar + (caesiumMolar - caesiumOleateMolar) + extraBromideMolar,
    extraBromideMolar,
    oleicAcidMolar: leadMolar * along("oleicAcidLeadRatio"),
    oleylamineMolar: leadMolar * along("oleylamineLeadRatio"),
    caesiumOleateMolar,
    polarSolvent: hot ? "" : polarSolvents[point[DesignAxis.polarSolvent] < dimethylSulfoxideShare ? 2 : 1],
    polarSolventFraction: hot ? 0 : (1 - waterFraction) / (1 + antisolventRatio),
    waterFraction,
    antisolvent: antisolvents[routeNames.indexOf(route)],
    antisolventRatio,
  };
}
