/** Where the column map of a table lies: beside it, under its name. */
export function columnMapPath(table: string): string {
  return `${table}.columns.json`;
}
