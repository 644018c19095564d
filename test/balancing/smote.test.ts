import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowKinds } from "../../src/balancing/Resampled.js";
import { mixedRows } from "../../src/balancing/mixedRows.js";
import { smote } from "../../src/balancing/smote.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { nearestNeighbours } from "../../src/neighbours/nearestNeighbours.js";
import sampling from "../golden/a_sampling.json" with { type: "json" };
import { clouds, countsOf, golden, matrixOf } from "./someRows.js";

const { features, labels } = golden;

describe("smote", () => {
  it("reaches imbalanced-learn's counts, and with its draws its rows up to float32", async () => {
    for (const one of sampling.smote) {
      const to =
        one.sampling_strategy === "auto" ? "auto" : (one.sampling_strategy as unknown as Record<number, number>);
      const made = await smote(features, labels, seededRandom(1), { to, neighbours: one.k });
      expect(countsOf(made.labels)).toEqual(Object.values(one.class_counts_after));
      for (const [label, known] of Object.entries(one.classes)) {
        const bases = Uint32Array.from(known.indices_in_X);
        const near = await nearestNeighbours(features, { k: one.k, of: bases, among: bases });
        const rows = mixedRows(
          features,
          { label: Number(label), kind: "smote", bases, near: near.rows, neighbours: one.k, nominal: [] },
          { pairs: Uint32Array.from(known.injected_draw_pair_index), gaps: Float32Array.from(known.injected_step) },
        );
        known.expected_new_rows
          .flat()
          .forEach((value, i) =>
            expect(Math.abs(rows.values[i] - value)).toBeLessThanOrEqual(5e-7 * Math.max(1, Math.abs(value))),
          );
      }
    }
  });

  it("keeps the original rows first, and every new row between a row and a near neighbour of its class", async () => {
    const cases = fc.record({
      counts: fc.tuple(
        fc.integer({ min: 12, max: 60 }),
        fc.integer({ min: 7, max: 12 }),
        fc.integer({ min: 7, max: 40 }),
      ),
      neighbours: fc.integer({ min: 1, max: 6 }),
      seed: fc.nat(),
      columns: fc.integer({ min: 1, max: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ counts, neighbours, seed, columns }) => {
        const rows = clouds(counts, { seed, columns });
        const made = await smote(rows.features, rows.labels, seededRandom(seed), { neighbours });
        expect(made.features.values.subarray(0, rows.features.values.length)).toEqual(rows.features.values);
        expect(countsOf(made.labels)).toEqual(counts.map(() => Math.max(...counts)));
        const { kinds, parents, gaps } = made.origins;
        for (let row = 0; row < rows.features.rows; row++)
          expect([rowKinds[kinds[row]], parents[2 * row], parents[2 * row + 1], gaps[row]]).toEqual([
            "original",
            row,
            row,
            0,
          ]);
        const near = await Promise.all(
          counts.map((_, label) => {
            const own = Uint32Array.from(rows.labels.keys()).filter((row) => rows.labels[row] === label);
            return nearestNeighbours(rows.features, { k: neighbours, among: own });
          }),
        );
        for (let row = rows.features.rows; row < made.features.rows; row++) {
          const [first, second] = [parents[2 * row], parents[2 * row + 1]];
          expect([rowKinds[kinds[row]], rows.labels[first], rows.labels[second]]).toEqual([
            "smote",
            made.labels[row],
            made.labels[row],
          ]);
          expect(near[made.labels[row]].rows.subarray(first * neighbours, (first + 1) * neighbours)).toContain(second);
          for (let column = 0; column < columns; column++) {
            const [a, b] = [first, second].map((parent) => rows.features.values[parent * columns + column]);
            expect(
              Math.abs(made.features.values[row * columns + column] - (a + gaps[row] * (b - a))),
            ).toBeLessThanOrEqual(1e-6);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it("draws parents, neighbours and places between them evenly", async () => {
    const rows = clouds([20_000, 10], { seed: 3 });
    const made = await smote(rows.features, rows.labels, seededRandom(4), { neighbours: 3 });
    const { parents, gaps } = made.origins;
    const pairs = new Map<string, number>();
    for (let row = 20_010; row < made.labels.length; row++)
      pairs.set(
        `${parents[2 * row]} ${parents[2 * row + 1]}`,
        (pairs.get(`${parents[2 * row]} ${parents[2 * row + 1]}`) ?? 0) + 1,
      );
    expect(pairs.size).toBe(30);
    const expected = 19_990 / 30;
    const chiSquare = [...pairs.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 0.001 quantiles on both sides of chi-square with 29 degrees of freedom.
    expect(chiSquare).toBeGreaterThan(10.99);
    expect(chiSquare).toBeLessThan(58.3);
    const mean = gaps.subarray(20_010).reduce((a, b) => a + b, 0) / 19_990;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / 19_990));
  });

  it("depends on seed and rows alone, and each class on its own stream", async () => {
    const rows = clouds([40, 10, 15], { seed: 8 });
    const [one, again, other] = await Promise.all(
      [1, 1, 2].map((seed) => smote(rows.features, rows.labels, seededRandom(seed), { neighbours: 3 })),
    );
    expect(again).toEqual(one);
    expect(other.features.values).not.toEqual(one.features.values);
    const alone = await smote(rows.features, rows.labels, seededRandom(1), { neighbours: 3, to: { 2: 40 } });
    expect(alone.features.values.slice(65 * 3)).toEqual(one.features.values.slice((65 + 30) * 3));
  });

  it("mixes numbers and takes categories by majority: SMOTE-NC makes no half categories", async () => {
    const random = seededRandom(5);
    const values = Array.from({ length: 60 }, (_, row) => {
      const kind = Math.floor(random() * 3);
      return [random() + (row < 12 ? 2 : 0), random(), ...[0, 1, 2].map((one) => (one === kind ? 1 : 0))];
    });
    const matrix = matrixOf(values);
    const classes = Uint8Array.from({ length: 60 }, (_, row) => (row < 12 ? 1 : 0));
    const made = await smote(matrix, classes, random, { neighbours: 5, nominal: [[2, 3, 4]] });
    for (let row = 60; row < made.features.rows; row++) {
      const kinds = Array.from(made.features.values.subarray(5 * row + 2, 5 * row + 5));
      expect([...kinds].sort()).toEqual([0, 0, 1]);
    }
    await expect(smote(matrix, classes, random, { nominal: [[0, 1]] })).rejects.toThrow(
      "in row 0 exactly one of x0, x1 must be 1 and the others 0",
    );
    await expect(smote(matrix, classes, random, { nominal: [[2, 3, 4], [4]] })).rejects.toThrow("x4 is given twice");
    await expect(smote(matrix, classes, random, { nominal: [[7]] })).rejects.toThrow("must be below 5; got 7");
  });

  it("mixes rows that are equal into one more equal row, as imbalanced-learn does", async () => {
    const matrix = matrixOf([
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
      [0.5, 0.5],
      [4, 4],
      [5, 5],
      [6, 6],
    ]);
    const made = await smote(matrix, Uint8Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0, 0), seededRandom(1), { neighbours: 3 });
    expect(countsOf(made.labels)).toEqual(
      Object.values(sampling.edge_cases.find(({ name }) => name === "smote_duplicates_k3")!.result!),
    );
  });

  it("names class, need and mend where it cannot work", async () => {
    const small = clouds([20, 3], { seed: 1 });
    const classes = ["CsPbBr3", "CsPb2Br5"];
    const refused = (options: Parameters<typeof smote>[3], rows = small): Promise<string> =>
      smote(rows.features, rows.labels, seededRandom(1), options).then(
        () => "made",
        (error: Error) => error.message,
      );
    expect(await refused({ classes })).toBe(
      'smote: a class to grow needs more rows than neighbours; "CsPb2Br5" has 3 rows for 5 neighbours; ' +
        "take at most 2 neighbours, collect or generate rows, or use oversample",
    );
    expect(await refused({ neighbours: 2 })).toBe("made");
    expect(await refused({ neighbours: 0 })).toContain("neighbours must be a whole number from 1; got 0");
    expect(await refused({}, clouds([20, 1], { seed: 1 }))).toContain(
      "class 1 has 1 row for 5 neighbours; collect or generate rows, or use oversample",
    );
    expect(await refused({}, clouds([20], { seed: 1 }))).toContain(
      "more than one class is needed to balance; all 20 rows have code 0",
    );
    expect(await refused({ to: { 0: 5 } })).toContain("over-sampling only adds rows, and class 0 has 20; got 5");
    expect(await refused({ to: 0.5, neighbours: 2 }, clouds([20, 3, 4], { seed: 1 }))).toContain(
      "a ratio needs exactly two classes; got 3",
    );
    expect(await refused({ to: 0.1, neighbours: 2 })).toContain("the ratio must be at least the present 0.15; got 0.1");
    expect(await refused({ to: { 7: 30 } })).toContain("class 7 has none");
    expect(await refused({}, { features: small.features, labels: small.labels.slice(1) })).toContain(
      "23 rows and 22 labels",
    );
    const damaged = { ...small.features, values: small.features.values.slice() };
    damaged.values[4] = NaN;
    expect(await refused({}, { features: damaged, labels: small.labels })).toContain(
      "row 1, column x1 must be finite; got NaN",
    );
    expect(
      await refused(
        {},
        { features: { ...small.features, rows: 0, values: new Float32Array(0) }, labels: new Uint8Array(0) },
      ),
    ).toContain("at least one row is needed");
  });

  it("works with constant columns and leaves the largest class alone", async () => {
    const matrix = matrixOf(Array.from({ length: 20 }, (_, row) => [row, 3, 3]));
    const made = await smote(
      matrix,
      Uint8Array.from({ length: 20 }, (_, row) => (row < 6 ? 1 : 0)),
      seededRandom(1),
      { neighbours: 5 },
    );
    expect(countsOf(made.labels)).toEqual([14, 14]);
    for (let row = 0; row < 28; row++) expect(made.features.values[3 * row + 1]).toBe(3);
  });
});
