/**
 * A published table as it stands in its file: texts, null where
 * the cell is empty. Row r stands at place r of every column.
 */
export interface RawTable {
  /** The file as messages name it. */
  readonly where: string;
  readonly sha256: string;
  readonly numRows: number;
  /** Line of the file with the header, counted from 1. */
  readonly headerLine: number;
  readonly columns: Readonly<Record<string, readonly (string | null)[]>>;
}
