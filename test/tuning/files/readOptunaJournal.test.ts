import { describe, expect, it } from "vitest";
import { readOptunaJournal } from "../../../src/tuning/files/readOptunaJournal.js";
import type { TrialOutcome } from "../../../src/tuning/Trial.js";
import { importanceGolden, referenceStudies } from "../importanceGolden.js";

const float = (high: number, step: number | null = null): string =>
  JSON.stringify({ name: "FloatDistribution", attributes: { step, low: 0, high, log: false } });
const study = (name = "a", directions = [1]): object => ({ op_code: 0, study_name: name, directions });
const trial = (rest: object = {}): object => ({ op_code: 4, study_id: 0, datetime_start: null, ...rest });
const set = (id: number, value: number, distribution = float(1)): object => ({
  ...{ op_code: 5, trial_id: id, param_name: "x", param_value_internal: value, distribution },
});
const end = (id: number, values: unknown = [1], state = 1): object => ({ op_code: 6, trial_id: id, state, values });
const lines = (...all: readonly (object | string)[]): string =>
  all.map((one) => `${typeof one === "string" ? one : JSON.stringify(one)}\n`).join("");
const read = (...all: readonly (object | string)[]): ReturnType<typeof readOptunaJournal> =>
  readOptunaJournal(lines(...all), "j.log");
const outcomesOf = (...all: readonly (object | string)[]): readonly (TrialOutcome | null)[] =>
  read(...all).study.trials.map(({ outcome }) => outcome);

describe("readOptunaJournal", () => {
  it("reads a journal as Optuna 5 writes it: values, steps, constraints, and how trials ended", () => {
    const text = importanceGolden.journal.map((line) => `${line}\n`).join("");
    const { study: found, warnings } = readOptunaJournal(text, "j.log");
    expect(warnings).toEqual([]);
    expect(found).toMatchObject({
      name: "ended otherwise",
      directions: ["maximize"],
      parameters: { x: { kind: "float", low: 0, high: 1 }, y: { kind: "integer", low: 0, high: 9 } },
    });
    expect(found.parameters.y).toEqual({ kind: "integer", low: 0, high: 9 });
    const reference = referenceStudies["ended otherwise"].trials.slice(0, 12);
    expect(found.trials.map(({ number, parameters }) => ({ number, parameters }))).toEqual(
      reference.map(({ parameters }, number) => ({ number, parameters })),
    );
    found.trials.forEach(({ outcome, parameters }, number) => {
      const { state, values } = reference[number];
      expect(outcome?.state).toBe(state === "fail" ? "failed" : state);
      expect(outcome?.values).toEqual(state === "complete" ? values : []);
      expect(outcome?.reason).toBe(state === "complete" ? null : "in Optuna");
      if (state === "pruned") expect(outcome?.steps).toEqual([{ step: 0, value: parameters.x }]);
      if (state !== "complete") return;
      expect(outcome?.steps).toEqual([{ step: 1, value: NaN }]);
      expect(outcome?.constraints.share).toBeCloseTo((parameters.x as number) - 0.8, 12);
    });
  });

  it("reads constraints of Optuna 3 and 4, which are a list", () => {
    const listed = trial({ state: 1, value: 2, system_attrs: { constraints: [0.5, -1] } });
    expect(outcomesOf(study(), listed)[0]?.constraints).toEqual({ 0: 0.5, 1: -1 });
  });

  it("leaves out a last line that was cut short, and trials that have not ended, and says so", () => {
    const text = lines(study(), trial(), trial(), trial(), set(1, 0.5), end(1), trial({ state: 4 }));
    const { study: found, warnings } = readOptunaJournal(`${text}{"op_code":6,"trial`, "j.log");
    expect(found.trials).toEqual([expect.objectContaining({ number: 0, parameters: { x: 0.5 } }) as unknown]);
    expect(warnings).toEqual(["line 8 was cut short and is left out", "trials that had not ended are left out: 3"]);
  });

  it("takes a complete trial without a finite value for a failed one, and says so", () => {
    const infinite = '{"op_code":6,"trial_id":0,"state":1,"values":[-Infinity]}';
    const { study: found, warnings } = read(study(), trial(), infinite, trial({ state: 1, value: 3 }));
    expect(found.trials[0].outcome).toMatchObject({
      state: "failed",
      values: [],
      reason: "it found -Infinity in Optuna",
    });
    expect(found.trials[1].outcome).toMatchObject({ state: "complete", values: [3] });
    expect(warnings).toEqual(["complete trials without finite values count as failed: 1"]);
  });

  it("counts trials and studies as Optuna does: by all before, passing over what it passes over", () => {
    const { study: found } = readOptunaJournal(
      lines(
        study("a"),
        study("a"),
        study("b", [2]),
        trial({ study_id: 0 }),
        trial({ study_id: 1 }),
        { op_code: 1, study_id: 0 },
        trial({ study_id: 0 }),
        trial({ study_id: 1 }),
        { op_code: 2, study_id: 1, user_attr: { a: 1 } },
        { op_code: 10 },
        set(2, 0.25),
        end(2, [7]),
        end(2, [8]),
        end(1, [6]),
      ),
      "j.log",
    );
    expect(found).toMatchObject({ name: "b", directions: ["maximize"] });
    expect(found.trials.map(({ parameters, outcome }) => [parameters, outcome?.values])).toEqual([
      [{}, [6]],
      [{ x: 0.25 }, [7]],
    ]);
  });

  it("has one of several studies by its name", () => {
    const text = lines(study("a"), study("b"), trial({ study_id: 1, state: 3 }));
    expect(readOptunaJournal(text, "j.log", "b").study.trials).toHaveLength(1);
    expect(readOptunaJournal(text, "j.log", "a").study.trials).toHaveLength(0);
    expect(() => readOptunaJournal(text, "j.log")).toThrow(
      "j.log: must hold one study, or be read with its name; got a, b; name one of them",
    );
    expect(() => readOptunaJournal(text, "j.log", "c")).toThrow("j.log: must hold a study c; got a, b");
  });

  it("takes ranges whose last step is the same for one: Optuna cuts the upper end down to it", () => {
    const { study: found } = read(
      study(),
      trial(),
      set(0, 0.8999999999999999, float(1, 0.3)),
      end(0),
      trial(),
      set(1, 0.9, float(0.9, 0.3)),
      end(1),
    );
    expect(found.parameters.x).toEqual({ kind: "float", low: 0, high: 1, step: 0.3 });
  });

  it.each<[string, readonly (object | string)[], RegExp]>([
    ["an empty file", [], /j.log: must hold one study, .*; got none; give a journal of Optuna/],
    ["another kind of file", ["a,b", "1,2"], /j.log, line 1: must be an operation of an Optuna journal; got a,b;/],
    // Such a step was kept in the settings of a study, which were not read again.
    [
      "a step that is no whole number",
      [study(), trial({ intermediate_values: { "1.5": 2 } })],
      /j.log, line 2: steps must be whole numbers, at least 0; got 1.5/,
    ],
    ["an empty line", [study(), "", trial()], /j.log, line 2: must be .*; got an empty line/],
    ["a broken line in the middle", [study(), '{"op_code":4,"stu', trial()], /j.log, line 2: must be an operation/],
    [
      "another version",
      [study(), { op_code: 11, study_id: 0 }],
      /line 2: .* Optuna 3 to 5; got operation 11, of another/,
    ],
    ["a field of another kind", [study(), { op_code: 4, study_id: "0" }], /line 2: must be an operation/],
    [
      "a middle without its trials",
      [study(), set(0, 0.5)],
      /line 2: must be of a trial that was made before; got trial 0/,
    ],
    ["a middle without its study", [trial()], /line 1: must be of a study that was made before; got study 0/],
    ["a direction that is not set", [study("a", [0])], /line 1: directions must be 1 \(minimize\) or 2 .*; got 0/],
    ["a state of another version", [study(), trial({ state: 9 })], /line 2: must have a state from 0 to 4; got 9/],
    [
      "a value outside its range",
      [study(), trial(), set(0, 1.5)],
      /line 3: parameter x must have a value of its range; got 1.5/,
    ],
    [
      "a value between steps",
      [study(), trial(), set(0, 0.4, float(1, 0.3))],
      /must have a value of its range; got 0.4/,
    ],
    [
      "a range the wrong way round",
      [study(), trial(), set(0, 0, float(-1))],
      /parameter x: low must not be above high/,
    ],
    [
      "a choice that is not there",
      [study(), trial(), set(0, 3, '{"name":"CategoricalDistribution","attributes":{"choices":[1,2]}}')],
      /parameter x must have a value of its range; got 3/,
    ],
    [
      "choices that are no plain values",
      [study(), trial(), set(0, 0, '{"name":"CategoricalDistribution","attributes":{"choices":[[1],2]}}')],
      /parameter x must be a float, an integer or a choice of plain values/,
    ],
    [
      "a kind of parameter that went",
      [study(), trial(), set(0, 0, '{"name":"UniformDistribution"}')],
      /must be a float/,
    ],
    [
      "a range that changes",
      [study(), trial(), set(0, 0.5), end(0), trial(), set(1, 0.5, float(2)), end(1)],
      /j.log, parameter x: must be the same in all trials; got .*"high":2.* beside .*"high":1/,
    ],
    [
      "as many values as objectives",
      [study("a", [1, 2]), trial({ state: 1, value: 3 })],
      /trial 0 of a: .* per objective, 2; got 1/,
    ],
    ["a complete trial without a value", [study(), trial({ state: 1 })], /trial 0 of a: .*; got none/],
  ])("refuses %s", (_, all, message) => {
    expect(() => read(...all)).toThrow(message);
  });
});
