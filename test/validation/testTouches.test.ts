import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Touch } from "../../src/core/Touch.js";
import { lockedTestMeasurements, testTouches } from "../../src/validation/testTouches.js";

const touch = (line: string, manifest: string, model: string): Touch => ({ line, manifest, model });
const some = [
  touch("network", "m", "1"),
  touch("network", "m", "2"),
  touch("network", "m", "1"),
  touch("network", "other", "3"),
  touch("logistic", "m", "1"),
];

describe("testTouches", () => {
  it("counts versions of one line on one test: other lines, other tests and the same bytes again do not count", () => {
    expect(testTouches(some, { line: "network", manifest: "m" })).toBe(2);
    expect(testTouches(some, { line: "network", manifest: "other" })).toBe(1);
    expect(testTouches(some, { line: "forest", manifest: "m" })).toBe(0);
  });

  it("never falls as touches are added, in whatever order they come", () => {
    const anyTouch = fc.record({
      line: fc.constantFrom("a", "b"),
      manifest: fc.constantFrom("m", "n"),
      model: fc.constantFrom("1", "2", "3"),
    });
    fc.assert(
      fc.property(fc.array(anyTouch), anyTouch, (touches, one) => {
        const count = (all: readonly Touch[]): number => testTouches(all, one);
        expect(count([one, ...touches])).toBeGreaterThanOrEqual(count(touches));
        expect(count([...touches, one])).toBe(count([one, ...touches].reverse()));
      }),
    );
  });
});

describe("lockedTestMeasurements", () => {
  const values = (touches: readonly Touch[], manifest: string, locked: string): (number | null)[] =>
    lockedTestMeasurements(touches, { manifest, locked }).map(({ value }) => value);

  it("gives the line that looked most, and whether the test read is the one that was locked", () => {
    expect(values(some, "m", "m")).toEqual([2, 1]);
    expect(values(some, "m", "locked")).toEqual([2, 0]);
    expect(lockedTestMeasurements(some, { manifest: "m", locked: "m" })[0].n).toBe(2);
  });

  it("knows no count where no model has been judged: nothing looked at is no clean record", () => {
    expect(lockedTestMeasurements(some, { manifest: "new", locked: "new" })[0]).toMatchObject({
      value: null,
      reason: "no model has been judged on this test",
    });
  });
});
