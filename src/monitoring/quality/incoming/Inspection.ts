import type { Table } from "../../../core/Table.js";
import type { ReferenceProfile } from "./fitReference.js";

/** What every check of an incoming table is given. */
export interface Inspection {
  readonly incoming: Table;
  readonly reference: ReferenceProfile;
  /** Columns of data that both have, of one kind. */
  readonly numbers: readonly string[];
  readonly categories: readonly string[];
  /** Rows without a value, by column of data that both have. */
  readonly missing: Readonly<Record<string, Uint8Array>>;
  /** Group of each incoming row. */
  readonly groups: Uint32Array;
  /** Probability of a false alarm that one comparison may spend. */
  readonly alphaEach: number;
}

/** Rows below which shares, runs and shapes say too little. */
export const leastRows = 20;

/** Why a check of shares is not made on a table of so few rows; null where it can be. */
export function tooFewRows({ incoming }: Pick<Inspection, "incoming">): string | null {
  return incoming.numRows >= leastRows ? null : `${incoming.numRows} rows; ${leastRows} are needed`;
}
