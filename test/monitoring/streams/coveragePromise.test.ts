import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { type Random, seededRandom } from "../../../src/core/random/Random.js";
import { logitOfMean } from "../../../src/core/statistics/logitOfMean.js";
import { coveragePromise, type GroupTally } from "../../../src/monitoring/streams/coveragePromise.js";

const settings = { level: 0.9, alpha: 0.05 };

/** Batches of groups whose rows are missed with a share that scatters between groups. */
function played(
  random: Random,
  {
    missed,
    spread,
    batches = 50,
    groups = 8,
    rows = 1,
  }: Readonly<Record<"missed" | "spread", number>> & {
    readonly batches?: number;
    readonly groups?: number;
    readonly rows?: number;
  },
): readonly (readonly GroupTally[])[] {
  const centre = logitOfMean(missed, spread);
  return Array.from({ length: batches }, () =>
    Array.from({ length: groups }, (): GroupTally => {
      const share = 1 / (1 + Math.exp(-(centre + spread * boxMuller(1 - random(), random())[0])));
      return [rows, Array.from({ length: rows }, () => Number(random() < share)).reduce((a, b) => a + b, 0)];
    }),
  );
}

/** Shares of 400 streams of 50 looks that end so, and after how many rows they broke. */
function outcomesOf(
  missed: number,
  spread: number,
  shape: { readonly groups?: number; readonly rows?: number } = {},
): { readonly broken: number; readonly held: number; readonly medianRows: number } {
  const random = seededRandom(20).fork(`${missed} ${spread} ${JSON.stringify(shape)}`);
  const { groups = 8, rows = 1 } = shape;
  const all = Array.from({ length: 400 }, () =>
    coveragePromise(played(random, { missed, spread, ...shape }), settings),
  );
  const share = (verdict: string): number => all.filter((one) => one.verdict === verdict).length / all.length;
  const delays = all.map(({ brokenAt }) => ((brokenAt ?? Infinity) + 1) * groups * rows).sort((a, b) => a - b);
  return { broken: share("broken"), held: share("held"), medianRows: delays[200] };
}

describe("coveragePromise", () => {
  it.each([
    [0, {}],
    [0.5, {}],
    [0.5, { groups: 3, rows: 3 }],
    [0.5, { groups: 2, rows: 8 }],
  ])(
    "calls a promise that is kept broken in at most 5 % of streams of 50 looks, groups scattered by %s",
    (spread, shape) => {
      // One-sided 99 % of a true 0.05 among 400 streams.
      expect(outcomesOf(0.1, spread, shape).broken).toBeLessThanOrEqual(0.05 + 2.33 * Math.sqrt((0.05 * 0.95) / 400));
    },
  );

  it("finds 10 points too little after some 60 rows in the median, and calls them held in 5 % at most", () => {
    for (const shape of [{}, { groups: 3, rows: 3 }]) {
      const { broken, held, medianRows } = outcomesOf(0.2, 0.5, shape);
      expect(broken).toBeGreaterThan(0.97);
      expect(held).toBeLessThanOrEqual(0.05);
      expect(medianRows).toBeGreaterThan(30);
      expect(medianRows).toBeLessThan(110);
    }
  });

  it("says unknown without rows and of few, though all were covered", () => {
    expect(coveragePromise([], settings)).toMatchObject({ verdict: "unknown", reason: "no row was judged" });
    const few = coveragePromise([Array.from({ length: 10 }, (): GroupTally => [1, 0])], settings);
    expect(few).toMatchObject({ verdict: "unknown", rows: 10, coverage: 1 });
    expect(few.reason).toBe("10 rows neither show that more is missed than promised, nor exclude a coverage of 0.8");
    const many = coveragePromise([Array.from({ length: 40 }, (): GroupTally => [1, 0])], settings);
    expect(many).toMatchObject({ verdict: "held", reason: null });
    expect(many.against).toBeGreaterThan(many.threshold);
  });

  it("stays broken, and says in which batch it broke", () => {
    const missed = Array.from({ length: 12 }, (): GroupTally => [1, 1]);
    const covered = Array.from({ length: 300 }, (): GroupTally => [1, 0]);
    expect(coveragePromise([covered.slice(0, 2), missed, covered], settings)).toMatchObject({
      verdict: "broken",
      brokenAt: 1,
    });
  });

  it("does not depend on how rows of a day are cut into batches, but for the day on which it says so", () => {
    const tally = fc
      .integer({ min: 0, max: 4 })
      .chain((rows) => fc.tuple(fc.constant(rows), fc.integer({ min: 0, max: rows })));
    fc.assert(
      fc.property(fc.array(tally, { maxLength: 40 }), fc.nat(40), (tallies, at) => {
        const { brokenAt: _, ...whole } = coveragePromise([tallies], settings);
        const { brokenAt, ...cut } = coveragePromise([tallies.slice(0, at), tallies.slice(at)], settings);
        expect(cut).toEqual(whole);
        expect(brokenAt === null).toBe(whole.verdict !== "broken");
      }),
    );
  });

  it("refuses misses that are no part of the rows", () => {
    expect(() => coveragePromise([[[2, 3]]], settings)).toThrow(/misses must be a whole number in 0..rows; got 3 of 2/);
  });
});
