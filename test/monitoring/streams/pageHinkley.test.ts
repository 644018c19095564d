import { describe, expect, it } from "vitest";
import { pageHinkley, type PageHinkleyState, startPageHinkley } from "../../../src/monitoring/streams/pageHinkley.js";
import { alarmRows, goldenStreams, riverStreams } from "./goldenStreams.js";

const forms = [
  ["page_hinkley_paper_lambda50_delta0.005", { threshold: 50, slack: 0.005 }],
  ["page_hinkley_paper_lambda10_delta0.005", { threshold: 10, slack: 0.005 }],
  ["page_hinkley_paper_lambda5_delta0.005", { threshold: 5, slack: 0.005 }],
  ["page_hinkley_paper_lambda10_delta0.05", { threshold: 10, slack: 0.05 }],
  ["page_hinkley_river_defaults (lambda50, delta.005, alpha.9999)", { threshold: 50, slack: 0.005, keep: 0.9999 }],
  ["page_hinkley_river_lambda10", { threshold: 10, slack: 0.005, keep: 0.9999 }],
] as const;

describe("pageHinkley", () => {
  it.each(forms)("first alarms at the row of %s on every reference stream", (form, settings) => {
    for (const { name, values, expected } of goldenStreams)
      expect([name, alarmRows(startPageHinkley(settings), pageHinkley, values)[0] ?? null]).toEqual([
        name,
        expected[form],
      ]);
  });

  it("alarms at the row that river documents for its docstring's stream", () => {
    const start = startPageHinkley({ threshold: 50, slack: 0.005, keep: 0.9999, leastRows: 29 });
    expect(alarmRows(start, pageHinkley, riverStreams.docstring)[0]).toBe(riverStreams.page_hinkley_docstring);
  });

  it("starts again after an alarm, from nothing, and goes on from JSON", () => {
    const rising = [...new Array<number>(30).fill(0), 60];
    let state: PageHinkleyState = rising.reduce(pageHinkley, startPageHinkley({ threshold: 50, slack: 0 }));
    expect(state).toMatchObject({ rows: 31, alarms: 1, since: 0, mean: 0, sum: 0 });
    state = JSON.parse(JSON.stringify(state)) as PageHinkleyState;
    expect(rising.reduce(pageHinkley, state).alarms).toBe(2);
  });

  it("refuses NaN and settings out of range by name", () => {
    expect(() => pageHinkley(startPageHinkley({ threshold: 1, slack: 0 }), Infinity)).toThrow("pageHinkley, row 0");
    expect(() => startPageHinkley({ threshold: 0, slack: 0 })).toThrow("the threshold must be above 0");
    expect(() => startPageHinkley({ threshold: 1, slack: -1 })).toThrow("the slack must be at least 0");
    expect(() => startPageHinkley({ threshold: 1, slack: 0, keep: 0 })).toThrow("keeps must lie in (0, 1]");
    expect(() => startPageHinkley({ threshold: 1, slack: 0, leastRows: 0 })).toThrow("leastRows must be 1 or more");
  });
});
