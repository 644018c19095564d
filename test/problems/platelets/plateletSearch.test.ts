import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { leanFeatures } from "../../../src/problems/platelets/plateletProblems.js";
import { plateletDefaults, plateletSearch, plateletSpace } from "../../../src/problems/platelets/plateletSearch.js";
import type { ParameterValues } from "../../../src/tuning/Parameter.js";
import { checkSpace } from "../../../src/tuning/SearchSpace.js";

const rows = 60;
const random = seededRandom(3);
const values = Float32Array.from({ length: rows * leanFeatures.length }, (_, at) => random.fork(at)());
const features = makeMatrix(leanFeatures, values);
const truth = Float64Array.from({ length: rows }, (_, row) => 460 + 40 * Math.sin(5 * values[6 * row]));
const fold = {
  name: "a third",
  train: Uint32Array.from({ length: 40 }, (_, row) => row),
  test: Uint32Array.from({ length: 20 }, (_, row) => 40 + row),
};

describe("plateletSearch", () => {
  const { space, lossesOf } = plateletSearch({ features, truth });

  it.each<[string, ParameterValues]>([
    ["the setting that stands", plateletDefaults],
    ["trees", { model: "trees", thresholds: "drawn", leastLeaf: 1, columnsPerNode: 6 }],
    ["a network", { model: "network", units: 16, learningRate: 5e-3, weightDecay: 0.1 }],
  ])("has absolute errors of %s below those of the mean", async (_, parameters) => {
    const mean = fold.train.reduce((sum, row) => sum + truth[row] / fold.train.length, 0);
    const byMean = fold.test.reduce((sum, row) => sum + Math.abs(truth[row] - mean), 0);
    const losses = await lossesOf(parameters, fold, seededRandom(1));
    expect(losses).toHaveLength(fold.test.length);
    expect(losses.reduce((a, b) => a + b, 0)).toBeLessThan(byMean);
  });

  it("averages process and trees by their shares: with few trees nearly the process", async () => {
    const trees = { thresholds: "best", leastLeaf: 4, columnsPerNode: 3 };
    const process = { smoothness: 2.5, lengths: "shared" };
    const of = async (parameters: ParameterValues): Promise<number> =>
      (await lossesOf(parameters, fold, seededRandom(1)))[0];
    const alone = await of({ model: "process", ...process });
    const [few, many] = [
      await of({ model: "average", ...process, ...trees, shareOfTrees: 0.1 }),
      await of({ model: "average", ...process, ...trees, shareOfTrees: 0.9 }),
    ];
    expect(Math.abs(few - alone)).toBeLessThan(Math.abs(many - alone));
  });

  it("searches a space that stands", () => {
    expect(space).toBe(plateletSpace);
    expect(() => checkSpace(plateletSpace)).not.toThrow();
  });

  it("learns a process once from the same rows, and says the same as one that had learned nothing before", async () => {
    const shared = { ...plateletDefaults, lengths: "shared" };
    const first = [
      await lossesOf(plateletDefaults, fold, seededRandom(1)),
      await lossesOf(shared, fold, seededRandom(1)),
    ];
    const other = plateletSearch({ features, truth });
    expect(await other.lossesOf(shared, fold, seededRandom(2))).toEqual(first[1]);
    expect(await lossesOf(plateletDefaults, fold, seededRandom(3))).toEqual(first[0]);
    expect(first[1]).not.toEqual(first[0]);
  });
});
