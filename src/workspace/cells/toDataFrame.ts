import { isCategory, type Table, textsOf } from "../../core/Table.js";

/** What cells use of a danfo.js data frame: looking, not computing. */
export interface DataFrame {
  readonly shape: readonly number[];
  readonly columns: readonly string[];
  readonly dtypes: readonly string[];
  print(): void;
  toString(): string;
  head(rows?: number): DataFrame;
  tail(rows?: number): DataFrame;
  describe(): DataFrame;
  sortValues(column: string, options?: { readonly ascending?: boolean }): DataFrame;
}

/**
 * A copy of a table as a danfo.js data frame, to be printed and explored in a
 * notebook. Categories become texts; a missing number stays NaN.
 *
 * No number that is saved, drawn or claimed may come out of it. Faults of
 * danfojs-node 1.1.2 that were reproduced:
 * - toCSV never quotes, and NaN comes back as the text "NaN";
 * - concat along axis 0 changes its input;
 * - describe and groupby give NaN where a value is missing;
 * - adding columns computes in float32;
 * - column types are guessed from early rows (so they are given here);
 * - typed-array columns throw (so they are copied here);
 * - a column called like one of the frame's own members ("shape", "values") breaks it
 *   (so it gets an underscore here: "shape_");
 * - a frame without rows cannot be made (so it is refused here).
 * The frame's writers refuse, and its readers are not passed on: they are for spreadsheets and downloads, which no
 * cell needs and whose libraries are kept forks (`overrides` in package.json).
 *
 * @throws RangeError if the table has no rows
 */
export async function toDataFrame(table: Table): Promise<DataFrame> {
  if (table.numRows === 0)
    throw new RangeError("toDataFrame: the table must have at least one row; got 0; show its schema instead");
  const { default: danfo } = await import("danfojs-node");
  const members = new danfo.DataFrame([[0]]);
  const columns = Object.entries(table.columns).map(([name, column]) => ({
    name: name in members ? `${name}_` : name,
    dtype: isCategory(column) ? "string" : "float32",
    values: isCategory(column) ? textsOf(table, name) : Array.from(column),
  }));
  const frame = new danfo.DataFrame(Object.fromEntries(columns.map(({ name, values }) => [name, values])), {
    columns: columns.map(({ name }) => name),
    dtypes: columns.map(({ dtype }) => dtype),
    // Columns as wide as their content: 16 characters are too few for names with units.
    config: { tableDisplayConfig: { columns: {} } },
  });
  for (const writer of ["toCSV", "toJSON", "toExcel"]) Object.defineProperty(frame, writer, { value: refuseToWrite });
  return frame;
}

function refuseToWrite(): never {
  throw new TypeError("toDataFrame: a data frame is for looking only; write the table itself with writeTable");
}
