import { existsSync } from "node:fs";
import { InputError } from "../../core/InputError.js";
import { builtInReagents } from "../../chemistry/reagentList.js";
import { applyColumnMap } from "../../experiments/columnMap/applyColumnMap.js";
import type { MappedFault } from "../../experiments/columnMap/MappedFault.js";
import type { ColumnMap } from "../../experiments/columnMap/ColumnMap.js";
import { columnMapText } from "../../experiments/columnMap/columnMapText.js";
import { guessColumnMap, type HeaderGuess } from "../../experiments/columnMap/guessColumnMap.js";
import { parseColumnMap } from "../../experiments/columnMap/parseColumnMap.js";
import { requireRows } from "../../experiments/columnMap/requireRows.js";
import { readReagents } from "../../experiments/readReagents.js";
import { projectName } from "../../io/projectPath.js";
import { readJson } from "../../io/readText.js";
import type { CsvOptions } from "../../io/tables/csv/CsvOptions.js";
import { readTable } from "../../io/tables/readTable.js";
import type { TableLimits } from "../../io/tables/tableLimits.js";
import { requireWritable, writeAtomic } from "../../io/writeAtomic.js";
import { type MappingReport, reportOf } from "../recipeReader.js";
import { csvOptionsOf, limitsOf } from "../tableOptions.js";
import { columnMapPath } from "../columnMapPath.js";
import { requireOtherFile } from "../requireOtherFile.js";

/** How a table is read, and where its map goes. */
export interface MapTableOptions extends CsvOptions, TableLimits {
  /** File of the map (default beside the table, under its name and .columns.json). */
  readonly out?: string;
  readonly reagents?: string;
  /** Replaces a map that is there. */
  readonly force?: boolean;
}

/** A guessed map, what it makes of the table, and where it was written. */
export interface TableMapping {
  readonly file: string;
  readonly out: string;
  readonly map: ColumnMap;
  readonly guesses: readonly HeaderGuess[];
  /** Columns of a recipe that no header gives. */
  readonly lacking: readonly string[];
  /** What the map makes of the rows; null where it cannot be used as it stands, with the reason in `unusable`. */
  readonly mapping: MappingReport | null;
  readonly unusable: string | null;
  /** Rows that cannot be true by this map, at most 1,000. */
  readonly faults: readonly MappedFault[];
  readonly faultCount: number;
  /** How the file was read, where that is not plain. */
  readonly notes: readonly string[];
}

/** Faults that are listed. */
const listed = 1000;

/**
 * Guesses what the headers of a table mean, tries the guess on its rows, and writes it as a map to be edited.
 *
 * @throws InputError if the table cannot be read or holds no recipe at all, if a map is there and is not to be
 *   replaced, or if the map would replace a file that is read; then nothing is written
 */
export async function mapTable(
  file: string,
  { out = columnMapPath(file), reagents: extra, force = false, ...reading }: MapTableOptions = {},
): Promise<TableMapping> {
  requireOtherFile(out, [file, extra], "must be another file than the table and the reagents");
  const notes: string[] = [];
  const reagents =
    extra === undefined ? builtInReagents : await readReagents(extra, { onNote: (note) => notes.push(note) });
  const table = await readTable(file, {
    csv: csvOptionsOf(reading),
    limits: limitsOf(reading),
    onNote: (note) => notes.push(note),
  });
  const where = projectName(file);
  requireRows(table, where);
  const guess = guessColumnMap(table, reagents);
  const text = columnMapText(guess.map);
  if (existsSync(out) && !force) await refuseOther(out, text);
  const faults: MappedFault[] = [];
  let faultCount = 0;
  let mapping: MappingReport | null = null;
  let unusable: string | null = null;
  if (["caesiumMolar", "leadMolar", "bromideMolar"].every((name) => guess.lacking.includes(name)))
    throw noRecipe(where, guess.guesses);
  try {
    const mapped = applyColumnMap(table, parseColumnMap(JSON.parse(text), projectName(out)), {
      reagents,
      where,
      mapWhere: projectName(out),
      onFault: (fault) => {
        faultCount++;
        if (faults.length < listed) faults.push(fault);
      },
    });
    mapping = reportOf(mapped, out);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    unusable = error.message;
  }
  await requireWritable(out);
  await writeAtomic(out, text);
  return { file, out, ...guess, mapping, unusable, faults, faultCount, notes };
}

/** @throws InputError if a file that is there is not the map that would be written */
async function refuseOther(out: string, text: string): Promise<void> {
  const there = await readJson(out).catch(() => undefined);
  if (JSON.stringify(there) === JSON.stringify(JSON.parse(text))) return;
  throw new InputError({
    where: projectName(out),
    must: "must not be there yet, or be the map that would be written",
    got: "another file, which you may have edited",
    mend: "use it with --columns, name another file with --out, or replace it with --force",
  });
}

function noRecipe(where: string, guesses: readonly HeaderGuess[]): InputError {
  const understood = guesses.flatMap(({ use }) => ("column" in use ? [`"${use.header}" (${use.column})`] : []));
  return new InputError({
    where,
    must: "must tell how much caesium, lead and bromide goes in",
    got: understood.length === 0 ? "no header that is understood" : `only ${understood.slice(0, 12).join(", ")}`,
    mend: "add columns of concentrations or amounts, as `twin data template` writes them; outcomes alone are no recipe",
  });
}
