import { describe, expect, it } from "vitest";
import { formatStudy } from "../../../src/commands/tune/formatStudy.js";
import { summarizeStudy } from "../../../src/tuning/summarizeStudy.js";
import { exampleRecord, failedRecord } from "../../tuning/studyExample.js";

const loss = { name: "log loss", unit: "nats" };
const text = (record: ReturnType<typeof exampleRecord>, objectives = [loss]): string =>
  formatStudy(record, summarizeStudy(record), { objectives });

describe("formatStudy", () => {
  it("says what was searched, how trials ended, the best with its unit, and what mattered", () => {
    const record = exampleRecord();
    const { best } = summarizeStudy(record);
    const lines = text(record).split("\n");
    expect(lines[0]).toBe('network & "twin": 40 trials over 4 parameters, to minimize log loss (nats)');
    expect(lines).toContain("  rate    0.0001 to 0.1, log");
    expect(lines).toContain("trials: 30 complete (5 of them broke a constraint), 5 pruned, 5 failed");
    expect(lines).toContain(`best: ${Number(best!.values[0].toPrecision(4))} nats, trial ${best!.number}`);
    expect(lines.filter((line) => /^ {2}\w+ +\d+ % \[\d+ %, \d+ %\]$/.test(line))).toHaveLength(4);
  });

  it("says that the best is optimistic, and on which rows it was chosen", () => {
    expect(text(exampleRecord())).toMatch(/^chosen for its value on tune rows, .*it is optimistic/m);
    const record = exampleRecord();
    const folds = formatStudy(record, summarizeStudy(record), { objectives: [loss], rows: "5 folds of train rows" });
    expect(folds).toContain("chosen for its value on 5 folds of train rows");
  });

  it("lists the front of several objectives, and counts what it leaves out", () => {
    const objectives = [loss, { name: "speed", unit: "1/s" }, { name: "depth", unit: "layers" }];
    const record = exampleRecord({ trials: 200, objectives: 3 });
    const summary = summarizeStudy(record);
    const front = { ...summary, front: Array.from({ length: 20 }, () => summary.front[0]) };
    const said = formatStudy(record, front, { objectives });
    expect(said).toContain("to minimize log loss (nats) and maximize speed (1/s) and minimize depth (layers)");
    expect(said).toContain("front: 20 trials");
    expect(said.match(/^ {2}trial \d+: .* nats, .* 1\/s, \d layers; rate /gm)).toHaveLength(12);
    expect(said).toContain("  and 8 more, which --json lists");
    expect(said).toContain("it is optimistic");
  });

  it("says that there is no best where nothing was completed, and claims nothing of it", () => {
    const said = text(failedRecord());
    expect(said).toContain("best: none");
    expect(said).toContain("warning: no trial was completed");
    expect(said).not.toContain("optimistic");
    expect(said).not.toContain("what mattered");
  });

  it("keeps columns where names are long, and shows control characters of a name", () => {
    const { trials, ...others } = exampleRecord();
    const long = `${"the number of units of the layer ".repeat(2)}\x1b[31m`;
    const record = {
      ...others,
      parameters: { ...others.parameters, [long]: { kind: "float", low: 0, high: 1 } as const },
      trials: trials.map((trial) => ({ ...trial, parameters: { ...trial.parameters, [long]: 0.5 } })),
    };
    const lines = text(record).split("\n");
    expect(lines.join("")).not.toContain("\x1b");
    expect(lines.slice(1, 6).every((line) => line.length < 80)).toBe(true);
  });
});
