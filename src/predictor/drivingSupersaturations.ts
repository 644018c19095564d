import type { PhaseName } from "../chemistry/phases.js";
import type { Table } from "../core/Table.js";
import { featureColumn } from "../features/featureColumn.js";

/** How far a recipe drives a compound out of solution, if everything is as written down. */
export interface DrivingSupersaturation {
  readonly phase: PhaseName;
  /**
   * Natural logarithm of the supersaturation S of the formula unit, its parts between -40 and 40; null where the recipe
   * does not give what it follows from.
   */
  readonly lnSupersaturation: number | null;
  /** Whether S is above 1: below, the compound dissolves. Null where S is not known. */
  readonly isAbove: boolean | null;
}

/**
 * The supersaturations behind a model's answer: they are its features, made of the recipe by the twin's equations of
 * speciation and solubility. More than one compound is often above 1; which forms then is a matter of rates and of the
 * exchanges between them, and the highest number does not decide it.
 *
 * @param recipes  in the terms of the twin (twinTerms), with the columns of recipeFeatures
 * @returns for each recipe CsPbBr3, Cs4PbBr6 and CsPb2Br5
 */
export function drivingSupersaturations(recipes: Table): DrivingSupersaturation[][] {
  const rows = Uint32Array.from({ length: recipes.numRows }, (_, row) => row);
  const [perovskite, toCaesium, toLead] = ["lnSupersaturation", "exchangeToCs4PbBr6", "exchangeToCsPb2Br5"].map(
    (feature) => featureColumn(recipes, rows, { feature }, { allowMissing: true }).values,
  );
  const one = (phase: PhaseName, value: number): DrivingSupersaturation =>
    Number.isNaN(value)
      ? { phase, lnSupersaturation: null, isAbove: null }
      : { phase, lnSupersaturation: value, isAbove: value > 0 };
  // By the thermodynamic cycle: CsPbBr3 and what the exchange adds.
  return Array.from(perovskite, (value, row) => [
    one("CsPbBr3", value),
    one("Cs4PbBr6", value + toCaesium[row]),
    one("CsPb2Br5", value + toLead[row]),
  ]);
}
