import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { labelPlaces, regionBorders, type PhaseGrid } from "../../src/figures/phaseRegions.js";

describe("regionBorders", () => {
  it("joins edges between classes into runs as long as they can be", () => {
    expect(
      regionBorders([
        ["a", "a", "b"],
        ["a", "a", "b"],
        ["c", "c", "b"],
      ]),
    ).toEqual([
      { along: "x", at: 2, from: 0, to: 2 },
      { along: "y", at: 2, from: 0, to: 3 },
    ]);
  });

  it("separates any two neighbouring cells exactly where they differ", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom("a", "b", "c"), { minLength: 4, maxLength: 4 }), {
          minLength: 1,
          maxLength: 4,
        }),
        (phases) => {
          const runs = regionBorders(phases);
          const isBorder = (along: "x" | "y", at: number, place: number): boolean =>
            runs.some((run) => run.along === along && run.at === at && run.from <= place && place < run.to);
          phases.forEach((line, row) => {
            line.forEach((own, column) => {
              if (row > 0) expect(isBorder("x", row, column)).toBe(own !== phases[row - 1][column]);
              if (column > 0) expect(isBorder("y", column, row)).toBe(own !== line[column - 1]);
            });
          });
        },
      ),
    );
  });
});

const even = (count: number): number[] => Array.from({ length: count + 1 }, (_, i) => 10 * i);
const grid = (rows: readonly string[]): PhaseGrid => ({
  phases: rows.map((row) => [...row]),
  xEdges: even(rows[0].length),
  yEdges: even(rows.length),
});
const halfSize = (): { x: number; y: number } => ({ x: 10, y: 5 });
const options = { halfSize, obstacles: [], leastFit: 1 };

describe("labelPlaces", () => {
  it("writes a name in the middle of the largest part of its class, not in a smaller one", () => {
    const place = labelPlaces(grid(["abbbbbb", "bbbbbbb", "bbaaaaa", "bbaaaaa", "bbaaaaa"]), options).find(
      ({ phase }) => phase === "a",
    );
    expect(place?.x).toBeCloseTo(45, 0);
    expect(place?.y).toBeCloseTo(35, 0);
  });

  it("weighs cells by their area, not by their number", () => {
    const places = labelPlaces(
      { phases: [["a", "a", "b", "a"]], xEdges: [0, 10, 20, 30, 100], yEdges: [0, 20] },
      options,
    );
    expect(places.find(({ phase }) => phase === "a")!.x).toBeGreaterThan(30);
  });

  it("writes a name in a smaller part where the largest is too narrow, but in none below a quarter of it", () => {
    const withPole = (height: number): PhaseGrid =>
      grid(
        Array.from({ length: height + 2 }, (_, row) =>
          row === 0 || row > height ? "bbbbbbbbbb" : row === 5 ? "baaabbbabb" : "bbbbbbbabb",
        ),
      );
    const place = labelPlaces(withPole(12), options).find(({ phase }) => phase === "a");
    expect(place).toMatchObject({ x: expect.closeTo(25, 0) as number, y: expect.closeTo(55, 0) as number });
    expect(labelPlaces(withPole(13), options).map(({ phase }) => phase)).toEqual(["b"]);
  });

  it("leaves out a name without room, unless it may reach into the neighbours", () => {
    const narrow = grid(["bbbabbb", "bbbabbb", "bbbabbb"]);
    expect(labelPlaces(narrow, options).map(({ phase }) => phase)).toEqual(["b"]);
    expect(
      labelPlaces(narrow, { ...options, leastFit: 0.4 })
        .map(({ phase }) => phase)
        .sort(),
    ).toEqual(["a", "b"]);
  });

  it("never covers an obstacle, another name or the rim", () => {
    const cell = fc.constantFrom("a", "b", "c");
    const row = fc.array(cell, { minLength: 8, maxLength: 8 }).map((cells) => cells.join(""));
    const point = fc.record({
      x: fc.double({ min: 0, max: 80, noNaN: true }),
      y: fc.double({ min: 0, max: 60, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 6, maxLength: 6 }), fc.array(point, { maxLength: 6 }), (rows, points) => {
        const places = labelPlaces(grid(rows), {
          halfSize,
          leastFit: 0.2,
          obstacles: points.map(({ x, y }) => ({ left: x, right: x, bottom: y, top: y })),
        });
        for (const { x, y } of places) {
          expect(x >= 10 - 1e-9 && x <= 70 + 1e-9 && y >= 5 - 1e-9 && y <= 55 + 1e-9).toBe(true);
          expect(points.every((other) => Math.abs(other.x - x) >= 10 - 1e-9 || Math.abs(other.y - y) >= 5 - 1e-9)).toBe(
            true,
          );
          expect(
            places.every(
              (other) =>
                (other.x === x && other.y === y) ||
                Math.abs(other.x - x) >= 20 - 1e-9 ||
                Math.abs(other.y - y) >= 10 - 1e-9,
            ),
          ).toBe(true);
        }
      }),
    );
  });
});
