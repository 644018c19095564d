import { formulaElements } from "./formulaElements.js";
import type { Reagent, ReagentIons, ReagentLigands, ReagentRole } from "./Reagent.js";
import type { ReagentAmount } from "./reagentAmount.js";
import { molar } from "./units.js";

/** Ion or ligand that a mixture counts. */
export type MixturePart = keyof ReagentIons | keyof ReagentLigands;

/** What a mixture counts, in the order of columns. */
export const mixtureParts: readonly MixturePart[] = [
  "caesium",
  "lead",
  "bromide",
  "iodide",
  "chloride",
  "oleicAcid",
  "otherAcid",
  "oleylamine",
  "otherAmine",
];

/** What reagents make together. */
export interface Mixture {
  /** All liquid in mL, volumes taken as additive. */
  readonly millilitre: number;
  /** mmol of each ion and ligand. */
  readonly millimole: Readonly<Record<MixturePart, number>>;
  /** mL of the liquid by role; they add up to `millilitre`. */
  readonly millilitreByRole: Readonly<Partial<Record<ReagentRole, number>>>;
  /** Reagents that bring each ion and ligand, in the order in which they came; those of amount 0 do not. */
  readonly sources: Readonly<Record<MixturePart, readonly Reagent[]>>;
  /** Poor solvents, likewise. */
  readonly antisolvents: readonly Reagent[];
  /**
   * Reagents that bring what no column counts: other elements than those of Cs-Pb-Br and its ligands, other halides,
   * phosphines. The ions that they bring are counted all the same.
   */
  readonly unmodelled: readonly Reagent[];
}

/**
 * Ions, ligands and volume of reagents together. Volumes add, and of a solution the solvent's role has the volume.
 * Amounts add: the mixture of two mixtures' reagents is their sum.
 */
export function mixture(amounts: readonly ReagentAmount[]): Mixture {
  const millimole = Object.fromEntries(mixtureParts.map((part) => [part, 0])) as Record<MixturePart, number>;
  const sources = Object.fromEntries(mixtureParts.map((part) => [part, [] as Reagent[]])) as Record<
    MixturePart,
    Reagent[]
  >;
  const byRole: Partial<Record<ReagentRole, number>> = {};
  const antisolvents: Reagent[] = [];
  const unmodelled: Reagent[] = [];
  const addOnce = (reagents: Reagent[], reagent: Reagent): void => {
    if (!reagents.includes(reagent)) reagents.push(reagent);
  };
  const addRoom = (reagent: Reagent, millilitre: number): void => {
    if (!(millilitre > 0)) return;
    byRole[reagent.role] = (byRole[reagent.role] ?? 0) + millilitre;
    if (reagent.role === "antisolvent") addOnce(antisolvents, reagent);
  };
  const count = ({ reagent, millimole: amount }: ReagentAmount): void => {
    if (amount === null || !(amount > 0)) return;
    for (const [part, each] of Object.entries({ ...reagent.ions, ...reagent.ligands }) as [MixturePart, number][]) {
      if (!(each > 0)) continue;
      millimole[part] += each * amount;
      addOnce(sources[part], reagent);
    }
    if (bringsOthers(reagent)) addOnce(unmodelled, reagent);
  };
  for (const amount of amounts) {
    count(amount);
    // The room of a product is that of its rest and of the substance.
    const ofRest = Math.min(amount.with?.millilitre ?? 0, amount.millilitre);
    addRoom(amount.solvent ?? amount.reagent, amount.millilitre - ofRest);
    if (amount.with === undefined) continue;
    count(amount.with);
    addRoom(amount.with.reagent, ofRest);
  }
  const millilitre = amounts.reduce((sum, one) => sum + one.millilitre, 0);
  return { millilitre, millimole, millilitreByRole: byRole, sources, antisolvents, unmodelled };
}

/** Numbers of the recipe schema that a mixture gives. */
export type MixtureColumn =
  | "caesiumMolar"
  | "leadMolar"
  | "bromideMolar"
  | "caesiumLeadRatio"
  | "bromideLeadRatio"
  | "oleicAcidMolar"
  | "oleylamineMolar"
  | "otherAcidMolar"
  | "otherAmineMolar"
  | "polarSolventFraction"
  | "waterFraction"
  | "antisolventRatio"
  | "volumeMillilitre";

/**
 * A mixture as columns of the recipe schema: mol per litre of all liquid, ratios, volume shares. A ratio to lead is
 * missing (NaN) where there is none, that of the poor solvent where there is nothing else.
 *
 * @throws RangeError where there is no liquid
 */
export function mixtureColumns({
  millilitre,
  millimole,
  millilitreByRole,
}: Mixture): Readonly<Record<MixtureColumn, number>> {
  const { caesium, lead, bromide, oleicAcid, otherAcid, oleylamine, otherAmine } = millimole;
  const room = (role: ReagentRole): number => millilitreByRole[role] ?? 0;
  // Summed and not subtracted, so that nothing is left where all of it is poor solvent.
  const besides = Object.entries(millilitreByRole).reduce(
    (sum, [role, each]) => sum + (role === "antisolvent" ? 0 : each),
    0,
  );
  const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : Number.NaN);
  return {
    caesiumMolar: molar(caesium, millilitre),
    leadMolar: molar(lead, millilitre),
    bromideMolar: molar(bromide, millilitre),
    caesiumLeadRatio: ratio(caesium, lead),
    bromideLeadRatio: ratio(bromide, lead),
    oleicAcidMolar: molar(oleicAcid, millilitre),
    oleylamineMolar: molar(oleylamine, millilitre),
    otherAcidMolar: molar(otherAcid, millilitre),
    otherAmineMolar: molar(otherAmine, millilitre),
    polarSolventFraction: room("polar solvent") / millilitre,
    waterFraction: room("water") / millilitre,
    antisolventRatio: ratio(room("antisolvent"), besides),
    volumeMillilitre: millilitre,
  };
}

/** Elements of Cs-Pb-Br, of its ligands and of groups that leave (trimethylsilyl). */
const modelled: ReadonlySet<string> = new Set(["Cs", "Pb", "Br", "C", "H", "N", "O", "Si"]);

/** By reagent, as formulas take longer to read than mixtures to add. */
const unmodelledReagents = new WeakMap<Reagent, boolean>();

/** Whether a reagent brings what no column of a recipe counts (Mixture.unmodelled). */
export function bringsOthers(reagent: Reagent): boolean {
  const known = unmodelledReagents.get(reagent) ?? isUnmodelled(reagent);
  unmodelledReagents.set(reagent, known);
  return known;
}

function isUnmodelled({ role, ions, ligands, formula }: Reagent): boolean {
  if (["polar solvent", "water", "antisolvent", "solvent", "acid", "amine"].includes(role)) return false;
  if ((ions.iodide ?? 0) > 0 || (ions.chloride ?? 0) > 0) return true;
  const isCounted = Object.keys({ ...ions, ...ligands }).length > 0;
  const elements = formula === null ? null : formulaElements(formula);
  return !isCounted || Array.from(elements?.keys() ?? []).some((element) => !modelled.has(element));
}
