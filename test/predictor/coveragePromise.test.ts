import { describe, expect, it } from "vitest";
import { coveragePromise, formatCoveragePromise } from "../../src/predictor/coveragePromise.js";
import { fitConformalSets } from "../../src/uncertainty/conformal/fitConformalSets.js";

/** Sets fitted on as many rows of each phase. */
function fittedOn(counts: readonly number[], groups?: (row: number) => string): ReturnType<typeof fitConformalSets> {
  const labels = counts.flatMap((count, k) => Array.from({ length: count }, () => k));
  return fitConformalSets(new Float64Array(5 * labels.length).fill(0.2), labels, {
    alpha: 0.1,
    strata: "class",
    groups: groups && labels.map((_, row) => groups(row)),
  });
}

describe("coveragePromise", () => {
  it("counts the rows that each phase's threshold rests on, and says which phase has too few", () => {
    const promise = coveragePromise({ splitBy: "batch", sets: fittedOn([9, 10, 8, 30, 9]) });
    expect(promise.phases.map(({ phase, rows, batches }) => [phase, rows, batches])).toEqual([
      ["CsPbBr3", 9, null],
      ["Cs4PbBr6", 10, null],
      ["CsPb2Br5", 8, null],
      ["coexistence", 30, null],
      ["no target product", 9, null],
    ]);
    expect(formatCoveragePromise(promise)).toBe(
      "sets promise 90 % for each phase, in new rows, from calibrate rows: CsPbBr3 9, Cs4PbBr6 10, coexistence 30, " +
        "no target product 9\nCsPb2Br5 is in every set: alpha = 0.1 needs at least 9 calibration rows; " +
        "got 8",
    );
  });

  it("promises for new batches where rows come in batches: those of a phase must be enough, whatever its rows", () => {
    const promise = coveragePromise({
      splitBy: "batch",
      sets: fittedOn([100, 100, 100, 100, 100], (row) => (row < 100 ? "one" : `b${row % 20}`)),
    });
    expect(promise.of).toBe("new batches");
    expect(promise.phases[0]).toEqual({
      phase: "CsPbBr3",
      rows: 100,
      batches: 1,
      reason: "alpha = 0.1 needs at least 9 calibration groups; got 1",
    });
    expect(promise.phases[1]).toEqual({ phase: "Cs4PbBr6", rows: 100, batches: 20, reason: null });
  });

  it("promises for new recipes where rows that repeat a recipe stood together", () => {
    const sets = fittedOn([100, 100, 100, 100, 100], (row) => `row ${row % 20}`);
    expect(formatCoveragePromise(coveragePromise({ sets, splitBy: "recipe" }))).toMatch(
      /^sets promise 90 % for each phase, in new recipes, from calibrate rows: CsPbBr3 100 in 20 recipes, /,
    );
  });

  it("promises nothing where every phase has too few rows", () => {
    expect(formatCoveragePromise(coveragePromise({ splitBy: "batch", sets: fittedOn([1, 0, 2, 3, 4]) }))).toMatch(
      /^sets promise nothing\nCsPbBr3 is in every set: .*got 1\nCs4PbBr6 is in every set: .*got 0\n/,
    );
  });
});

describe("formatCoveragePromise", () => {
  const promise = {
    share: 0.9,
    eachPhase: false,
    proved: 0.773_77,
    of: "new rows",
    phases: [
      { phase: "CsPbBr3", rows: 20, batches: null, reason: null },
      { phase: "coexistence", rows: 0, batches: null, reason: "untested, no row made it" },
    ],
  } as const;

  it("tells what is promised over all phases together, what of it is proved, and which phase is not tested", () => {
    expect(formatCoveragePromise(promise)).toBe(
      "sets aim at 90 % over all phases together, in new rows, from your rows: CsPbBr3 20\n" +
        "  at least 77.4 % are proved; sets by cross-validation mostly reach their aim\n" +
        "  coexistence: untested, no row made it",
    );
  });

  it("claims no proof where rows come in batches: proofs are of rows that are drawn one by one", () => {
    const said = formatCoveragePromise({ ...promise, of: "new batches", proved: 0 });
    expect(said).toContain("nothing is proved where rows come in batches; sets by cross-validation mostly");
    expect(said).not.toContain("proved are");
  });
});
