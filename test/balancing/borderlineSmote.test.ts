import { describe, expect, it } from "vitest";
import { borderlineSmote } from "../../src/balancing/borderlineSmote.js";
import { rowKinds } from "../../src/balancing/Resampled.js";
import { seededRandom } from "../../src/core/random/Random.js";
import balancing from "../golden/balancing.json" with { type: "json" };
import { clouds, countsOf, golden } from "./someRows.js";

const { features, labels } = golden;

describe("borderlineSmote", () => {
  it("grows from the rows that imbalanced-learn finds in danger, and from no others", async () => {
    for (const [m, danger] of Object.entries(balancing.danger)) {
      const made = await borderlineSmote(features, labels, seededRandom(1), {
        neighbours: 3,
        dangerNeighbours: Number(m),
        to: { 1: 400, 2: 400 },
      });
      for (const [label, rows] of Object.entries(danger)) {
        const parents = new Set<number>();
        for (let row = 60; row < made.labels.length; row++)
          if (made.labels[row] === Number(label)) parents.add(made.origins.parents[2 * row]);
        expect([...parents].sort((a, b) => a - b)).toEqual(rows);
      }
    }
  });

  it("variant 1 stays within the class; variant 2 puts half of the rows at most half way to others", async () => {
    const [one, two] = await Promise.all(
      ([1, 2] as const).map((variant) =>
        borderlineSmote(features, labels, seededRandom(1), { neighbours: 3, variant, to: { 1: 54 } }),
      ),
    );
    for (const made of [one, two]) expect(countsOf(made.labels)).toEqual([40, 54, 6]);
    const foreign = (made: typeof one): number[] =>
      Array.from({ length: 40 }, (_, i) => 60 + i).filter((row) => labels[made.origins.parents[2 * row + 1]] !== 1);
    expect(foreign(one)).toEqual([]);
    expect(foreign(two)).toHaveLength(20);
    for (const row of foreign(two)) expect(two.origins.gaps[row]).toBeLessThan(0.5);
    expect(rowKinds[two.origins.kinds[60]]).toBe("borderline");
  });

  it("says so where no row is in danger", async () => {
    const apart = clouds([40, 15], { seed: 1, apart: 50 });
    await expect(borderlineSmote(apart.features, apart.labels, seededRandom(1))).rejects.toThrow(
      "no row of class 1 is at the border (half or more, but not all, of its 10 nearest rows of other classes); " +
        "use smote",
    );
  });
});
