import { describe, expect, it } from "vitest";
import { clopperPearson } from "../../../src/core/statistics/clopperPearson.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { coverageByStratum } from "../../../src/uncertainty/conformal/coverageByStratum.js";
import { coverageLaw } from "../../../src/uncertainty/conformal/coverageLaw.js";
import { fitConformalIntervals } from "../../../src/uncertainty/conformal/fitConformalIntervals.js";

const strata = [
  ...new Array<string>(30).fill("Basel"),
  ...new Array<string>(20).fill("Kyoto"),
  ...new Array<string>(5).fill("Oslo"),
];
const covered: readonly number[] = strata.map((_, row) => (row % 10 === 3 ? 0 : 1));

describe("coverageByStratum", () => {
  it("gives coverage with intervals that hold together, and UNKNOWN with the rows needed where they are few", () => {
    const [basel, kyoto, oslo] = coverageByStratum(covered, strata, { alpha: 0.1, level: 0.9 });
    expect(basel).toMatchObject({ stratum: "Basel", n: 30, covered: 27, coverage: 0.9, reason: null, law: null });
    const joint = clopperPearson(27, 30, { level: 1 - 0.1 / 3 });
    expect(basel.interval).toEqual({
      low: joint.low,
      high: joint.high,
      level: 0.9,
      method: "Clopper-Pearson, Bonferroni over 3",
    });
    expect(kyoto.coverage).toBe(0.9);
    expect(oslo).toEqual({
      stratum: "Oslo",
      n: 5,
      covered: 4,
      coverage: null,
      interval: null,
      law: null,
      reason: "alpha = 0.1 needs at least 9 test rows; got 5",
    });
  });

  it("lists strata that have no row, and takes calibration rows into account", () => {
    const labs = [...new Array<string>(40).fill("Basel"), ...new Array<string>(4).fill("Kyoto")];
    const { thresholds } = fitConformalIntervals(
      { centre: labs.map(() => 0) },
      labs.map((_, row) => row),
      { alpha: 0.1, strata: labs },
    );
    const report = coverageByStratum(
      covered,
      strata.map((lab) => (lab === "Oslo" ? "Bergen" : lab)),
      { alpha: 0.1, levels: ["Basel", "Kyoto", "Oslo"], thresholds },
    );
    expect(report.map(({ stratum, reason }) => [stratum, reason])).toEqual([
      ["Basel", null],
      ["Kyoto", "alpha = 0.1 needs at least 9 calibration rows; got 4"],
      ["Oslo", "alpha = 0.1 needs at least 9 test rows; got 0"],
      ["Bergen", "alpha = 0.1 needs at least 9 test rows; got 5"],
    ]);
    expect(report[0].law).toEqual(coverageLaw(40, 0.1, { testRows: 30, level: 0.9 }));
    expect(
      coverageByStratum(
        covered,
        strata.map((lab) => (lab === "Kyoto" ? "Bergen" : lab)),
        { alpha: 0.1, thresholds },
      )[1].reason,
    ).toBe("alpha = 0.1 needs at least 9 calibration rows; got 0");
  });

  it("with groups draws groups, and is UNKNOWN for a stratum of one group", () => {
    const batches = strata.map((lab, row) => (lab === "Basel" ? row % 6 : 0));
    const [basel, kyoto] = coverageByStratum(covered, strata, { alpha: 0.1, groups: batches }, seededRandom(1));
    expect(basel.interval!.method).toContain("by group");
    expect(kyoto).toMatchObject({ coverage: null, reason: "all rows are of one group; at least 2 are needed" });
  });

  it("refuses what is not 0 or 1, lengths that do not fit, and groups without a stream", () => {
    const call =
      (options: object, given: readonly number[] = covered, of: readonly string[] = strata): (() => unknown) =>
      () =>
        coverageByStratum(given, of, { alpha: 0.1, ...options });
    expect(call({}, covered.with(2, NaN))).toThrow("covered must be 0 or 1; row 2 has NaN");
    expect(call({}, [1])).toThrow("one stratum per row is needed; got 55 for 1 rows");
    expect(call({}, [], [])).toThrow("at least one row is needed");
    expect(call({ groups: ["a"] })).toThrow("one group per row is needed; got 1 for 55 rows");
    expect(call({ groups: strata })).toThrow("needs a random stream; got none");
    expect(call({ level: 1 })).toThrow("the level must lie in (0, 1); got 1");
    expect(call({ alpha: 0 })).toThrow("must lie between 0 and 1; got 0");
  });
});
