import { outcomeFields } from "../../chemistry/recipeSchema.js";
import { numbersOf, type Table } from "../../core/Table.js";
import type { TargetScale } from "../../training/files/Model.js";

/** A number that an experiment may give beside its phase, and the scale on which it is learned. */
export interface Quantity {
  readonly column: string;
  readonly name: string;
  readonly scaleName: "ln" | "linear";
  readonly scale: (value: number) => number;
}

const asItIs = (value: number): number => value;

export const quantities: readonly Quantity[] = [
  { column: "sizeNanometre", name: "ln size", scaleName: "ln", scale: Math.log },
  { column: "photoluminescencePeakNanometre", name: "emission peak", scaleName: "linear", scale: asItIs },
  { column: "photoluminescenceWidthNanometre", name: "emission width", scaleName: "linear", scale: asItIs },
  { column: "quantumYield", name: "quantum yield", scaleName: "linear", scale: asItIs },
  { column: "leadYield", name: "lead yield", scaleName: "linear", scale: asItIs },
];

/** Values of a quantity on the scale on which it is learned; NaN where not measured. */
export function scaledValues(table: Table, { column, scale }: Pick<Quantity, "column" | "scale">): Float64Array {
  return Float64Array.from(numbersOf(table, column), scale);
}

/** Targets as networks learn them. */
export interface StandardisedQuantities {
  /** Row-major [rows of the table, quantities]; NaN where not measured. */
  readonly targets: Float64Array;
  /** Columns of outcomes. */
  readonly names: readonly string[];
  readonly scales: readonly TargetScale[];
}

/** Targets with mean 0 and standard deviation 1 over training rows. */
export function standardisedQuantities(
  table: Table,
  train: Uint32Array,
  some: readonly Quantity[] = quantities,
): StandardisedQuantities {
  const count = some.length;
  const targets = new Float64Array(table.numRows * count);
  const scales = some.map((quantity, k): TargetScale => {
    const values = scaledValues(table, quantity);
    const known = Float64Array.from(train, (row) => values[row]).filter((value) => !Number.isNaN(value));
    const mean = known.reduce((a, b) => a + b, 0) / known.length;
    const scale = Math.sqrt(known.reduce((total, value) => total + (value - mean) ** 2, 0) / known.length);
    values.forEach((value, row) => (targets[row * count + k] = (value - mean) / scale));
    return { mean, scale };
  });
  return { targets, names: some.map(({ column }) => column), scales };
}

/** Unit of a quantity's column. */
export function quantityUnit({ column }: Pick<Quantity, "column">): string {
  return outcomeFields[column].unit;
}
