import { describe, expect, it } from "vitest";
import { parameterOfOptuna } from "../../src/tuning/files/optunaDistribution.js";
import { parameterImportances } from "../../src/tuning/parameterImportances.js";
import type { Trial } from "../../src/tuning/Trial.js";
import { type ReferenceStudy, referenceStudies } from "./importanceGolden.js";

const none = { steps: [], constraints: {}, reason: null };

function trialsOf({ trials }: ReferenceStudy): readonly Trial[] {
  return trials.map(({ state, parameters, values }, number) => ({
    number,
    parameters,
    outcome: { ...none, state: state === "fail" ? "failed" : state, values: state === "complete" ? values : [] },
  }));
}

describe("parameterImportances", () => {
  it.each(Object.entries(referenceStudies))("of %s are those of Optuna 5", (_, study) => {
    const parameters = Object.fromEntries(
      Object.entries(study.parameters).map(([name, text]) => [name, parameterOfOptuna(text)!]),
    );
    const found = parameterImportances({ parameters, directions: study.directions, trials: trialsOf(study) });
    expect(found.map(({ name }) => name).sort()).toEqual(Object.keys(study.importances).sort());
    for (const { name, share } of found)
      expect(Math.abs(share - study.importances[name]), name).toBeLessThan(1e-9 * Math.max(share, 1e-3));
  });

  const x = { kind: "float", low: 0, high: 1 } as const;
  const complete = (values: readonly number[]): readonly Trial[] =>
    values.map((value, number) => ({
      number,
      parameters: { x: (number * 0.37) % 1, y: value },
      outcome: { ...none, state: "complete", values: [value] },
    }));

  it("finds what the objective is made of, most important first", () => {
    const trials = complete(Array.from({ length: 60 }, (_, k) => ((k * 7) % 60) / 60));
    const [first, second] = parameterImportances({ parameters: { x, y: x }, directions: ["minimize"], trials });
    expect([first.name, second.name]).toEqual(["y", "x"]);
    expect(first.share + second.share).toBeCloseTo(1, 12);
    expect(first.share).toBeGreaterThan(0.8);
  });

  it("are all alike where nothing can be told, and none where no trial was complete", () => {
    expect(parameterImportances({ parameters: { x, y: x }, directions: ["minimize"], trials: complete([1]) })).toEqual([
      { name: "x", share: 0.5 },
      { name: "y", share: 0.5 },
    ]);
    expect(parameterImportances({ parameters: { x }, directions: ["minimize"], trials: [] })).toEqual([]);
  });

  it("leaves out a parameter that no complete trial has", () => {
    const found = parameterImportances({
      parameters: { x, y: x, z: x },
      directions: ["minimize"],
      trials: complete([1, 2, 3]),
    });
    expect(found.map(({ name }) => name).sort()).toEqual(["x", "y"]);
  });
});
