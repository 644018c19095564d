import { describe, expect, it } from "vitest";
import { summarizeStudy } from "../../../src/tuning/summarizeStudy.js";
import { studyFigures } from "../../../src/workspace/site/studyFigures.js";
import { exampleRecord, failedRecord } from "../../tuning/studyExample.js";

const objectives = [{ name: "log loss", unit: "nats" }];
type Axes = Readonly<Record<string, { readonly type: string; readonly title: { readonly text: string } }>>;

describe("studyFigures", () => {
  it("shows parameters in the order of their importance, the twelve that mattered most of more", () => {
    const { trials, ...others } = exampleRecord();
    const more = Array.from({ length: 12 }, (_, i) => `more ${i}`);
    const record = {
      ...others,
      parameters: {
        ...Object.fromEntries(more.map((name) => [name, { kind: "float", low: 0, high: 1 } as const])),
        ...others.parameters,
      },
      trials: trials.map((trial) => ({
        ...trial,
        parameters: { ...trial.parameters, ...Object.fromEntries(more.map((name) => [name, 0.5])) },
      })),
    };
    const summary = summarizeStudy(record);
    const { slices } = studyFigures(record, summary, objectives);
    const axes = Object.entries(slices!.layout as Axes).filter(([name]) => name.startsWith("xaxis"));
    expect(axes).toHaveLength(12);
    expect(axes[0][1].title.text).toContain(summary.importances[0].name);
    expect(JSON.stringify(slices!.layout)).toContain("the 12 that mattered most");
  });

  it("draws values that span ratios on a logarithmic axis, and others on a linear one", () => {
    const record = exampleRecord();
    const axisOf = (factor: (number: number) => number): string => {
      const trials = record.trials.map((trial) => ({
        ...trial,
        outcome: { ...trial.outcome!, values: trial.outcome!.values.map((value) => value * factor(trial.number)) },
      }));
      const scaled = { ...record, trials };
      return (studyFigures(scaled, summarizeStudy(scaled), objectives).histories[0].layout as Axes).yaxis.type;
    };
    expect(axisOf(() => 1)).toBe("linear");
    expect(axisOf((number) => 10 ** (number / 8))).toBe("log");
    expect(axisOf((number) => -(10 ** (number / 8)))).toBe("linear");
  });

  it("draws no surface of two parameters that few trials have together", () => {
    const { trials, ...others } = exampleRecord();
    const apart = trials.map(({ parameters, ...trial }) => {
      const [first, second] = Object.entries(parameters);
      return { ...trial, parameters: Object.fromEntries([trial.number % 2 === 0 ? first : second]) };
    });
    const record = { ...others, trials: apart };
    expect(studyFigures(record, summarizeStudy(record), objectives).contour).toBeNull();
    const whole = { ...others, trials };
    expect(studyFigures(whole, summarizeStudy(whole), objectives).contour).not.toBeNull();
  });

  it("draws nothing of a study without a complete trial", () => {
    const record = failedRecord();
    const { histories, fronts, ...single } = studyFigures(record, summarizeStudy(record), objectives);
    expect([...histories, ...fronts]).toEqual([]);
    expect(Object.values(single)).toEqual([null, null, null, null]);
  });
});
