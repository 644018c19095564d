import { provenanceFields } from "../../chemistry/recipeSchema.js";
import { parseNumber } from "../../core/parseNumber.js";
import type { RawTable } from "../../core/RawTable.js";
import type { RowNote } from "../../core/RowNote.js";
import type { Schema } from "../../core/Schema.js";
import { InputError } from "../../core/InputError.js";
import { numbersOf, type Table } from "../../core/Table.js";
import { tableFromRows } from "../../core/tableFromRows.js";
import { cellsOf, type LoadedTable } from "../LoadedTable.js";
import { realTable } from "../manifest.js";
import type { Spectrum } from "./Spectrum.js";

/** nm: every spectrum of the table has a column for each, empty where its record is shorter. */
const wavelengths: readonly number[] = Array.from({ length: 201 }, (_, i) => 400 + i);

const countsName = (wavelength: number): string => `counts${wavelength}Nanometre`;

/** One spectrum a row; `experiment` is that of the table of platelets. */
const spectraSchema: Schema = {
  ...Object.fromEntries(
    wavelengths.map((wavelength) => [
      countsName(wavelength),
      {
        kind: "number",
        unit: "counts",
        meaning: `light at ${wavelength} nm; missing where none was recorded`,
        source: "read from the table; a few spectra came scaled to 1",
      },
    ]),
  ),
  ...provenanceFields,
};

/**
 * Emission spectra of nanoplatelet syntheses as they were recorded, one row each.
 *
 * @throws InputError if a column is absent, a cell is no number, or a sample comes twice
 */
export function loadSpectra(raw: RawTable): LoadedTable {
  const { text } = cellsOf(raw);
  const source = realTable("nanoplatelet-spectra");
  const dropped: RowNote[] = [];
  const rows: Record<string, number | string>[] = [];
  const seen = new Map<string, number>();
  for (const column of ["sample", ...wavelengths.map((wavelength) => `nm${wavelength}`)]) text(0, column);
  for (let row = 0; row < raw.numRows; row++) {
    const where = `${raw.where}, row ${row + 1}`;
    const sample = text(row, "sample");
    const before = seen.get(sample);
    if (before !== undefined)
      throw new InputError({
        where: `${where}, column sample`,
        must: "every sample must have one spectrum",
        got: `"${sample}", as in row ${before}`,
        mend: "leave one of them out",
      });
    seen.set(sample, row + 1);
    const counts = wavelengths.map((wavelength) => countsAt(raw, row, `nm${wavelength}`));
    if (counts.every(Number.isNaN)) {
      dropped.push({ row: row + 1, column: "nm400", came: "", made: "row left out", why: "no counts at all" });
      continue;
    }
    rows.push({
      ...Object.fromEntries(wavelengths.map((wavelength, i) => [countsName(wavelength), counts[i]])),
      experiment: `sample ${sample}`,
      lab: "Henke 2025",
      source: source.id,
      sourceRow: row + 1,
      licence: source.licence,
      sourceSha256: raw.sha256,
    });
  }
  return {
    table: tableFromRows(spectraSchema, rows),
    dropped,
    repaired: [],
    assumptions: ["Counts are as recorded: neither background nor the sensitivity of the detector was taken out."],
  };
}

function countsAt(raw: RawTable, row: number, column: string): number {
  const came = raw.columns[column][row];
  if (came === null || came === "") return Number.NaN;
  const value = parseNumber(came);
  if (value !== undefined && Number.isFinite(value)) return value;
  throw new InputError({
    where: `${raw.where}, row ${row + 1}, column ${column}`,
    must: "must be a number of counts, or empty where none was recorded",
    got: `"${came}"`,
    mend: "import the table that the manifest names",
  });
}

/** The spectrum of one row, as loadSpectra gives them. @throws RangeError if the table has none */
export function spectrumAt(table: Table, row: number): Spectrum {
  return {
    wavelengths: Float64Array.from(wavelengths),
    counts: Float64Array.from(wavelengths, (wavelength) => numbersOf(table, countsName(wavelength))[row]),
  };
}
