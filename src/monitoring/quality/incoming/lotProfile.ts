import { isCategory, numbersOf, type Column, type Table } from "../../../core/Table.js";

/** A quantity that belongs to the lot: an assay, a stock's concentration, a standard's reading. */
export interface LotQuantity {
  readonly name: string;
  /** Standard deviation of rows of a lot. */
  readonly deviation: number;
  readonly lots: Readonly<Record<string, { readonly mean: number; readonly rows: number }>>;
}

/** Lots of a reference, and what each has of its own. */
export interface LotProfile {
  readonly lots: readonly string[];
  readonly quantities: readonly LotQuantity[];
}

/** Of the variance between rows, at most so much within lots makes a quantity one of the lot. */
const withinShare = 0.01;

/** Names of lots as texts. */
export function lotNames(column: Column): string[] {
  return isCategory(column)
    ? Array.from(column.codes, (code) => column.levels[code])
    : Array.from(column, (value) => (Number.isNaN(value) ? "" : String(value)));
}

/** What lots of a reference have of their own: numbers that are constant, or nearly so, in each lot. */
export function lotProfile(
  table: Table,
  { lot, numbers }: { readonly lot: string; readonly numbers: readonly string[] },
): LotProfile {
  const names = lotNames(table.columns[lot]);
  const lots = [...new Set(names)].filter((name) => name !== "");
  return { lots, quantities: numbers.flatMap((name) => quantityOfLots(numbersOf(table, name), names, name)) };
}

function quantityOfLots(column: ArrayLike<number>, lots: readonly string[], name: string): LotQuantity[] {
  const sums = new Map<string, { rows: number; sum: number; squares: number }>();
  let [rows, sum] = [0, 0];
  lots.forEach((lot, row) => {
    if (lot === "" || !Number.isFinite(column[row])) return;
    const one = sums.get(lot) ?? { rows: 0, sum: 0, squares: 0 };
    sums.set(lot, one);
    one.rows++;
    one.sum += column[row];
    rows++;
    sum += column[row];
  });
  // What is constant within one lot alone may be constant everywhere.
  if (rows < 20 || rows === sums.size || sums.size < 2) return [];
  let total = 0;
  lots.forEach((lot, row) => {
    const one = sums.get(lot);
    if (one === undefined || !Number.isFinite(column[row])) return;
    one.squares += (column[row] - one.sum / one.rows) ** 2;
    total += (column[row] - sum / rows) ** 2;
  });
  const within = [...sums.values()].reduce((all, { squares }) => all + squares, 0);
  if (total === 0 || within > withinShare * total) return [];
  return [
    {
      name,
      deviation: Math.sqrt(within / Math.max(1, rows - sums.size)),
      lots: Object.fromEntries([...sums].map(([lot, { sum: all, rows: of }]) => [lot, { mean: all / of, rows: of }])),
    },
  ];
}
