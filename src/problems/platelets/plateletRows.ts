import { builtInReagents, findReagent } from "../../chemistry/reagentList.js";
import { InputError } from "../../core/InputError.js";
import { type Matrix, makeMatrix } from "../../core/Matrix.js";
import { sha256 } from "../../io/sha256.js";
import { numbersOf, type Table, textsOf } from "../../core/Table.js";

/** What tells one platelet synthesis from another by what is mixed: enough for a smooth function of few rows. */
export const mixedFeatures = [
  "rootCaesiumLeadRatio",
  "rootAddedPerLead",
  "leadMillimolar",
  "caesiumMillimolar",
  "supernatant",
  "relativePolarity",
  "hydrogenBonding",
  "molarVolume",
] as const;

/** The rest: volumes and stocks as they were measured out. */
const measuredFeatures = [
  "addedShare",
  "lnDielectric",
  "lnTotalMillilitre",
  "lnLeadStockMillilitre",
  "lnCaesiumStockMillilitre",
  "addedMillilitre",
  "lnLeadStockMolar",
  "lnCaesiumStockMolar",
] as const;

type PlateletFeature = (typeof mixedFeatures)[number] | (typeof measuredFeatures)[number];

/** All features of a platelet synthesis, in the order of columns. */
export const plateletFeatures: readonly PlateletFeature[] = [...mixedFeatures, ...measuredFeatures];

/** Platelet syntheses as the problem sees them; row r stands at place r of every array. */
export interface PlateletRows {
  /** On the recipe schema, for the twin. */
  readonly table: Table;
  readonly experiments: readonly string[];
  /** Equal texts are one recipe: equal volumes, stocks and antisolvent; the fraction that was measured is no part. */
  readonly recipes: readonly string[];
  /** What was added, by the name of the list of reagents; empty where nothing was. */
  readonly solvents: readonly string[];
  /** Row-major [rows, plateletFeatures]; NaN where a property of the solvent is not in the list of reagents. */
  readonly features: Float64Array;
  /** nm; NaN where not told. */
  readonly peak: Float64Array;
  /** Width at half maximum in nm; NaN where not told. */
  readonly width: Float64Array;
  /** 1: a perovskite formed, 0: it failed, NaN: not told. */
  readonly formed: Float64Array;
}

/** The stocks are made in it, so that a recipe without an antisolvent is one in more of it. */
const medium = "toluene";

/**
 * Features and outcomes of platelet syntheses. The day on which a row was published is no feature. Neither is that no
 * fraction was measured: that is known only when nothing came of a synthesis, so such a row counts as precipitate.
 *
 * @param table  as loadAllNanoplatelets gives it
 * @throws InputError if caesium or lead of a row is not above 0, or the table tells no stocks
 */
export function plateletRows(table: Table): PlateletRows {
  const missing = [...stockColumns, "addedSolvent"].find((name) => !Object.hasOwn(table.columns, name));
  if (missing !== undefined)
    throw new InputError({
      where: "plateletRows",
      must: "the table must be one of platelets with their volumes and stocks",
      got: `no column ${missing}`,
      mend: "read it with readRealTable or readPlateletRows",
    });
  const stocks = stockColumns.map((name) => numbersOf(table, name));
  const [solvents, experiments, parts, perovskite] = ["addedSolvent", "experiment", "measuredPart", "perovskite"].map(
    (name) => textsOf(table, name),
  );
  const features = new Float64Array(table.numRows * plateletFeatures.length);
  const recipes: string[] = [];
  for (let row = 0; row < table.numRows; row++) {
    const amounts = stocks.map((column) => column[row]);
    const fault = amounts.findIndex((amount, i) => !(i === addedAt ? amount >= 0 : amount > 0));
    if (fault >= 0)
      throw new InputError({
        where: `${experiments[row]}, ${stockColumns[fault]}`,
        must: fault === addedAt ? "must be a number from 0 on" : "must be above 0",
        got: String(amounts[fault]),
        mend: "correct it, or leave the row out",
      });
    recipes.push(JSON.stringify([...amounts, solvents[row]]));
    features.set(featuresOf(amounts, solvents[row], parts[row]), row * plateletFeatures.length);
  }
  return {
    table,
    experiments,
    recipes,
    solvents,
    features,
    peak: Float64Array.from(numbersOf(table, "photoluminescencePeakNanometre")),
    width: Float64Array.from(numbersOf(table, "photoluminescenceWidthNanometre")),
    formed: Float64Array.from(perovskite, (text) => ({ yes: 1, no: 0 })[text] ?? Number.NaN),
  };
}

const stockColumns = [
  "caesiumStockMillilitre",
  "leadStockMillilitre",
  "addedMillilitre",
  "caesiumStockMolar",
  "leadStockMolar",
] as const;
const addedAt = stockColumns.indexOf("addedMillilitre");

function featuresOf(amounts: readonly number[], solvent: string, part: string): Float64Array {
  const [caesiumVolume, leadVolume, added, caesiumStock, leadStock] = amounts;
  const total = caesiumVolume + leadVolume + added;
  const [caesium, lead] = [caesiumVolume * caesiumStock, leadVolume * leadStock];
  const reagent = findReagent(builtInReagents, added > 0 ? solvent : medium);
  const { relative, dielectric, hydrogenBonding } = reagent?.polarity ?? unknownPolarity;
  const molarVolume = (reagent?.molarMass ?? Number.NaN) / (reagent?.density ?? Number.NaN);
  const byName: Readonly<Record<PlateletFeature, number>> = {
    // Between a proportion and its logarithm: neither the richest recipes nor the poorest stand far apart.
    rootCaesiumLeadRatio: Math.sqrt(caesium / lead),
    rootAddedPerLead: Math.sqrt(added / lead),
    leadMillimolar: (1000 * lead) / total,
    caesiumMillimolar: (1000 * caesium) / total,
    supernatant: Number(part === "supernatant"),
    relativePolarity: relative,
    hydrogenBonding,
    molarVolume,
    addedShare: added / total,
    lnDielectric: Math.log(dielectric),
    lnTotalMillilitre: Math.log(total),
    lnLeadStockMillilitre: Math.log(leadVolume),
    lnCaesiumStockMillilitre: Math.log(caesiumVolume),
    addedMillilitre: added,
    lnLeadStockMolar: Math.log(leadStock),
    lnCaesiumStockMolar: Math.log(caesiumStock),
  };
  return Float64Array.from(plateletFeatures, (name) => byName[name]);
}

const unknownPolarity = { relative: Number.NaN, dielectric: Number.NaN, hydrogenBonding: Number.NaN };

/** Means of the features over rows, for properties that the list of reagents does not have. */
export function featureMeans({ features }: PlateletRows): readonly number[] {
  return plateletFeatures.map((_, j) => {
    const known = features.filter((value, i) => i % plateletFeatures.length === j && !Number.isNaN(value));
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}

/** Features of rows as numbers for a model, with `means` in the place of what is not known. */
export function plateletMatrix({ features }: PlateletRows, means: readonly number[]): Matrix {
  return makeMatrix(
    plateletFeatures,
    Float32Array.from(features, (value, i) => (Number.isNaN(value) ? means[i % means.length] : value)),
  );
}

/** Enough digits to tell a recipe from all others, from which it cannot be read. */
export function recipeHash(recipe: string): string {
  return sha256(recipe).slice(0, 16);
}
