import { acidShare, capacityKelvin, capacityScaleKelvin } from "./constants.js";
import type { Conditions } from "./Conditions.js";
import type { PhysicsValues } from "./physicsParameters.js";
import { kelvin } from "./units.js";

/** What the ions and ligands in the liquid are bound to; mol/L, activities on the same scale. */
export interface Speciation {
  readonly ionPairMolar: number;
  readonly freeOleylamineMolar: number;
  readonly dissolvedLeadMolar: number;
  readonly caesiumActivity: number;
  readonly leadActivity: number;
  readonly bromideActivity: number;
}

/**
 * Acid-base pairing of the ligands and their hold on lead, in closed form.
 *
 * With free acid A (that not bound as caesium oleate) and amine B: ip = 2AB / (s + √(s² - 4AB)), s = A + B + 1/K_AB.
 * Dissolved lead is capped by what ligands and polar solvent hold; its activity falls with free amine and polar
 * solvent, that of caesium with water. No Debye-Hückel term: its aqueous constant means nothing in octadecene.
 */
export function speciation(c: Conditions, p: PhysicsValues): Speciation {
  const acid = Math.max(c.oleicAcidMolar - c.caesiumOleateMolar, 0);
  const amine = c.oleylamineMolar;
  const s = acid + amine + 1 / p.acidBaseConstant;
  // The textbook form s - √(…) loses all digits where little is paired.
  const ionPairMolar = (2 * acid * amine) / (s + Math.sqrt(Math.max(s * s - 4 * acid * amine, 0)));
  const freeOleylamineMolar = Math.max(amine - ionPairMolar, 0);
  const warming = Math.exp((kelvin(c.temperatureCelsius) - capacityKelvin) / capacityScaleKelvin);
  const capacity =
    (p.leadCapacity0 + p.leadCapacity1 * (acidShare * acid + ionPairMolar)) * warming +
    p.leadCapacityPolar * c.polarSolventFraction;
  const dissolvedLeadMolar = Math.min(c.leadMolar, capacity);
  return {
    ionPairMolar,
    freeOleylamineMolar,
    dissolvedLeadMolar,
    caesiumActivity: c.caesiumMolar / (1 + p.caesiumHydration * c.waterFraction),
    leadActivity:
      dissolvedLeadMolar / (1 + p.leadAmineBinding * freeOleylamineMolar + p.leadPolarBinding * c.polarSolventFraction),
    bromideActivity: c.bromideMolar,
  };
}
