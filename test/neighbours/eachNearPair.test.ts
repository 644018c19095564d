import { describe, expect, it } from "vitest";
import type { Schema } from "../../src/core/Schema.js";
import { makeTable } from "../../src/core/Table.js";
import { eachNearPair } from "../../src/neighbours/eachNearPair.js";

const schema: Schema = { x: { kind: "number", unit: "1", meaning: "" } };
const table = makeTable(schema, { x: Float64Array.of(0, 100, 0.01, 0.02, 0.01) });

// That every pair is found is shown of nearDuplicateRows, which collects them.
describe("eachNearPair", () => {
  it("hands over the lower row first, with the distance, and the first of equal rows for all", () => {
    const found: (readonly [number, number])[] = [];
    eachNearPair(table, { tolerance: 0.001 }, (one, other, distance) => {
      expect(distance).toBeGreaterThan(0);
      expect(distance).toBeLessThanOrEqual(0.001);
      found.push([one, other]);
      return true;
    });
    expect(found.sort((a, b) => a[0] - b[0] || a[1] - b[1])).toEqual([
      [0, 2],
      [0, 3],
      [2, 3],
    ]);
  });

  it("ends as soon as it is told to", () => {
    let pairs = 0;
    eachNearPair(table, { tolerance: 0.001 }, () => ++pairs < 2);
    expect(pairs).toBe(2);
  });
});
