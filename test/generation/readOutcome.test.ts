import { describe, expect, it } from "vitest";
import { boxMuller } from "../../src/core/random/boxMuller.js";
import { philoxUniforms } from "../../src/core/random/philoxUniforms.js";
import { measure, peakNoise, type TrueOutcome } from "../../src/generation/measure.js";
import { type Reading, readOutcome } from "../../src/generation/readOutcome.js";

const outcome: TrueOutcome = { size: 10, dispersion: 0.13, peak: 514, width: 20, quantumYield: 0.3, leadYield: 0.5 };
const names = Object.keys(outcome) as (keyof TrueOutcome)[];
const probabilities = [0.4, 0.25, 0.05, 0.2, 0.1];
const key = [123, 456] as const;
const read = (
  row: number,
  {
    noise = 1,
    of = probabilities,
    label = 0,
    stream = key,
  }: {
    readonly noise?: number;
    readonly of?: readonly number[];
    readonly label?: number;
    readonly stream?: readonly [number, number];
  } = {},
): Reading => readOutcome({ label, probabilities: of, outcome }, { row, key: stream, noise, gain: 1, shift: 0 });
const rows = Array.from({ length: 20_000 }, (_, row) => row);

describe("readOutcome", () => {
  it("writes the five labels as often as their probabilities say (chi-squared below its 99.99 % point)", () => {
    const counts = probabilities.map(() => 0);
    for (const row of rows) counts[read(row).phase]++;
    // scipy 1.14.1: chi2.ppf(0.9999, 4).
    expect(
      counts.reduce(
        (sum, n, phase) => sum + (n - rows.length * probabilities[phase]) ** 2 / (rows.length * probabilities[phase]),
        0,
      ),
    ).toBeLessThan(23.52);
  });

  it("gives the noise-free label and the truth at noise 0, whatever the probabilities", () => {
    for (const label of [0, 1, 2, 3])
      expect(read(7, { noise: 0, label, of: [0, 0, 0, 0, 1] })).toEqual({ phase: label, outcome });
  });

  it("never writes a label of probability 0", () => {
    expect(new Set(rows.slice(0, 2000).map((row) => read(row, { of: [0, 0.5, 0, 0.5, 0] }).phase))).toEqual(
      new Set([1, 3]),
    );
  });

  it("measures nothing of what was not noticed", () => {
    for (const reading of [read(1, { noise: 0, label: 4 }), read(1, { of: [0, 0, 0, 0, 1] })]) {
      expect(reading.phase).toBe(4);
      expect(Object.values(reading.outcome)).toEqual(names.map(() => Number.NaN));
    }
  });

  it("draws by hand: of seven uniform numbers of the row the first is the label's", () => {
    const u = philoxUniforms(7, { row: 42, key });
    const z = [...boxMuller(u[1], u[2]), ...boxMuller(u[3], u[4]), ...boxMuller(u[5], u[6])].map(
      (value) => 0.5 * value,
    );
    const { phase, outcome: seen } = read(42, { noise: 0.5, of: [1, 0, 0, 0, 0] });
    expect(phase).toBe(0);
    expect(seen).toEqual(measure(outcome, z, 1, 0));
  });

  it("is the same for the same row and stream, and another for another row or stream", () => {
    const sure = [1, 0, 0, 0, 0];
    expect(read(3, { of: sure })).toEqual(read(3, { of: sure }));
    expect(read(3, { of: sure }).outcome).not.toEqual(read(4, { of: sure }).outcome);
    expect(read(3, { of: sure }).outcome).not.toEqual(read(3, { of: sure, stream: [123, 457] }).outcome);
  });

  it("has errors of the six readings and of neighbouring rows that are uncorrelated", () => {
    const sure = [1, 0, 0, 0, 0];
    const deviation = [0.5, 0.013, peakNoise(10), 1, Math.hypot(0.05, 0.105), 0.03];
    const errors = rows.map((row) =>
      names.map((name, i) => (read(row, { of: sure }).outcome[name] - outcome[name]) / deviation[i]),
    );
    const correlation = (a: number, b: number, lag: number): number =>
      errors.slice(lag).reduce((sum, row, i) => sum + row[a] * errors[i][b], 0) / rows.length;
    for (let a = 0; a < 6; a++) {
      for (let b = 0; b < 6; b++) {
        if (a !== b)
          expect(Math.abs(correlation(a, b, 0)), `${names[a]}, ${names[b]}`).toBeLessThan(4.5 / Math.sqrt(rows.length));
        expect(Math.abs(correlation(a, b, 1)), `${names[a]}, then ${names[b]}`).toBeLessThan(
          4.5 / Math.sqrt(rows.length),
        );
      }
    }
  });

  it("has readings that do not depend on the label, within four standard errors", () => {
    const sizes = new Map<number, number[]>([
      [0, []],
      [3, []],
    ]);
    for (const row of rows) {
      const {
        phase,
        outcome: { size },
      } = read(row, { of: [0.5, 0, 0, 0.5, 0] });
      sizes.get(phase)!.push(Math.log(size));
    }
    const [first, second] = [...sizes.values()].map((values) => values.reduce((a, b) => a + b, 0) / values.length);
    expect(Math.abs(first - second)).toBeLessThan(4 * 0.05 * Math.sqrt(4 / rows.length));
  });
});
