import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { designPoints, factorialLevels, patternDesigns } from "../../src/generation/designPoints.js";
import { DesignAxis, designAxes } from "../../src/generation/layout.js";

const axes = Array.from({ length: designAxes }, (_, axis) => axis);
const gridded = [
  DesignAxis.campaign,
  DesignAxis.caesiumLeadRatio,
  DesignAxis.oleylamineLeadRatio,
  DesignAxis.oleicAcidLeadRatio,
  DesignAxis.temperatureCelsius,
] as number[];

/** Coordinates of all points, one array per axis. */
function columns(design: (typeof patternDesigns)[number], rows: number, seed = 1): number[][] {
  const { count, at } = designPoints(design, rows, seededRandom(seed));
  const points = at(0, count);
  return axes.map((axis) => Array.from(points.subarray(axis * count, (axis + 1) * count)));
}

describe("designPoints", () => {
  it.each(patternDesigns)("%s: every coordinate of every point lies strictly inside (0, 1), in float32", (design) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(), (rows, seed) => {
        expect(
          columns(design, rows, seed)
            .flat()
            .filter((u) => !(u > 0 && u < 1 && Math.fround(u) === u)),
        ).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it.each(patternDesigns)("%s: a point is the same wherever a shard begins, and for the same seed", (design) => {
    const { count, at } = designPoints(design, 100, seededRandom(2));
    const whole = at(0, count);
    for (const [first, some] of [
      [0, 7],
      [7, 20],
      [count - 1, 1],
    ]) {
      const shard = at(first, some);
      for (const axis of axes)
        for (let i = 0; i < some; i++) expect(shard[axis * some + i]).toBe(whole[axis * count + first + i]);
    }
    expect(designPoints(design, 100, seededRandom(2)).at(0, count)).toEqual(whole);
  });

  it.each(["latinHypercube", "sobol"] as const)(
    "%s: gives as many points as asked for, others for another seed, and no axis repeats another",
    (design) => {
      for (const rows of [1, 7, 100]) expect(designPoints(design, rows, seededRandom(3)).count).toBe(rows);
      expect(columns(design, 50, 3)).not.toEqual(columns(design, 50, 4));
      expect(new Set(columns(design, 50).map((column) => column.join())).size).toBe(designAxes);
    },
  );

  it("latinHypercube: each axis has one point in each of as many equal parts as there are points", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), (rows, seed) => {
        for (const column of columns("latinHypercube", rows, seed)) {
          const parts = column.map((u) => Math.floor(u * rows)).sort((a, b) => a - b);
          expect(parts.every((part, i) => part === i)).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });

  it("latinHypercube: each axis has a place of its own within the parts, the same for all points", () => {
    const rows = 64;
    const places = columns("latinHypercube", rows, 4).map((column) => [
      ...new Set(column.map((u) => ((u * rows) % 1).toFixed(4))),
    ]);
    for (const place of places) expect(place).toHaveLength(1);
    expect(new Set(places.flat()).size).toBe(designAxes);
  });

  it("latinHypercube: axes are uncorrelated", () => {
    const rows = 1000;
    const centred = columns("latinHypercube", rows, 5).map((column) => column.map((u) => u - 0.5));
    for (const i of axes)
      for (let j = 0; j < i; j++)
        expect(Math.abs((12 * centred[i].reduce((sum, u, row) => sum + u * centred[j][row], 0)) / rows)).toBeLessThan(
          5 / Math.sqrt(rows),
        );
  });

  it("sobol: the first 2^k points have one in each of 2^k equal parts of every axis, with its random shift", () => {
    for (const k of [0, 3, 6, 10]) {
      for (const column of columns("sobol", 2 ** k, 6))
        expect(column.map((u) => Math.floor(u * 2 ** k)).sort((a, b) => a - b)).toEqual(
          Array.from({ length: 2 ** k }, (_, i) => i),
        );
    }
  });

  it("factorial: is a full grid over route, Cs:Pb, amine, acid and temperature, and in the middle of the rest", () => {
    for (const rows of [1, 3, 4, 7, 32, 100, 1000, 5000]) {
      const found = columns("factorial", rows);
      const levels = factorialLevels(rows);
      const count = found[0].length;
      expect([...levels.keys()].sort((a, b) => a - b)).toEqual([...gridded].sort((a, b) => a - b));
      expect(count).toBe([...levels.values()].reduce((a, b) => a * b, 1));
      const cells = new Set<string>();
      for (let i = 0; i < count; i++) cells.add(gridded.map((axis) => found[axis][i]).join());
      for (const axis of axes) if (!gridded.includes(axis)) expect(new Set(found[axis])).toEqual(new Set([0.5]));
      expect(cells.size).toBe(count);
      for (const [axis, level] of levels) {
        // Centres of equal cells, and each equally often.
        const values = [...new Set(found[axis])].sort((a, b) => a - b);
        expect(values.length).toBe(level);
        values.forEach((value, i) => expect(value).toBeCloseTo((i + 0.5) / level, 6));
        for (const value of values) expect(found[axis].filter((u) => u === value).length).toBe(count / level);
      }
    }
  });

  it("factorial: has no more points than asked for, and no axis could have one more level", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (rows) => {
        const levels = factorialLevels(rows);
        const count = [...levels.values()].reduce((a, b) => a * b, 1);
        expect(count).toBeLessThanOrEqual(rows);
        expect(levels.get(DesignAxis.campaign)).toBe(Math.min(4, rows));
        if (rows < 4) return;
        for (const [axis, level] of levels)
          if (axis !== DesignAxis.campaign) expect((count / level) * (level + 1)).toBeGreaterThan(rows);
        // They grow in turn: none runs away from the others.
        const gaps = [...levels].filter(([axis]) => axis !== DesignAxis.campaign).map(([, level]) => level);
        expect(Math.max(...gaps) / Math.min(...gaps)).toBeLessThanOrEqual(3);
      }),
    );
  });
});
