import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { binFeatures } from "../../../src/training/baselines/binFeatures.js";

const columnOf = (values: readonly number[]): ReturnType<typeof makeMatrix> =>
  makeMatrix(["x"], Float32Array.from(values));

describe("binFeatures", () => {
  it("puts a border half way between any two values where there are few", () => {
    const { bins, borders } = binFeatures(columnOf([3, 1, 1, 2, 8]), 4);
    expect([...borders[0]]).toEqual([1.5, 2.5, 5.5]);
    expect([...bins]).toEqual([2, 0, 0, 1, 3]);
  });

  it("has no border in a constant column, and keeps columns apart", () => {
    const { bins, borders } = binFeatures(makeMatrix(["a", "b"], Float32Array.of(7, 1, 7, 2)), 8);
    expect(borders.map((some) => [...some])).toEqual([[], [1.5]]);
    expect([...bins]).toEqual([0, 0, 0, 1]);
  });

  it("fills bins evenly where there are many values", () => {
    const { bins, borders } = binFeatures(
      columnOf(Array.from({ length: 1000 }, (_, i) => Math.exp(((i * 37) % 1000) / 100))),
      8,
    );
    expect(borders[0]).toHaveLength(7);
    expect(Array.from({ length: 8 }, (_, bin) => bins.filter((one) => one === bin).length)).toEqual(
      Array.from({ length: 8 }, () => 125),
    );
  });

  it("asks the same of a bin and of a value, even between neighbouring floats", () => {
    const value = fc.float({ noNaN: true, noDefaultInfinity: true });
    const values = fc.array(fc.oneof(value, fc.constantFrom(1, 1 + 2 ** -23, 1 + 2 ** -22, 0, -0)), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 20 }), (all, most) => {
        const { bins, borders } = binFeatures(columnOf(all), most);
        expect(borders[0].length).toBeLessThan(most);
        Float32Array.from(all).forEach((one, row) =>
          borders[0].forEach((border, b) => expect(one <= border).toBe(bins[row] <= b)),
        );
        // No bin stands empty.
        expect(new Set(bins).size).toBe(borders[0].length + 1);
      }),
    );
  });
});
