import { isCategory, numbersOf, type Table, textsOf } from "../core/Table.js";

/** How close two numbers of one experiment stand: tables round differently, an emission peak to a whole nanometre. */
const closeness = { relative: 2e-3, absolute: 1e-6 };

/**
 * Which rows of a table stand in another one too, known again by what they hold: texts alike, numbers alike to the
 * digits that both tables give. No row of the other stands for two.
 *
 * @param content  columns of both tables that tell one experiment from another
 * @returns for each row of `part` the row of `whole`, -1 where it has none
 * @throws RangeError if a column is absent in one of them
 */
export function sharedRows(part: Table, whole: Table, content: readonly string[]): Int32Array {
  for (const name of content)
    for (const [role, table] of Object.entries({ part, whole }))
      if (!Object.hasOwn(table.columns, name))
        throw new RangeError(`sharedRows: both tables must have the column "${name}"; the ${role} lacks it`);
  const isText = (name: string): boolean => isCategory(part.columns[name]);
  const texts = content.filter(isText);
  const numbers = content.filter((name) => !isText(name));
  const [ownNumbers, otherNumbers] = [part, whole].map((table) => numbers.map((name) => numbersOf(table, name)));
  const isSame = (row: number, other: number): boolean =>
    numbers.every((_, j) => isClose(ownNumbers[j][row], otherNumbers[j][other]));
  const free = new Map<string, number[]>();
  textKeys(whole, texts).forEach((key, row) => {
    const rows = free.get(key);
    if (rows === undefined) free.set(key, [row]);
    else rows.push(row);
  });
  return Int32Array.from(textKeys(part, texts), (key, row) => {
    const rows = free.get(key) ?? [];
    const at = rows.findIndex((other) => isSame(row, other));
    return at < 0 ? -1 : rows.splice(at, 1)[0];
  });
}

function isClose(a: number, b: number): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
  return Math.abs(a - b) <= closeness.absolute + closeness.relative * Math.abs(b);
}

function textKeys(table: Table, names: readonly string[]): string[] {
  const columns = names.map((name) => textsOf(table, name));
  return Array.from({ length: table.numRows }, (_, row) => JSON.stringify(columns.map((column) => column[row])));
}
