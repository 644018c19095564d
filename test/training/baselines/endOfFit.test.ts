import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { endOfFit } from "../../../src/training/baselines/endOfFit.js";
import { trainLogistic } from "../../../src/training/baselines/trainLogistic.js";

const features = makeMatrix(["x", "y"], Float32Array.of(-2, 1, -1, 0, 1, 3, 2, -1, 0, 2, 0.5, 1));
const labels = [0, 0, 1, 1, 0, 1];
const fit = (maxIterations: number) => trainLogistic(features, labels, ["low", "high"], { C: 1e6, maxIterations });

describe("endOfFit", () => {
  it("is silent of fits that converged, and tells where iterations ran out (no caller had told)", () => {
    expect(endOfFit([fit(500)])).toBe("");
    expect(endOfFit([fit(1)])).toBe(", not converged in 1 steps");
    expect(endOfFit([fit(500), fit(2), fit(1)])).toBe(", not converged in 2 steps (2 of 3 fits)");
    expect(endOfFit([])).toBe("");
  });
});
