import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../../src/core/Matrix.js";
import {
  fitKernel,
  type KernelEvidence,
  type KernelFit,
  type KernelProblem,
} from "../../../../src/training/baselines/gaussian/fitKernel.js";

/** Features of standard deviation 1 and 10, and one that is constant. */
const features = makeMatrix(["a", "b", "c"], Float32Array.of(1, 10, 5, -1, -10, 5));
const bounds = { features, noise: true, largestVariance: 1e5 };

/** A paraboloid with its top at the given logs. */
function paraboloid(top: readonly number[]): KernelEvidence {
  return (logs, gradient) =>
    -top.reduce((sum, place, i) => {
      gradient[i] = -2 * (i + 1) * (logs[i] - place);
      return sum + (i + 1) * (logs[i] - place) ** 2;
    }, 0);
}
const fit = (
  { evidence, ...problem }: Partial<KernelProblem> & { readonly evidence: KernelEvidence },
  search = {},
): KernelFit | null => fitKernel({ ...bounds, ...problem, evidenceOf: () => evidence }, search, "caller");

describe("fitKernel", () => {
  it("finds the top of an evidence inside the bounds", () => {
    const top = [3, -2, 5, 0, -4];
    const found = fit({ evidence: paraboloid(top) })!;
    expect(found.converged).toBe(true);
    top.forEach((place, i) => expect(found.logs[i]).toBeCloseTo(place, 2));
    expect(found.evidence).toBeGreaterThan(-1e-4);
  });

  it("ends at the bounds where the top lies beyond them", () => {
    const found = fit({ evidence: paraboloid([20, 20, -20, 0, -20]), largestVariance: 100 })!;
    expect(found.converged).toBe(true);
    [Math.log(100), Math.log(1e5), -Math.log(1e5), 0, -Math.log(1e5)].forEach((place, i) =>
      expect(found.logs[i]).toBeCloseTo(place, 2),
    );
    expect(found.logs[0]).toBeLessThanOrEqual(Math.log(100));
  });

  it("starts from lengths of √columns standard deviations, thrice, and goes on from the best", () => {
    const seen: number[][] = [];
    const top = paraboloid([0, 0, 0, 0, 0]);
    fit({
      evidence: (logs, gradient) => {
        seen.push(Array.from(logs));
        return top(logs, gradient);
      },
    });
    const starts = [
      [1, 0.1],
      [2, 0.5],
      [0.5, 0.01],
    ].map(([length, noise]) =>
      [1, 1, 10, 1].map((unit, i) => (i === 0 ? 0 : Math.log(length * Math.sqrt(3) * unit))).concat(Math.log(noise)),
    );
    for (const start of starts)
      expect(seen.some((logs) => logs.every((log, i) => Math.abs(log - start[i]) < 1e-9))).toBe(true);
    // Of two tops it takes the higher one, which only the third start reaches.
    const found = fit({
      evidence: (logs, gradient) => {
        const [place, height] = logs[1] < 0.3 ? [-1, 10] : [2, 0];
        return height + paraboloid([0, place, 0, 0, 0])(logs, gradient);
      },
    })!;
    expect(found.evidence).toBeCloseTo(10, 3);
    expect(found.logs[1]).toBeCloseTo(-1, 2);
  });

  it("counts its steps, and says that they did not suffice", () => {
    const found = fit({ evidence: paraboloid([9, 9, -9, 9, -9]) }, { maxIterations: 3 })!;
    expect(found.iterations).toBeLessThanOrEqual(3);
    expect(found.converged).toBe(false);
  });

  it("leaves out starts without an evidence, and gives null where none has one", () => {
    const top = paraboloid([0, 0, 0, 0, 0]);
    const found = fit({ evidence: (logs, gradient) => (logs[4] < -4 ? -Infinity : top(logs, gradient)) });
    expect(found!.evidence).toBeCloseTo(0, 3);
    expect(fit({ evidence: () => -Infinity })).toBeNull();
  });

  it("searches 500 of more rows first, spread evenly, and ends with all from the better of what it knows", () => {
    const many = makeMatrix(
      ["x"],
      Float32Array.from({ length: 1200 }, (_, row) => row),
    );
    const asked: ("all" | Uint32Array)[] = [];
    const found = (some: KernelEvidence, all: KernelEvidence): KernelFit =>
      fitKernel(
        {
          ...bounds,
          features: many,
          evidenceOf: (rows) => {
            asked.push(rows);
            return rows === "all" ? all : some;
          },
        },
        {},
        "caller",
      )!;
    const [near, top] = [paraboloid([1, 2, -1]), paraboloid([1.1, 2.1, -1.1])];
    const alone = fit({ features: makeMatrix(["x"], Float32Array.of(0, 692.8)), evidence: top })!;
    const fast = found(near, top);
    expect(fast.evidence).toBeGreaterThan(-1e-4);
    expect(fast.iterations).toBeLessThan(alone.iterations);
    const [rows, all] = asked;
    expect(all).toBe("all");
    expect(rows.length).toBe(500);
    expect(Array.from(rows as Uint32Array).slice(0, 4)).toEqual([0, 2, 4, 7]);
    expect(rows[499]).toBe(1197);
    // What the 500 rows say may mislead, or be nothing at all.
    expect(found(paraboloid([-9, -9, -9]), top).evidence).toBeGreaterThan(-1e-4);
    expect(found(() => -Infinity, top).evidence).toBeGreaterThan(-1e-4);
  });
});

describe("fitKernel with one length for all features", () => {
  it("gives each the same in units of its standard deviation, and climbs as far as one length can", () => {
    // The tops of the three lengths are apart: one length settles at their weighted mean.
    const found = fit({ evidence: paraboloid([1, 0.5, 0.5 + Math.log(10), 2, -1]) }, { lengths: "shared" })!;
    const [variance, ...rest] = Array.from(found.logs);
    expect(variance).toBeCloseTo(1, 2);
    expect(rest[1] - rest[0]).toBeCloseTo(Math.log(10), 9);
    expect(rest[2] - rest[0]).toBeCloseTo(0, 9);
    expect(rest[0]).toBeCloseTo((2 * 0.5 + 3 * 0.5 + 4 * 2) / 9, 2);
    expect(rest[3]).toBeCloseTo(-1, 2);
  });
});
