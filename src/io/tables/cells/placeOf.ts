import type { CellSource } from "./CellSource.js";
import type { CellPlace } from "./numberStyle.js";

/** Names the cells of one column, each by its row counted from 0. @param place  of the column in its source */
export function placeOf(
  { cellName }: CellSource,
  column: string,
  place: number,
): (row: number, text: string) => CellPlace {
  return (row, text) => {
    const cell = cellName?.(row, place);
    const at = `row ${row + 1}, column ${column}${cell === undefined ? "" : ` (${cell})`}`;
    return { row: row + 1, column, text, at };
  };
}
