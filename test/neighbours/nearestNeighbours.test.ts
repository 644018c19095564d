import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeMatrix, type Matrix } from "../../src/core/Matrix.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { nearestNeighbours } from "../../src/neighbours/nearestNeighbours.js";
import { goldenAdasyn } from "../support/goldenSampling.js";
import sampling from "../golden/a_sampling.json" with { type: "json" };

function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  return makeMatrix(
    rows[0].map((_, column) => `x${column}`),
    Float32Array.from(rows.flat()),
  );
}

/** Every distance, sorted: what the search must return. */
function byHand(
  { values, columns }: Matrix,
  k: number,
  of: Uint32Array,
  among: Uint32Array,
): { readonly rows: number[]; readonly distances: number[] } {
  const found = Array.from(of).flatMap((asking) => {
    const all = Array.from(among)
      .filter((row) => row !== asking)
      .map((row) => {
        let square = 0;
        for (let column = 0; column < columns; column++)
          square += (values[asking * columns + column] - values[row * columns + column]) ** 2;
        return { row, square };
      });
    return all.sort((a, b) => a.square - b.square || a.row - b.row).slice(0, k);
  });
  return { rows: found.map(({ row }) => row), distances: found.map(({ square }) => Math.sqrt(square)) };
}

function someMatrix(
  rows: number,
  columns: number,
  {
    seed,
    value,
  }: { readonly seed: number; readonly value: (random: () => number, row: number, column: number) => number },
): Matrix {
  const random = seededRandom(seed);
  return makeMatrix(
    Array.from({ length: columns }, (_, column) => `x${column}`),
    Float32Array.from({ length: rows * columns }, (_, i) => value(random, Math.floor(i / columns), i % columns)),
  );
}

const everyRow = (rows: number): Uint32Array => Uint32Array.from({ length: rows }, (_, row) => row);

describe("nearestNeighbours", () => {
  it("finds the neighbour lists and distances of scikit-learn", async () => {
    const points = matrixOf(sampling.input.X);
    for (const { k, classes } of sampling.smote) {
      for (const one of Object.values(classes)) {
        const rows = Uint32Array.from(one.indices_in_X);
        const found = await nearestNeighbours(points, { k, of: rows, among: rows });
        expect(Array.from(found.rows)).toEqual(
          one["within_class_knn (rows = class order, self excluded)"].flat().map((place) => rows[place]),
        );
        one.within_class_knn_dist
          .flat()
          .forEach((distance, i) => expect(Math.abs(found.distances[i] - distance)).toBeLessThan(1.5e-6));
      }
    }
    for (const { n_neighbors: k, classes } of goldenAdasyn) {
      for (const one of Object.values(classes)) {
        const found = await nearestNeighbours(points, { k, of: Uint32Array.from(one.indices_in_X) });
        expect(Array.from(found.rows)).toEqual(one.knn_in_all_X.flat());
      }
    }
  });

  it("equals a search by hand for any size, width, k and subset, with ties and equal rows", async () => {
    const cases = fc.record({
      rows: fc.integer({ min: 12, max: 420 }),
      columns: fc.integer({ min: 1, max: 45 }),
      k: fc.integer({ min: 1, max: 9 }),
      seed: fc.nat(),
      step: fc.constantFrom(0, 0.5, 2),
      every: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ rows, columns, k, seed, step, every }) => {
        const points = someMatrix(rows, columns, {
          seed,
          value: (random) => (step === 0 ? random() - random() : step * Math.round((random() - random()) / step)),
        });
        const among = everyRow(rows).filter((row) => row % every === 0);
        if (among.length <= k) return;
        const found = await nearestNeighbours(points, { k, among });
        const expected = byHand(points, k, everyRow(rows), among);
        expect(Array.from(found.rows)).toEqual(expected.rows);
        expect(Array.from(found.distances)).toEqual(expected.distances);
      }),
      { numRuns: 60 },
    );
  });

  it("is exact with an outlier, a constant column, columns of unlike spread, and far from the origin", async () => {
    const shapes: readonly ((random: () => number, row: number, column: number) => number)[] = [
      (random, row, column) => (row === 7 && column === 1 ? 1e7 : random()),
      (random, _, column) => (column % 2 === 0 ? 3 : random()),
      (random, _, column) => random() * 10 ** (column - 12),
      (random) => 1e4 + random(),
      () => 1,
    ];
    for (const value of shapes) {
      const points = someMatrix(300, 24, { seed: 5, value });
      const expected = byHand(points, 4, everyRow(300), everyRow(300));
      expect(Array.from((await nearestNeighbours(points, { k: 4 })).rows)).toEqual(expected.rows);
    }
  });

  it("answers alike in whatever order rows ask and are offered", async () => {
    const points = someMatrix(500, 6, { seed: 1, value: (random) => random() });
    const forward = await nearestNeighbours(points, { k: 3 });
    const reversed = everyRow(500).reverse();
    const backward = await nearestNeighbours(points, { k: 3, of: reversed, among: reversed });
    reversed.forEach((row, i) =>
      expect(backward.rows.slice(3 * i, 3 * i + 3)).toEqual(forward.rows.slice(3 * row, 3 * row + 3)),
    );
  });

  it("refuses a k that is no count or too large, rows beyond the matrix, and rows offered twice", async () => {
    const points = someMatrix(5, 2, { seed: 1, value: (random) => random() });
    await expect(nearestNeighbours(points, { k: 0 })).rejects.toThrow("k must be a whole number from 1; got 0");
    await expect(nearestNeighbours(points, { k: 5 })).rejects.toThrow(
      "k must be at most 4, the other rows to choose from; got 5",
    );
    await expect(nearestNeighbours(points, { k: 1, of: Uint32Array.of(9) })).rejects.toThrow(
      "rows must be below 5; got 9",
    );
    await expect(nearestNeighbours(points, { k: 1, among: Uint32Array.of(1, 2, 1) })).rejects.toThrow(
      "row 1 is given twice",
    );
    expect(
      await nearestNeighbours(points, { k: 5, of: Uint32Array.of(0), among: Uint32Array.of() }).catch(
        (error: Error) => error.message,
      ),
    ).toContain("at most 0");
    expect((await nearestNeighbours(points, { k: 5, of: new Uint32Array(0) })).rows).toHaveLength(0);
  });
});
