import { InputError } from "../../core/InputError.js";

/** One thing in a file that keeps it from being read as it stands. */
export interface TableFault {
  /** Data row, counted from 1; null where it concerns a line of the file or a whole column. */
  readonly row: number | null;
  /** Null where it concerns the row as a whole. */
  readonly column: string | null;
  /** Within the file: "row 3, column timeSecond". */
  readonly at: string;
  readonly must: string;
  /** As the file has it. */
  readonly got: string;
  readonly mend: string;
}

/** A fault as the error that a reader throws unless it is asked to go on. */
export function faultError(file: string, { at, must, got, mend }: TableFault): InputError {
  return new InputError({ where: at === "" ? file : `${file}, ${at}`, must, got, mend });
}
