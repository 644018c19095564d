import { describe, expect, it } from "vitest";
import { detectableShift } from "../../../src/core/statistics/detectableShift.js";
import { noncentralStudent } from "../../../src/core/statistics/noncentralStudent.js";
import { studentPower } from "../../../src/core/statistics/studentPower.js";
import { studentQuantile } from "../../../src/core/statistics/studentQuantile.js";

describe("noncentralStudent", () => {
  it("is Student's tail where nothing differs, with few and broken degrees of freedom too", () => {
    for (const freedom of [0.6, 1, 1.67, 4, 12, 49, 400])
      for (const p of [0.001, 0.05, 0.3, 0.5, 0.9]) {
        const tail = noncentralStudent(studentQuantile(1 - p, freedom), { freedom });
        expect(tail / p, `${p} of ${freedom}`).toBeCloseTo(1, 8);
      }
  });

  it("agrees with SciPy's nct.sf", () => {
    // SciPy 1.17.1: nct.sf(t, freedom, shift)
    for (const [t, freedom, shift, tail] of nonCentral)
      expect(noncentralStudent(t, { freedom, shift }) / tail, `${t}, ${freedom}, ${shift}`).toBeCloseTo(1, 7);
  });

  it("refuses what is no law", () => {
    expect(() => noncentralStudent(1, { freedom: 0 })).toThrow("freedom above 0; got t 1, shift 0, freedom 0");
    expect(() => noncentralStudent(Number.NaN, { freedom: 3 })).toThrow("must be finite");
  });
});

describe("studentPower", () => {
  it("is alpha where there is no difference, on one side or two, and rises with it", () => {
    for (const freedom of [1, 12, 100]) {
      expect(studentPower(0, { freedom })).toBeCloseTo(0.05, 8);
      expect(studentPower(0, { freedom, alpha: 0.1, sides: 2 })).toBeCloseTo(0.1, 8);
      expect(studentPower(1, { freedom })).toBeLessThan(studentPower(2, { freedom }));
    }
    expect(() => studentPower(1, { freedom: 3, alpha: 5 })).toThrow("must lie in (0, 1)");
  });

  it("is what detectableShift turns around", () => {
    for (const freedom of [1, 5, 12, 166])
      for (const power of [0.3, 0.5, 0.8, 0.99])
        expect(studentPower(detectableShift(power, { freedom }), { freedom })).toBeCloseTo(power, 9);
    expect(() => detectableShift(0.05, { freedom: 3 })).toThrow("must be above alpha");
  });
});

const nonCentral: readonly (readonly [number, number, number, number])[] = [
  [1.782, 12, 2.6, 0.789508928158182],
  [2.0, 3, 0.5, 0.1438514925258571],
  [6.3138, 1, 4, 0.46851093079267053],
  [-1, 5, 1.5, 0.9906123543782909],
  [2.1, 1.67, 3, 0.7968143979879421],
  [1.66, 100, -1, 0.004171027415849627],
  [1.66, 100, 5, 0.9995518616559959],
  [3, 8, -2, 2.0792706314396714e-5],
];
