import fc from "fast-check";
import { expect, it } from "vitest";
import { pointCodes } from "../../src/neighbours/pointCodes.js";

it("codes are never farther apart than their points but for one unit of rounding per coordinate", () => {
  const points = fc.integer({ min: 1, max: 30 }).chain((columns) =>
    fc.tuple(
      fc.constant(columns),
      fc.array(fc.array(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: columns, maxLength: columns }), {
        minLength: 2,
        maxLength: 12,
      }),
    ),
  );
  fc.assert(
    fc.property(points, ([columns, rows]) => {
      const values = Float32Array.from(rows.flat());
      const codes = pointCodes(values, columns, Uint32Array.from(rows.keys()));
      const written = rows.map((_, row) => {
        const code = new Int16Array(2 * codes.pairs);
        expect(codes.write(row, code)).toBe(code.reduce((sum, value) => sum + value * value, 0));
        return code;
      });
      for (let a = 0; a < rows.length; a++) {
        for (let b = 0; b < a; b++) {
          const apart = Math.sqrt(written[a].reduce((sum, value, i) => sum + (value - written[b][i]) ** 2, 0));
          const distance = Math.sqrt(
            rows[a].reduce((sum, _, i) => sum + (values[a * columns + i] - values[b * columns + i]) ** 2, 0),
          );
          expect(apart).toBeLessThanOrEqual(distance * codes.scale * (1 + 1e-9) + Math.sqrt(2 * codes.pairs) + 1e-6);
        }
      }
    }),
  );
});
