import { numbersOf, type Table } from "../../core/Table.js";

/** A number that an experiment may give beside its phase, and the scale on which it is learned. */
export interface Quantity {
  readonly column: string;
  readonly name: string;
  readonly scale: (value: number) => number;
}

const asItIs = (value: number): number => value;

export const quantities: readonly Quantity[] = [
  { column: "sizeNanometre", name: "ln size", scale: Math.log },
  { column: "photoluminescencePeakNanometre", name: "emission peak", scale: asItIs },
  { column: "photoluminescenceWidthNanometre", name: "emission width", scale: asItIs },
  { column: "quantumYield", name: "quantum yield", scale: asItIs },
  { column: "leadYield", name: "lead yield", scale: asItIs },
];

/**
 * Targets with mean 0 and standard deviation 1 over training rows,
 * row-major [rows of the table, quantities]; NaN where not measured.
 */
export function standardisedQuantities(
  table: Table,
  train: Uint32Array,
): { readonly targets: Float64Array; readonly names: readonly string[] } {
  const count = quantities.length;
  const targets = new Float64Array(table.numRows * count);
  quantities.forEach(({ column, scale }, k) => {
    const values = Float64Array.from(numbersOf(table, column), scale);
    const known = Float64Array.from(train, (row) => values[row]).filter((value) => !Number.isNaN(value));
    const mean = known.reduce((a, b) => a + b, 0) / known.length;
    const spread = Math.sqrt(known.reduce((total, value) => total + (value - mean) ** 2, 0) / known.length);
    values.forEach((value, row) => (targets[row * count + k] = (value - mean) / spread));
  });
  return { targets, names: quantities.map(({ name }) => name) };
}
