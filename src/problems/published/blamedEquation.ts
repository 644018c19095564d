import type { Conditions } from "../../chemistry/Conditions.js";
import {
  emissionLaw,
  leastOnset,
  leastParticle,
  leastYield,
  mostCaesium,
  mostWater,
} from "../../chemistry/constants.js";
import { leadYield } from "../../chemistry/leadYield.js";
import { emissionPeak } from "../../chemistry/optics.js";
import { phaseCode } from "../../chemistry/phases.js";
import { physics, type PhysicsValues } from "../../chemistry/physicsParameters.js";
import { recipeFields, type RouteName } from "../../chemistry/recipeSchema.js";
import { averageHabit, particleSize } from "../../chemistry/size.js";
import { photonEnergy } from "../../chemistry/units.js";
import { simulateExperiment } from "../../generation/simulateExperiment.js";

/** What a failure is traced to: equations of the twin in the order in which a recipe passes them, or its own gaps. */
export const equations = [
  "what the recipe leaves open",
  "speciation and yield",
  "supersaturation",
  "nucleation",
  "phase fractions",
  "limits of water and caesium",
  "scatter between laboratories",
  "size law of hot injection",
  "size law of reprecipitation",
  "emission law",
  "size law or emission law",
] as const;

/** Name of what a failure is traced to. */
export type Equation = (typeof equations)[number];

/** What would have to be measured to tell whether an equation is to blame, and to mend it. */
export const tellingMeasurement: Readonly<Record<Equation, string>> = {
  "what the recipe leaves open": "acid, amine, water and time of each synthesis, written down with it",
  "speciation and yield": "lead that is left in solution after the reaction",
  supersaturation: "solubilities of CsBr and PbBr2 in the reaction's medium, at its temperature and with its ligands",
  nucleation: "onset of nucleation over time, by absorption in situ, at two concentrations",
  "phase fractions": "weight fractions of the phases by diffraction, over time at one recipe",
  "limits of water and caesium": "products of one recipe with more and more water, or caesium",
  "scatter between laboratories": "one recipe in several laboratories",
  "size law of hot injection": "sizes over temperature, Br:Pb, amine and time in one laboratory, one at a time",
  "size law of reprecipitation": "thickness and edge by microscopy over Cs:Pb and the antisolvent, in one laboratory",
  "emission law": "thickness by microscopy and emission peak of the same samples",
  "size law or emission law": "thickness by microscopy and emission peak of the same samples",
};

/** Of a laboratory's sizes about its own law, and between laboratories: standard deviations of ln D. */
const [within, between] = [0.2, 0.19] as const;
/** Standard deviation of a repeated emission peak, nm. */
const repeatedPeak = 5;
/** So many standard deviations are no chance. */
const deviations = 2;

const nothing = phaseCode("no target product");
const ternary = ["CsPbBr3", "Cs4PbBr6", "CsPb2Br5"].map((name) => phaseCode(name as "CsPbBr3"));

/**
 * Which equation a wrong phase is traced to, by the noise-free twin on the recipe as it is written. Where that names
 * the measured phase, it is the scatter between laboratories that made the average wrong.
 *
 * The first that holds: the measured compound is not supersaturated; too few nuclei; too little lead comes out; water
 * or caesium beyond a limit; else how the precipitate divides.
 *
 * @param measured  phase code that was published
 */
export function blamedForPhase(
  conditions: Conditions,
  measured: number,
  { physics: values = physics }: { readonly physics?: PhysicsValues } = {},
): Equation {
  const simulated = simulateExperiment(conditions, { physics: values, habit: averageHabit, threshold: 0.15 });
  if (simulated.label === measured) return "scatter between laboratories";
  const { lnCsPbBr3, lnCs4PbBr6, lnCsPb2Br5 } = simulated.supersaturation;
  const drive = [lnCsPbBr3, lnCs4PbBr6, lnCsPb2Br5][ternary.indexOf(measured)];
  if (drive !== undefined && drive <= 0) return "supersaturation";
  if (simulated.label !== nothing) return "phase fractions";
  if (simulated.nucleation.onsetProbability < leastOnset) return "nucleation";
  if (leadYield(simulated.phaseFractions.precipitatedLeadMolar, conditions.leadMolar) < leastYield)
    return "speciation and yield";
  const ratio = conditions.caesiumMolar / conditions.leadMolar;
  return conditions.waterFraction > mostWater || ratio > mostCaesium
    ? "limits of water and caesium"
    : "phase fractions";
}

/** A size beside that of the twin, and its paper's. */
export interface SizeResidual {
  readonly route: RouteName;
  /** ln of the measured size over the twin's; NaN where the twin names none. */
  readonly residual: number;
  /** Mean over the rows of its paper that have one, and how many these are. */
  readonly ofPaper: number;
  readonly rowsOfPaper: number;
}

/** Fewer rows do not tell a paper's offset from a slope. */
const leastRows = 3;

/**
 * Which equation a size is traced to; null where it lies as near as laboratories do. Where a paper's other sizes are
 * off alike it is the paper's offset, that the twin knows of and cannot foresee; else the slopes of the law.
 */
export function blamedForSize({ route, residual, ofPaper, rowsOfPaper }: SizeResidual): Equation | null {
  if (Number.isNaN(residual) || Math.abs(residual) <= deviations * Math.hypot(within, between)) return null;
  if (rowsOfPaper >= leastRows && Math.abs(residual - ofPaper) <= deviations * within)
    return "scatter between laboratories";
  return sizeLawOf(route);
}

function sizeLawOf(route: RouteName): Equation {
  return route === "hot injection" ? "size law of hot injection" : "size law of reprecipitation";
}

/** Emission peaks in nm, and the size in nm where it was measured too. */
export interface PeakResidual {
  readonly route: RouteName;
  /** Peaks that the twin's average laboratory finds, as what the recipe leaves open varies; null: it leaves nothing. */
  readonly reachable?: { readonly low: number; readonly high: number } | null;
  readonly measured: number;
  /** NaN where the twin sees no emission. */
  readonly predicted: number;
  readonly size?: number;
}

/**
 * Which equation an emission peak is traced to; null where it is as near as repeats are. The emission law at the
 * measured size tells optics from size. Without a size, a peak that some time the recipe does not tell would give
 * speaks against no equation, and only one that no particle of the twin can have against the emission law alone.
 */
export function blamedForPeak({
  measured,
  predicted,
  route,
  size = Number.NaN,
  reachable = null,
}: PeakResidual): Equation | null {
  const isNear = (peak: number): boolean => Math.abs(measured - peak) <= deviations * repeatedPeak;
  if (Number.isNaN(predicted) || isNear(predicted)) return null;
  if (!Number.isNaN(size)) return isNear(emissionPeak(size)) ? sizeLawOf(route) : "emission law";
  const room = deviations * repeatedPeak;
  if (reachable !== null && measured >= reachable.low - room && measured <= reachable.high + room)
    return "what the recipe leaves open";
  const implied = impliedSize(measured);
  return implied === null || implied < leastParticle ? "emission law" : "size law or emission law";
}

/**
 * Emission peaks that the average laboratory finds at any time that a recipe of reprecipitation leaves open; null where
 * it tells its time, or goes another way.
 */
export function reachablePeaks(
  route: RouteName,
  { temperatureCelsius, timeSecond }: { readonly temperatureCelsius: number; readonly timeSecond: number },
): { readonly low: number; readonly high: number } | null {
  if (route !== "LARP" || !Number.isNaN(timeSecond)) return null;
  const { min, max } = recipeFields.timeSecond;
  const [low, high] = [min!, max!].map((time) =>
    emissionPeak(
      particleSize(
        { route, temperatureCelsius, timeSecond: time, bromideLeadRatio: 2, oleylamineLeadRatio: 0 },
        averageHabit,
      ),
    ),
  );
  return { low, high };
}

/** Edge length in nm of particles that emit there, by the emission law; null where no size does. */
export function impliedSize(peakNanometre: number): number | null {
  const { bulkElectronvolt, confinement, softening } = emissionLaw;
  const excess = photonEnergy(peakNanometre) - bulkElectronvolt;
  const square = confinement / excess - softening;
  return excess > 0 && square > 0 ? Math.sqrt(square) : null;
}
