import { describe, expect, it } from "vitest";
import type { Parameter, ParameterValues } from "../../src/tuning/Parameter.js";
import type { Trial } from "../../src/tuning/Trial.js";
import { valueSurface } from "../../src/tuning/valueSurface.js";

const parameters: Readonly<Record<string, Parameter>> = {
  a: { kind: "float", low: 0, high: 10 },
  b: { kind: "float", low: 0.001, high: 1, log: true },
  layers: { kind: "integer", low: 1, high: 3 },
  kind: { kind: "categorical", choices: ["x", "y"] },
};
const trial = (number: number, own: ParameterValues, value: number, broken = -1): Trial => ({
  number,
  parameters: own,
  outcome: { state: "complete", values: [value], steps: [], constraints: { memory: broken }, reason: null },
});

describe("valueSurface", () => {
  it("is the value of a lone trial about it, and says nothing farther away", () => {
    const { values, x, y } = valueSurface({ parameters, trials: [trial(0, { a: 5, b: 0.001 }, 7)] }, ["a", "b"]);
    expect([x[0], x.at(-1), x.length]).toEqual([0, 10, 41]);
    expect([y[0], y.at(-1)]).toEqual([expect.closeTo(0.001, 12), expect.closeTo(1, 12)]);
    const known = values.flatMap((row, up) => row.map((value, across) => ({ value, across, up })));
    for (const { value, across, up } of known) {
      const away = Math.hypot((across + 0.5) / 40 - 0.5, (up + 0.5) / 40);
      if (away <= 0.1199) expect(value).toBeCloseTo(7, 9);
      if (away >= 0.1201) expect(value).toBeNull();
    }
  });

  it("lies between the values of the trials, nearer to that of the nearest", () => {
    const trials = [trial(0, { a: 4.5, b: 0.03 }, 1), trial(1, { a: 5.5, b: 0.03 }, 3)];
    const row = valueSurface({ parameters, trials }, ["a", "b"]).values[19];
    const shown = row.filter((value) => value !== null);
    expect(Math.min(...shown)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...shown)).toBeLessThanOrEqual(3);
    expect(shown).toEqual([...shown].sort((p, q) => p - q));
    const mean = (row[19]! + row[20]!) / 2;
    expect(mean).toBeCloseTo(2, 6);
    const geometric = valueSurface({ parameters, trials }, ["a", "b"], { isLogarithmic: true }).values[19];
    expect(Math.sqrt(geometric[19]! * geometric[20]!)).toBeCloseTo(Math.sqrt(3), 6);
  });

  it("has a cell for each choice and each of few whole numbers, and lets no choice speak for another", () => {
    const surface = valueSurface({ parameters, trials: [trial(0, { layers: 2, kind: "y" }, 5)] }, ["layers", "kind"]);
    expect(surface.x).toEqual([0.5, 1.5, 2.5, 3.5]);
    expect(surface.y).toEqual([-0.5, 0.5, 1.5]);
    expect(surface.values).toEqual([
      [null, null, null],
      [null, 5, null],
    ]);
  });

  it("leaves out trials that broke a constraint, are not complete or lack one of the two", () => {
    const trials: readonly Trial[] = [
      trial(0, { a: 5, b: 0.03 }, 1, 2),
      trial(1, { a: 5 }, 1),
      { number: 2, parameters: { a: 5, b: 0.03 }, outcome: null },
    ];
    expect(
      valueSurface({ parameters, trials }, ["a", "b"])
        .values.flat()
        .every((value) => value === null),
    ).toBe(true);
  });

  it.each([[["a", "depth"]], [["a", "a"]]] as const)("refuses %s", (names) => {
    expect(() => valueSurface({ parameters, trials: [] }, [names[0], names[1]])).toThrow(/two different parameters/);
  });
});
