import { InputError } from "../core/InputError.js";

/** Rows that went one way, and how many of them had the property that is counted. */
export interface ArmCounts {
  readonly rows: number;
  readonly hits: number;
}

/** Before the first row. */
export const noRows: ArmCounts = { rows: 0, hits: 0 };

/** Counts after one more row. */
export function withRow({ rows, hits }: ArmCounts, isHit: boolean): ArmCounts {
  return { rows: rows + 1, hits: hits + (isHit ? 1 : 0) };
}

/**
 * Counts after more rows, given as bits.
 *
 * @param where  function and arm to name in the error
 * @throws InputError if one is neither 0 nor 1 (row named)
 */
export function withBits({ rows, hits }: ArmCounts, bits: ArrayLike<number>, where: string): ArmCounts {
  let found = hits;
  for (let row = 0; row < bits.length; row++) {
    if (bits[row] !== 0 && bits[row] !== 1)
      throw new InputError({
        where: `${where}, row ${row}`,
        must: "an outcome must be 1 (wrong) or 0 (right)",
        got: String(bits[row]),
        mend: "leave out rows whose outcome has not come; they come later",
      });
    found += bits[row];
  }
  return { rows: rows + bits.length, hits: found };
}
