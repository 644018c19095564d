import { describe, expect, it } from "vitest";
import { networkDefaults } from "../../../src/analyses/05-tuning/networkSearches.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { phaseForestDefaults, phaseForestSearch } from "../../../src/problems/phase/phaseForestSearch.js";
import { trainingExperiments } from "../../../src/problems/phase/phaseExperiments.js";
import { phaseTrialJob } from "../../../src/problems/phase/phaseSearch.js";
import { withoutTest } from "../../../src/problems/phase/withoutTest.js";
import { trainMany } from "../../../src/training/trainMany.js";

const data = await trainingExperiments({ seed: 3, rows: 2000 });
const blanked = withoutTest(data);
const { train, tune, test } = data.split;

describe("withoutTest", () => {
  it("leaves all other rows and the experiments themselves as they were", () => {
    const [row] = train;
    const { columns } = data.taught;
    expect(blanked.taught.values.slice(row * columns, (row + 1) * columns)).toEqual(
      data.taught.values.slice(row * columns, (row + 1) * columns),
    );
    expect(data.taught.values.every(Number.isFinite)).toBe(true);
    expect(blanked.labels.filter((label) => label === 255)).toHaveLength(test.length);
  });

  it("makes a network fail that one test row was planted in, and leaves others as they are", async () => {
    const jobOf = (rows: Uint32Array) => phaseTrialJob(networkDefaults, blanked, { train: rows, tune }, { epochs: 1 });
    const [whole] = await trainMany([jobOf(train)], seededRandom(1));
    expect(Number.isFinite(whole.history[0].tuneLoss)).toBe(true);
    const planted = Uint32Array.from([...train, test[0]]).sort();
    await expect(trainMany([jobOf(planted)], seededRandom(1))).rejects.toThrow(/must be finite; row|must be codes/);
  });

  it("makes a forest fail that is judged on a test row", async () => {
    const { lossesOf } = phaseForestSearch({ features: blanked.whole.features, labels: blanked.labels });
    const judged = async () =>
      lossesOf(
        phaseForestDefaults,
        { name: "planted", train: train.subarray(0, 300), test: test.subarray(0, 1) },
        seededRandom(1),
      );
    const found = await judged().then(
      (losses) => losses[0],
      () => NaN,
    );
    expect(found).toBeNaN();
  });
});
