import { describe, expect, it } from "vitest";
import { addGenerated } from "../../src/balancing/addGenerated.js";
import { noParent, rowKinds } from "../../src/balancing/Resampled.js";
import { clouds, countsOf, golden } from "./someRows.js";

const { features, labels } = golden;

describe("addGenerated", () => {
  it("fills each class with the first generated rows it lacks, which have no parents", async () => {
    const fresh = clouds([50, 50, 50], { seed: 9 });
    const generated = { features: { ...fresh.features, names: features.names }, labels: fresh.labels };
    let asked: readonly number[] = [];
    const made = await addGenerated(features, labels, (lacking) => ((asked = lacking), Promise.resolve(generated)));
    expect(asked).toEqual([0, 26, 34]);
    expect(countsOf(made.labels)).toEqual([40, 40, 40]);
    expect([rowKinds[made.origins.kinds[60]], made.origins.parents[120]]).toEqual(["generated", noParent]);
    const first = fresh.labels.indexOf(1);
    expect(made.features.values.subarray(180, 183)).toEqual(fresh.features.values.subarray(3 * first, 3 * first + 3));
    await expect(addGenerated(features, labels, () => Promise.resolve(fresh))).rejects.toThrow(
      "generated rows must have the columns of the training set [a, b, c]; got [x0, x1, x2]",
    );
    await expect(addGenerated(features, labels, () => Promise.resolve(generated), { to: { 2: 100 } })).rejects.toThrow(
      "at least 94 rows of class 2; got 50; let it make more",
    );
  });
});
