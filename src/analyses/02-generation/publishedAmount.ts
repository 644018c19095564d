/**
 * Amounts that a curated fact tells in words: "0.18 mmol Pb, 0.125 mmol Cs".
 *
 * @returns mmol; NaN where it is not told
 */
export function publishedAmount(conditions: string, what: string): number {
  return Number(new RegExp(`([\\d.]+) mmol ${what}`).exec(conditions)?.[1]);
}
