import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adwin, type AdwinState, startAdwin } from "../../../src/monitoring/streams/adwin.js";
import { alarmRows, goldenStreams, riverStreams } from "./goldenStreams.js";

const follow = (values: readonly number[], state: AdwinState): AdwinState => values.reduce(adwin, state);

describe("adwin", () => {
  it.each(goldenStreams.map(({ name, values, expected }) => [name, values, expected] as const))(
    "alarms at the rows of river's rule on %s, and keeps the window that it keeps",
    (_, values, expected) => {
      const { alarms, final_width } = expected["adwin_river_delta0.002"];
      const start = startAdwin({ delta: 0.002 });
      expect(alarmRows(start, adwin, values)).toEqual(alarms);
      expect(follow(values, start).width).toBe(final_width);
    },
  );

  it("alarms where river documents it, on its docstring's stream and, started again, on three changes", () => {
    expect(alarmRows(startAdwin({ delta: 0.002 }), adwin, riverStreams.docstring)[0]).toBe(
      riverStreams.adwin_docstring[0],
    );
    let state = startAdwin({ delta: 0.002 });
    const restarted = riverStreams.multiple.flatMap((value, row) => {
      state = adwin(state, value);
      if (state.alarms === 0) return [];
      state = startAdwin({ delta: 0.002 });
      return [row];
    });
    expect(restarted).toEqual(riverStreams.adwin_multiple);
  });

  it("keeps width, sum and squared distances of its window exactly, whatever it dropped", () => {
    const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(values, fc.double({ min: -20, max: 20, noNaN: true }), (some, jump) => {
        const all = [...some, ...some.map((value) => value + jump)];
        const state = follow(all, startAdwin({ delta: 0.05, clock: 4 }));
        const window = all.slice(all.length - state.width);
        const sum = window.reduce((a, b) => a + b, 0);
        expect(state.rows).toBe(all.length);
        expect(state.total).toBeCloseTo(sum, 6);
        expect(state.squares).toBeCloseTo(
          window.reduce((a, b) => a + (b - sum / window.length) ** 2, 0),
          5,
        );
        expect(state.buckets.flatMap((row, i) => row.map(() => 2 ** i)).reduce((a, b) => a + b, 0)).toBe(state.width);
      }),
      { numRuns: 50 },
    );
  });

  it("goes on from JSON as if it had never stopped", () => {
    const { values } = goldenStreams[1];
    const half = follow(values.slice(0, 1100), startAdwin({ delta: 0.002 }));
    const revived = JSON.parse(JSON.stringify(half)) as AdwinState;
    expect(follow(values.slice(1100), revived)).toEqual(follow(values, startAdwin({ delta: 0.002 })));
  });

  it("refuses NaN and settings out of range by name", () => {
    expect(() => adwin(startAdwin({ delta: 0.1 }), NaN)).toThrow("adwin, row 0: a value must be a finite number");
    expect(() => startAdwin({ delta: 0 })).toThrow("delta must lie in (0, 1); got 0");
    expect(() => startAdwin({ delta: 0.1, clock: 0.5 })).toThrow("the clock must be an integer of at least 1");
  });
});
