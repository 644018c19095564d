import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import type * as Module from "../../src/chemistry/physicsParameters.js";
import {
  assumedParameters,
  type ParameterName,
  physics,
  physicsParameters,
  valuesOf,
} from "../../src/chemistry/physicsParameters.js";
import { projectPath } from "../../src/io/projectPath.js";

interface Fitted {
  readonly values: Readonly<Partial<Record<ParameterName, number>>>;
  readonly campaignWeights: Readonly<Record<string, number>>;
}

const fitted = JSON.parse(readFileSync(projectPath("src", "chemistry", "fittedParameters.json"), "utf8")) as Fitted;
const names = Object.keys(assumedParameters) as ParameterName[];

/** The module as it would start with other fitted values. */
async function startedWith(values: Readonly<Record<string, unknown>>): Promise<typeof Module> {
  vi.resetModules();
  vi.doMock("../../src/chemistry/fittedParameters.json", () => ({ default: { values, campaignWeights: {} } }));
  try {
    return await import("../../src/chemistry/physicsParameters.js");
  } finally {
    vi.doUnmock("../../src/chemistry/fittedParameters.json");
    vi.resetModules();
  }
}

describe("physicsParameters", () => {
  it("lie within their bounds, assumed and in use, and say unit, meaning and source", () => {
    for (const parameters of [assumedParameters, physicsParameters]) {
      for (const [name, { value, low, high, unit, meaning, source }] of Object.entries(parameters)) {
        expect(low < high && value >= low && value <= high, `${name}: ${low} <= ${value} <= ${high}`).toBe(true);
        for (const text of [unit, meaning, source]) expect(text.trim(), name).not.toBe("");
      }
    }
  });

  it("are what was fitted where it was fitted, marked so, and the assumed ones elsewhere", () => {
    expect(Object.keys(physicsParameters)).toEqual(names);
    for (const name of names) {
      const value = fitted.values[name];
      expect(physicsParameters[name], name).toEqual(
        value === undefined ? assumedParameters[name] : { ...assumedParameters[name], value, status: "fitted" },
      );
      expect(physics[name]).toBe(value ?? assumedParameters[name].value);
    }
    expect(Object.keys(fitted.values).filter((name) => !(names as string[]).includes(name))).toEqual([]);
  });

  it("keep the signs and order of magnitude of DOMAIN sections 2 to 5 before the fit", () => {
    const p = valuesOf(assumedParameters);
    for (const energy of [p.reactionEnergy0, p.reactionEnergy1, p.reactionEnergy2]) expect(energy).toBeLessThan(0);
    for (const gamma of [p.surfaceEnergyCsPbBr3, p.surfaceEnergyCs4PbBr6, p.surfaceEnergyCsPb2Br5])
      expect(gamma >= 0.015 && gamma <= 0.035).toBe(true);
    expect([p.lnNucleationPrefactor / Math.LN10, p.lnVisibleNuclei / Math.LN10].map(Math.round)).toEqual([32, 6]);
  });

  it("take over a value that was fitted", async () => {
    const started = await startedWith({ reactionEnergy0: -15e3 });
    expect(started.physicsParameters.reactionEnergy0).toEqual({
      ...assumedParameters.reactionEnergy0,
      value: -15e3,
      status: "fitted",
    });
    expect(started.physics.reactionEnergy0).toBe(-15e3);
    expect(started.physicsParameters.reactionEnergy1).toEqual(assumedParameters.reactionEnergy1);
  });

  it("refuse a fitted value off its bounds, or that is no number, and say what to do", async () => {
    await expect(startedWith({ reactionEnergy0: -40e3 })).rejects.toThrow(
      "fittedParameters.json: reactionEnergy0 must lie in [-32000, -10000] J/mol; " +
        "got -40000; run twin calibrate-physics again",
    );
    await expect(startedWith({ relaxationTime: Number.NaN })).rejects.toThrow(
      "relaxationTime must lie in [20, 200] s; got NaN",
    );
  });

  it("refuse a fitted value of no parameter: a misspelt name leaves no assumed value in use", async () => {
    const refusal = await startedWith({ reactionEnergyZero: -20e3 }).then(
      () => "none",
      (error: unknown) => String(error),
    );
    expect(refusal).toContain("reactionEnergyZero");
  });
});
