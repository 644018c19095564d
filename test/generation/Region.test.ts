import { describe, expect, it } from "vitest";
import { antisolvents, bromideSources, caesiumSources, routeNames } from "../../src/chemistry/recipeSchema.js";
import { campaignRegions } from "../../src/generation/campaigns.js";
import { DesignAxis } from "../../src/generation/layout.js";
import { checkRegion, linearRanges, type Region, type RegionRanges } from "../../src/generation/Region.js";

const [sound] = campaignRegions;

function withRange(name: keyof RegionRanges, range: readonly [number, number]): Region {
  return { ...sound, ranges: { ...sound.ranges, [name]: range } };
}

describe("checkRegion", () => {
  it("accepts what ascends or stands still, and 0 for temperature and extra bromide", () => {
    for (const region of [
      sound,
      withRange("leadMolar", [0.1, 0.1]),
      withRange("temperatureCelsius", [-20, 0]),
      withRange("extraBromideLeadRatio", [0, 0]),
    ])
      expect(() => checkRegion(region)).not.toThrow();
  });

  it("refuses ranges that descend, are not finite, or start at 0 on a logarithm", () => {
    expect(() => checkRegion(withRange("leadMolar", [0.2, 0.1]))).toThrow(
      'region "hot injection, lead-rich": leadMolar must be [low, high] with low <= high, above 0; got [0.2, 0.1]',
    );
    expect(() => checkRegion(withRange("waterFraction", [0, 0.1]))).toThrow(
      "waterFraction must be [low, high] with low <= high, above 0; got [0, 0.1]",
    );
    for (const bad of [
      [Number.NaN, 1],
      [0, Number.NaN],
      [0, Infinity],
      [-Infinity, 0],
      [1, 0],
    ] as const)
      expect(() => checkRegion(withRange("temperatureCelsius", bad))).toThrow(
        /temperatureCelsius must be \[low, high\] with low <= high; got/,
      );
  });

  it("refuses a share of DMSO outside [0, 1]", () => {
    for (const dimethylSulfoxideShare of [-0.1, 1.1, Number.NaN])
      expect(() => checkRegion({ ...sound, dimethylSulfoxideShare })).toThrow(
        "dimethylSulfoxideShare must lie in [0, 1]",
      );
  });
});

describe("Region", () => {
  it("has a design axis for every range, and an antisolvent for every route", () => {
    for (const name of Object.keys(sound.ranges))
      expect(DesignAxis[name as keyof typeof DesignAxis], name).toBeGreaterThan(0);
    for (const name of linearRanges) expect(Object.keys(sound.ranges)).toContain(name);
    expect(antisolvents).toHaveLength(routeNames.length);
    // Bromide sources come in the order caesium source, then with oleylammonium bromide.
    expect(bromideSources).toHaveLength(2 * caesiumSources.length);
    bromideSources.forEach((source, i) =>
      expect([source.includes("caesium bromide"), source.includes("oleylammonium bromide")]).toEqual([
        i >= 2,
        i % 2 === 1,
      ]),
    );
  });
});
