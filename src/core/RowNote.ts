/** What was done to one cell or row of a file, so that nothing is dropped or changed in silence. */
export interface RowNote {
  /** Data row of the source, counted from 1; the header is not counted. */
  readonly row: number;
  /** Column of the source. */
  readonly column: string;
  /** What stood there. */
  readonly came: string;
  /** What was made of it. */
  readonly made: string;
  readonly why: string;
}
