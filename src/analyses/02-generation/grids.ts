/** Places along an axis at even steps, both ends among them. */
export function evenGrid(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => rounded(low + ((high - low) * i) / (count - 1)));
}

/** Places along an axis at even factors, both ends among them. */
export function logGrid(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => rounded(low * (high / low) ** (i / (count - 1))));
}

/** To five digits: more than a figure shows. */
export function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
