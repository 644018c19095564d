import { describe, expect, it } from "vitest";
import { physics } from "../../src/chemistry/physicsParameters.js";
import { asRunCampaigns, wideRegions } from "../../src/generation/campaigns.js";
import { twinSetup } from "../../src/generation/twinSetup.js";

describe("twinSetup", () => {
  it("depends on its options alone, and takes the campaigns as run, the physics in use and unit noise", () => {
    const setup = twinSetup({ seed: 1 });
    expect(twinSetup({ seed: 1 })).toEqual(setup);
    expect([setup.regions, setup.physics, setup.noise]).toEqual([asRunCampaigns, physics, 1]);
    expect(setup.weights).toEqual(asRunCampaigns.map(({ weight }) => weight));
  });

  it("has keys that differ between streams and seeds, each of two 32-bit words", () => {
    const keys = [1, 2, 2 ** 53 - 1].flatMap(
      (seed) => Object.values(twinSetup({ seed, labs: { count: 1 } }).keys) as [number, number][],
    );
    expect(new Set(keys.map((key) => key.join())).size).toBe(9);
    for (const word of keys.flat()) expect(Number.isInteger(word) && word >= 0 && word < 2 ** 32).toBe(true);
  });

  it("changes the noise stream alone with noiseSeed, laboratories and people alone with labsSeed", () => {
    const [plain, replicate, elsewhere] = [
      twinSetup({ seed: 1 }),
      twinSetup({ seed: 1, noiseSeed: 5 }),
      twinSetup({ seed: 1, labsSeed: 5 }),
    ];
    expect({ ...replicate, keys: { ...replicate.keys, noise: plain.keys.noise } }).toEqual(plain);
    expect(replicate.keys.noise).not.toEqual(plain.keys.noise);
    expect({
      ...elsewhere,
      laboratories: plain.laboratories,
      keys: { ...elsewhere.keys, people: plain.keys.people },
    }).toEqual(plain);
    expect(elsewhere.keys.people).not.toEqual(plain.keys.people);
    expect(elsewhere.laboratories.calendar).not.toEqual(plain.laboratories.calendar);
    expect(twinSetup({ seed: 1, noiseSeed: 1, labsSeed: 1 })).toEqual(plain);
  });

  it("refuses seeds that are not whole numbers from 0 to 2^53 - 1, noise outside [0, 10], and bad laboratories", () => {
    for (const seed of [-1, 0.5, 2 ** 53, Number.NaN]) {
      for (const options of [{ seed }, { seed: 1, noiseSeed: seed }, { seed: 1, labsSeed: seed }])
        expect(() => twinSetup(options)).toThrow("must be an integer in [0, 2^53)");
    }
    for (const noise of [-0.1, 10.1, Number.NaN])
      expect(() => twinSetup({ seed: 1, noise })).toThrow(/noise.*must lie in \[0, 10\]/);
    expect(() => twinSetup({ seed: 1, labs: { count: 0 } })).toThrow("1 to 80");
  });

  it("refuses no regions, too many, bad weights, and a region that makes no sense", () => {
    const [{ region }] = wideRegions;
    expect(() => twinSetup({ seed: 1, regions: [] })).toThrow("there must be 1 to 256 regions; got 0");
    expect(() =>
      twinSetup({ seed: 1, regions: Array.from({ length: 257 }, () => ({ region, weight: 1 / 257 })) }),
    ).toThrow("got 257");
    expect(() => twinSetup({ seed: 1, regions: [{ region, weight: 0.9 }] })).toThrow("sum to 1; got a sum of 0.9");
    expect(() =>
      twinSetup({
        seed: 1,
        regions: [
          { region, weight: 1.5 },
          { region, weight: -0.5 },
        ],
      }),
    ).toThrow("must be at least 0");
    expect(() => twinSetup({ seed: 1, regions: [{ region, weight: Number.NaN }] })).toThrow("sum to 1");
    expect(() =>
      twinSetup({ seed: 1, regions: [{ region: { ...region, dimethylSulfoxideShare: 2 }, weight: 1 }] }),
    ).toThrow("dimethylSulfoxideShare");
  });
});
