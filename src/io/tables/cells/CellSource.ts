/** A cell as its file has it: a text, or a number of a file that tells numbers from texts. */
export type Cell = string | number;

/** Cells of one row. */
export interface CellRecord {
  /** Line of the file it begins in, counted from 1. */
  readonly line: number;
  readonly cells: readonly Cell[];
}

/** A table of cells, the kinds of whose columns are not known yet. */
export interface CellSource<Row extends CellRecord = CellRecord> {
  readonly header: readonly string[];
  /** What stands between cells in the file: where that is no comma, commas may be decimal marks. */
  readonly separator: string;
  /** What in its writing is not the plain one, in words. */
  readonly unusual: readonly string[];
  /** Units of a row under the header, one for each column ("" for none); null where there is no such row. */
  readonly units: readonly string[] | null;
  /**
   * The records below the header and the units, all as wide as the header; may be called again.
   *
   * @param onWidth   takes a record of another width, which is left out then; by default it is refused
   * @param isWanted  which cells of a record are looked at, by their place (default all): others may be left empty
   */
  readonly rows: (
    onWidth?: (record: Row) => void,
    isWanted?: readonly boolean[],
  ) => AsyncIterable<readonly CellRecord[]>;
  /** What the file calls a cell besides its row and column, as a workbook does: "B5". */
  readonly cellName?: (row: number, column: number) => string;
}
