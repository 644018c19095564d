import type { Conditions } from "../chemistry/Conditions.js";
import { designFault } from "../chemistry/designFault.js";
import { phaseNames } from "../chemistry/phases.js";
import type { PhysicsValues } from "../chemistry/physicsParameters.js";
import type { PublishedCase } from "../chemistry/PublishedCase.js";
import { averageHabit } from "../chemistry/size.js";
import { mixtureWeights, type MixtureWeights } from "../core/statistics/mixtureWeights.js";
import type { Random } from "../core/random/Random.js";
import { designAxes } from "./layout.js";
import { proposeRecipe } from "./proposeRecipe.js";
import type { Region } from "./Region.js";
import { simulateExperiment, type Simulation } from "./simulateExperiment.js";

/** What the assumed parameters are fitted to. */
export interface PhysicsTargets {
  /** Recipes of training papers. */
  readonly training: readonly PublishedCase[];
  readonly acceptance: readonly PublishedCase[];
  /** Experiments of each campaign, for the class shares. */
  readonly campaigns: readonly (readonly Conditions[])[];
  /** Class shares that a mixture of the campaigns shall have. */
  readonly shares: readonly number[];
}

export interface PhysicsLoss {
  readonly total: number;
  /** Mean surprise over classes, over papers within a class, over recipes within a paper; nats. */
  readonly training: number;
  /** Mean surprise over acceptance facts; nats. */
  readonly acceptance: number;
  readonly mixture: MixtureWeights;
}

/** Facts must hold, so they count more than single papers; shares can nearly always be met by choosing campaigns. */
export const lossWeights = { training: 1, acceptance: 3, shares: 2 } as const;
/** Middle of the laboratories' thresholds. */
const threshold = 0.16;
/** No case counts for more than this surprise, -ln of it: a recipe may be wrong. */
const leastProbability = 1e-4;

/** The twin in no laboratory in particular. */
export function simulatePublished(conditions: Conditions, physics: PhysicsValues): Simulation {
  return simulateExperiment(conditions, { physics, habit: averageHabit, threshold });
}

/**
 * How badly these parameters explain published phases and the class shares.
 *
 * The surprise of a case is -ln of the geometric mean of its label's probability and its phase's weight fraction: the
 * fraction leads the fit where the probability is flat.
 */
export function physicsLoss(
  physics: PhysicsValues,
  { training, acceptance, campaigns, shares }: PhysicsTargets,
): PhysicsLoss {
  const surprise = ({ conditions, phase }: PublishedCase): number => {
    const { probabilities, phaseFractions } = simulatePublished(conditions, physics);
    // Coexistence and failure have no weight fraction of their own.
    const fractions: readonly number[] = phaseFractions.weightFractions;
    return -(lnOf(probabilities[phase]) + lnOf(phase < fractions.length ? fractions[phase] : probabilities[phase])) / 2;
  };
  const byClass = [...groups(training, ({ phase }) => phase).values()].map((cases) => [
    ...groups(cases, ({ doi }) => doi).values(),
  ]);
  const ofTraining =
    training.length === 0 ? 0 : mean(byClass.map((papers) => mean(papers.map((cases) => mean(cases.map(surprise))))));
  const ofAcceptance = mean(acceptance.map(surprise));
  const mixture = mixtureWeights(
    campaigns.map((designs) => meanProbabilities(designs, physics)),
    shares,
    { iterations: 200 },
  );
  return {
    total:
      lossWeights.training * ofTraining +
      lossWeights.acceptance * ofAcceptance +
      lossWeights.shares * mixture.divergence,
    training: ofTraining,
    acceptance: ofAcceptance,
    mixture,
  };
}

function lnOf(probability: number): number {
  return Math.log(Math.max(probability, leastProbability));
}

function meanProbabilities(designs: readonly Conditions[], physics: PhysicsValues): number[] {
  const sums = phaseNames.map(() => 0);
  for (const design of designs)
    simulatePublished(design, physics).probabilities.forEach(
      (probability, c) => (sums[c] += probability / designs.length),
    );
  return sums;
}

/** `count` possible designs of each region. */
export function campaignDesigns(regions: readonly Region[], count: number, random: Random): Conditions[][] {
  return regions.map((region, k) => {
    const own = random.fork(k);
    const designs: Conditions[] = [];
    while (designs.length < count) {
      const recipe = proposeRecipe(region, Array.from({ length: designAxes }, own));
      if (designFault(recipe) === 0) designs.push(recipe);
    }
    return designs;
  });
}

function groups<T, Key>(items: readonly T[], keyOf: (item: T) => Key): Map<Key, T[]> {
  const found = new Map<Key, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = found.get(key);
    if (group === undefined) found.set(key, [item]);
    else group.push(item);
  }
  return found;
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
