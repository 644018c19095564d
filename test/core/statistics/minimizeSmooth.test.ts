import { describe, expect, it } from "vitest";
import { minimizeSmooth } from "../../../src/core/statistics/minimizeSmooth.js";

function rosenbrock(values: Float64Array, gradient: Float64Array): number {
  const [x, y] = values;
  gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x);
  gradient[1] = 200 * (y - x * x);
  return 100 * (y - x * x) ** 2 + (1 - x) ** 2;
}

/** 1/2 Σ scale_i (x_i - i)², plus a constant that drowns small differences of the loss. */
const bowl =
  (scales: readonly number[], constant = 0) =>
  (values: Float64Array, gradient: Float64Array): number =>
    scales.reduce((loss, scale, i) => {
      gradient[i] = scale * (values[i] - i);
      return loss + (scale / 2) * (values[i] - i) ** 2;
    }, constant);

describe("minimizeSmooth", () => {
  it("finds the minimum of Rosenbrock's valley, from which the loss rises to 24 at the start", () => {
    const { values, loss, converged, iterations } = minimizeSmooth(rosenbrock, Float64Array.of(-1.2, 1));
    expect(converged).toBe(true);
    expect(values[0]).toBeCloseTo(1, 9);
    expect(values[1]).toBeCloseTo(1, 9);
    expect(loss).toBeLessThan(1e-18);
    expect(iterations).toBeLessThan(60);
  });

  it("needs one step where the preconditioner is the inverse Hessian", () => {
    const scales = [1e-6, 1, 1e6];
    const { values, iterations } = minimizeSmooth(bowl(scales), Float64Array.of(5, 5, 5), {
      precondition: (vector) => scales.forEach((scale, i) => (vector[i] /= scale)),
    });
    expect(iterations).toBe(1);
    values.forEach((value, i) => expect(value).toBeCloseTo(i, 9));
  });

  it("gets values to 1e-9 although the loss, near 1e6, resolves them to 1e-5 only", () => {
    const { values, converged } = minimizeSmooth(bowl([1, 3, 10], 1e6), Float64Array.of(5, 5, 5), { tolerance: 1e-26 });
    expect(converged).toBe(true);
    values.forEach((value, i) => expect(Math.abs(value - i)).toBeLessThan(1e-9));
  });

  it("leaves the start untouched, starts nothing at a minimum, and reports what did not converge", () => {
    const start = Float64Array.of(-1.2, 1);
    const cut = minimizeSmooth(rosenbrock, start, { maxIterations: 3 });
    expect(cut).toMatchObject({ converged: false, iterations: 3 });
    expect(cut.loss).toBeLessThan(24.2);
    expect(Array.from(start)).toEqual([-1.2, 1]);
    expect(minimizeSmooth(rosenbrock, Float64Array.of(1, 1))).toMatchObject({
      converged: true,
      iterations: 0,
      evaluations: 1,
    });
  });

  it("does not call it converged when the gradient points the wrong way (planted)", () => {
    const wrong = (values: Float64Array, gradient: Float64Array): number => {
      const loss = bowl([1, 1])(values, gradient);
      gradient.forEach((slope, i) => (gradient[i] = -slope));
      return loss;
    };
    expect(minimizeSmooth(wrong, Float64Array.of(3, 3)).converged).toBe(false);
  });

  it("steps back from where the loss is infinite, and refuses to start there", () => {
    const barrier = (values: Float64Array, gradient: Float64Array): number => {
      gradient[0] = 1 - 1 / values[0];
      return values[0] > 0 ? values[0] - Math.log(values[0]) : Infinity;
    };
    expect(minimizeSmooth(barrier, Float64Array.of(0.01)).values[0]).toBeCloseTo(1, 9);
    expect(minimizeSmooth(barrier, Float64Array.of(30)).values[0]).toBeCloseTo(1, 9);
    expect(() => minimizeSmooth(barrier, Float64Array.of(-1))).toThrow("must be finite; got Infinity");
  });

  it("finds its way back from a first step a million times too long (it once stayed at the start)", () => {
    // Steep at the start, of slope 1 far out: the slope there says nothing of where it vanishes.
    const levelling = (values: Float64Array, gradient: Float64Array): number => {
      const x = values[0] - 1;
      gradient[0] = x <= 0 ? 1e6 * x : x / Math.sqrt(1 + x * x);
      return x <= 0 ? 5e5 * x * x : Math.sqrt(1 + x * x) - 1;
    };
    const { values, converged } = minimizeSmooth(levelling, Float64Array.of(0));
    expect(values[0]).toBeCloseTo(1, 7);
    expect(converged).toBe(true);
  });
});
