import { describe, expect, it } from "vitest";
import { clopperPearson } from "../../../src/core/statistics/clopperPearson.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { coverageInterval } from "../../../src/core/statistics/coverageInterval.js";

const covered = Array.from({ length: 60 }, (_, row) => (row < 50 ? 1 : 0));
const random = seededRandom(2);

describe("coverageInterval", () => {
  it("is Clopper-Pearson for rows on their own", () => {
    expect(coverageInterval(covered, undefined, 0.9)).toEqual(clopperPearson(50, 60, { level: 0.9 }));
  });

  it("is wider where rows of a group fall together, and never narrower than for rows alone", () => {
    const alike = coverageInterval(covered, { groups: covered.map((_, row) => Math.floor(row / 10)), random }, 0.9)!;
    const exact = clopperPearson(50, 60, { level: 0.9 });
    expect(alike.high - alike.low).toBeGreaterThan(2 * (exact.high - exact.low));
    const unlike = coverageInterval(covered, { groups: covered.map((_, row) => row % 10), random }, 0.9)!;
    expect(unlike.low).toBeLessThanOrEqual(exact.low);
    expect(unlike.high).toBeGreaterThanOrEqual(exact.high);
  });

  it("counts groups, not rows, where every row is covered or none is: the bootstrap would claim certainty", () => {
    const groups = covered.map((_, row) => row % 4);
    expect(
      coverageInterval(
        covered.map(() => 1),
        { groups, random },
        0.9,
      ),
    ).toMatchObject({ low: clopperPearson(4, 4, { level: 0.9 }).low, high: 1 });
    expect(
      coverageInterval(
        covered.map(() => 0),
        { groups, random },
        0.9,
      ),
    ).toMatchObject({ low: 0, high: clopperPearson(0, 4, { level: 0.9 }).high });
  });

  it("is null for rows of one group", () => {
    expect(coverageInterval(covered, { groups: covered.map(() => "Basel"), random }, 0.9)).toBeNull();
  });
});
