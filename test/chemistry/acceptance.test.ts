import { describe, expect, it } from "vitest";
import { referenceThreshold } from "../../src/chemistry/constants.js";
import { phaseNames } from "../../src/chemistry/phases.js";
import { physics } from "../../src/chemistry/physicsParameters.js";
import { averageHabit } from "../../src/chemistry/size.js";
import { acceptanceCases } from "../../src/experiments/acceptanceCases.js";
import { simulateExperiment } from "../../src/generation/simulateExperiment.js";

const cases = await acceptanceCases();

/** Published experiments that the twin must reproduce with the physics in use. */
describe("acceptance", () => {
  it.each(cases.map(({ id, phase, conditions }) => [id, phaseNames[phase], conditions] as const))(
    "%s gives %s",
    (_, published, conditions) => {
      const { label, phaseFractions, nucleation, outcome } = simulateExperiment(conditions, {
        physics,
        habit: averageHabit,
        threshold: referenceThreshold,
      });
      const shares = phaseFractions.weightFractions.map((share) => share.toFixed(3)).join(", ");
      expect(
        phaseNames[label],
        `weight fractions ${shares}; lead yield ${outcome.leadYield.toFixed(3)}; ` +
          `onset ${nucleation.onsetProbability.toFixed(3)}`,
      ).toBe(published);
    },
  );

  it("is as probable as not: no published phase is called on the border", () => {
    for (const { id, phase, conditions } of cases) {
      const { probabilities } = simulateExperiment(conditions, {
        physics,
        habit: averageHabit,
        threshold: referenceThreshold,
      });
      expect(probabilities[phase], id).toBeGreaterThan(0.5);
    }
  });

  it("has Cs4PbBr6 and CsPb2Br5 dark: emission missing, not 0", () => {
    for (const { id, phase, conditions } of cases) {
      const { label, outcome } = simulateExperiment(conditions, {
        physics,
        habit: averageHabit,
        threshold: referenceThreshold,
      });
      if (label !== phase) continue;
      for (const reading of [outcome.peak, outcome.width, outcome.quantumYield, outcome.size])
        expect(Number.isNaN(reading), id).toBe(phase !== 0);
    }
  });
});
