import type { Field, Schema } from "../core/Schema.js";
import { phaseNames } from "./phases.js";

/** Ways to make the material. */
export const routeNames = ["hot injection", "LARP", "reverse microemulsion", "bulk antisolvent"] as const;

/** Name of a way to make the material. */
export type RouteName = (typeof routeNames)[number];

/** Compounds of the twin's designs, in its own words. */
export const caesiumSources = ["caesium oleate", "caesium bromide"] as const;
export const bromideSources = [
  "lead bromide",
  "lead bromide+oleylammonium bromide",
  "lead bromide+caesium bromide",
  "lead bromide+caesium bromide+oleylammonium bromide",
] as const;
export const polarSolvents = ["", "DMF", "DMSO"] as const;
/** Poor solvent of each route, in the order of routeNames. */
export const antisolvents = ["", "toluene", "hexane", "acetonitrile"] as const;

const shares = "a share of the whole";
const mass = "mass balance";

/**
 * Columns of a recipe: what goes into the vessel, and how it is run. Concentrations are per litre of all liquid,
 * mixed.
 */
export const recipeFields: Schema = {
  route: text(
    "how the solid is brought down: hot injection; LARP (ligand-assisted reprecipitation into a poor solvent); " +
      "reverse microemulsion; bulk crystals by antisolvent",
    { levels: routeNames },
  ),
  temperatureCelsius: number(
    "°C",
    "temperature of the reaction",
    -20,
    300,
    "ice bath to just below the boiling point of octadecene, 315 °C",
  ),
  timeSecond: number("s", "from mixing to quenching or sampling", 0, 864_000, "under a second to ten days of ripening"),
  caesiumMolar: number(
    "mol/L",
    "all caesium",
    0,
    2,
    "neat stock solutions reach about 0.5; real recipes have a median near 0.01",
    { required: true },
  ),
  leadMolar: number(
    "mol/L",
    "all lead",
    0,
    2,
    "PbBr2 in DMSO reaches above 1; hot injections have a median near 0.03",
    { required: true },
  ),
  bromideMolar: number(
    "mol/L",
    "all bromide, whatever its source",
    0,
    6,
    "two per lead and one per caesium, both at their highest; extra sources stay far below",
    { required: true },
  ),
  caesiumLeadRatio: number("1", "caesium per lead, mol/mol", 0, 20, "above 12 only caesium bromide is expected"),
  bromideLeadRatio: number("1", "bromide per lead, mol/mol", 0, 30, "2 from PbBr2 alone, 6 in Cs4PbBr6"),
  oleicAcidMolar: number(
    "mol/L",
    "oleic acid, with what came in as oleate stock",
    0,
    3.2,
    "neat oleic acid is 3.15 mol/L",
  ),
  oleylamineMolar: number(
    "mol/L",
    "oleylamine added as the amine; its bromide salt counts as bromide only",
    0,
    3.1,
    "neat oleylamine is 3.04 mol/L",
  ),
  otherAcidMolar: number("mol/L", "carboxylic acids other than oleic", 0, 18, "neat acetic acid is 17.5 mol/L"),
  otherAmineMolar: number("mol/L", "alkylamines other than oleylamine", 0, 12, "neat butylamine is about 10 mol/L"),
  polarSolventFraction: number("1", "volume share of DMF and DMSO", 0, 1, shares),
  waterFraction: number("1", "volume share of water", 0, 1, shares),
  antisolventRatio: number(
    "1",
    "volume of the poor solvent per volume of everything else; 0 where there is none",
    0,
    100,
    "reprecipitation uses 1 to 30",
  ),
  mixingSecond: number(
    "s",
    "time in which the two solutions are mixed",
    0.001,
    600,
    "acoustic mixing below 23 ms, batch mixing above 2 s: doi:10.1039/D0TC04519E",
  ),
  volumeMillilitre: number("mL", "all liquid", 0.001, 100_000, "a droplet to a pilot vessel"),
  caesiumSource: text("compounds that bring caesium, joined by +"),
  bromideSource: text("compounds that bring bromide, joined by +"),
  antisolvent: text("poor solvent; empty where there is none"),
};

/** What a design names beside the fields of a recipe. */
export const designFields: Schema = {
  polarSolvent: text("solvent of the salts; empty in hot injection", { levels: polarSolvents }),
};

/**
 * Columns of what an experiment gives: phase, size, emission, yield. Missing means not measured or not there: a dark
 * product has no emission, not 0.
 */
export const outcomeFields: Schema = {
  phase: text("what an X-ray operator would write", { levels: phaseNames }),
  sizeNanometre: number(
    "nm",
    "mean edge length or diameter of the particles by electron microscopy",
    1,
    100,
    "dots and platelets; what is larger is a sheet, a wire or a crystal",
  ),
  sizeDispersionPercent: number(
    "%",
    "standard deviation of the size over its mean",
    0,
    100,
    "10 to 90 % of published recipes: 7 to 26 %",
  ),
  shape: text("shape in the authors' word"),
  photoluminescencePeakNanometre: number(
    "nm",
    "wavelength of the emission maximum",
    395,
    545,
    "one monolayer near 400 nm to the bulk near 540 nm",
  ),
  photoluminescenceWidthNanometre: number(
    "nm",
    "full width at half maximum of the emission",
    5,
    80,
    "single particles to mixed platelets",
  ),
  quantumYield: number("1", "emitted per absorbed photon", 0, 1, shares),
  leadYield: number("1", "share of the lead that ends in the three compounds", 0, 1, mass),
};

/** Columns that say where an experiment comes from: who, when, and where the row is written down. */
export const provenanceFields: Schema = {
  experiment: text("name of the experiment within its source"),
  lab: text("laboratory"),
  operator: text("person or machine"),
  batch: text("experiments made from the same stocks in one go"),
  date: text("day of the experiment, YYYY-MM-DD"),
  doi: text("DOI of the publication, in lower case"),
  source: text("name of the table in the manifest, or of the simulator"),
  sourceRow: number("1", "data row within the source, counted from 1", 1, 2 ** 53, "count"),
  licence: text("licence of the source"),
  sourceSha256: text("SHA-256 of the source file"),
};

/** One experiment of the Cs-Pb-Br system: the columns that real tables are mapped to and the twin generates. */
export const recipeSchema: Schema = { ...recipeFields, ...outcomeFields, ...provenanceFields };

function number(
  unit: string,
  meaning: string,
  min: number,
  max: number,
  source: string,
  more: Partial<Field> = {},
): Field {
  return { kind: "number", unit, meaning, min, max, source, ...more };
}

function text(meaning: string, more: Partial<Field> = {}): Field {
  return { kind: "category", unit: "", meaning, ...more };
}
