import fc from "fast-check";
import type { Conditions } from "../../src/chemistry/Conditions.js";
import { nucleation, type Nucleation } from "../../src/chemistry/nucleation.js";
import { phaseFractions, type PhaseFractions } from "../../src/chemistry/phaseFractions.js";
import { assumedParameters, physics, type PhysicsValues } from "../../src/chemistry/physicsParameters.js";
import { routeNames } from "../../src/chemistry/recipeSchema.js";
import { speciation, type Speciation } from "../../src/chemistry/speciation.js";
import { supersaturation, type Supersaturation } from "../../src/chemistry/supersaturation.js";

/** A classic hot injection: 0.188 mmol PbBr2 and 0.06 mmol caesium oleate in 6.4 mL, 165 °C, 5 s. */
export const classic: Conditions = {
  route: "hot injection",
  temperatureCelsius: 165,
  timeSecond: 5,
  mixingSecond: 0.5,
  volumeMillilitre: 6.4,
  caesiumMolar: 0.0094,
  leadMolar: 0.029,
  bromideMolar: 0.058,
  oleicAcidMolar: 0.246,
  oleylamineMolar: 0.237,
  caesiumOleateMolar: 0.0094,
  polarSolventFraction: 0,
  waterFraction: 0,
};

/** As classic, but for some entries. */
export function conditions(other: Partial<Conditions> = {}): Conditions {
  return { ...classic, ...other };
}

/**
 * Evenly over a range, and often its ends. (fc.double is even over bit patterns: nearly all its numbers are near 0.)
 */
export function between(low: number, high: number): fc.Arbitrary<number> {
  const steps = 1_000_000;
  return fc.integer({ min: 0, max: steps }).map((step) => low + ((high - low) * step) / steps);
}

/** Evenly in the logarithm. */
export function evenly(low: number, high: number): fc.Arbitrary<number> {
  return between(Math.log(low), Math.log(high)).map(Math.exp);
}

/**
 * Wherever a recipe may lie, and beyond: amounts over four decades, with and without ligand, polar solvent and water.
 */
export const anyConditions: fc.Arbitrary<Conditions> = fc
  .record({
    route: fc.constantFrom(...routeNames),
    temperatureCelsius: between(-20, 300),
    timeSecond: evenly(0.1, 600_000),
    mixingSecond: evenly(0.01, 60),
    volumeMillilitre: evenly(0.1, 1000),
    caesiumMolar: evenly(1e-5, 2),
    leadMolar: evenly(1e-5, 2),
    extraBromideMolar: fc.oneof(fc.constant(0), evenly(1e-5, 2)),
    oleicAcidMolar: fc.oneof(fc.constant(0), evenly(1e-4, 3)),
    oleylamineMolar: fc.oneof(fc.constant(0), evenly(1e-4, 3)),
    isOleate: fc.boolean(),
    polarSolventFraction: fc.oneof(fc.constant(0), between(0, 0.6)),
    waterFraction: fc.oneof(fc.constant(0), between(0, 0.4)),
  })
  .map(({ extraBromideMolar, isOleate, ...rest }) => ({
    ...rest,
    bromideMolar: 2 * rest.leadMolar + (isOleate ? 0 : rest.caesiumMolar) + extraBromideMolar,
    caesiumOleateMolar: isOleate ? rest.caesiumMolar : 0,
  }));

/** The numbers in use, or any others that the fit may reach: what holds must not hang on one fit. */
export const anyPhysics: fc.Arbitrary<PhysicsValues> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(physics) },
  {
    weight: 3,
    arbitrary: fc.record(
      Object.fromEntries(Object.entries(assumedParameters).map(([name, { low, high }]) => [name, between(low, high)])),
    ) as unknown as fc.Arbitrary<PhysicsValues>,
  },
);

export interface Chain {
  readonly species: Speciation;
  readonly saturation: Supersaturation;
  readonly nuclei: Nucleation;
  readonly fractions: PhaseFractions;
}

/** From conditions to phases, each step fed by the one before. */
export function chain(c: Conditions, p: PhysicsValues = physics): Chain {
  const species = speciation(c, p);
  const saturation = supersaturation(species, c.temperatureCelsius, p);
  const nuclei = nucleation(saturation, c, p);
  return { species, saturation, nuclei, fractions: phaseFractions(c, species, saturation, nuclei, p) };
}
