import type { Conditions } from "../chemistry/Conditions.js";
import { visiblePerovskite } from "../chemistry/constants.js";
import { leadYield } from "../chemistry/leadYield.js";
import { nucleation, type Nucleation } from "../chemistry/nucleation.js";
import { emissionPeak, emissionWidth, quantumYield } from "../chemistry/optics.js";
import { phaseFractions, type PhaseFractions } from "../chemistry/phaseFractions.js";
import { labelProbabilities, phaseLabel, type LabelEvidence } from "../chemistry/phaseLabel.js";
import { phaseCode } from "../chemistry/phases.js";
import type { PhysicsValues } from "../chemistry/physicsParameters.js";
import { particleSize, sizeDispersion, type SizeHabit } from "../chemistry/size.js";
import { speciation, type Speciation } from "../chemistry/speciation.js";
import { supersaturation, type Supersaturation } from "../chemistry/supersaturation.js";
import type { TrueOutcome } from "./measure.js";

/** All that the twin knows of one experiment, before anybody measures. */
export interface Simulation {
  readonly speciation: Speciation;
  readonly supersaturation: Supersaturation;
  readonly nucleation: Nucleation;
  readonly phaseFractions: PhaseFractions;
  readonly label: number;
  readonly probabilities: readonly [number, number, number, number, number];
  readonly outcome: TrueOutcome;
}

const nothing = phaseCode("no target product");

/**
 * From conditions to outcome, step by step, in the order of the chemistry modules.
 *
 * A failed synthesis has no particles; a product with too little CsPbBr3 has no emission: both missing, not 0.
 *
 * @param threshold  weight fraction at which the operator notices a by-product
 */
export function simulateExperiment(
  conditions: Conditions,
  {
    physics,
    habit,
    threshold,
  }: { readonly physics: PhysicsValues; readonly habit: SizeHabit; readonly threshold: number },
): Simulation {
  const {
    route,
    temperatureCelsius,
    timeSecond,
    caesiumMolar,
    leadMolar,
    bromideMolar,
    oleylamineMolar,
    waterFraction,
  } = conditions;
  const species = speciation(conditions, physics);
  const saturation = supersaturation(species, temperatureCelsius, physics);
  const nuclei = nucleation(saturation, conditions, physics);
  const fractions = phaseFractions(conditions, species, saturation, nuclei, physics);
  const [perovskite] = fractions.weightFractions;
  const evidence: LabelEvidence = {
    weightFractions: fractions.weightFractions,
    leadYield: leadYield(fractions.precipitatedLeadMolar, leadMolar),
    onsetProbability: nuclei.onsetProbability,
    waterFraction,
    caesiumLeadRatio: caesiumMolar / leadMolar,
  };
  const label = phaseLabel(evidence);
  const glows = label !== nothing && perovskite >= visiblePerovskite;
  const size = glows
    ? particleSize(
        {
          route,
          temperatureCelsius,
          timeSecond,
          bromideLeadRatio: bromideMolar / leadMolar,
          oleylamineLeadRatio: oleylamineMolar / leadMolar,
        },
        habit,
      )
    : Number.NaN;
  const dispersion = Number.isNaN(size) ? Number.NaN : sizeDispersion(timeSecond);
  return {
    speciation: species,
    supersaturation: saturation,
    nucleation: nuclei,
    phaseFractions: fractions,
    label,
    probabilities: labelProbabilities(evidence, threshold),
    outcome: {
      size,
      dispersion,
      peak: glows ? emissionPeak(size) : Number.NaN,
      width: glows ? emissionWidth(size, dispersion) : Number.NaN,
      quantumYield: glows ? quantumYield(species, waterFraction, perovskite) : Number.NaN,
      leadYield: evidence.leadYield,
    },
  };
}
