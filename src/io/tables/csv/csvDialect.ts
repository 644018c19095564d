import { InputError } from "../../../core/InputError.js";
import type { CsvOptions } from "./CsvOptions.js";
import { type CsvRecord, csvRecords } from "./csvRecords.js";
import { headerOf, lookAtTable, mostAbove, type TableLook, type UnitRow } from "../cells/lookAtTable.js";

/** Where the rows of a CSV begin, and what stands between its cells. */
export interface CsvDialect {
  readonly separator: string;
  readonly header: readonly string[];
  /** Line of the header, counted from 1. */
  readonly headerLine: number;
  /** Whether lines above the header begin with "#": then such lines further down are comments too. */
  readonly hasComments: boolean;
  /** Row of units under the header; null where there is none. */
  readonly units: UnitRow | null;
}

/** Separators that are looked for; the first one wins where nothing speaks for another. */
export const csvSeparators = [",", ";", "\t", "|"] as const;

/** Records that are looked at. */
const mostRecords = 200;

/**
 * Finds separator and header in the beginning of a CSV. Lines above the header are comments ("#") or shorter than the
 * table; the header names the columns in words, or in numbers that form an axis.
 *
 * @param head     beginning of the text
 * @param isWhole  whether that is all of it
 * @param options  with `headerLine` set, the text begins with the header
 * @throws InputError if there is no header, or two separators would do (the option that settles it is named)
 */
export async function csvDialect(
  head: string,
  isWhole: boolean,
  options: CsvOptions,
  where: string,
): Promise<CsvDialect> {
  const { separator } = options;
  const isGiven = options.headerLine !== undefined;
  const looks: Look[] = [];
  for (const one of separator === undefined ? csvSeparators : [separator]) {
    const records = await headRecords(head, isWhole, one, where);
    looks.push({ ...lookAtTable(records, isGiven), separator: one });
  }
  const best = bestOf(looks, where);
  const header = headerOf(best, where, isGiven);
  return {
    separator: best.separator,
    header: header.cells,
    headerLine: header.line,
    hasComments: best.hasComments,
    units: best.units,
  };
}

async function headRecords(
  head: string,
  isWhole: boolean,
  separator: string,
  where: string,
): Promise<readonly CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const some of csvRecords([head], { separator, where, isHead: true })) records.push(...some);
  // The last one may have been cut, unless it is the only one.
  return (isWhole || records.length < 2 ? records : records.slice(0, -1)).slice(0, mostRecords + mostAbove);
}

/** A table that a separator makes of the text. */
interface Look extends TableLook {
  readonly separator: string;
}

/** @throws InputError if two separators make a table of it, both with numbers */
function bestOf(looks: readonly Look[], where: string): Look {
  const score = ({ width, fit, isData, header }: Look): number =>
    header === undefined ? -1 : width < 2 ? 0 : fit + (isData ? 0 : 0.5);
  const best = Math.max(...looks.map(score));
  if (best <= 0.5) return looks[0];
  const tied = looks.filter((look) => score(look) === best);
  const [first, second] = tied.toSorted((a, b) => b.numbers - a.numbers);
  if (second !== undefined && second.numbers > 0)
    throw new InputError({
      where,
      must: "one character must separate cells",
      got: `rows that ${JSON.stringify(first.separator)} and ${JSON.stringify(second.separator)} split evenly`,
      mend: `name it: --separator ${JSON.stringify(first.separator)} or ${JSON.stringify(second.separator)}`,
    });
  return first;
}
