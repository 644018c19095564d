import { describe, expect, it } from "vitest";
import { gaussianSampler } from "../../../src/tuning/samplers/gaussianSampler.js";
import { gridSampler } from "../../../src/tuning/samplers/gridSampler.js";
import { randomSampler } from "../../../src/tuning/samplers/randomSampler.js";
import { samplerMakers, samplerOf } from "../../../src/tuning/samplers/samplerOf.js";
import { sobolSampler } from "../../../src/tuning/samplers/sobolSampler.js";
import { tpeSampler } from "../../../src/tuning/samplers/tpeSampler.js";

const fit = (): never => {
  throw new Error("not called");
};

describe("samplerOf", () => {
  it("makes every sampler again from the settings that it says, through JSON", () => {
    const samplers = [
      randomSampler(),
      sobolSampler(),
      gridSampler({ rate: [0.1, 1], kind: ["near", null, true] }),
      tpeSampler(),
      tpeSampler({ startup: 3, candidates: 7, multivariate: false, grouped: false }),
      gaussianSampler({ fit, startup: 4 }),
    ];
    expect(new Set(samplers.map(({ settings }) => settings.name))).toEqual(new Set(Object.keys(samplerMakers)));
    for (const { settings } of samplers) {
      const kept = JSON.parse(JSON.stringify(settings)) as typeof settings;
      expect(samplerOf(kept, { fit }).settings).toEqual(settings);
    }
  });

  it("gives what is left out its default", () => {
    expect(samplerOf({ name: "tpe", startup: 3 }).settings).toEqual(tpeSampler({ startup: 3 }).settings);
  });

  it("refuses names and options that it does not know, and values that are none", () => {
    expect(() => samplerOf({ name: "cma" })).toThrow(
      'sampler: must be one of random, sobol, grid, tpe, gaussian process; got "cma"',
    );
    expect(() => samplerOf({ name: "toString" })).toThrow("must be one of");
    expect(() => samplerOf({ name: "tpe", start: 3 })).toThrow("sampler tpe: must have the options that it knows");
    expect(() => samplerOf({ name: "tpe", candidates: 0 })).toThrow("candidates");
    expect(() => samplerOf({ name: "random", seed: 1 })).toThrow("sampler random");
    for (const grid of ["{", "[]", '{"x":1}', '{"x":[{}]}'])
      expect(() => samplerOf({ name: "grid", grid })).toThrow("its grid must be JSON of the values of each parameter");
    expect(() => samplerOf({ name: "grid", grid: '{"x":[]}' })).toThrow("every parameter must have values");
    expect(() => samplerOf({ name: "gaussian process" })).toThrow("needs `fit`");
  });
});
