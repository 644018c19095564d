import { describe, expect, it } from "vitest";
import { fitSigmaScale } from "../../src/calibration/fitSigmaScale.js";
import { boxMuller } from "../../src/core/random/boxMuller.js";
import { seededRandom } from "../../src/core/random/Random.js";

const random = seededRandom(6);
const truth = Float64Array.from({ length: 2000 }, () => boxMuller(1 - random(), random())[0]);
const zeros = new Float64Array(2000);
const said = zeros.map(() => 0.5);

describe("fitSigmaScale", () => {
  it("finds by how much sigmas are too small, within its interval", () => {
    const { factor, interval } = fitSigmaScale(truth, zeros, said, seededRandom(1), { draws: 300 });
    expect(interval.low).toBeLessThan(2);
    expect(interval.high).toBeGreaterThan(2);
    expect(factor).toBeCloseTo(2, 1);
  });

  it("makes the truth likeliest: the standardised errors have mean square 1 after it", () => {
    const { factor } = fitSigmaScale(truth, zeros, said, seededRandom(1), { draws: 20 });
    expect(
      fitSigmaScale(
        truth,
        zeros,
        said.map((sigma) => sigma * factor),
        seededRandom(1),
        { draws: 20 },
      ).factor,
    ).toBeCloseTo(1, 12);
  });

  it("counts copies of a group once in its interval", () => {
    const copies = (values: Float64Array): Float64Array =>
      Float64Array.from({ length: 2000 }, (_, row) => values[row % 50]);
    const groups = Array.from({ length: 2000 }, (_, row) => row % 50);
    const width = (options: object): number => {
      const { interval } = fitSigmaScale(copies(truth), zeros, said, seededRandom(1), { draws: 300, ...options });
      return interval.high - interval.low;
    };
    expect(width({ groups })).toBeGreaterThan(4 * width({}));
    expect(fitSigmaScale(truth, zeros, said, seededRandom(1), { draws: 20, groups })).toMatchObject({
      n: 2000,
      groups: 50,
    });
  });

  it("refuses errors that are all 0, one row and sigmas of 0", () => {
    expect(() => fitSigmaScale([1, 2], [1, 2], [1, 1], seededRandom(1))).toThrow(
      "at least one error must differ from 0; all 2 are 0",
    );
    expect(() => fitSigmaScale([1], [2], [1], seededRandom(1))).toThrow(/at least 2 groups/);
    expect(() => fitSigmaScale([1, 2], [1, 2], [1, 0], seededRandom(1))).toThrow("row 1 has 2, 2 and 0");
  });
});
