import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { innerOf, lastOf, outerOf, type Parameter } from "../../src/tuning/Parameter.js";
import { checkSpace, isActive, type SearchSpace } from "../../src/tuning/SearchSpace.js";

const optimizer = { kind: "categorical", choices: ["sgd", "adam"] } as const;

describe("checkSpace", () => {
  it("gives a space of every kind back as it came", () => {
    const space: SearchSpace = {
      optimizer,
      rate: { kind: "float", low: 1e-4, high: 1e-1, log: true },
      momentum: { kind: "float", low: 0, high: 0.9, step: 0.1, when: { parameter: "optimizer", is: ["sgd"] } },
      width: { kind: "integer", low: 16, high: 256, log: true },
    };
    expect(checkSpace(space)).toBe(space);
  });

  it.each<[string, SearchSpace, RegExp]>([
    ["nothing to vary", {}, /search space: must have at least one parameter; got none/],
    ["ends the wrong way round", { x: { kind: "float", low: 2, high: 1 } }, /x: low must not be above high; got low 2/],
    ["an end that is no number", { x: { kind: "float", low: NaN, high: 1 } }, /x: its ends must be finite numbers/],
    ["ratios that reach 0", { x: { kind: "float", low: 0, high: 1, log: true } }, /x: a range of which ratios count/],
    ["ratios of whole numbers from 0", { x: { kind: "integer", low: 0, high: 9, log: true } }, /must lie above 0/],
    ["a whole number with a broken end", { x: { kind: "integer", low: 0.5, high: 3 } }, /whole numbers must be whole/],
    ["a step of 0", { x: { kind: "float", low: 0, high: 1, step: 0 } }, /x: its step must be a number above 0/],
    ["half a step of whole numbers", { x: { kind: "integer", low: 0, high: 4, step: 0.5 } }, /a whole number above 0/],
    ["a step of ratios", { x: { kind: "float", low: 1, high: 9, step: 1, log: true } }, /goes with differences/],
    ["no choices", { x: { kind: "categorical", choices: [] } }, /x: must have at least one choice; got none/],
    ["a choice twice", { x: { kind: "categorical", choices: ["a", "a"] } }, /x: must have different choices/],
    [
      "a condition on what comes later",
      { x: { kind: "float", low: 0, high: 1, when: { parameter: "optimizer", is: ["sgd"] } }, optimizer },
      /x: its condition must name a parameter that stands before it; got optimizer; before it stand none/,
    ],
    [
      "a condition that never holds",
      { optimizer, x: { kind: "float", low: 0, high: 1, when: { parameter: "optimizer", is: ["lamb"] } } },
      /x: its condition must be on values that optimizer can have; got "lamb"/,
    ],
  ])("refuses %s", (_, space, message) => {
    expect(() => checkSpace(space)).toThrow(message);
  });

  // Such spaces were begun, proposed NaN or Infinity, or were kept in a form that could not be read back.
  it.each<[string, unknown, RegExp]>([
    ["no object", { x: null }, /x: its kind must be one of float, integer, categorical; got \{\}/],
    ["another kind", { x: { kind: "normal", low: 0, high: 1 } }, /its kind must be one of .* got \{"kind":"normal"/],
    ["an end that is a text", { x: { kind: "float", low: "0", high: 1 } }, /it may have low \(number\).* got low: "0"/],
    ["a field that it does not know", { x: { kind: "float", low: 0, high: 1, stp: 0.1 } }, /got stp: 0.1/],
    [
      "choices that are a text",
      { x: { kind: "categorical", choices: "abc" } },
      /may have choices \(list\); got choices/,
    ],
    ["no choices at all", { x: { kind: "categorical" } }, /its choices must be a list; got undefined/],
    [
      "a choice that is NaN",
      { x: { kind: "categorical", choices: [NaN, 1] } },
      /must be texts, finite numbers.* got NaN/,
    ],
    ["a choice that is not there", { x: { kind: "categorical", choices: [1, undefined] } }, /got undefined/],
    ["a choice that is an object", { x: { kind: "categorical", choices: [{ a: 1 }] } }, /got \{"a":1\}/],
    [
      "a range as wide as numbers go",
      { x: { kind: "float", low: -1e308, high: 1e308 } },
      /must lie within 1e\+300 of 0/,
    ],
    ["a range too narrow to be divided", { x: { kind: "float", low: 0, high: 5e-324 } }, /1e-300 apart/],
    ["more steps than numbers", { x: { kind: "float", low: 0, high: 1, step: 1e-300 } }, /must be wide enough/],
    ["a name that objects lose", Object.fromEntries([["__proto__", optimizer]]), /__proto__: its name must be a text/],
    [
      "half a condition",
      { optimizer, x: { ...optimizer, when: { parameter: "optimizer" } } },
      /must name a parameter, and/,
    ],
    ["no condition", { optimizer, x: { ...optimizer, when: null } }, /must name a parameter, and .* got null/],
    ["no space", null, /search space: must have at least one parameter/],
  ])("refuses %s, which a program without types may give", (_, space, message) => {
    expect(() => checkSpace(space as SearchSpace)).toThrow(message);
  });
});

describe("isActive", () => {
  it("holds where the parameter that it hangs on is there, and has one of the values", () => {
    const momentum = { kind: "float", low: 0, high: 1, when: { parameter: "optimizer", is: ["sgd"] } } as const;
    expect(isActive(momentum, { optimizer: "sgd" })).toBe(true);
    expect(isActive(momentum, { optimizer: "adam" })).toBe(false);
    expect(isActive(momentum, {})).toBe(false);
    expect(isActive(optimizer, {})).toBe(true);
  });
});

describe("outerOf", () => {
  const numbers: fc.Arbitrary<Parameter> = fc
    .record({
      kind: fc.constantFrom("float" as const, "integer" as const),
      low: fc.integer({ min: 1, max: 20 }),
      more: fc.integer({ min: 0, max: 100 }),
      form: fc.constantFrom("plain", "log", "step"),
      step: fc.integer({ min: 1, max: 7 }),
    })
    .map(({ kind, low, more, form, step }) => ({
      kind,
      low,
      high: low + more,
      ...(form === "log" ? { log: true } : {}),
      ...(form === "step" ? { step } : {}),
    }));

  it("stays between the ends and on the steps, whatever number comes", () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: -300, max: 300, noNaN: true }), (parameter, inner) => {
        if (parameter.kind === "categorical") return;
        const value = outerOf(parameter, inner) as number;
        expect(value).toBeGreaterThanOrEqual(parameter.low);
        expect(value).toBeLessThanOrEqual(parameter.high);
        if (parameter.kind === "integer") expect(Number.isInteger(value)).toBe(true);
        if (parameter.step !== undefined) expect((value - parameter.low) % parameter.step).toBe(0);
      }),
    );
  });

  it("gives a value back from its inner number", () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (parameter, share) => {
        if (parameter.kind === "categorical") return;
        const value = outerOf(parameter, innerOf(parameter, parameter.low + share * (parameter.high - parameter.low)));
        expect(outerOf(parameter, innerOf(parameter, value))).toBeCloseTo(value as number, 9);
      }),
    );
    expect(optimizer.choices.map((choice) => outerOf(optimizer, innerOf(optimizer, choice)))).toEqual(["sgd", "adam"]);
  });

  it("ends at the last whole step, also of steps that are no binary numbers", () => {
    expect(lastOf({ kind: "float", low: 0, high: 0.3, step: 0.1 })).toBeCloseTo(0.3, 12);
    expect(lastOf({ kind: "integer", low: 0, high: 10, step: 4 })).toBe(8);
  });
});
