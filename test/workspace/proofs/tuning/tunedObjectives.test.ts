import { describe, expect, it } from "vitest";
import { tunedObjectives } from "../../../../src/workspace/proofs/tuning/tunedObjectives.js";
import { tunedGolden } from "../../../tuning/tunedGolden.js";

describe("tunedObjectives", () => {
  it.each(Object.entries(tunedGolden.objectives))("%s is that of the reference, at its points", (name, { check }) => {
    const objective = tunedObjectives[name];
    for (const { x, f } of check) expect(objective.value(x)).toBeCloseTo(f, 10);
  });

  it("has the reference's noise", () => {
    for (const { seed, trial, z } of tunedGolden.objectives.noisy_mlp.noise_check!)
      expect(tunedObjectives.noisy_mlp.noise(seed, trial)).toBeCloseTo(0.02 * z, 12);
  });
});
