import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearDuplicateRows } from "../../../src/validation/leakage/nearDuplicateRows.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import type { Schema } from "../../../src/core/Schema.js";
import { categoryColumn, makeTable, type Table } from "../../../src/core/Table.js";

const schema: Schema = {
  x: { kind: "number", unit: "1", meaning: "" },
  y: { kind: "number", unit: "1", meaning: "" },
  z: { kind: "number", unit: "1", meaning: "" },
  kind: { kind: "category", unit: "", meaning: "" },
};

type Row = readonly [number, number, number, string];

function tableOf(rows: readonly Row[]): Table {
  const numbers = (i: 0 | 1 | 2): Float64Array => Float64Array.from(rows, (row) => row[i]);
  return makeTable(schema, {
    x: numbers(0),
    y: numbers(1),
    z: numbers(2),
    kind: categoryColumn(rows.map((row) => row[3])),
  });
}

/** All pairs looked at one by one, straight from the definition. */
function bruteForce(rows: readonly Row[], tolerance: number, partOf?: readonly number[]): [number, number][] {
  const scales = ([0, 1, 2] as const).map((i) => {
    const present = rows.map((row) => row[i]).filter((value) => !Number.isNaN(value));
    const mean = present.reduce((a, b) => a + b, 0) / present.length;
    return Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / present.length);
  });
  const distance = (a: Row, b: Row): number => {
    if (a[3] !== b[3] || ([0, 1, 2] as const).some((i) => Number.isNaN(a[i]) !== Number.isNaN(b[i]))) return Infinity;
    return Math.hypot(
      ...([0, 1, 2] as const).map((i) => (Number.isNaN(a[i]) || a[i] === b[i] ? 0 : (a[i] - b[i]) / scales[i])),
    );
  };
  const part = (row: number): number => partOf?.[row] ?? 0;
  const isCopy = rows.map((row, j) =>
    rows.slice(0, j).some((other, i) => part(i) === part(j) && distance(row, other) === 0),
  );
  const pairs: [number, number][] = [];
  rows.forEach((row, j) => {
    for (let i = 0; i < j; i++) {
      const apart = distance(rows[i], row);
      if (!isCopy[i] && !isCopy[j] && apart > 0 && apart <= tolerance && (partOf === undefined || part(i) !== part(j)))
        pairs.push([i, j]);
    }
  });
  return pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

describe("nearDuplicateRows", () => {
  // Multiples of an eighth make ties, copies and distances; the thirds keep distances away from the tolerances.
  const number = fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: -20, max: 20 }).map((i) => i / 8) },
    { weight: 1, arbitrary: fc.constant(Number.NaN) },
  );
  const anyRows = fc.array(fc.tuple(number, number, number, fc.constantFrom("a", "b")), {
    minLength: 2,
    maxLength: 80,
  });

  it("finds exactly the pairs that a look at every pair finds, whatever the tolerance", () => {
    fc.assert(
      fc.property(anyRows, fc.constantFrom(0.0101, 0.1003, 0.3007, 1.0009, 5.0011), (rows, tolerance) => {
        expect(nearDuplicateRows(tableOf(rows), { tolerance }).pairs.map((pair) => [...pair.rows])).toEqual(
          bruteForce(rows, tolerance),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("finds exactly those between parts, where parts are given", () => {
    fc.assert(
      fc.property(anyRows, fc.constantFrom(0.1003, 0.6007), (rows, tolerance) => {
        const partOf = rows.map((_, row) => (row * 7) % 3);
        expect(nearDuplicateRows(tableOf(rows), { tolerance, partOf }).pairs.map((pair) => [...pair.rows])).toEqual(
          bruteForce(rows, tolerance, partOf),
        );
      }),
      { numRuns: 200 },
    );
  });

  it("finds every pair among thousands of rows that lie densely, across all borders of cells", () => {
    const random = seededRandom(3);
    const rows = Array.from({ length: 1500 }, (): Row => [random(), random(), random() ** 4, "a"]);
    for (const tolerance of [0.02, 0.2]) {
      const expected = bruteForce(rows, tolerance);
      expect(expected.length).toBeGreaterThan(5);
      expect(nearDuplicateRows(tableOf(rows), { tolerance }).pairs.map((pair) => [...pair.rows])).toEqual(expected);
    }
  });

  it("measures distance in standard deviations of the rows looked at", () => {
    const table = tableOf([
      [0, 0, 0, "a"],
      [2, 0, 0, "a"],
      [1e6, 1e6, 1e6, "a"],
    ]);
    expect(nearDuplicateRows(table, { tolerance: 3, rows: Uint32Array.of(0, 1), names: ["x"] })).toEqual({
      pairs: [{ rows: [0, 1], distance: 2 }],
      complete: true,
    });
    expect(nearDuplicateRows(table, { tolerance: 3, names: ["x"] }).pairs[0].distance).toBeLessThan(1e-5);
  });

  it("is no slower for many equal rows, and says when it ended early", () => {
    const equal = tableOf(Array.from({ length: 50_000 }, (): Row => [1, 2, 3, "a"]));
    expect(nearDuplicateRows(equal, { tolerance: 0.1 })).toEqual({ pairs: [], complete: true });
    const random = seededRandom(1);
    const close = tableOf(Array.from({ length: 1000 }, (): Row => [random(), random(), random(), "a"]));
    const few = nearDuplicateRows(close, { tolerance: 3, most: 10 });
    expect([few.pairs.length, few.complete]).toEqual([10, false]);
  });

  it("of an empty table, of one without numbers and of columns that do not vary finds nothing", () => {
    expect(nearDuplicateRows(tableOf([]), { tolerance: 1 }).pairs).toEqual([]);
    expect(
      nearDuplicateRows(
        tableOf([
          [1, 1, 1, "a"],
          [2, 2, 2, "a"],
        ]),
        { tolerance: 1, names: ["kind"] },
      ).pairs,
    ).toEqual([]);
    expect(
      nearDuplicateRows(
        tableOf([
          [0.1, 0.1, 0.1, "a"],
          [0.1, 0.1, 0.1, "b"],
          [0.1, 0.1, 0.1, "c"],
        ]),
        { tolerance: 1 },
      ).pairs,
    ).toEqual([]);
  });

  it("refuses a tolerance of 0, NaN and infinite numbers", () => {
    const table = tableOf([
      [1, 2, 3, "a"],
      [1, Infinity, 3, "a"],
    ]);
    expect(() => nearDuplicateRows(table, { tolerance: 0 })).toThrow(
      "the tolerance must be a number above 0, in standard deviations; got 0; duplicateRows finds equal rows",
    );
    expect(() => nearDuplicateRows(table, { tolerance: Number.NaN })).toThrow("got NaN");
    expect(() => nearDuplicateRows(table, { tolerance: 1 })).toThrow(
      "numbers must be finite, or missing; row 1, column y is Infinity",
    );
  });
});
