import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hypervolume } from "../../src/tuning/hypervolume.js";

describe("hypervolume", () => {
  it.each<[string, number[][], number[], number]>([
    ["nothing", [], [1, 1], 0],
    ["a point", [[0.25, 0.5]], [1, 1], 0.375],
    ["one objective", [[3], [1], [2]], [5], 4],
    [
      "stairs",
      [
        [0, 2],
        [1, 1],
        [2, 0],
      ],
      [3, 3],
      6,
    ],
    [
      "two boxes that share a corner",
      [
        [0, 0, 1],
        [0, 1, 0],
      ],
      [2, 2, 2],
      6,
    ],
    [
      "what lies beyond the reference, which is nothing",
      [
        [0, 3],
        [1, 1],
      ],
      [2, 2],
      1,
    ],
  ])("is that of boxes: %s", (_, losses, reference, volume) => {
    expect(hypervolume(losses, reference)).toBeCloseTo(volume, 12);
  });

  it("is the number of cells that a point reaches, in a grid of whole numbers", () => {
    const points = fc
      .integer({ min: 1, max: 4 })
      .chain((many) =>
        fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: many, maxLength: many }), { maxLength: 7 }),
      );
    fc.assert(
      fc.property(points, (losses) => {
        if (losses.length === 0) return;
        const many = losses[0].length;
        let cells = 0;
        for (let code = 0; code < 4 ** many; code++) {
          const cell = Array.from({ length: many }, (_, i) => Math.floor(code / 4 ** i) % 4);
          cells += Number(losses.some((point) => point.every((loss, i) => loss <= cell[i])));
        }
        expect(hypervolume(losses, Array<number>(many).fill(4))).toBe(cells);
      }),
    );
  });
});
