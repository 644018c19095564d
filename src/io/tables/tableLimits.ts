import { InputError } from "../../core/InputError.js";

/** How much of a table may be read into memory: a compressed file of a megabyte can hold gigabytes of zeros. */
export interface TableLimits {
  readonly maxRows?: number;
  /** Of all values as memory holds them. */
  readonly maxBytes?: number;
}

/** What fits the memory of a small machine. */
export const usualLimits: Required<TableLimits> = { maxRows: 100_000_000, maxBytes: 2_000_000_000 };

/** Memory of a number; of a category less. */
const valueBytes = 8;

/**
 * Says before a table is read that it would not fit.
 *
 * @throws InputError naming the limit that it passes and the option that lifts it
 */
export function checkLimits(
  { rows, columns }: { readonly rows: number; readonly columns: number },
  where: string,
  { maxRows = usualLimits.maxRows, maxBytes = usualLimits.maxBytes }: TableLimits = {},
): void {
  const count = (value: number): string => value.toLocaleString("en-GB");
  const refuse = (limit: string, most: number, got: number, option: string): InputError =>
    new InputError({
      where,
      must: `must hold at most ${count(most)} ${limit}`,
      got: count(got),
      mend: `take fewer rows, or where memory holds them, lift the limit of quality and predict with ${option} ${got}`,
    });
  if (rows > maxRows) throw refuse("rows", maxRows, rows, "--max-rows");
  const bytes = rows * columns * valueBytes;
  if (bytes > maxBytes) throw refuse("bytes of values", maxBytes, bytes, "--max-bytes");
}
