import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isValueOf, lastOf, outerOf, type Parameter, isSameParameter } from "../../src/tuning/Parameter.js";

const stepped = { kind: "float", low: 0, high: 1, step: 0.3 } as const;

describe("values on steps", () => {
  it("are the decimal numbers that they stand for", () => {
    expect(lastOf(stepped)).toBe(0.9);
    expect(lastOf({ ...stepped, high: 0.9 })).toBe(0.9);
    expect(outerOf({ kind: "float", low: 0, high: 1, step: 0.1 }, 0.31)).toBe(0.3);
    expect(lastOf({ kind: "integer", low: 1, high: 10, step: 4 })).toBe(9);
  });

  it("are values of their parameter, and what lies between them is not", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (low, many, share) => {
          const parameter: Parameter = { kind: "float", low: low / 10, high: low / 10 + many * 0.1, step: 0.1 };
          const value = outerOf(parameter, parameter.low + share * (parameter.high - parameter.low)) as number;
          expect(isValueOf(parameter, value)).toBe(true);
          expect(isValueOf(parameter, value + 0.05)).toBe(false);
        },
      ),
    );
  });
});

describe("isValueOf", () => {
  it.each<[Parameter, unknown, boolean]>([
    [stepped, 0.8999999999999999, true],
    [stepped, 1.2, false],
    [stepped, -0.3, false],
    [{ kind: "integer", low: 1, high: 8 }, 2.5, false],
    [{ kind: "integer", low: 1, high: 8, log: true }, 2.5, false],
    [{ kind: "integer", low: 1, high: 8, log: true }, 8, true],
    [{ kind: "float", low: 0, high: 1 }, "0.5", false],
    [{ kind: "float", low: 0, high: 1 }, NaN, false],
    [{ kind: "categorical", choices: [null, false, 0] }, null, true],
    [{ kind: "categorical", choices: [null, false, 0] }, "0", false],
  ])("of %o and %o is %s", (parameter, value, is) => {
    expect(isValueOf(parameter, value as number)).toBe(is);
  });
});

describe("isSameParameter", () => {
  it.each<[Parameter, Parameter, boolean]>([
    [stepped, { ...stepped, high: 0.9 }, true],
    [stepped, { ...stepped, high: 1.2 }, false],
    [stepped, { ...stepped, step: 0.1 }, false],
    [{ kind: "integer", low: 1, high: 8 }, { kind: "integer", low: 1, high: 8, step: 1 }, true],
    [{ kind: "integer", low: 1, high: 8 }, { kind: "integer", low: 1, high: 8, log: true }, false],
    [{ kind: "integer", low: 1, high: 8 }, { kind: "float", low: 1, high: 8, step: 1 }, false],
    [{ kind: "float", low: 1, high: 8 }, { kind: "float", low: 1, high: 8, log: false }, true],
    [{ kind: "categorical", choices: [1, 2] }, { kind: "categorical", choices: [1, 2] }, true],
    [{ kind: "categorical", choices: [1, 2] }, { kind: "categorical", choices: [2, 1] }, false],
    [{ kind: "categorical", choices: [1, 2] }, { kind: "float", low: 1, high: 2 }, false],
  ])("of %o and %o is %s", (a, b, is) => {
    expect(isSameParameter(a, b)).toBe(is);
    expect(isSameParameter(b, a)).toBe(is);
  });
});
