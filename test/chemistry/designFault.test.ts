import { describe, expect, it } from "vitest";
import { caesiumBromideStock, neatOleicAcid, neatOleylamine } from "../../src/chemistry/constants.js";
import { boilingCelsius, type Design, designFault, designFaults } from "../../src/chemistry/designFault.js";
import { routeNames } from "../../src/chemistry/recipeSchema.js";

const hot: Design = {
  route: "hot injection",
  temperatureCelsius: 170,
  caesiumMolar: 0.01,
  leadMolar: 0.03,
  bromideMolar: 0.06,
  oleicAcidMolar: 0.25,
  oleylamineMolar: 0.24,
  caesiumOleateMolar: 0.01,
  polarSolvent: "",
  polarSolventFraction: 0,
  waterFraction: 0,
  antisolventRatio: 0,
};
/** Caesium bromide at 0.04 mol/L in DMF, one part in eleven of toluene. */
const reprecipitated: Design = {
  ...hot,
  route: "LARP",
  temperatureCelsius: 25,
  caesiumMolar: 0.04 / 11,
  leadMolar: 0.004,
  bromideMolar: 0.0116,
  oleicAcidMolar: 0.05,
  caesiumOleateMolar: 0,
  polarSolvent: "DMF",
  polarSolventFraction: 1 / 11,
  antisolventRatio: 10,
};

/** Each fault of a sound design, in the order of precedence. */
const broken: readonly [string, Design][] = [
  [
    "volume shares of polar solvent, water and ligands above 1",
    { ...reprecipitated, polarSolventFraction: 0.7, waterFraction: 0.31 },
  ],
  ["hotter than the boiling point of the medium", { ...reprecipitated, temperatureCelsius: 111 }],
  ["polar solvent or much water in hot octadecene", { ...hot, waterFraction: 0.011 }],
  ["caesium oleate needs more oleic acid than there is (charge balance)", { ...hot, oleicAcidMolar: 0.0099 }],
  ["caesium bromide does not dissolve in so little polar solvent", { ...reprecipitated, caesiumMolar: 0.081 / 11 }],
];

describe("designFault", () => {
  it("is 0 for a classic hot injection and a classic reprecipitation", () => {
    expect([designFault(hot), designFault(reprecipitated), designFaults[0]]).toEqual([0, 0, "none"]);
  });

  it.each(broken)("finds: %s", (fault, design) => {
    expect(designFaults[designFault(design)]).toBe(fault);
  });

  it("names every fault that it can find", () => {
    expect(broken.map(([fault]) => fault)).toEqual(designFaults.slice(1));
  });

  it("names the first of several, in the order of its list", () => {
    const all: Design = {
      ...reprecipitated,
      polarSolventFraction: 0.7,
      waterFraction: 0.31,
      temperatureCelsius: 400,
      caesiumMolar: 0.4,
      caesiumOleateMolar: 0.2,
      oleicAcidMolar: 0.1,
    };
    expect(designFault(all)).toBe(1);
    expect(designFault({ ...all, waterFraction: 0 })).toBe(2);
    expect(designFault({ ...all, waterFraction: 0, temperatureCelsius: 25 })).toBe(4);
    expect(designFault({ ...all, waterFraction: 0, temperatureCelsius: 25, oleicAcidMolar: 0.3 })).toBe(5);
    expect(designFault({ ...hot, polarSolventFraction: 0.1, oleicAcidMolar: 0 })).toBe(3);
  });

  it("lets every border pass: shares of 1, the boiling point, 1 % water, just enough acid", () => {
    expect(
      designFault({
        ...reprecipitated,
        oleicAcidMolar: 0,
        oleylamineMolar: 0,
        polarSolventFraction: 0.75,
        waterFraction: 0.25,
      }),
    ).toBe(0);
    for (const route of routeNames) {
      const design = { ...(route === "hot injection" ? hot : reprecipitated), route };
      expect(designFault({ ...design, temperatureCelsius: boilingCelsius[route] })).toBe(0);
      expect(designFault({ ...design, temperatureCelsius: boilingCelsius[route] + 0.1 })).toBe(2);
    }
    expect(designFault({ ...hot, waterFraction: 0.01 })).toBe(0);
    expect(designFault({ ...hot, oleicAcidMolar: 0.01 })).toBe(0);
    expect(designFault({ ...reprecipitated, caesiumMolar: caesiumBromideStock.DMF / 11 - 1e-12 })).toBe(0);
  });

  it("counts the room of the ligands: no vessel holds more than neat acid or neat amine", () => {
    // Density over molar mass: 0.89 g/mL and 282.46 g/mol, 0.813 g/mL and 267.49 g/mol.
    expect(neatOleicAcid).toBeCloseTo(890 / 282.46, 2);
    expect(neatOleylamine).toBeCloseTo(813 / 267.49, 2);
    expect(designFault({ ...hot, oleicAcidMolar: 1.5, oleylamineMolar: 1.5 })).toBe(0);
    expect(designFault({ ...hot, oleicAcidMolar: 1.6, oleylamineMolar: 1.6 })).toBe(1);
    expect(designFault({ ...reprecipitated, polarSolventFraction: 0.5, oleylamineMolar: 1.6 })).toBe(1);
  });

  it("allows water in a cool flask and twelve times as much caesium bromide in DMSO as in DMF", () => {
    expect(designFault({ ...hot, temperatureCelsius: 99, waterFraction: 0.3 })).toBe(0);
    expect(designFault({ ...reprecipitated, polarSolvent: "DMSO", caesiumMolar: 0.9 / 11 })).toBe(0);
    expect(designFault({ ...reprecipitated, polarSolvent: "DMSO", caesiumMolar: 1.1 / 11 })).toBe(5);
    expect(caesiumBromideStock.DMSO / caesiumBromideStock.DMF).toBeGreaterThan(12);
  });

  it("counts caesium oleate against the acid and not against the polar solvent", () => {
    expect(designFault({ ...reprecipitated, caesiumMolar: 0.04, caesiumOleateMolar: 0.04, oleicAcidMolar: 0.05 })).toBe(
      0,
    );
    expect(designFault({ ...reprecipitated, caesiumMolar: 0.04, caesiumOleateMolar: 0, oleicAcidMolar: 0.05 })).toBe(5);
  });

  it("keeps media apart by what boils first: octadecene at 588 K, toluene at 384 K, hexane before acetonitrile", () => {
    expect(boilingCelsius["hot injection"] + 273.15).toBeCloseTo(588, 0);
    expect(boilingCelsius.LARP + 273.15).toBeCloseTo(384, 0);
    expect(boilingCelsius["reverse microemulsion"]).toBeLessThan(boilingCelsius["bulk antisolvent"]);
  });
});
