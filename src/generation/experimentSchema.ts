import { phaseNames } from "../chemistry/phases.js";
import { polymorphNames } from "../chemistry/polymorph.js";
import {
  antisolvents,
  designFields,
  outcomeFields,
  provenanceFields,
  recipeFields,
} from "../chemistry/recipeSchema.js";
import type { Field, Schema } from "../core/Schema.js";
import { CodeSlot, codeSlots, NumberSlot, numberSlots } from "./layout.js";

const law = "follows from the twin's equations";
const amount = "the recipe's range, with room for errors of stocks";
const share = "a share of the whole";

/** What only the twin knows; `true` leads the name, and `latent` keeps it out of features unless asked for by name. */
const latentFields: Schema = {
  trueTemperatureCelsius: latent("°C", "temperature in the vessel, thermometer error included", -40, 320, amount),
  trueCaesiumMolar: latent("mol/L", "caesium in the vessel, stock errors and ageing included", 0, 4, amount),
  trueLeadMolar: latent("mol/L", "lead in the vessel", 0, 4, amount),
  trueBromideMolar: latent("mol/L", "bromide in the vessel", 0, 12, amount),
  trueOleylamineMolar: latent("mol/L", "oleylamine in the vessel, by its activity", 0, 20, amount),
  trueWaterFraction: latent("1", "volume share of water in the vessel, humidity included", 0, 1, share),
  trueMixingSecond: latent("s", "time in which the solutions mix", 0, 6000, amount),
  trueDetectionThreshold: latent("1", "weight fraction at which this operator notices a by-product", 0, 1, share),
  trueQuantumYieldGain: latent(
    "1",
    "factor by which this laboratory's quantum yields are off",
    0.4,
    1.6,
    "N(1, 0.08) between laboratories",
  ),
  truePeakShiftNanometre: latent(
    "nm",
    "by how much this laboratory's spectrometer is off that day",
    -20,
    20,
    "0.1 nm a month",
  ),
  trueIonPairMolar: latent("mol/L", "oleylammonium oleate", 0, 10, law),
  trueFreeOleylamineMolar: latent("mol/L", "oleylamine that is not paired", 0, 20, law),
  trueDissolvedLeadMolar: latent("mol/L", "lead that ligands and solvent hold in solution", 0, 4, law),
  trueCaesiumActivity: latent("mol/L", "activity of caesium", 0, 4, law),
  trueLeadActivity: latent("mol/L", "activity of lead", 0, 4, law),
  trueLnSupersaturationCsBr: latent("1", "ln S of CsBr", -60, 40, law),
  trueLnSupersaturationPbBr2: latent("1", "ln S of PbBr2", -80, 40, law),
  trueLnSupersaturationCsPbBr3: latent("1", "ln S of CsPbBr3", -100, 80, law),
  trueLnSupersaturationCs4PbBr6: latent("1", "ln S of Cs4PbBr6", -200, 150, law),
  trueLnSupersaturationCsPb2Br5: latent("1", "ln S of CsPb2Br5", -150, 100, law),
  trueExchangeCs4PbBr6: latent("1", "ln quotient of CsPbBr3 + 3 CsBr → Cs4PbBr6 over its constant", -200, 120, law),
  trueExchangeCsPb2Br5: latent("1", "ln quotient of CsPbBr3 + PbBr2 → CsPb2Br5 over its constant", -100, 60, law),
  trueLnNucleationRateCsPbBr3: latent("1", "ln of nuclei of CsPbBr3 per m³ and s; -1000 is none", -1000, 90, law),
  trueLnNucleationRateCs4PbBr6: latent("1", "ln of nuclei of Cs4PbBr6 per m³ and s; -1000 is none", -1000, 90, law),
  trueLnNucleationRateCsPb2Br5: latent("1", "ln of nuclei of CsPb2Br5 per m³ and s; -1000 is none", -1000, 90, law),
  trueOnsetProbability: latent("1", "chance that enough nuclei form to be seen", 0, 1, share),
  trueWeightFractionCsPbBr3: latent(
    "1",
    "weight fraction of CsPbBr3 in what would precipitate if nuclei form; 0 where nothing would",
    0,
    1,
    share,
  ),
  trueWeightFractionCs4PbBr6: latent("1", "weight fraction of Cs4PbBr6 in the precipitate", 0, 1, share),
  trueWeightFractionCsPb2Br5: latent("1", "weight fraction of CsPb2Br5 in the precipitate", 0, 1, share),
  trueLeadYield: latent(
    "1",
    "share of the lead that would end in the three compounds if nuclei form, before it is weighed",
    0,
    1,
    share,
  ),
  trueProbabilityCsPbBr3: latent("1", "probability that this operator writes CsPbBr3", 0, 1, share),
  trueProbabilityCs4PbBr6: latent("1", "probability that this operator writes Cs4PbBr6", 0, 1, share),
  trueProbabilityCsPb2Br5: latent("1", "probability that this operator writes CsPb2Br5", 0, 1, share),
  trueProbabilityCoexistence: latent("1", "probability that this operator writes coexistence", 0, 1, share),
  trueProbabilityNothing: latent("1", "probability that this operator writes no target product", 0, 1, share),
  trueSizeNanometre: latent("nm", "mean edge length of the CsPbBr3 particles", 0.1, 10_000, law),
  trueSizeDispersionPercent: latent("%", "standard deviation of the size over its mean", 0, 100, law),
  truePhotoluminescencePeakNanometre: latent("nm", "emission maximum, spectrometer exact", 300, 545, law),
  truePhotoluminescenceWidthNanometre: latent("nm", "full width at half maximum of the emission", 5, 200, law),
  trueQuantumYield: latent("1", "emitted per absorbed photon", 0, 1, share),
};

const codeFields: Schema = {
  campaign: { kind: "category", unit: "", meaning: "region of recipes that the design was drawn from" },
  ...designFields,
  antisolvent: { ...recipeFields.antisolvent, levels: antisolvents },
  growthPolymorph: {
    kind: "category",
    unit: "",
    meaning: "structure of CsPbBr3 at the temperature in the vessel; at room temperature all are orthorhombic",
    levels: polymorphNames,
    latent: true,
  },
  truePhase: {
    kind: "category",
    unit: "",
    meaning: "what an operator without noise, with the reference threshold, would write",
    levels: phaseNames,
    latent: true,
  },
};

const known: Schema = { ...recipeFields, ...outcomeFields, ...provenanceFields, ...latentFields, ...codeFields };

/** Columns of a generated experiment: row number, recipe, latent truth, measured outcome, then categories. */
export const experimentSchema: Schema = Object.fromEntries([
  [
    "sourceRow",
    {
      ...provenanceFields.sourceRow,
      meaning: "row of the simulation, counted from 1: with the seed it determines all others",
    },
  ],
  ...Array.from({ length: numberSlots }, (_, slot) => [NumberSlot[slot], known[NumberSlot[slot]]] as const),
  ...Array.from({ length: codeSlots }, (_, slot) => [CodeSlot[slot], known[CodeSlot[slot]]] as const),
]);

function latent(unit: string, meaning: string, min: number, max: number, source: string): Field {
  return { kind: "number", unit, meaning, min, max, source, latent: true };
}
