import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oracleSetSize } from "../../../src/uncertainty/conformal/oracleSetSize.js";

describe("oracleSetSize", () => {
  it("is (1 - alpha) · classes where nothing is known, and 1 - alpha where everything is", () => {
    expect(oracleSetSize(new Array<number>(10).fill(0.2), 2, 0.1)).toBeCloseTo(4.5, 12);
    expect(oracleSetSize([1, 0, 0, 1], 2, 0.1)).toBeCloseTo(0.9, 12);
  });

  it("fills sure rows first: one row at (0.9, 0.1) and one at (0.6, 0.4) reach 75 % with one class each", () => {
    expect(oracleSetSize([0.9, 0.1, 0.6, 0.4], 2, 0.25)).toBeCloseTo(1, 12);
    expect(oracleSetSize([0.9, 0.1, 0.6, 0.4], 2, 0.1)).toBeCloseTo((2 + 0.3 / 0.4) / 2, 12);
  });

  it("grows as alpha falls, up to all classes", () => {
    const row = fc
      .array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 })
      .filter((counts) => counts.some((count) => count > 0))
      .map((counts) => counts.map((count) => count / counts.reduce((a, b) => a + b)));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 98 }), (rows, percent) => {
        const size = oracleSetSize(rows.flat(), rows.length, percent / 100);
        expect(size).toBeGreaterThanOrEqual(oracleSetSize(rows.flat(), rows.length, (percent + 1) / 100));
        expect(size).toBeLessThanOrEqual(3);
      }),
    );
  });

  it("refuses alpha outside (0, 1) and rows that are no probabilities", () => {
    expect(() => oracleSetSize([1, 0], 1, 1)).toThrow("must lie between 0 and 1");
    expect(() => oracleSetSize([1, 1], 1, 0.1)).toThrow("row 0 sums to 2");
  });
});
