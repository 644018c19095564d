import { afterEach, describe, expect, it, vi } from "vitest";
import { formatRun } from "../../../src/workspace/notebooks/formatRun.js";
import { progressReport } from "../../../src/workspace/notebooks/progressReport.js";
import type { NotebookProgress } from "../../../src/workspace/notebooks/runNotebooks.js";

const failure = {
  cell: 2,
  firstLine: "const recipes = await readTable(path);",
  ename: "InputError",
  evalue: "a.csv: must be readable",
  traceback: ["InputError: a.csv: must be readable", "  at cell 2, line 1"],
};
const story: NotebookProgress[] = [
  { name: "01-one", state: "starting" },
  { name: "01-one", state: "running", cell: 1, of: 2 },
  { name: "01-one", state: "running", cell: 2, of: 2 },
  {
    name: "01-one",
    state: "done",
    written: ["figures/01-a.svg", "data/evidence/01-a.json", "data/evidence/01-b.json"],
    removed: ["figures/01-old.svg"],
    processorSeconds: 1.52,
  },
  { name: "02-two", state: "skipped" },
  { name: "03-three", state: "running", cell: 1, of: 2 },
  { name: "03-three", state: "failed", failure },
  { name: "04-four", state: "not run" },
];

afterEach(() => {
  vi.useRealTimers();
});

describe("progressReport", () => {
  it("writes plain lines where no terminal is", () => {
    expect(told(story, {})).toBe(
      [
        "01-one: cell 1/2",
        "01-one: cell 2/2",
        "01-one: done (1 figure, 2 evidence files, 1 stale removed) in 1.0 s, processor 1.5 s",
        "02-two: skipped (unchanged)",
        "03-three: cell 1/2",
        "03-three: FAILED in cell 2 `const recipes = await readTable(path);` in 1.0 s",
        "04-four: not run",
        "",
      ].join("\n"),
    );
  });

  it("rewrites one line per notebook on a terminal, within its width until the outcome is known", () => {
    const text = told(story, { isTTY: true, columns: 20 });
    expect(text.split("\n")).toHaveLength(5);
    expect(text).toContain("\r\x1b[2K01-one: starting, …\r\x1b[2K01-one: cell 1/2, …");
    for (const line of text.split(/[\n\r]/).filter((line) => !/done|FAILED|skipped/.test(line)))
      expect(line.replace("\x1b[2K", "").length).toBeLessThan(20);
  });

  it("shows both of two notebooks that run side by side, and the other still when one has ended", () => {
    const other: NotebookProgress = { name: "02-two", state: "running", cell: 1, of: 9 };
    const text = told([story[1], other, story[3]], { isTTY: true, columns: 100 });
    expect(text).toContain("01-one: cell 1/2, 3 s; 02-two: cell 1/9, 2 s");
    expect(text.split("\r\x1b[2K").at(-1)).toMatch(/^02-two: cell 1\/9, \d s$/);
  });

  it("counts the seconds of a long cell on a terminal and stops with it", () => {
    vi.useFakeTimers();
    const written: string[] = [];
    let time = 0;
    const report = progressReport({ isTTY: true, write: (text) => written.push(text) }, { now: () => time });
    report(story[1]);
    time = 1000;
    vi.advanceTimersByTime(1000);
    expect(written.at(-1)).toContain("cell 1/2, 1 s");
    report(story[3]);
    const before = written.length;
    vi.advanceTimersByTime(5000);
    expect(written).toHaveLength(before);
  });
});

describe("formatRun", () => {
  it("counts what ran, gives each failure with its trace, and names what was not run", () => {
    const runs = story.filter((one) => one.state !== "running" && one.state !== "starting");
    expect(formatRun({ passed: false, runs, seconds: 9.96 }).split("\n")).toEqual([
      "Notebooks: 1 run, 1 skipped (unchanged), 1 failed, 1 not run in 10.0 s",
      "",
      "03-three, cell 2 `const recipes = await readTable(path);`: InputError: a.csv: must be readable",
      "    at cell 2, line 1",
      "",
      "not run, as they build on it: 04-four",
    ]);
  });
});

describe("formatRun of a run that passed", () => {
  it("sums processor time where every notebook's is known, and is silent where none ran", () => {
    const done = { name: "01-one", state: "done", written: [], removed: [], processorSeconds: 20.5 } as const;
    const second = { ...done, name: "02-two" };
    const skipped = { name: "03-three", state: "skipped" } as const;
    expect(formatRun({ passed: true, runs: [done, second, skipped], seconds: 30 })).toBe(
      "Notebooks: 2 run, 1 skipped (unchanged) in 30.0 s, processor 41.0 s",
    );
    const unknown = { ...second, processorSeconds: null };
    expect(formatRun({ passed: true, runs: [done, unknown], seconds: 30 })).toBe("Notebooks: 2 run in 30.0 s");
    expect(formatRun({ passed: true, runs: [skipped], seconds: 1 })).toBe("Notebooks: 0 run, 1 skipped (unchanged)");
  });
});

function told(
  progress: readonly NotebookProgress[],
  stream: { readonly isTTY?: boolean; readonly columns?: number },
): string {
  let text = "";
  let time = 0;
  const report = progressReport({ ...stream, write: (piece) => (text += piece) }, { now: () => (time += 1000) });
  for (const one of progress) report(one);
  return text;
}
