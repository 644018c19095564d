import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import { minimizeSmooth } from "../../../src/core/statistics/minimizeSmooth.js";
import { requireMinimum } from "../../../src/core/statistics/requireMinimum.js";

/** Rosenbrock's valley, whose minimum is far along a bend. */
const valley = ([x, y]: Float64Array, gradient: Float64Array): number => {
  gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
  gradient[1] = 200 * (y - x * x);
  return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
};
const start = Float64Array.of(-1.2, 1);
const what = { mend: "start elsewhere" };

describe("requireMinimum", () => {
  it("hands on a minimum that was reached", () => {
    const { values } = requireMinimum(minimizeSmooth(valley, start), "here", what);
    expect(values[0]).toBeCloseTo(1, 6);
  });

  it("refuses one that ran out of iterations, saying how far it came", () => {
    const stopped = minimizeSmooth(valley, start, { maxIterations: 3 });
    expect(stopped.converged).toBe(false);
    expect(() => requireMinimum(stopped, "here", what)).toThrow(InputError);
    expect(() => requireMinimum(stopped, "here", what)).toThrow(
      /^here: the fit must reach its minimum; got a loss of .* after 3 iterations; start elsewhere$/,
    );
  });

  it("refuses a gradient that is wrong, whose line search finds no way down", () => {
    const wrong = minimizeSmooth((values, gradient) => -valley(values, gradient) + 1000, start);
    expect(() => requireMinimum(wrong, "here", what)).toThrow("must reach its minimum");
  });

  it("takes a search that rounding ended next to the minimum for one that reached it", () => {
    const found = { ...minimizeSmooth(valley, start), loss: 1, converged: false, decrement: 1e-11 };
    expect(requireMinimum(found, "here", what)).toBe(found);
  });
});
