import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { phaseInUnknownLaboratory } from "../../../src/problems/phase/phaseInUnknownLaboratory.js";

const random = seededRandom(2).fork("unknown laboratory");
const laboratories = 60;

/** Recipes of two phases whose first has a chance near an even one, and the mean of so many tosses by it. */
function tossed(
  rows: number,
  draws: number,
  stream = random.fork(rows),
): Parameters<typeof phaseInUnknownLaboratory>[0] {
  const draw = stream.fork(draws);
  const chance = Float64Array.from({ length: rows }, () => 0.2 + 0.6 * draw());
  const half = (): Float64Array => {
    const probabilities = new Float64Array(rows * 5);
    chance.forEach((p, row) => {
      for (let k = 0; k < draws; k++) probabilities[5 * row + Number(draw() >= p)] += 1 / draws;
    });
    return probabilities;
  };
  return {
    halves: [half(), half()],
    labs: Uint8Array.from({ length: rows }, (_, row) => row % laboratories),
    truth: [chance, chance.map((p) => 1 - p), ...[2, 3, 4].map(() => new Float64Array(rows))],
  };
}

describe("phaseInUnknownLaboratory", () => {
  it("is the chance of the likeliest phase where draws leave no doubt, and lacks nothing", () => {
    const rows = 600;
    const sure = Float64Array.from({ length: 5 * rows }, (_, at) => [0, 0.9, 0.1, 0, 0][at % 5]);
    const column = (share: number): Float64Array => new Float64Array(rows).fill(share);
    const { value, interval, shortfall } = phaseInUnknownLaboratory(
      {
        halves: [sure, sure],
        labs: Uint8Array.from({ length: rows }, (_, row) => row % laboratories),
        truth: [0, 0.7, 0.3, 0, 0].map(column),
      },
      random,
    );
    for (const one of [value, interval.low, interval.high]) expect(one).toBeCloseTo(0.7, 12);
    expect(shortfall).toBe(0);
  });

  it("adds what finite draws cost: from few draws it finds what many would, and its interval holds it", () => {
    // The chance of the likelier of two phases, evenly from 0.5 to 0.8: 0.65 on average.
    const tries = Array.from({ length: 20 }, (_, k) => tossed(6000, 41, random.fork(k)));
    const found = tries.map((one) => phaseInUnknownLaboratory(one, random));
    const mean = found.reduce((sum, { value }) => sum + value / found.length, 0);
    expect(Math.abs(mean - 0.65)).toBeLessThan(0.002);
    const shortfall = found.reduce((sum, one) => sum + one.shortfall / found.length, 0);
    expect(shortfall).toBeGreaterThan(0.001);
    expect(found.filter(({ interval: { low, high } }) => low <= 0.65 && 0.65 <= high).length).toBeGreaterThanOrEqual(
      16,
    );
  });

  it("loses where the halves name phases that nobody then writes", () => {
    const right = tossed(600, 41);
    const swapped = { ...right, truth: [right.truth[1], right.truth[0], ...right.truth.slice(2)] };
    expect(phaseInUnknownLaboratory(swapped, random).value).toBeLessThan(0.4);
  });
});
