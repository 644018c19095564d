import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type KeptStudy, keptStudy, parseStudy, readStudy, studyText } from "../../../src/tuning/files/studyFile.js";
import type { StudySettings } from "../../../src/tuning/files/StudySettings.js";
import type { Trial } from "../../../src/tuning/Trial.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();

const settings: StudySettings = {
  name: "study",
  seed: 1,
  window: 2,
  directions: ["minimize"],
  space: {
    kind: { kind: "categorical", choices: ["near", null, true, 3] },
    x: { kind: "float", low: -1, high: 1, when: { parameter: "kind", is: ["near"] } },
  },
  sampler: { name: "tpe", startup: 10 },
  pruner: null,
  objective: { name: "o.mjs", options: { deep: [1, null] }, sha256: "0".repeat(64) },
  history: null,
};
const nothing = { values: [], steps: [], constraints: {} };
const trials: readonly Trial[] = [
  {
    number: 0,
    parameters: { kind: "near", x: 0.1 },
    outcome: {
      state: "complete",
      values: [0.25],
      steps: [NaN, Infinity, -Infinity, 5e-324].map((value, step) => ({ step, value })),
      constraints: { memory: -1 },
      reason: null,
    },
  },
  { number: 1, parameters: { kind: null }, outcome: { ...nothing, state: "failed", reason: "thrown" } },
  { number: 2, parameters: { kind: 3 }, outcome: { ...nothing, state: "pruned", reason: "at epoch 3" } },
];
const study: KeptStudy = keptStudy(settings, { parameters: settings.space!, trials });
const plain = (): Record<string, unknown> => JSON.parse(studyText(study)) as Record<string, unknown>;
const read = (change: object): KeptStudy => parseStudy({ ...plain(), ...change }, "study.json");

describe("study.json", () => {
  it("comes back as it went, numbers that JSON has no word for among its steps", () => {
    expect(read({})).toEqual(study);
    expect(studyText(read({}))).toBe(studyText(study));
    expect(studyText(study)).toContain('"value": "-Infinity"');
  });

  it("keeps any number to its last bit", () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1 }), fc.double({ min: -1, max: 1, noNaN: true }), (steps, x) => {
        const [first] = trials;
        const outcome = { ...first.outcome!, steps: steps.map((value, step) => ({ step, value: value + 0 })) };
        const one = { ...first, parameters: { kind: "near", x: x + 0 }, outcome };
        const kept = { ...study, trials: [one] };
        expect(parseStudy(JSON.parse(studyText(kept)), "study.json")).toEqual(kept);
      }),
    );
  });

  it("says no condition among the parameters, which its space has", () => {
    expect(study.parameters.x).toEqual({ kind: "float", low: -1, high: 1 });
    expect(study.space!.x.when).toBeDefined();
  });

  it("is refused where it is cut, another file, of another version or of another space", async () => {
    const path = join(folder, "study.json");
    await writeFile(path, studyText(study).slice(0, -10));
    await expect(readStudy(path)).rejects.toThrow("the file must hold JSON");
    await expect(readStudy(join(folder, "none.json"))).rejects.toThrow("got ENOENT");
    expect(() => parseStudy([], "study.json")).toThrow(
      'must be a file of the format "cspbbr3-twin study"; got another one',
    );
    expect(() => read({ format: "else" })).toThrow('got one of "else"');
    expect(() => read({ version: 7 })).toThrow("must be of version 1 of its format; got version 7");
    expect(() => read({ seed: "1" })).toThrow("study.json, seed: must be as this program wrote it");
    expect(() => read({ more: 1 })).toThrow("must be as this program wrote it");
    expect(() => read({ parameters: { kind: { kind: "integer", low: 0, high: 3 } } })).toThrow(
      'trial 0: its values must be some that the parameters of the study can have; got kind: "near"',
    );
    expect(() => read({ trials: [plain().trials].flat().slice(1) })).toThrow("trials must be numbered from 0 on");
    expect(() => read({ directions: ["minimize", "maximize"] })).toThrow("must have one value per objective, 2; got 1");
    expect(() => read({ imported: 4 })).toThrow("as 4 trials were imported");
    const unfinished = { ...trials[1].outcome, state: "complete" };
    expect(() => read({ trials: [{ ...trials[1], number: 0, outcome: unfinished }] })).toThrow(
      "trials.0.outcome: must be as this program wrote it; got a complete trial has values",
    );
  });

  it("is not written of a trial that has not ended", () => {
    expect(() => studyText({ ...study, trials: [{ number: 0, parameters: {}, outcome: null }] })).toThrow(
      "trial 0 must have ended",
    );
  });
});
