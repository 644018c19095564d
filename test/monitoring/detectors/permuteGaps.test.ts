import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { largestGap } from "../../../src/monitoring/detectors/kolmogorovSmirnovDrift.js";
import { permuteGaps } from "../../../src/monitoring/detectors/permuteGaps.js";
import { permuteGroups } from "../../../src/monitoring/detectors/permuteGroups.js";
import { pooledGroups } from "../../../src/monitoring/detectors/pooledGroups.js";
import { groupCells, overGroups } from "../../../src/monitoring/detectors/sampleCells.js";

interface Case {
  readonly batches: readonly [number, number];
  readonly rows: readonly [number, number];
  readonly cells: number;
  readonly tilt?: number;
}

const cases: readonly Case[] = [
  { batches: [60, 12], rows: [10, 10], cells: 256 },
  { batches: [12, 60], rows: [10, 10], cells: 256, tilt: 0.2 },
  { batches: [30, 20], rows: [7, 7], cells: 3 },
  { batches: [40, 20], rows: [25, 5], cells: 40, tilt: 0.1 },
  // More rows of a batch in a cell than a byte holds, more cells than there is room for, and few permutations.
  { batches: [30, 12], rows: [600, 600], cells: 2 },
  { batches: [30, 12], rows: [10, 10], cells: 300 },
  { batches: [6, 2], rows: [10, 10], cells: 20 },
];

describe("permuteGaps", () => {
  it("gives the probability that permuteGroups gives with the same draws, to the last bit", () => {
    for (const [i, { batches, rows, cells, tilt = 0 }] of cases.entries()) {
      const random = seededRandom(i);
      const labels = (side: number): number[] =>
        Array.from({ length: batches[side] * rows[side] }, (_, row) => Math.floor(row / rows[side]));
      const groups = { reference: labels(0), current: labels(1) };
      const sizes = { reference: groups.reference.length, current: groups.current.length };
      const among = pooledGroups(sizes, { groups, random, where: "here" });
      const codes = Uint32Array.from({ length: sizes.reference + sizes.current }, (_, row) =>
        Math.floor(cells * random() ** (row < sizes.reference ? 1 : 1 + tilt)),
      );
      for (const draws of [50, 999, 20_000]) {
        const statistic = overGroups(groupCells(among, { codes, cells }), largestGap);
        const options = { draws, stopAfter: 20 };
        const plain = permuteGroups(statistic, {
          ...options,
          reference: among.reference,
          current: among.current,
          isSymmetric: true,
          random: seededRandom(7),
        });
        expect(permuteGaps(among, { codes, cells }, { ...options, random: seededRandom(7) }), `case ${i}`).toBe(
          plain.pValue,
        );
      }
    }
  });
});
