import { InputError } from "../../core/InputError.js";
import { type Matrix, makeMatrix } from "../../core/Matrix.js";
import { numbersOf, rowsWhere, selectRows, type Table, textsOf } from "../../core/Table.js";
import { amountColumns, settingColumns } from "../../experiments/loadCrystallisationCampaigns.js";
import { describeSalt, saltDescriptors } from "./saltDescriptors.js";

/** Scores by code: what a person saw in the well. */
export const scoreClasses = ["clear", "powder", "small crystals", "large crystals"] as const;

/** What is counted from amounts: shares and logarithms, in which a plane or a smooth function sees ratios. */
const derivedFeatures = [
  "organicAll",
  "leadAll",
  "halidesAll",
  "solventAll",
  "secondShare",
  "bromideLeadShare",
  "organicPerLead",
  "acidShare",
  "dimethylformamideShare",
  "dimethylSulfoxideShare",
  "dichloromethaneShare",
  "lnOrganicLead",
  "lnOrganicSquaredLead",
] as const;

/** Amounts and settings, which are held to the ranges of training; the first of all features. */
export const rangedFeatures: readonly string[] = [...amountColumns, ...settingColumns];

/** All features of a well, in the order of columns. */
export const wellFeatures: readonly string[] = [...rangedFeatures, ...derivedFeatures, ...saltDescriptors];

/** Descriptors of salts by InChIKey, for rows that give no SMILES. */
export type KnownSalts = ReadonlyMap<string, Float64Array>;

/** Wells as the problem sees them; row r stands at place r of every array. */
export interface CrystallisationRows {
  readonly experiments: readonly string[];
  /** Row-major [rows, wellFeatures]; NaN where a setting, or what a salt is, is not told. */
  readonly features: Float64Array;
  /** First organic salt: InChIKey, else SMILES; empty where there is none. */
  readonly salts: readonly string[];
  /** Organic salts, by name, that are in the well and of which nothing could be counted. */
  readonly undescribed: readonly (readonly string[])[];
  readonly plates: readonly string[];
  readonly laboratories: readonly string[];
  readonly operators: readonly string[];
  /** YYYY-MM-DD. */
  readonly dates: readonly string[];
  readonly isBlank: readonly boolean[];
  readonly holdsBromide: readonly boolean[];
  /** Code of `scoreClasses`; NaN where not told. */
  readonly score: Float64Array;
}

/** The wells whose composition is in no doubt, and how many others there are. */
export function trustedWells(table: Table): { readonly table: Table; readonly doubtful: number } {
  const doubts = numbersOf(table, "unspecifiedMicrolitre");
  const kept = rowsWhere(table, (row) => !(doubts[row] > 0));
  return { table: selectRows(table, kept), doubtful: table.numRows - kept.length };
}

/** Descriptors of all first salts of a table, by InChIKey. */
export function saltsOf(table: Table): KnownSalts {
  const [keys, smiles] = ["organic", "organicSmiles"].map((name) => textsOf(table, name));
  const known = new Map<string, Float64Array>();
  keys.forEach((key, row) => {
    if (key === "" || known.has(key)) return;
    const described = describeSalt(smiles[row]);
    if (described !== null) known.set(key, described);
  });
  return known;
}

/**
 * Features and scores of wells. Who worked, where, when and by which design is no feature. Two organic salts in one
 * well are described by their mean, each by its share of moles; a well without any by zeros.
 *
 * @param table        as loadCrystallisationCampaigns gives it
 * @param known  salts that are known by InChIKey (default those of the table itself)
 * @throws InputError if the table is no such one
 */
export function crystallisationRows(table: Table, known: KnownSalts = ownSalts(table)): CrystallisationRows {
  const [organic, smiles, second, plates, laboratories, operators, dates, blank, experiments] = [
    ...["organic", "organicSmiles", "secondOrganic", "batch", "lab", "operator", "date", "blank", "experiment"],
  ].map((name) => textsOf(table, name));
  const amounts = amountColumns.map((name) => numbersOf(table, name));
  const settings = settingColumns.map((name) => numbersOf(table, name));
  const width = wellFeatures.length;
  const features = new Float64Array(table.numRows * width);
  const undescribed: (readonly string[])[] = [];
  for (let row = 0; row < table.numRows; row++) {
    const held = amounts.map((column) => column[row]);
    const salts = [
      { name: organic[row] || smiles[row], smiles: smiles[row], molar: held[0] },
      { name: second[row], smiles: "", molar: held[1] },
    ].filter(({ molar }) => molar > 0);
    const described = salts.map((salt) => describeSalt(salt.smiles) ?? known.get(salt.name) ?? null);
    undescribed.push(
      salts.flatMap(({ name }, i) => (described[i] === null ? [name || "an organic salt without a name"] : [])),
    );
    features.set(
      [...held, ...treated(settings.map((column) => column[row])), ...derived(held), ...meanSalt(salts, described)],
      row * width,
    );
  }
  const at = amountColumns.indexOf("leadBromideMolar");
  return {
    experiments,
    features,
    salts: organic.map((key, row) => key || smiles[row]),
    undescribed,
    plates,
    laboratories,
    operators,
    dates,
    isBlank: blank.map((text) => text === "yes"),
    holdsBromide: Array.from(amounts[at], (molar) => molar > 0),
    score: Float64Array.from(numbersOf(table, "crystalScore"), (score) => score - 1),
  };
}

function ownSalts(table: Table): KnownSalts {
  const missing = ["organic", "organicSmiles", ...amountColumns].find((name) => !Object.hasOwn(table.columns, name));
  if (missing === undefined) return saltsOf(table);
  throw new InputError({
    where: "crystallisationRows",
    must: "the table must be one of crystallisation campaigns",
    got: `no column ${missing}`,
    mend: "read it with readRealTable or loadCrystallisationCampaigns",
  });
}

const roomCelsius = 22;

/** Where no other temperature was written down, the liquid had that of the reaction, before and after it the room's. */
function treated(settings: readonly number[]): number[] {
  const setAt = settings[settingColumns.indexOf("temperatureCelsius")];
  const meant: Readonly<Partial<Record<(typeof settingColumns)[number], number>>> = {
    bulkTemperatureCelsius: setAt,
    preheatCelsius: roomCelsius,
    coolCelsius: roomCelsius,
  };
  return settings.map((value, j) => (Number.isNaN(value) ? (meant[settingColumns[j]] ?? value) : value));
}

/** What counts as nothing in a logarithm: less than any well was given. */
const least = 1e-3;

function derived(held: readonly number[]): number[] {
  const of = Object.fromEntries(amountColumns.map((name, j) => [name, held[j]])) as Record<
    (typeof amountColumns)[number],
    number
  >;
  const organic = of.organicMolar + of.secondOrganicMolar;
  const lead = of.leadIodideMolar + of.leadBromideMolar;
  const solvent =
    of.butyrolactoneMolar + of.dimethylformamideMolar + of.dimethylSulfoxideMolar + of.dichloromethaneMolar;
  const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
  const ln = (value: number): number => Math.log(Math.max(least, value));
  const values: Readonly<Record<(typeof derivedFeatures)[number], number>> = {
    organicAll: organic,
    leadAll: lead,
    halidesAll: organic + 2 * lead + of.caesiumIodideMolar,
    solventAll: solvent,
    secondShare: share(of.secondOrganicMolar, organic),
    bromideLeadShare: share(of.leadBromideMolar, lead),
    organicPerLead: share(organic, organic + lead),
    acidShare: share(of.formicAcidMolar, of.formicAcidMolar + solvent),
    dimethylformamideShare: share(of.dimethylformamideMolar, solvent),
    dimethylSulfoxideShare: share(of.dimethylSulfoxideMolar, solvent),
    dichloromethaneShare: share(of.dichloromethaneMolar, solvent),
    lnOrganicLead: ln(organic) + ln(lead),
    lnOrganicSquaredLead: 2 * ln(organic) + ln(lead),
  };
  return derivedFeatures.map((name) => values[name]);
}

/** NaN where a salt has no descriptors. */
function meanSalt(salts: readonly { readonly molar: number }[], described: readonly (Float64Array | null)[]): number[] {
  const whole = salts.reduce((sum, { molar }) => sum + molar, 0);
  return saltDescriptors.map((_, j) =>
    salts.reduce((sum, { molar }, i) => sum + (molar / whole) * (described[i]?.[j] ?? Number.NaN), 0),
  );
}

/** Means of the features over rows, for what is not told of a row; 0 for what is told of none. */
export function wellMeans({ features }: CrystallisationRows): readonly number[] {
  const width = wellFeatures.length;
  const [sums, counts] = [new Float64Array(width), new Float64Array(width)];
  features.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    sums[i % width] += value;
    counts[i % width]++;
  });
  return Array.from(sums, (sum, j) => (counts[j] === 0 ? 0 : sum / counts[j]));
}

/** Features of rows as numbers for a model, with `means` in the place of what is not told. */
export function wellMatrix({ features }: CrystallisationRows, means: readonly number[]): Matrix {
  return makeMatrix(
    wellFeatures,
    Float32Array.from(features, (value, i) => (Number.isNaN(value) ? means[i % means.length] : value)),
  );
}
