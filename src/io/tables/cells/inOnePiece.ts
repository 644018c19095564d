import type { CellRecord } from "./CellSource.js";

/** Records that are all in memory, as a source gives them. */
export async function* inOnePiece(
  records: readonly CellRecord[],
): AsyncGenerator<readonly CellRecord[], void, undefined> {
  yield await Promise.resolve(records);
}
