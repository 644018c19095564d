import fitted from "../chemistry/fittedParameters.json" with { type: "json" };
import type { RouteName } from "../chemistry/recipeSchema.js";
import type { Region, RegionRanges } from "./Region.js";

/** A campaign and the share of all experiments that it makes up. */
export interface WeightedRegion {
  readonly region: Region;
  readonly weight: number;
}

const hot: RegionRanges = {
  temperatureCelsius: [120, 220],
  timeSecond: [2, 600],
  leadMolar: [0.01, 0.06],
  caesiumLeadRatio: [0.15, 1],
  oleicAcidLeadRatio: [4, 30],
  oleylamineLeadRatio: [3, 25],
  extraBromideLeadRatio: [0, 0],
  antisolventRatio: [1, 1],
  waterFraction: [1e-5, 2e-3],
  mixingSecond: [0.1, 2],
  volumeMillilitre: [5, 50],
};

const reprecipitation: RegionRanges = {
  ...hot,
  temperatureCelsius: [5, 60],
  timeSecond: [1, 3600],
  leadMolar: [0.002, 0.01],
  caesiumLeadRatio: [0.7, 1.3],
  oleicAcidLeadRatio: [2, 20],
  oleylamineLeadRatio: [0.3, 5],
  antisolventRatio: [5, 25],
  waterFraction: [1e-4, 0.02],
  mixingSecond: [0.02, 2],
};

const crystals: RegionRanges = {
  ...reprecipitation,
  temperatureCelsius: [15, 60],
  timeSecond: [3600, 600_000],
  leadMolar: [0.05, 0.4],
  caesiumLeadRatio: [0.4, 1],
  oleicAcidLeadRatio: [1e-3, 1e-2],
  oleylamineLeadRatio: [1e-3, 1e-2],
  antisolventRatio: [0.3, 2],
  mixingSecond: [2, 60],
};

/** What laboratories try: one box of recipes each. Ranges are an expert's, none is fitted. */
export const campaignRegions: readonly Region[] = [
  withOleate("hot injection, lead-rich", "hot injection", hot),
  withOleate("hot injection, extra bromide", "hot injection", { ...hot, extraBromideLeadRatio: [0.2, 2.6] }),
  withOleate("hot injection, caesium-rich", "hot injection", {
    ...hot,
    leadMolar: [0.008, 0.03],
    caesiumLeadRatio: [1, 8],
    oleicAcidLeadRatio: [9, 40],
    oleylamineLeadRatio: [5, 40],
  }),
  withOleate("hot injection, rich in amine", "hot injection", {
    ...hot,
    leadMolar: [0.005, 0.025],
    caesiumLeadRatio: [0.3, 2],
    oleylamineLeadRatio: [20, 90],
  }),
  withOleate("hot injection, amine-free", "hot injection", {
    ...hot,
    leadMolar: [0.003, 0.03],
    temperatureCelsius: [100, 180],
    caesiumLeadRatio: [0.3, 2],
    oleicAcidLeadRatio: [2.2, 70],
    oleylamineLeadRatio: [0.005, 0.05],
  }),
  withOleate("hot injection, rich in amine, quenched early", "hot injection", {
    ...hot,
    leadMolar: [0.005, 0.025],
    temperatureCelsius: [80, 125],
    timeSecond: [1, 6],
    caesiumLeadRatio: [0.35, 2],
    oleylamineLeadRatio: [28, 90],
  }),
  withOleate("hot injection, extra bromide, lead-rich", "hot injection", {
    ...hot,
    timeSecond: [5, 600],
    caesiumLeadRatio: [0.2, 0.4],
    oleylamineLeadRatio: [3, 9],
    extraBromideLeadRatio: [0.2, 2.6],
  }),
  withOleate("hot injection, caesium-starved", "hot injection", {
    ...hot,
    caesiumLeadRatio: [0.03, 0.3],
    oleylamineLeadRatio: [0.5, 6],
    extraBromideLeadRatio: [0.5, 3],
  }),
  withBromide("LARP, one to one", "LARP", reprecipitation, { dimethylSulfoxideShare: 0.2 }),
  withBromide(
    "LARP, caesium-rich",
    "LARP",
    { ...reprecipitation, caesiumLeadRatio: [1.3, 10], leadMolar: [0.0008, 0.004] },
    { dimethylSulfoxideShare: 0.7 },
  ),
  withBromide(
    "LARP, early and caesium-rich",
    "LARP",
    { ...reprecipitation, timeSecond: [1, 60], caesiumLeadRatio: [1.5, 5], leadMolar: [0.0008, 0.004] },
    { dimethylSulfoxideShare: 0.7 },
  ),
  withBromide(
    "LARP, lead-rich",
    "LARP",
    { ...reprecipitation, caesiumLeadRatio: [0.08, 0.6] },
    { dimethylSulfoxideShare: 0.2 },
  ),
  withOleate(
    "LARP, dilute or wet",
    "LARP",
    { ...reprecipitation, leadMolar: [2e-4, 2e-3], waterFraction: [0.02, 0.6], oleylamineLeadRatio: [1, 40] },
    { dimethylSulfoxideShare: 0.2 },
  ),
  withOleate("microemulsion, ratio scan", "reverse microemulsion", {
    ...reprecipitation,
    temperatureCelsius: [15, 45],
    caesiumLeadRatio: [0.15, 6],
    oleicAcidLeadRatio: [6, 60],
  }),
  withOleate("microemulsion, lead-rich", "reverse microemulsion", {
    ...reprecipitation,
    temperatureCelsius: [15, 45],
    timeSecond: [60, 3600],
    caesiumLeadRatio: [0.2, 0.5],
    oleicAcidLeadRatio: [6, 60],
  }),
  withBromide("bulk crystals", "bulk antisolvent", crystals, { dimethylSulfoxideShare: 0.9 }),
];

/**
 * Campaigns of laboratories with the weights that `twin calibrate-physics` solved for; equal ones while there are
 * none.
 */
export const asRunCampaigns: readonly WeightedRegion[] = weighted(campaignRegions, fitted.campaignWeights);

const wide: RegionRanges = {
  temperatureCelsius: [0, 240],
  timeSecond: [1, 36_000],
  leadMolar: [0.001, 0.1],
  caesiumLeadRatio: [0.05, 15],
  oleicAcidLeadRatio: [0.1, 60],
  oleylamineLeadRatio: [0.1, 60],
  extraBromideLeadRatio: [0, 3],
  antisolventRatio: [1, 30],
  waterFraction: [1e-4, 0.4],
  mixingSecond: [0.02, 10],
  volumeMillilitre: [5, 50],
};

/**
 * Regions that give every route the same wide ranges, whether or not a chemist would go there: what cannot be done is
 * rejected.
 */
export const wideRegions: readonly WeightedRegion[] = weighted(
  [
    withOleate("wide, hot injection", "hot injection", wide),
    withBromide("wide, LARP", "LARP", wide, { dimethylSulfoxideShare: 0.5 }),
    withOleate("wide, reverse microemulsion", "reverse microemulsion", wide, { dimethylSulfoxideShare: 0.5 }),
    withBromide(
      "wide, bulk antisolvent",
      "bulk antisolvent",
      { ...wide, timeSecond: [3600, 600_000] },
      { dimethylSulfoxideShare: 0.5 },
    ),
  ],
  {},
);

function weighted(regions: readonly Region[], weights: Readonly<Record<string, number>>): WeightedRegion[] {
  const known = Object.keys(weights).length > 0;
  return regions.map((region) => ({ region, weight: known ? (weights[region.name] ?? 0) : 1 / regions.length }));
}

function withOleate(
  name: string,
  route: RouteName,
  ranges: RegionRanges,
  { dimethylSulfoxideShare = 0 }: { readonly dimethylSulfoxideShare?: number } = {},
): Region {
  return { name, route, caesiumSource: "caesium oleate", dimethylSulfoxideShare, ranges };
}

function withBromide(
  name: string,
  route: RouteName,
  ranges: RegionRanges,
  { dimethylSulfoxideShare = 0 }: { readonly dimethylSulfoxideShare?: number } = {},
): Region {
  return { name, route, caesiumSource: "caesium bromide", dimethylSulfoxideShare, ranges };
}
