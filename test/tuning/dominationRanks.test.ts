import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dominationRanks } from "../../src/tuning/dominationRanks.js";

/** Front by front, as the definition says. */
function peeled(losses: readonly (readonly number[])[]): number[] {
  const ranks = losses.map(() => -1);
  const dominates = (a: readonly number[], b: readonly number[]): boolean =>
    a.every((loss, i) => loss <= b[i]) && a.some((loss, i) => loss < b[i]);
  for (let rank = 0; ranks.includes(-1); rank++) {
    const left = ranks.flatMap((one, at) => (one === -1 ? [at] : []));
    for (const at of left) if (!left.some((other) => dominates(losses[other], losses[at]))) ranks[at] = rank;
  }
  return ranks;
}

describe("dominationRanks", () => {
  it("counts fronts from 0, and puts equals into one", () => {
    expect([
      ...dominationRanks([
        [1, 3],
        [2, 2],
        [3, 1],
        [2, 3],
        [2, 2],
        [4, 4],
      ]),
    ]).toEqual([0, 0, 0, 1, 0, 2]);
    expect(dominationRanks([])).toHaveLength(0);
  });

  it("is what peeling front after front finds, whatever the order of the points", () => {
    const points = fc
      .integer({ min: 1, max: 4 })
      .chain((many) =>
        fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: many, maxLength: many }), { maxLength: 20 }),
      );
    fc.assert(
      fc.property(points, (losses) => {
        expect([...dominationRanks(losses)]).toEqual(peeled(losses));
      }),
    );
  });
});
