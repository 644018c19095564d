import type { InputFault } from "../../core/InputError.js";

/** A row that cannot be true, as a message and by its place. */
export interface MappedFault extends Omit<InputFault, "where"> {
  /** Counted from 1. */
  readonly row: number;
  /** Of the table. */
  readonly column: string;
}
