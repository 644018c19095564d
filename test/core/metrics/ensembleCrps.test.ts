import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ensembleCrps } from "../../../src/core/metrics/ensembleCrps.js";
import { seededRandom } from "../../../src/core/random/Random.js";

describe("ensembleCrps", () => {
  it("is mean distance from the truth less half the mean distance of members", () => {
    const member = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(member, fc.array(member, { minLength: 2, maxLength: 8 }), (truth, members) => {
        const mean = (values: readonly number[], count: number): number => values.reduce((a, b) => a + b) / count;
        const away = mean(
          members.map((one) => Math.abs(one - truth)),
          members.length,
        );
        const apart = members.flatMap((one) => members.map((other) => Math.abs(one - other)));
        expect(ensembleCrps([truth], members)[0]).toBeCloseTo(away - mean(apart, members.length ** 2) / 2, 10);
        expect(ensembleCrps([truth], members, { fair: true })[0]).toBeCloseTo(
          away - mean(apart, members.length * (members.length - 1)) / 2,
          10,
        );
      }),
    );
  });

  it("is the absolute error of one member", () => {
    expect(Array.from(ensembleCrps([1, 5], [3, 4]))).toEqual([2, 1]);
  });

  it("does not depend on the number of members on average where it is fair", () => {
    const random = seededRandom(2);
    const mean = (members: number): number => {
      const truth = Float64Array.from({ length: 20_000 }, () => random());
      return (
        ensembleCrps(
          truth,
          Float64Array.from({ length: 20_000 * members }, () => random()),
          { fair: true },
        ).reduce((a, b) => a + b) / 20_000
      );
    };
    // For a uniform forecast of a uniform truth: 1/3 - 1/6.
    for (const members of [2, 5]) expect(Math.abs(mean(members) - 1 / 6)).toBeLessThan(0.006);
  });

  it("refuses one member where it is fair, members that do not fill rows, and NaN", () => {
    expect(() => ensembleCrps([1], [1], { fair: true })).toThrow(
      "at least 2 members each is needed; got 1 members for 1 rows",
    );
    expect(() => ensembleCrps([1, 2], [1, 2, 3])).toThrow("got 3 members for 2 rows");
    expect(() => ensembleCrps([1], [1, NaN])).toThrow("row 0 has truth 1");
  });
});
