import type { Chunk } from "./TableEncoder.js";

/** Rows `from` up to `to` of a chunk. */
export interface RowRange {
  readonly chunk: Chunk;
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts a stream anew: groups of `rowsPerGroup` rows, the last one of fewer. A stream
 * without rows is one group of none.
 */
export async function* groupRows(
  chunks: AsyncIterable<Chunk>,
  rowsPerGroup: (first: Chunk) => number,
): AsyncGenerator<readonly RowRange[], void, undefined> {
  let group: RowRange[] = [];
  let first: Chunk | undefined;
  let wanted = 0;
  let missing = 0;
  let groups = 0;
  for await (const chunk of chunks) {
    if (first === undefined) {
      first = chunk;
      wanted = missing = rowsPerGroup(chunk);
    }
    for (let from = 0; from < chunk.numRows;) {
      const to = Math.min(chunk.numRows, from + missing);
      group.push({ chunk, from, to });
      missing -= to - from;
      from = to;
      if (missing > 0) break;
      yield group;
      groups++;
      group = [];
      missing = wanted;
    }
  }
  if (group.length > 0) yield group;
  else if (groups === 0 && first !== undefined) yield [{ chunk: first, from: 0, to: 0 }];
}
