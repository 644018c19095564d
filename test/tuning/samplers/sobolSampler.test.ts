import { describe, expect, it } from "vitest";
import { sobolAxes } from "../../../src/core/random/sobolPoint.js";
import { createStudy } from "../../../src/tuning/Study.js";
import { sobolSampler } from "../../../src/tuning/samplers/sobolSampler.js";
import type { SearchSpace } from "../../../src/tuning/SearchSpace.js";

const axes = (many: number): SearchSpace =>
  Object.fromEntries(Array.from({ length: many }, (_, i) => [`x${i}`, { kind: "float", low: 0, high: 1 }]));

function drawn(seed: number, window: number): readonly (readonly number[])[] {
  const study = createStudy({ seed, space: axes(2), sampler: sobolSampler(), window });
  return Array.from({ length: 64 }, (_, number) => {
    const { parameters } = study.ask();
    study.tell(number, { state: "complete", values: [0] });
    return Object.values(parameters) as number[];
  });
}

describe("sobolSampler", () => {
  it("has one point in each cell of a square: of 64, in each of 8 x 8", () => {
    const cells = new Set(drawn(3, 0).map(([x, y]) => `${Math.floor(8 * x)} ${Math.floor(8 * y)}`));
    expect(cells.size).toBe(64);
  });

  it("is shifted by the seed, and by nothing else", () => {
    expect(drawn(3, 5)).toEqual(drawn(3, 0));
    expect(drawn(4, 0)).not.toEqual(drawn(3, 0));
  });

  // It was refused at the first proposal only, when a folder kept the study already.
  it("refuses more parameters than there are axes, as the study begins", () => {
    const begun = (many: number): unknown => createStudy({ seed: 1, space: axes(many), sampler: sobolSampler() });
    expect(() => begun(sobolAxes + 1)).toThrow(
      `must have at most ${sobolAxes} parameters; got number ${sobolAxes + 1}`,
    );
    expect(begun(sobolAxes)).toBeTruthy();
  });

  it("refuses one more than there are axes that a trial names as it goes", () => {
    const trial = createStudy({ seed: 1, sampler: sobolSampler() }).ask();
    const named = Object.entries(axes(sobolAxes + 1));
    for (const [name, parameter] of named.slice(0, -1)) trial.suggest(name, parameter);
    expect(() => trial.suggest(...named[sobolAxes])).toThrow(`got number ${sobolAxes + 1}`);
  });

  // A trial that named it as it went got other values when it was read again.
  it("refuses a name that objects put before others", () => {
    const trial = createStudy({ seed: 1, sampler: sobolSampler() }).ask();
    expect(() => trial.suggest("7", { kind: "float", low: 0, high: 1 })).toThrow(
      /sobolSampler, parameter 7: its name must be no whole number.*; name it for example x7/,
    );
  });
});
