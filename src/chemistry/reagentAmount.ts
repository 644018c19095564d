import { InputError } from "../core/InputError.js";
import type { Reagent } from "./Reagent.js";
import { builtInReagents, findReagent, type ReagentList } from "./reagentList.js";

/** A quantity of a reagent as it was measured out; each number is from 0 on. */
export type Quantity =
  | { readonly millimole: number }
  /** Mass of the product as it is sold. */
  | { readonly gram: number }
  /** Volume of the liquid as it is sold. */
  | { readonly millilitre: number }
  /** Volume of a stock solution of that many mol/L, in a solvent that may be named. */
  | { readonly molar: number; readonly millilitre: number; readonly solvent?: Reagent };

/** How much of a reagent went into a mixture, and what room it takes there. */
export interface ReagentAmount {
  readonly reagent: Reagent;
  /** Of the substance itself; null where its molar mass is not known and it brings neither ions nor ligands. */
  readonly millimole: number | null;
  /** mL that it adds to the liquid; 0 for solids. */
  readonly millilitre: number;
  /** What comes along with it: the water of an acid, the other amines of a technical grade. */
  readonly with?: ReagentAmount;
  /** Solvent of a stock solution, whose volume `millilitre` is. */
  readonly solvent?: Reagent;
}

/**
 * Amount of a reagent from what was weighed or measured out. Mass and volume are those of the product, with its purity
 * and density; a stock solution has its concentration. What the product holds beside the substance comes along
 * where the list names it: the diluent of a solution always, the rest of a technical grade where mass or volume were
 * measured (a recipe in mmol counts the substance alone).
 *
 * @param options.purity  share by mass of the substance in the product, above 0 to 1 (default: the list's, or 1)
 * @param options.list  where the names of diluent and rest are looked up
 * @param options.where  row and column, for messages
 * @throws InputError if the quantity is negative or no number, if moles of a substance of unknown molar mass are to
 *   follow from mass or volume, or its volume from moles, and if a volume is given of what has no density
 */
export function reagentAmount(
  reagent: Reagent,
  quantity: Quantity,
  {
    purity = reagent.purity ?? 1,
    list = builtInReagents,
    where = "reagentAmount",
  }: { readonly purity?: number; readonly list?: ReagentList; readonly where?: string } = {},
): ReagentAmount {
  const refuse = (must: string, got: string, mend: string): InputError => new InputError({ where, must, got, mend });
  const { name, molarMass, density } = reagent;
  const given = Object.entries(quantity).filter((one): one is [string, number] => one[0] !== "solvent");
  for (const [unit, value] of given)
    if (!(value >= 0 && value < Infinity))
      throw refuse("an amount must be a number from 0 on", `${value} ${unit} of ${name}`, "correct it");
  if (!(purity > 0 && purity <= 1))
    throw refuse("purity must be above 0 and at most 1", String(purity), "give it as a share, 0.9 for 90 %");
  if ("molar" in quantity) {
    const { molar, millilitre, solvent } = quantity;
    return { reagent, millimole: molar * millilitre, millilitre, ...(solvent === undefined ? {} : { solvent }) };
  }
  if ("millilitre" in quantity && density === null)
    throw refuse(
      "a volume must be one of a liquid, or of a solution with its concentration",
      `${quantity.millilitre} mL of ${name}, which has no density in the list`,
      "give mass or mmol, or the concentration of the solution, or the density by --reagents",
    );
  /** Mass of the product, with what it is diluted with. */
  const gram =
    "gram" in quantity
      ? quantity.gram
      : "millilitre" in quantity
        ? quantity.millilitre * density!
        : molarMass === null
          ? null
          : (quantity.millimole * molarMass) / 1000 / (reagent.dilutedWith === undefined ? 1 : purity);
  if (molarMass === null && ("millimole" in quantity ? density !== null : bringsSomething(reagent)))
    throw refuse(
      "mmol must go with mass and volume, for which the molar mass must be known",
      `${given.map(([unit, value]) => `${value} ${unit}`).join()} of ${name}, which has none`,
      "give it in the other unit, or its molar mass by --reagents",
    );
  const millimole =
    "millimole" in quantity ? quantity.millimole : molarMass === null ? null : (1000 * gram! * purity) / molarMass;
  const rest = reagent.dilutedWith ?? ("millimole" in quantity ? undefined : reagent.impurity);
  const other = rest === undefined || gram === null || purity === 1 ? null : findReagent(list, rest);
  return {
    reagent,
    millimole,
    millilitre: gram === null || density === null ? 0 : gram / density,
    ...(other === null ? {} : { with: reagentAmount(other, { gram: gram! * (1 - purity) }, { purity: 1, where }) }),
  };
}

/** Whether ions or ligands are counted from it, so that its moles must be known. */
function bringsSomething({ ions, ligands }: Reagent): boolean {
  return Object.values<number>({ ...ions, ...ligands }).some((count) => count > 0);
}
