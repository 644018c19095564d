import { InputError } from "../core/InputError.js";
import type { Field, Schema } from "../core/Schema.js";
import { parseNumber } from "../core/parseNumber.js";
import { tableFromRows } from "../core/tableFromRows.js";
import { provenanceFields } from "../chemistry/recipeSchema.js";
import type { RawTable } from "../core/RawTable.js";
import type { RowNote } from "../core/RowNote.js";
import { crystallisationSchema } from "./loadCrystallisations.js";
import type { LoadedTable } from "./LoadedTable.js";
import { cellsOf } from "./LoadedTable.js";
import { realTable } from "./manifest.js";

/** What a well holds, mol per litre of all of it, and the column of the file; an empty cell is none of it. */
const amounts = {
  organicMolar: ["M_organic1", "first organic salt"],
  secondOrganicMolar: ["M_organic2", "second organic salt"],
  leadIodideMolar: ["M_PbI2", "lead iodide"],
  leadBromideMolar: ["M_PbBr2", "lead bromide"],
  caesiumIodideMolar: ["M_CsI", "caesium iodide"],
  formicAcidMolar: ["M_formic_acid", "formic acid"],
  butyrolactoneMolar: ["M_GBL", "gamma-butyrolactone"],
  dimethylformamideMolar: ["M_DMF", "dimethylformamide"],
  dimethylSulfoxideMolar: ["M_DMSO", "dimethyl sulfoxide"],
  dichloromethaneMolar: ["M_DCM", "dichloromethane"],
} as const;

/** How it was made: column of the file, unit, meaning, range; an empty cell is not known. */
const settings = {
  volumeMicrolitre: ["total_volume_ul", "µL", "all liquid in the well", 0, 5000],
  temperatureCelsius: ["temperature_C", "°C", "set temperature of the reaction", 15, 200],
  bulkTemperatureCelsius: ["bulk_temperature_C", "°C", "temperature that the liquid reaches", 15, 200],
  stirringPerMinute: ["stir_rpm", "1/min", "turns of the stirrer", 0, 5000],
  firstMixingSecond: ["mix1_s", "s", "first mixing", 0, 86_400],
  secondMixingSecond: ["mix2_s", "s", "second mixing", 0, 86_400],
  timeSecond: ["reaction_time_s", "s", "reaction time", 0, 604_800],
  preheatCelsius: ["preheat_C", "°C", "temperature before the reaction", 15, 200],
  coolCelsius: ["cool_C", "°C", "temperature after the reaction", -80, 200],
} as const;

/** What a well holds of each substance. */
export const amountColumns = Object.keys(amounts) as readonly (keyof typeof amounts)[];
/** How a well was treated. */
export const settingColumns = Object.keys(settings) as readonly (keyof typeof settings)[];

const mostMolar = 100;

/** Crystallisations of hybrid lead halides in wells of plates, over laboratories, people, years and salts. */
export const campaignSchema: Schema = {
  campaign: text("series of experiments with one way of working"),
  design: text("who or what chose the composition: chance, a quasi-random design, a model or a person"),
  organic: { ...crystallisationSchema.organic, meaning: "first organic salt, by InChIKey", required: false },
  organicSmiles: text("first organic salt, as SMILES"),
  secondOrganic: text("second organic salt, by InChIKey"),
  ...Object.fromEntries(
    Object.entries(amounts).map(([name, [, meaning]]) => [name, number("mol/L", meaning, 0, mostMolar)]),
  ),
  ...Object.fromEntries(
    Object.entries(settings).map(([name, [, unit, meaning, min, max]]) => [name, number(unit, meaning, min, max)]),
  ),
  unspecifiedMicrolitre: number("µL", "liquid that the record does not name: the composition is in doubt", 0, 5000),
  labware: text("vessel or plate"),
  blank: {
    ...text("whether a well lacks lead or an organic salt, so that no hybrid lead halide can form"),
    levels: ["yes", "no"],
  },
  crystalScore: { ...crystallisationSchema.crystalScore, required: false },
  ...provenanceFields,
};

/**
 * Crystallisation campaigns of the ESCALATE system on a schema of their own: what every well holds, how it was treated,
 * and what a person saw in it. Blanks are marked; wells whose record leaves liquid out are kept with how much it is.
 *
 * A table without the column of scores holds wells that are asked about: it needs the columns of composition and
 * treatment alone, and others beside them are not looked at.
 *
 * @param options.dropsFaulty  leaves rows out of which a cell cannot be read or used, and says so (default: the first
 *   such row is refused, and with it the table)
 * @param options.isAsked  wells are asked about although there is a column of scores: what stands there, or does not,
 *   leaves none of them out (default false)
 * @throws InputError if a column is absent, or a cell cannot be read or used
 */
export function loadCrystallisationCampaigns(
  raw: RawTable,
  { dropsFaulty = false, isAsked = false }: { readonly dropsFaulty?: boolean; readonly isAsked?: boolean } = {},
): LoadedTable {
  const cells = cellsOf(raw);
  const isOpen = Object.hasOwn(raw.columns, scoreColumn) && !isAsked;
  for (const column of [...neededColumns, ...(isOpen ? toldColumns : [])]) cells.text(0, column);
  const has = (column: string): boolean => Object.hasOwn(raw.columns, column);
  const textOf = (row: number, column: string): string => (has(column) ? cells.text(row, column).trim() : "");
  const { id, licence } = realTable("crystallisation-campaigns");
  const within = (row: number, column: string, { min = 0, max = Infinity, unit }: Field): number => {
    const value = cells.number(row, column);
    if (value < min || value > max)
      throw new InputError({
        where: `${raw.where}, row ${row + 1}, column ${column}`,
        must: `must be ${min} to ${max} ${unit}`,
        got: cells.text(row, column),
        mend: "correct the cell",
      });
    return value;
  };
  const read = (row: number): Record<string, number | string> => {
    const held = Object.fromEntries(
      Object.entries(amounts).map(([name, [column]]) => [name, within(row, column, campaignSchema[name]) || 0]),
    );
    const treated = Object.fromEntries(
      Object.entries(settings).map(([name, [column]]) => [name, within(row, column, campaignSchema[name])]),
    );
    const lacksLead = held.leadIodideMolar + held.leadBromideMolar === 0;
    const lacksOrganic = held.organicMolar + held.secondOrganicMolar === 0;
    const [plate, well] = [textOf(row, "plate"), textOf(row, "well")];
    return {
      campaign: textOf(row, "campaign"),
      design: textOf(row, "design"),
      organic: textOf(row, "organic1_inchikey"),
      organicSmiles: textOf(row, "organic1_smiles"),
      secondOrganic: textOf(row, "organic2_inchikey"),
      ...held,
      ...treated,
      unspecifiedMicrolitre: has(doubtColumn) ? within(row, doubtColumn, campaignSchema.unspecifiedMicrolitre) || 0 : 0,
      labware: textOf(row, "labware"),
      blank: lacksLead || lacksOrganic ? "yes" : "no",
      crystalScore: isOpen ? cells.number(row, scoreColumn) : (parseNumber(textOf(row, scoreColumn)) ?? Number.NaN),
      experiment: plate + well === "" ? `row ${row + 1}` : `${plate}_${well}`,
      lab: textOf(row, "lab"),
      operator: textOf(row, "operator"),
      batch: plate,
      date: textOf(row, "date"),
      source: id,
      sourceRow: row + 1,
      licence,
      sourceSha256: raw.sha256,
    };
  };
  const rows: Record<string, number | string>[] = [];
  const dropped: RowNote[] = [];
  const drop = (row: number, column: string, why: string): void => {
    dropped.push({ row: row + 1, column, came: textOf(row, column), made: "row left out", why });
  };
  for (let row = 0; row < raw.numRows; row++) {
    try {
      const one = read(row);
      if (isOpen && ![1, 2, 3, 4].includes(one.crystalScore as number))
        drop(row, scoreColumn, "the score must be 1 to 4");
      else rows.push(one);
    } catch (error) {
      if (!dropsFaulty || !(error instanceof InputError)) throw error;
      const { where, must } = error.fault;
      drop(row, where.slice(`${raw.where}, row ${row + 1}, column `.length), must);
    }
  }
  return { table: tableFromRows(campaignSchema, rows), dropped, repaired: [], assumptions };
}

/** Where it is absent, the wells are asked about. */
const scoreColumn = "crystal_score";
const doubtColumn = "unspecified_volume_ul";

const neededColumns: readonly string[] = [
  ...["organic1_inchikey", "organic1_smiles", "organic2_inchikey"],
  ...Object.values(amounts).map(([column]) => column),
  ...Object.values(settings).map(([column]) => column),
];

/** Which wells with a score need besides: by whom, where and when, so that splits can keep together what belongs so. */
const toldColumns: readonly string[] = ["campaign", "plate", "well", "lab", "operator", "date", "design", doubtColumn];

const assumptions = [
  "Hybrid lead halides: the rows test whether the method holds on another chemistry, not the Cs-Pb-Br chemistry.",
  "Scores were given by eye; concentrations are of the whole well, computed from what was weighed.",
  "Models and people chose part of the compositions (column design): they are no fair draw of what could be mixed.",
  "Blanks lack lead or an organic salt; they are kept and marked.",
  "Wells whose record leaves liquid out (unspecifiedMicrolitre above 0) are kept; their composition is in doubt.",
  "The campaign wf3_iodide is the table of crystallisations in two laboratories.",
];

function number(unit: string, meaning: string, min: number, max: number): Field {
  return { kind: "number", unit, meaning, min, max, source: "wide of the experiments' design" };
}

function text(meaning: string): Field {
  return { kind: "category", unit: "", meaning };
}
