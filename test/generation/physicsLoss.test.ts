import { describe, expect, it } from "vitest";
import type { Conditions } from "../../src/chemistry/Conditions.js";
import { designFault } from "../../src/chemistry/designFault.js";
import { assumedParameters, physics, type PhysicsValues, valuesOf } from "../../src/chemistry/physicsParameters.js";
import type { PublishedCase } from "../../src/chemistry/PublishedCase.js";
import { averageHabit } from "../../src/chemistry/size.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { campaignRegions, wideRegions } from "../../src/generation/campaigns.js";
import {
  campaignDesigns,
  lossWeights,
  physicsLoss,
  type PhysicsTargets,
  simulatePublished,
} from "../../src/generation/physicsLoss.js";
import type { Recipe } from "../../src/generation/proposeRecipe.js";
import { simulateExperiment } from "../../src/generation/simulateExperiment.js";

/**
 * A world whose phases part sharply, and what it would publish: recipes that clearly give one compound. No fit enters.
 */
const truth: PhysicsValues = {
  ...valuesOf(assumedParameters),
  equilibriumSharpness1: 60,
  equilibriumSharpness2: 60,
  reactionEnergy1: -18e3,
  reactionEnergy2: -14e3,
  leadCapacity1: 0.9,
};
const recipes = campaignDesigns(
  [...campaignRegions, ...wideRegions.map(({ region }) => region)],
  60,
  seededRandom(1),
).flat();
const cases: PublishedCase[] = recipes.flatMap((conditions, i) => {
  const { label, probabilities } = simulatePublished(conditions, truth);
  return label < 3 && probabilities[label] > 0.9 ? [{ conditions, phase: label, doi: `10.1/${i % 40}` }] : [];
});
const designs = campaignDesigns(campaignRegions, 8, seededRandom(2));
const sharesOf = (values: PhysicsValues): number[] => {
  const sums = [0, 0, 0, 0, 0];
  for (const design of designs.flat())
    simulatePublished(design, values).probabilities.forEach(
      (probability, c) => (sums[c] += probability / designs.flat().length),
    );
  return sums;
};
const targets: PhysicsTargets = {
  training: cases,
  acceptance: cases.slice(0, 20),
  campaigns: designs,
  shares: sharesOf(truth),
};
const surpriseOf = ({ conditions, phase }: PublishedCase, values = truth): number => {
  const { probabilities, phaseFractions } = simulatePublished(conditions, values);
  return (
    -(
      Math.log(Math.max(probabilities[phase], 1e-4)) + Math.log(Math.max(phaseFractions.weightFractions[phase], 1e-4))
    ) / 2
  );
};

describe("physicsLoss", () => {
  it("has cases of all three compounds to work on", () => {
    expect([0, 1, 2].map((phase) => cases.filter((one) => one.phase === phase).length >= 5)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it("is small for the parameters that made the cases, larger where one is pushed to a bound", () => {
    const perfect = physicsLoss(truth, targets);
    expect(perfect.training).toBeLessThan(0.1);
    expect(perfect.acceptance).toBeLessThan(0.1);
    expect(perfect.mixture.divergence).toBeLessThan(0.01);
    const bad: readonly Partial<PhysicsValues>[] = [
      { reactionEnergy0: -10e3, lnSolubilityCaesiumBromide: -9, lnSolubilityLeadBromide: -12 },
      { equilibriumOffset1: 2 },
      { reactionEnergy1: -5e3, equilibriumOffset1: -4 },
      { equilibriumOffset2: 2 },
      { reactionEnergy2: -2e3, equilibriumOffset2: -5 },
      { equilibriumSharpness1: 4, equilibriumSharpness2: 4 },
    ];
    for (const other of bad)
      expect(physicsLoss({ ...truth, ...other }, targets).total, JSON.stringify(other)).toBeGreaterThan(
        perfect.total + 0.02,
      );
  });

  it("adds up from its three parts with the stated weights", () => {
    const { total, training, acceptance, mixture } = physicsLoss(physics, targets);
    expect(total).toBeCloseTo(
      lossWeights.training * training + lossWeights.acceptance * acceptance + lossWeights.shares * mixture.divergence,
      12,
    );
    expect(acceptance).toBeCloseTo(targets.acceptance.reduce((sum, one) => sum + surpriseOf(one, physics), 0) / 20, 12);
  });

  it("weighs classes alike however many papers each has, papers however many recipes: by hand", () => {
    const [a, b] = [0, 1].map((phase) => cases.filter((one) => one.phase === phase));
    const training: PublishedCase[] = [
      { ...a[0], doi: "one" },
      { ...a[1], doi: "one" },
      { ...a[2], doi: "one" },
      { ...a[3], doi: "two" },
      { ...b[0], doi: "one" },
    ];
    const [s0, s1, s2, s3, s4] = training.map((one) => surpriseOf(one, physics));
    expect(physicsLoss(physics, { ...targets, training }).training).toBeCloseTo(
      (((s0 + s1 + s2) / 3 + s3) / 2 + s4) / 2,
      12,
    );
  });

  it("does not change when a paper repeats itself, nor when a class comes from twice the papers", () => {
    const few = [0, 1, 2].flatMap((phase) => cases.filter((one) => one.phase === phase).slice(0, 12));
    const { training } = physicsLoss(physics, { ...targets, training: few });
    expect(physicsLoss(physics, { ...targets, training: [...few, ...few] }).training).toBeCloseTo(training, 12);
    const other = few.filter(({ phase }) => phase === 0).map((one) => ({ ...one, doi: `${one.doi} again` }));
    expect(physicsLoss(physics, { ...targets, training: [...few, ...other] }).training).toBeCloseTo(training, 12);
  });

  it("takes no case for more than -ln 0.0001: one wrong recipe cannot rule the fit", () => {
    const wrong = cases
      .filter(({ phase }) => phase === 0)
      .slice(0, 5)
      .map((one) => ({ ...one, phase: 2 }));
    const { training } = physicsLoss(truth, { ...targets, training: wrong });
    expect(training).toBeGreaterThan(2);
    expect(training).toBeLessThanOrEqual(-Math.log(1e-4) + 1e-12);
  });

  it("is finite without training papers, which then count nothing", () => {
    expect(physicsLoss(physics, { ...targets, training: [] }).training).toBe(0);
    expect(Number.isFinite(physicsLoss(physics, { ...targets, training: [] }).total)).toBe(true);
  });

  it("is finite where a paper publishes a coexistence or a failure, which have no weight fraction of their own", () => {
    for (const phase of [3, 4])
      expect(physicsLoss(physics, { ...targets, training: [{ ...cases[0], phase }] }).training).toBeGreaterThan(0);
  });
});

describe("simulatePublished", () => {
  it("is the twin with the average habit and a threshold in the middle of all", () => {
    for (const { conditions } of cases.slice(0, 5))
      expect(simulatePublished(conditions, physics)).toEqual(
        simulateExperiment(conditions, { physics, habit: averageHabit, threshold: 0.16 }),
      );
  });
});

describe("campaignDesigns", () => {
  it("gives as many possible designs of each region as asked for, the same for the same seed", () => {
    expect(designs.map((some) => some.length)).toEqual(campaignRegions.map(() => 8));
    for (const design of designs.flat()) expect(designFault(design as Recipe)).toBe(0);
    expect(campaignDesigns(campaignRegions, 8, seededRandom(2))).toEqual(designs);
    expect(campaignDesigns(campaignRegions.slice(3, 4), 1, seededRandom(3))).not.toEqual(
      campaignDesigns(campaignRegions.slice(3, 4), 1, seededRandom(4)),
    );
  });

  it("stays within the ranges of each region", () => {
    designs.forEach((some: readonly Conditions[], k) => {
      const [low, high] = campaignRegions[k].ranges.temperatureCelsius;
      for (const { temperatureCelsius, route } of some)
        expect(route === campaignRegions[k].route && temperatureCelsius >= low && temperatureCelsius <= high).toBe(
          true,
        );
    });
  });
});
