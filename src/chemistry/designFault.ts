import { caesiumBromideStock, neatOleicAcid, neatOleylamine, traceWater, wetCelsius } from "./constants.js";
import type { RouteName } from "./recipeSchema.js";

/** A recipe as it would be written down, before anything is mixed. Molar amounts are per litre of all liquid. */
export interface Design {
  readonly route: RouteName;
  readonly temperatureCelsius: number;
  readonly caesiumMolar: number;
  readonly leadMolar: number;
  readonly bromideMolar: number;
  readonly oleicAcidMolar: number;
  readonly oleylamineMolar: number;
  /** Caesium that comes as oleate; the rest comes as bromide. */
  readonly caesiumOleateMolar: number;
  readonly polarSolvent: "" | "DMF" | "DMSO";
  readonly polarSolventFraction: number;
  readonly waterFraction: number;
  /** Volume of the poor solvent per volume of everything else. */
  readonly antisolventRatio: number;
}

/** Why a design cannot be carried out; code 0 is a sound one. */
export const designFaults = [
  "none",
  "volume shares of polar solvent, water and ligands above 1",
  "hotter than the boiling point of the medium",
  "polar solvent or much water in hot octadecene",
  "caesium oleate needs more oleic acid than there is (charge balance)",
  "caesium bromide does not dissolve in so little polar solvent",
] as const;

/**
 * Boiling point in °C of the most volatile liquid of a route: octadecene, toluene, hexane, acetonitrile (CRC Handbook).
 */
export const boilingCelsius: Readonly<Record<RouteName, number>> = {
  "hot injection": 315,
  LARP: 110.6,
  "reverse microemulsion": 68.7,
  "bulk antisolvent": 81.6,
};

/**
 * First fault of a design, 0 for none.
 *
 * Charge balance of what is dissolved: caesium that comes as oleate holds as much acid, so the acid must suffice.
 * Bromide comes with lead (2 each), caesium bromide and oleylammonium bromide, so its own balance always closes.
 */
export function designFault(design: Design): number {
  const {
    route,
    temperatureCelsius,
    caesiumMolar,
    caesiumOleateMolar,
    oleicAcidMolar,
    oleylamineMolar,
    polarSolvent,
    polarSolventFraction,
    waterFraction,
    antisolventRatio,
  } = design;
  const ligandFraction = oleicAcidMolar / neatOleicAcid + oleylamineMolar / neatOleylamine;
  if (polarSolventFraction + waterFraction + ligandFraction > 1) return 1;
  if (temperatureCelsius > boilingCelsius[route]) return 2;
  if (
    route === "hot injection" &&
    (polarSolventFraction > 0 || (waterFraction > traceWater && temperatureCelsius >= wetCelsius))
  )
    return 3;
  if (caesiumOleateMolar > oleicAcidMolar) return 4;
  const stock = (caesiumMolar - caesiumOleateMolar) * (1 + antisolventRatio);
  if (polarSolvent !== "" && stock > caesiumBromideStock[polarSolvent]) return 5;
  return 0;
}
