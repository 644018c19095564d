import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dominationRanks } from "../../src/tuning/dominationRanks.js";
import { frontOrder } from "../../src/tuning/frontOrder.js";
import { hypervolume } from "../../src/tuning/hypervolume.js";

const points = fc
  .integer({ min: 2, max: 3 })
  .chain((many) =>
    fc.array(fc.array(fc.integer({ min: -3, max: 6 }), { minLength: many, maxLength: many }), { maxLength: 12 }),
  );

describe("frontOrder", () => {
  it("has every point once, front after front", () => {
    fc.assert(
      fc.property(points, fc.nat(12), (losses, most) => {
        const order = [...frontOrder(losses, most)];
        expect(order.toSorted((a, b) => a - b)).toEqual([...losses.keys()]);
        const ranks = order.map((at) => dominationRanks(losses)[at]);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
    );
  });

  it("adds the most volume with each point of a front", () => {
    fc.assert(
      fc.property(points, (losses) => {
        const ranks = dominationRanks(losses);
        const front = [...losses.keys()].filter((at) => ranks[at] === 0);
        if (front.length < 2) return;
        const reference = losses[0].map((_, i) => {
          const worst = Math.max(...front.map((at) => losses[at][i]));
          return Math.max(1.1 * worst, 0.9 * worst) || 1e-12;
        });
        const chosen: (readonly number[])[] = [];
        for (const at of frontOrder(losses).slice(0, front.length)) {
          const of = (one: number): number => hypervolume([...chosen, losses[one]], reference);
          expect(of(at)).toBeGreaterThan(Math.max(...front.map(of)) - 1e-9);
          chosen.push(losses[at]);
        }
      }),
    );
  });
});
