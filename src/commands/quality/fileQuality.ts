import { InputError } from "../../core/InputError.js";
import { isCategory } from "../../core/Table.js";
import { type QualityReport, qualityReport } from "../../monitoring/quality/qualityReport.js";
import { readForQuality } from "./readForQuality.js";
import { namesOfRows } from "../../monitoring/tableDrift.js";

/** What the command line asks about a file. */
export interface FileQualityOptions {
  readonly label?: string;
  readonly parameters?: number;
  /** Another file, which the first should be distributed like. */
  readonly against?: string;
}

/**
 * The data-quality report of a file, as `twin quality` gives it.
 *
 * @throws InputError as readForQuality, or if an option does not fit the file
 */
export async function fileQuality(
  path: string,
  { label, parameters, against }: FileQualityOptions = {},
): Promise<QualityReport> {
  const table = await readForQuality(path);
  if (label !== undefined) {
    if (!Object.hasOwn(table.columns, label))
      throw new InputError({
        where: "--label",
        must: `must name a column of ${path}`,
        got: `"${label}"`,
        mend: `choose one of ${Object.keys(table.columns)
          .filter((name) => isCategory(table.columns[name]))
          .join(", ")}`,
      });
    if (!isCategory(table.columns[label]))
      throw new InputError({
        where: "--label",
        must: "must name a column of categories",
        got: `${label}, which holds numbers`,
        mend: `choose one of ${Object.keys(table.columns)
          .filter((name) => isCategory(table.columns[name]))
          .join(", ")}`,
      });
  }
  if (parameters !== undefined && parameters < 1)
    throw new InputError({
      where: "--parameters",
      must: "must be a whole number of at least 1",
      got: String(parameters),
      mend: "write for example 15000",
    });
  const other = against === undefined ? undefined : await readForQuality(against);
  if (other !== undefined) {
    const isCommon = (name: string): boolean =>
      !namesOfRows.includes(name) &&
      Object.hasOwn(other.columns, name) &&
      isCategory(table.columns[name]) === isCategory(other.columns[name]);
    if (!Object.keys(table.columns).some(isCommon))
      throw new InputError({
        where: "--against",
        must: `must be a file with columns of ${path}`,
        got: `${against}, with ${Object.keys(other.columns).slice(0, 30).join(", ")}`,
        mend: "compare files of the same kind",
      });
    for (const [where, { numRows }] of [
      [path, table],
      [against!, other],
    ] as const)
      if (numRows === 0)
        throw new InputError({
          where,
          must: "must have rows to be compared",
          got: "none",
          mend: "leave out --against",
        });
  }
  return qualityReport(table, { label, parameters, against: other });
}
