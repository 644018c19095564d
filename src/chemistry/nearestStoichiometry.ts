import { compounds } from "./phases.js";
import type { PhaseName } from "./phases.js";

/**
 * The naive rule: the product is the compound whose own Cs:Pb is nearest to the
 * recipe's (0.5 CsPb2Br5, 1 CsPbBr3, 4 Cs4PbBr6). A baseline to be beaten, not chemistry:
 * real hot injections give CsPbBr3 at Cs:Pb from 0.15 to 1.
 *
 * On a border the rule gets the benefit of the doubt: CsPbBr3.
 *
 * @param caesiumLeadRatio  mol/mol, above 0
 * @throws RangeError if the ratio is not a positive number
 *
 * @example
 * ```ts
 * import { nearestStoichiometry } from "cspbbr3-twin";
 *
 * console.log(nearestStoichiometry(0.5), nearestStoichiometry(1.2), nearestStoichiometry(4));
 * // CsPb2Br5 CsPbBr3 Cs4PbBr6
 * ```
 */
export function nearestStoichiometry(
  caesiumLeadRatio: number,
  { scale = "log" }: { readonly scale?: "log" | "linear" } = {},
): PhaseName {
  if (!(caesiumLeadRatio > 0 && Number.isFinite(caesiumLeadRatio))) {
    throw new RangeError(
      `nearestStoichiometry: Cs:Pb must be a number above 0; got ${caesiumLeadRatio}; leave such rows out`,
    );
  }
  const [low, high] = stoichiometryBorders({ scale });
  if (caesiumLeadRatio < low) return "CsPb2Br5";
  return caesiumLeadRatio > high ? "Cs4PbBr6" : "CsPbBr3";
}

/**
 * Cs:Pb in mol/mol at which the rule changes its mind, ascending: 0.71 and 2 on the logarithm of the
 * ratio ("log", default: a ratio and its inverse are equally far from 1), 0.75 and 2.5 on the ratio itself ("linear").
 */
export function stoichiometryBorders({ scale = "log" }: { readonly scale?: "log" | "linear" } = {}): readonly [
  number,
  number,
] {
  // Nearest on a logarithmic scale means a border at the geometric mean, on a linear one at the arithmetic.
  const middle = (a: number, b: number): number => (scale === "log" ? Math.sqrt(a * b) : (a + b) / 2);
  const [poor, even, rich] = [compounds.CsPb2Br5, compounds.CsPbBr3, compounds.Cs4PbBr6].map(
    ({ caesium, lead }) => caesium / lead,
  );
  return [middle(poor, even), middle(even, rich)];
}
