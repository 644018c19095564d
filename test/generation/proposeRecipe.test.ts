import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { campaignRegions, wideRegions } from "../../src/generation/campaigns.js";
import { DesignAxis, designAxes } from "../../src/generation/layout.js";
import { proposeRecipe, type Recipe } from "../../src/generation/proposeRecipe.js";
import { linearRanges, type Region, type RegionRanges } from "../../src/generation/Region.js";

const allRegions = [...campaignRegions, ...wideRegions.map(({ region }) => region)];
const anyRegion = fc.constantFrom(...allRegions);
const anyPoint = fc.array(
  fc.integer({ min: 0, max: 2 ** 23 - 1 }).map((k) => (k + 0.5) / 2 ** 23),
  { minLength: designAxes, maxLength: designAxes },
);

/** What each range bounds, read back from the recipe. */
const coordinates: Readonly<Record<keyof RegionRanges, (recipe: Recipe) => number>> = {
  temperatureCelsius: ({ temperatureCelsius }) => temperatureCelsius,
  timeSecond: ({ timeSecond }) => timeSecond,
  leadMolar: ({ leadMolar }) => leadMolar,
  caesiumLeadRatio: ({ caesiumMolar, leadMolar }) => caesiumMolar / leadMolar,
  oleicAcidLeadRatio: ({ oleicAcidMolar, leadMolar }) => oleicAcidMolar / leadMolar,
  oleylamineLeadRatio: ({ oleylamineMolar, leadMolar }) => oleylamineMolar / leadMolar,
  extraBromideLeadRatio: ({ extraBromideMolar, leadMolar }) => extraBromideMolar / leadMolar,
  antisolventRatio: ({ antisolventRatio }) => antisolventRatio,
  waterFraction: ({ waterFraction }) => waterFraction,
  mixingSecond: ({ mixingSecond }) => mixingSecond,
  volumeMillilitre: ({ volumeMillilitre }) => volumeMillilitre,
};
const names = Object.keys(coordinates) as (keyof RegionRanges)[];
const usedBy = ({ route }: Region, name: keyof RegionRanges): boolean =>
  !(route === "hot injection" && name === "antisolventRatio");

describe("proposeRecipe", () => {
  it("counts two bromides per lead, one per caesium bromide, and what the amine's salt brings", () => {
    fc.assert(
      fc.property(anyRegion, anyPoint, (region, point) => {
        const { bromideMolar, leadMolar, caesiumMolar, caesiumOleateMolar, extraBromideMolar } = proposeRecipe(
          region,
          point,
        );
        const fromSalt = region.caesiumSource === "caesium bromide" ? caesiumMolar : 0;
        expect(bromideMolar).toBeCloseTo(2 * leadMolar + fromSalt + extraBromideMolar, 12);
        expect(caesiumOleateMolar).toBe(region.caesiumSource === "caesium oleate" ? caesiumMolar : 0);
      }),
    );
  });

  it("stays within every range of its region", () => {
    fc.assert(
      fc.property(anyRegion, anyPoint, (region, point) => {
        const recipe = proposeRecipe(region, point);
        for (const name of names.filter((one) => usedBy(region, one))) {
          const [low, high] = region.ranges[name];
          const value = coordinates[name](recipe);
          expect(
            value >= low * (1 - 1e-12) - 1e-12 && value <= high * (1 + 1e-12) + 1e-12,
            `${name}: ${value} outside [${low}, ${high}]`,
          ).toBe(true);
        }
      }),
    );
  });

  it("has a quarter of the way up an axis a quarter of the range, mostly of the logarithm", () => {
    for (const region of allRegions) {
      for (const name of names.filter((one) => usedBy(region, one))) {
        const point = new Float64Array(designAxes).fill(0.5);
        point[DesignAxis[name]] = 0.25;
        const [low, high] = region.ranges[name];
        const expected = linearRanges.has(name) ? low + (high - low) / 4 : low * (high / low) ** 0.25;
        expect(coordinates[name](proposeRecipe(region, point)), `${region.name}, ${name}`).toBeCloseTo(expected, 9);
      }
    }
    expect([...linearRanges].sort()).toEqual(["extraBromideLeadRatio", "temperatureCelsius"]);
  });

  it("moves with one coordinate nothing but what that axis names", () => {
    fc.assert(
      fc.property(
        anyRegion,
        anyPoint,
        fc.constantFrom(...names),
        fc.integer({ min: 0, max: 2 ** 23 - 1 }),
        (region, point, moved, k) => {
          const other = [...point];
          other[DesignAxis[moved]] = (k + 0.5) / 2 ** 23;
          const [before, after] = [proposeRecipe(region, point), proposeRecipe(region, other)];
          for (const name of names)
            if (name !== moved) expect(coordinates[name](after)).toBeCloseTo(coordinates[name](before), 9);
        },
      ),
    );
  });

  it("fills the vessel: polar solvent with its poor solvent and water make one, whatever the ratio", () => {
    fc.assert(
      fc.property(anyRegion, anyPoint, (region, point) => {
        const { route, polarSolventFraction, antisolventRatio, waterFraction } = proposeRecipe(region, point);
        if (route !== "hot injection")
          expect(polarSolventFraction * (1 + antisolventRatio) + waterFraction).toBeCloseTo(1, 12);
      }),
    );
  });

  it("has no solvent but octadecene in hot injections", () => {
    for (const region of allRegions.filter(({ route }) => route === "hot injection")) {
      expect(proposeRecipe(region, new Float64Array(designAxes).fill(0.3))).toMatchObject({
        polarSolvent: "",
        polarSolventFraction: 0,
        antisolvent: "",
        antisolventRatio: 0,
      });
    }
  });

  it("uses DMSO in the stated share of designs, DMF in the others, and each route's own poor solvent", () => {
    const region = { ...wideRegions[1].region, dimethylSulfoxideShare: 0.3 };
    const solvent = (u: number): string =>
      proposeRecipe(
        region,
        Array.from({ length: designAxes }, (_, axis) => (axis === (DesignAxis.polarSolvent as number) ? u : 0.5)),
      ).polarSolvent;
    expect([0.001, 0.2999, 0.3, 0.999].map(solvent)).toEqual(["DMSO", "DMSO", "DMF", "DMF"]);
    expect(
      wideRegions.map((weighted) => proposeRecipe(weighted.region, new Float64Array(designAxes).fill(0.5)).antisolvent),
    ).toEqual(["", "toluene", "hexane", "acetonitrile"]);
  });

  it("does not use the coordinate that chose the region", () => {
    fc.assert(
      fc.property(anyRegion, anyPoint, (region, point) => {
        expect(proposeRecipe(region, [0.123, ...point.slice(1)])).toEqual(proposeRecipe(region, point));
      }),
    );
  });
});
