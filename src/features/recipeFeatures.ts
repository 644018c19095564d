import { physics } from "../chemistry/physicsParameters.js";
import { routeNames } from "../chemistry/recipeSchema.js";
import { speciation } from "../chemistry/speciation.js";
import { supersaturation } from "../chemistry/supersaturation.js";

/** Numbers and texts of one recipe, by column name. */
export interface RecipeRow {
  number(column: string): number;
  text(column: string): string;
}

/** A number that a recipe gives and a model sees. */
export interface RecipeFeature {
  readonly name: string;
  readonly unit: string;
  readonly meaning: string;
  /** Number columns that it needs; a missing value in one of them makes it missing. */
  readonly needs: readonly string[];
  /** Category columns that it needs. */
  readonly reads?: readonly string[];
  readonly value: (row: RecipeRow) => number;
  /**
   * Set where the recipe's own column follows from the feature alone, or from the feature and the lead concentration.
   */
  readonly column?: string;
  readonly inverse?: (value: number, leadMolar: number) => number;
  /**
   * Its value where there is none of the additive, or at the first second, from which the laws of growth count. The
   * twin comes close to it but seldom reaches it, and nothing happens between: what lies there is no extrapolation.
   */
  readonly least?: number;
}

/** What may be 0 is shifted by this much before its logarithm is taken: ligands per lead, and volume share of water. */
export const leastLigandRatio = 0.01;
export const leastWater = 1e-5;
/** A share this small is the rounding of a standardised 0. */
const roundedShare = 1e-6;
/** Beyond e^±40 a supersaturation says no more than "far from it". */
export const farthest = 40;

const perLead =
  (column: string, shift: number) =>
  (row: RecipeRow): number =>
    Math.log(row.number(column) / row.number("leadMolar") + shift);
const timesLead =
  (shift: number) =>
  (value: number, leadMolar: number): number =>
    Math.max(Math.exp(value) - shift, 0) * leadMolar;

/**
 * Recipes in the chemist's terms: ratios to lead on a logarithmic scale, balance of ligands, and supersaturations. The
 * last are those of the three compounds if everything were as written down.
 *
 * The supersaturations are computed from the recipe alone, with the twin's constants: no latent value enters. On the
 * twin's own data they carry knowledge of its equations that a model of real data would not have.
 */
export const recipeFeatures: readonly RecipeFeature[] = [
  plain("temperatureCelsius", "°C", "temperature"),
  { ...logarithm("lnTime", "timeSecond", "s", "reaction time"), least: 0 },
  logarithm("lnMixing", "mixingSecond", "s", "mixing time"),
  logarithm("lnVolume", "volumeMillilitre", "mL", "volume"),
  logarithm("lnLead", "leadMolar", "mol/L", "lead"),
  {
    name: "lnCaesiumLead",
    unit: "ln(mol/mol)",
    meaning: "Cs:Pb",
    needs: ["caesiumMolar", "leadMolar"],
    value: perLead("caesiumMolar", 0),
    column: "caesiumMolar",
    inverse: timesLead(0),
  },
  {
    name: "lnBromideLead",
    unit: "ln(mol/mol)",
    meaning: "Br:Pb",
    needs: ["bromideMolar", "leadMolar"],
    value: perLead("bromideMolar", 0),
    column: "bromideMolar",
    inverse: timesLead(0),
  },
  {
    name: "lnOleicAcidLead",
    unit: "ln(mol/mol)",
    meaning: `oleic acid per lead, + ${leastLigandRatio}`,
    needs: ["oleicAcidMolar", "leadMolar"],
    value: perLead("oleicAcidMolar", leastLigandRatio),
    column: "oleicAcidMolar",
    inverse: timesLead(leastLigandRatio),
    least: Math.log(leastLigandRatio),
  },
  {
    name: "lnOleylamineLead",
    unit: "ln(mol/mol)",
    meaning: `oleylamine per lead, + ${leastLigandRatio}`,
    needs: ["oleylamineMolar", "leadMolar"],
    value: perLead("oleylamineMolar", leastLigandRatio),
    column: "oleylamineMolar",
    inverse: timesLead(leastLigandRatio),
    least: Math.log(leastLigandRatio),
  },
  {
    name: "ligandBalance",
    unit: "1",
    meaning: "oleylamine less oleic acid over their sum: -1 all acid, 1 all base, 0 without either",
    needs: ["oleicAcidMolar", "oleylamineMolar"],
    value: ligandBalance,
  },
  {
    ...plain("polarSolventFraction", "1", "volume share of DMF and DMSO"),
    inverse: (value) => (Math.abs(value) < roundedShare ? 0 : value),
    least: 0,
  },
  {
    name: "lnWater",
    unit: "ln(1)",
    meaning: `volume share of water, + ${leastWater}`,
    needs: ["waterFraction"],
    value: (row) => Math.log(row.number("waterFraction") + leastWater),
    column: "waterFraction",
    inverse: (value) => Math.max(Math.exp(value) - leastWater, 0),
    least: Math.log(leastWater),
  },
  {
    name: "lnAntisolvent",
    unit: "ln(1)",
    meaning: "1 + volume of poor solvent per volume of the rest",
    needs: ["antisolventRatio"],
    value: (row) => Math.log1p(row.number("antisolventRatio")),
    column: "antisolventRatio",
    inverse: (value) => Math.max(Math.expm1(value), 0),
    least: 0,
  },
  saturated("lnSupersaturation", "ln S of CsPbBr3 of the recipe as written", ({ lnCsPbBr3 }) => lnCsPbBr3),
  saturated(
    "exchangeToCs4PbBr6",
    "ln quotient of CsPbBr3 + 3 CsBr → Cs4PbBr6 over its constant, of the recipe as written",
    ({ exchangeCs4PbBr6 }) => exchangeCs4PbBr6,
  ),
  saturated(
    "exchangeToCsPb2Br5",
    "ln quotient of CsPbBr3 + PbBr2 → CsPb2Br5 over its constant, of the recipe as written",
    ({ exchangeCsPb2Br5 }) => exchangeCsPb2Br5,
  ),
];

/** Categories of a recipe; the poor solvent follows from the route. */
export const recipeCategories: readonly string[] = ["route", "caesiumSource", "bromideSource", "polarSolvent"];

function plain(column: string, unit: string, meaning: string): RecipeFeature {
  return {
    name: column,
    unit,
    meaning,
    needs: [column],
    value: (row) => row.number(column),
    column,
    inverse: (value) => value,
  };
}

function logarithm(name: string, column: string, unit: string, meaning: string): RecipeFeature {
  return {
    name,
    unit: `ln(${unit})`,
    meaning,
    needs: [column],
    value: (row) => Math.log(row.number(column)),
    column,
    inverse: (value) => Math.exp(value),
  };
}

function ligandBalance(row: RecipeRow): number {
  const [acid, base] = [row.number("oleicAcidMolar"), row.number("oleylamineMolar")];
  return acid + base === 0 ? 0 : (base - acid) / (base + acid);
}

function saturated(
  name: string,
  meaning: string,
  pick: (saturation: ReturnType<typeof supersaturation>) => number,
): RecipeFeature {
  const needs = [
    "temperatureCelsius",
    "caesiumMolar",
    "leadMolar",
    "bromideMolar",
    "oleicAcidMolar",
    "oleylamineMolar",
    "polarSolventFraction",
    "waterFraction",
  ];
  return {
    name,
    unit: "1",
    meaning,
    needs,
    reads: ["caesiumSource"],
    value: (row) => Math.max(-farthest, Math.min(farthest, pick(saturationOf(row)))),
  };
}

function saturationOf(row: RecipeRow): ReturnType<typeof supersaturation> {
  const temperatureCelsius = row.number("temperatureCelsius");
  const caesiumMolar = row.number("caesiumMolar");
  const leadMolar = row.number("leadMolar");
  const bromideMolar = row.number("bromideMolar");
  const oleicAcidMolar = row.number("oleicAcidMolar");
  const oleylamineMolar = row.number("oleylamineMolar");
  const polarSolventFraction = row.number("polarSolventFraction");
  const waterFraction = row.number("waterFraction");
  const caesiumOleateMolar = isBromideSource(row.text("caesiumSource")) ? 0 : caesiumMolar;
  // Route, time, mixing and volume take no part in speciation; they complete the type.
  const conditions = {
    route: routeNames[0],
    temperatureCelsius,
    timeSecond: 1,
    mixingSecond: 1,
    volumeMillilitre: 1,
    caesiumMolar,
    leadMolar,
    bromideMolar,
    oleicAcidMolar,
    oleylamineMolar,
    caesiumOleateMolar,
    polarSolventFraction,
    waterFraction,
  };
  return supersaturation(speciation(conditions, physics), temperatureCelsius, physics);
}

/** Whether caesium comes as bromide, in the twin's words or a paper's. */
export function isBromideSource(source: string): boolean {
  return /bromide|CsBr/.test(source);
}
