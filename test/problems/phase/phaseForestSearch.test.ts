import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { trainingExperiments } from "../../../src/problems/phase/phaseExperiments.js";
import { phaseForestDefaults, phaseForestSearch } from "../../../src/problems/phase/phaseForestSearch.js";

describe("phaseForestSearch", () => {
  it("gives the log loss of each row, below that of a guess, and the same again", async () => {
    const { whole, labels, split } = await trainingExperiments({ seed: 3, rows: 2000 });
    const { lossesOf } = phaseForestSearch({ features: whole.features, labels });
    const fold = { name: "tune", train: split.train.subarray(0, 400), test: split.tune };
    const losses = await lossesOf(phaseForestDefaults, fold, seededRandom(1));
    expect(losses).toHaveLength(split.tune.length);
    expect(losses.reduce((a, b) => a + b, 0) / losses.length).toBeLessThan(Math.log(5));
    expect(await lossesOf(phaseForestDefaults, fold, seededRandom(1))).toEqual(losses);
  });
});
