import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readOptunaJournal } from "../../../src/tuning/files/readOptunaJournal.js";
import type { StudyRecord } from "../../../src/tuning/files/StudyRecord.js";
import { writeOptunaJournal } from "../../../src/tuning/files/writeOptunaJournal.js";
import { valueAt } from "../../../src/tuning/samplers/valueAt.js";
import type { Trial, TrialOutcome } from "../../../src/tuning/Trial.js";

const parameters = {
  x: { kind: "float", low: -5, high: 10 },
  rate: { kind: "float", low: 1e-5, high: 1e-1, log: true },
  share: { kind: "float", low: 0, high: 1, step: 0.3 },
  depth: { kind: "integer", low: -3, high: 8 },
  many: { kind: "integer", low: 0, high: 1000, step: 7 },
  width: { kind: "integer", low: 16, high: 256, log: true },
  mixed: { kind: "categorical", choices: ["NaN", '"\\', 0.5, 2, true, null] },
} as const;
type Name = keyof typeof parameters;

/** As far from 0 as what a complete trial found may lie. */
const finite = fc.double({ min: -1e150, max: 1e150, noNaN: true }).map((value) => (value === 0 ? 0 : value));
const anyNumber = fc.oneof(finite, fc.constantFrom(NaN, Infinity, -Infinity));
const steps = fc.uniqueArray(fc.record({ step: fc.nat(1e6), value: anyNumber }), {
  selector: ({ step }) => step,
  maxLength: 4,
});

function outcomes(objectives: number): fc.Arbitrary<TrialOutcome> {
  return fc
    .record({
      state: fc.constantFrom("complete" as const, "pruned" as const, "failed" as const),
      values: fc.array(finite, { minLength: objectives, maxLength: objectives }),
      steps: steps.map((all) => all.toSorted((a, b) => a.step - b.step)),
      constraints: fc.dictionary(fc.constantFrom("cost", "a:b", "0"), finite),
      reason: fc.string({ unit: "binary" }),
    })
    .map((one) => (one.state === "complete" ? { ...one, reason: null } : { ...one, values: [] }));
}

const studies: fc.Arbitrary<StudyRecord> = fc
  .array(fc.constantFrom("minimize" as const, "maximize" as const), { minLength: 1, maxLength: 3 })
  .chain((directions) =>
    fc.record({
      name: fc.string({ unit: "binary" }),
      directions: fc.constant(directions),
      trials: fc
        .array(
          fc.record({
            names: fc.subarray(Object.keys(parameters) as Name[]),
            shares: fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
              minLength: 7,
              maxLength: 7,
            }),
            outcome: outcomes(directions.length),
          }),
          { maxLength: 5 },
        )
        .map((all) =>
          all.map(({ names, shares, outcome }, number): Trial => ({
            number,
            parameters: Object.fromEntries(names.map((name, i) => [name, valueAt(parameters[name], shares[i])])),
            outcome,
          })),
        ),
    }),
  )
  .map(({ trials, ...rest }) => {
    const used = (name: string): boolean => trials.some((trial) => Object.hasOwn(trial.parameters, name));
    return {
      ...rest,
      trials,
      parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => used(name))),
    };
  });

describe("writeOptunaJournal", () => {
  it("comes back as it went, whatever the study", () => {
    fc.assert(
      fc.property(studies, (study) => {
        expect(readOptunaJournal(writeOptunaJournal(study), "file")).toEqual({ study, warnings: [] });
      }),
      { numRuns: 100 },
    );
  });

  it("writes what is no number bare, as Python does, and only there", () => {
    const outcome: TrialOutcome = {
      state: "pruned",
      values: [],
      steps: [
        { step: 0, value: NaN },
        { step: 2, value: -Infinity },
      ],
      constraints: {},
      reason: "NaN",
    };
    const text = writeOptunaJournal({
      name: "NaN",
      directions: ["maximize"],
      parameters: {},
      trials: [{ number: 0, parameters: {}, outcome }],
    });
    expect(text).toContain('"intermediate_values":{"0":NaN,"2":-Infinity}');
    expect(text).toContain('"reason":"NaN"');
    expect(text.endsWith("}\n")).toBe(true);
    expect(text.split("\n")).toHaveLength(3);
  });

  it("leaves a trial that runs unended, so that it is left out when it is read", () => {
    const { x } = parameters;
    const trials = [{ number: 0, parameters: { x: 1 }, outcome: null }];
    const text = writeOptunaJournal({ name: "a", directions: ["minimize"], parameters: { x }, trials });
    expect(JSON.parse(text.split("\n")[1])).toMatchObject({ state: 0, values: null });
    const { study, warnings } = readOptunaJournal(text, "file");
    expect(study.trials).toEqual([]);
    expect(warnings).toEqual(["trials that had not ended are left out: 1"]);
  });
});
