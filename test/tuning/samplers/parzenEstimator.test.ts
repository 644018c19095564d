import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { innerOf, type Parameter } from "../../../src/tuning/Parameter.js";
import { parzenEstimator } from "../../../src/tuning/samplers/parzenEstimator.js";

const float = { kind: "float", low: 0, high: 1 } as const;
const ones = (many: number): Float64Array => new Float64Array(many).fill(1);

describe("parzenEstimator", () => {
  it.each<[string, Parameter, number[], number[]]>([
    ["a number", float, [0.2, 0.25, 0.9], []],
    ["a ratio", { kind: "float", low: 0.01, high: 10, log: true }, [0.1, 5], []],
    ["steps", { kind: "float", low: 0, high: 1, step: 0.25 }, [0.25, 0.5], [0, 0.25, 0.5, 0.75, 1]],
    ["whole numbers", { kind: "integer", low: 1, high: 5 }, [2, 2, 4], [1, 2, 3, 4, 5]],
    ["whole ratios", { kind: "integer", low: 1, high: 6, log: true }, [1, 6], [1, 2, 3, 4, 5, 6]],
    ["choices", { kind: "categorical", choices: ["a", "b", "c"] }, [0, 0, 2], [0, 1, 2]],
  ])("is a density over all of %s: it adds up to 1", (_, parameter, observed, values) => {
    const inner = (value: number): number => (parameter.kind === "categorical" ? value : innerOf(parameter, value));
    const own = parzenEstimator([parameter], [Float64Array.from(observed, inner)], ones(observed.length));
    if (values.length > 0) {
      const logs = own.logDensities([Float64Array.from(values, inner)]);
      expect(logs.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 9);
      return;
    }
    if (parameter.kind === "categorical") throw new Error("choices have values");
    const [low, high] = [inner(parameter.low), inner(parameter.high)];
    const cells = 20_000;
    const width = (high - low) / cells;
    const logs = own.logDensities([Float64Array.from({ length: cells }, (_one, k) => low + (k + 0.5) * width)]);
    expect(logs.reduce((sum, log) => sum + Math.exp(log) * width, 0)).toBeCloseTo(1, 6);
  });

  it("draws as it says: shares of draws are those of the density", () => {
    const own = parzenEstimator([float], [Float64Array.of(0.1, 0.15)], ones(2));
    const [drawn] = own.sample(seededRandom(1), 20_000);
    const cells = 1000;
    const density = own.logDensities([Float64Array.from({ length: cells }, (_, k) => (k + 0.5) / cells)]);
    for (const [from, to] of [
      [0, 0.2],
      [0.2, 0.5],
      [0.5, 1],
    ]) {
      const wanted = density.reduce((sum, log, k) => {
        const at = (k + 0.5) / cells;
        return sum + (at >= from && at < to ? Math.exp(log) / cells : 0);
      }, 0);
      expect(drawn.filter((value) => value >= from && value < to).length / drawn.length).toBeCloseTo(wanted, 1);
    }
    expect(drawn.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it("is flat but for the middle's own bell where nothing was observed", () => {
    const own = parzenEstimator([float], [new Float64Array(0)], ones(0));
    const [end, middle] = own.logDensities([Float64Array.of(0, 0.5)]);
    // One bell as wide as the range, cut at its ends.
    expect(middle - end).toBeCloseTo(0.125, 12);
  });

  it("widens an observation to its farther neighbour, at least to what so many leave to each", () => {
    // Widths: 0.3 to 0.1 on its only side, 0.6 to the farther one, and so on; the middle is 1 wide.
    const own = parzenEstimator([float], [Float64Array.of(0.1, 0.3, 0.9)], ones(3));
    const bell = (at: number, centre: number, width: number): number => {
      const phi = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
      let inside = 0;
      for (let k = 0; k < 20_000; k++) inside += phi(((k + 0.5) / 20_000 - centre) / width) / width / 20_000;
      return phi((at - centre) / width) / width / inside;
    };
    const wanted = (bell(0.4, 0.1, 0.2) + bell(0.4, 0.3, 0.6) + bell(0.4, 0.9, 0.6) + bell(0.4, 0.5, 1)) / 4;
    expect(Math.exp(own.logDensities([Float64Array.of(0.4)])[0])).toBeCloseTo(wanted, 6);
  });

  it("tells parameters of one kernel together: two that move as one stay so", () => {
    const diagonal = Float64Array.from({ length: 20 }, (_, k) => (k + 0.5) / 20);
    const own = parzenEstimator([float, float], [diagonal, diagonal], ones(20));
    const [on, off] = own.logDensities([Float64Array.of(0.2, 0.2), Float64Array.of(0.2, 0.8)]);
    expect(on - off).toBeGreaterThan(2);
  });
});
