import { provenanceFields } from "../chemistry/recipeSchema.js";
import type { RawTable } from "../core/RawTable.js";
import type { RowNote } from "../core/RowNote.js";
import type { Field, Schema } from "../core/Schema.js";
import { tableFromRows } from "../core/tableFromRows.js";
import type { LoadedTable } from "./LoadedTable.js";
import { cellsOf } from "./LoadedTable.js";
import { realTable } from "./manifest.js";

/** Hot injections of CdSe: other chemistry, kept for its papers and years. Amounts are those of one batch. */
export const cadmiumSelenideSchema: Schema = {
  injectionCelsius: number("°C", "temperature of the injection", 0, 400),
  growthCelsius: number("°C", "temperature of the growth", 0, 400),
  timeSecond: number("s", "from injection to quenching or sampling", 0.1, 300_000),
  cadmiumSource: category("compound that brings cadmium"),
  cadmiumMillimole: number("mmol", "all cadmium", 1e-3, 100),
  seleniumMillimole: number("mmol", "all selenium", 1e-3, 100),
  acid: category("carboxylic or phosphonic acid; empty where there is none"),
  acidMillimole: number("mmol", "all acid", 0, 500),
  amine: category("amines, joined by /; empty where there is none"),
  amineMillimole: number("mmol", "all amine", 0, 500),
  phosphine: category("phosphine; empty where there is none"),
  phosphineMillimole: number("mmol", "all phosphine", 0, 500),
  solvent: category("first solvent; empty where the ligands are the solvent"),
  solventGram: number("g", "first solvent", 0, 1000),
  secondSolvent: category("second solvent; empty where there is none"),
  secondSolventGram: number("g", "second solvent", 0, 1000),
  totalGram: number("g", "all that was mixed", 0.1, 1000),
  diameterNanometre: { ...number("nm", "mean diameter of the particles", 0.5, 50), required: true },
  diameterMethod: category("how the diameter was found", ["electron microscopy", "absorption"]),
  absorptionPeakNanometre: number("nm", "first maximum of the absorption", 300, 720),
  photoluminescencePeakNanometre: number("nm", "wavelength of the emission maximum", 300, 720),
  paper: { ...category("journal, year, volume and pages as first written, one text a paper"), required: true },
  year: { ...number("1", "year of the publication, read off the citation", 1980, 2030), required: true },
  ...provenanceFields,
};

/** Words of the table that are misspelt, and what they stand for. */
const spellings: Readonly<Record<string, string>> = {
  "cadmium acetate dihtdrate": "cadmium acetate dihydrate",
  "myrstic acid": "myristic acid",
  "liquid parafin": "liquid paraffin",
};

const methods: Readonly<Record<string, string>> = { TEM: "electron microscopy", "absorbance spectra": "absorption" };

/** g/mol. */
const seleniumMass = 78.971;

/**
 * Published hot injections of CdSe, one row per sample, with paper and year of each.
 *
 * Citations that name the same year, volume and pages are one paper, whatever they call the journal: rows of a paper
 * must never stand on both sides of a split. An amount of selenium in mmol that its own mass contradicts is counted
 * from the mass.
 *
 * @throws InputError if a column is absent or a cell cannot be read
 */
export function loadCadmiumSelenide(raw: RawTable): LoadedTable {
  const { number: value, text } = cellsOf(raw);
  const dropped: RowNote[] = [];
  const repaired: RowNote[] = [];
  const rows: Record<string, number | string>[] = [];
  const papers = new Map<string, string>();
  for (let row = 0; row < raw.numRows; row++) {
    const note = (column: string, made: string, why: string): RowNote => ({
      row: row + 1,
      column,
      came: text(row, column),
      made,
      why,
    });
    const spelt = (column: string): string => {
      const came = text(row, column);
      if (!Object.hasOwn(spellings, came)) return came;
      repaired.push(note(column, spellings[came], "misspelt"));
      return spellings[came];
    };
    const unusable = neededColumns.find((column) => !(value(row, column) > 0));
    if (unusable !== undefined) {
      dropped.push(note(unusable, "row left out", "must be above 0"));
      continue;
    }
    const year = yearOf(text(row, "Citation"));
    if (year === null) {
      dropped.push(note("Citation", "row left out", "it names no year, so that the row stands at no time"));
      continue;
    }
    const paper = paperOf(text(row, "Citation"), papers);
    if (paper !== text(row, "Citation"))
      repaired.push(note("Citation", paper, "the same year, volume and pages: one paper"));
    const selenium = { written: value(row, "Chalcogen_mmol (mmol)"), weighed: value(row, "Chalcogen_amount (g)") };
    const fromMass = (1000 * selenium.weighed) / seleniumMass;
    const contradicts = !(selenium.written < 2 * fromMass + 0.1 && fromMass < 2 * selenium.written + 0.1);
    if (contradicts)
      repaired.push(
        note(
          "Chalcogen_mmol (mmol)",
          `${fromMass.toPrecision(3)} mmol`,
          `counted from ${selenium.weighed} g of selenium`,
        ),
      );
    rows.push({
      injectionCelsius: value(row, "Injection Temp (Celsius)"),
      growthCelsius: value(row, "Growth Temp (Celsius)"),
      timeSecond: 60 * value(row, "Time_min (min)"),
      cadmiumSource: spelt("Metal_source"),
      cadmiumMillimole: value(row, "Metal_mmol (mmol)"),
      seleniumMillimole: contradicts ? fromMass : selenium.written,
      acid: spelt("Carboxylic_Acid"),
      acidMillimole: value(row, "CA_mmol (mmol)"),
      amine: spelt("Amines"),
      amineMillimole: value(row, "Amines_mmol (mmol)"),
      phosphine: spelt("Phosphines"),
      phosphineMillimole: value(row, "Phosphines_mmol (mmol)"),
      solvent: spelt("Solvent I"),
      solventGram: value(row, "S_I_amount (g)"),
      secondSolvent: spelt("Solvent II"),
      secondSolventGram: value(row, "S_II_amount (g)"),
      totalGram: value(row, "Total_amount (g)"),
      diameterNanometre: value(row, "Diameter_nm"),
      diameterMethod: methods[text(row, "Diameter from")] ?? "",
      absorptionPeakNanometre: value(row, "Absorbance max (nm)"),
      photoluminescencePeakNanometre: value(row, "PL max (nm)"),
      paper,
      year,
      experiment: `injection ${row + 1}`,
      source: realTable("cadmium-selenide").id,
      sourceRow: row + 1,
      licence: realTable("cadmium-selenide").licence,
      sourceSha256: raw.sha256,
    });
  }
  return { table: tableFromRows(cadmiumSelenideSchema, rows), dropped, repaired, assumptions };
}

/** Without which a row says nothing of a size. */
const neededColumns: readonly string[] = [
  "Diameter_nm",
  "Time_min (min)",
  "Metal_mmol (mmol)",
  "Chalcogen_mmol (mmol)",
  "Chalcogen_amount (g)",
  "Total_amount (g)",
];

const assumptions = [
  "CdSe is no perovskite: the rows ask what leaving a paper out does to a size, with more papers than CsPbBr3 has.",
  "A paper stands for its laboratory; the year is that of the citation, so that the experiment is older.",
  "Diameters that were read off absorption spectra stand beside those of electron microscopy, and say so.",
  "An empty acid, amine, phosphine or solvent was not used; an empty peak was not measured.",
];

/** The first number of a citation that can be a year: volumes and pages stand behind it. */
function yearOf(citation: string): number | null {
  const found = /\b(?:19[89]\d|20[0-2]\d)\b/.exec(citation);
  return found === null ? null : Number(found[0]);
}

/** The citation by which the paper was first named: year, volume and pages tell it, not the issue or the journal. */
function paperOf(citation: string, papers: Map<string, string>): string {
  const numbers = citation.slice(citation.search(/\b(?:19[89]\d|20[0-2]\d)\b/)).match(/\d+/g) ?? [];
  const key = [numbers[0], numbers[1], numbers.at(-2), numbers.at(-1)].join(" ");
  const known = papers.get(key);
  if (known === undefined) papers.set(key, citation);
  return known ?? citation;
}

function number(unit: string, meaning: string, min: number, max: number): Field {
  return { kind: "number", unit, meaning, min, max, source: "range of the published injections, widened" };
}

function category(meaning: string, levels?: readonly string[]): Field {
  return { kind: "category", unit: "", meaning, ...(levels && { levels }) };
}
